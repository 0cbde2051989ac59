import assert from 'node:assert/strict';
import { parseGuestPath } from '../../../../../src/executor/host/filesystem/guestPath.ts';
import { assertRefused } from './folders.ts';

describe('filesystem: guest paths', () => {
  it('says which must be directories', () => {
    for (const path of ['a/', 'a/.', 'a/..', '.', '..', './', 'a//'])
      assert.equal(parseGuestPath(path, 'linux').directory, true, path);
    for (const path of ['a', 'a/b', '.a', 'a..', 'a/...', '..a'])
      assert.equal(parseGuestPath(path, 'linux').directory, false, path);
  });

  it('drops dots and doubled slashes, and keeps the way up', () => {
    assert.deepEqual(parseGuestPath('.//a/./../b/', 'linux').components, ['a', '..', 'b']);
    assert.deepEqual(parseGuestPath('a/.', 'linux').components, ['a', '.']);
  });

  it('refuses on Windows what Windows would take for something else', () => {
    const elsewhere = [
      'C:',
      'C:\\x',
      '\\x',
      '\\\\server\\share',
      'f:stream',
      'nul',
      'a/CON.txt',
      'com1',
      '.. ',
      'a. ',
      '...',
    ];
    for (const path of elsewhere) assertRefused(() => parseGuestPath(path, 'win32'), 'EPERM');
    assert.deepEqual(parseGuestPath('a\\..\\b', 'win32').components, ['a', '..', 'b']);
    assert.deepEqual(parseGuestPath('a\\b: ', 'linux').components, ['a\\b: ']);
  });
});
