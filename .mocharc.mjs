import process from 'node:process';

// For `npm run unit`. mocha adds the files that it is given to those named here, so all are named where none is given.
const given = process.argv.slice(2).some((argument) => argument.startsWith('test/'));

export default {
  ...(given ? {} : { spec: ['test/unit/**/*.test.ts'] }),
  extension: ['test.ts'],
  recursive: true,
  timeout: 60000,
  reporter: 'dot',
};
