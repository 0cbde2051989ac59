import assert from 'node:assert/strict';
import { join } from 'node:path';
import { shownPath } from '../../../src/cli/shownPath.ts';

describe('The path of a source in a terminal', () => {
  const folder = join(process.cwd(), 'space');
  const paths: readonly (readonly [string, string])[] = [
    [join(folder, 'app', 'src', 'main.rs'), join('app', 'src', 'main.rs')],
    // As a panic names it, from the workspace on: where that is can't be told.
    ['src/main.rs', 'src/main.rs'],
    [join(process.cwd(), 'helper', 'src', 'lib.rs'), join(process.cwd(), 'helper', 'src', 'lib.rs')],
    ['/root/.cargo/registry/src/index-1949/serde_json-1.0.1/src/de.rs', 'serde_json/src/de.rs'],
    [`${folder}/vendor/orders/src/lib.rs`, 'orders/src/lib.rs'],
    ['vendor/orders/src/lib.rs', 'orders/src/lib.rs'],
    ['/rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/result.rs', 'core/src/result.rs'],
  ];
  for (const [file, shown] of paths) {
    it(`of ${file} is ${shown}`, () => assert.equal(shownPath(file, folder), shown));
  }
});
