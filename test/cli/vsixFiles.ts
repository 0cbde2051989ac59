import yauzl from 'yauzl';

/** The paths of the files in a .vsix, which is a zip. */
export function vsixFiles(path: string): Promise<string[]> {
  return new Promise((done, fail) => {
    yauzl.open(path, { lazyEntries: false }, (error, zip) => {
      if (error) {
        fail(error);
        return;
      }
      const files: string[] = [];
      zip.on('entry', ({ fileName }: yauzl.Entry) => files.push(fileName));
      zip.once('error', fail);
      zip.once('end', () => done(files));
    });
  });
}
