import assert from 'node:assert/strict';
import { colourCargo } from '../../../../src/editor/tasks/colourCargo.ts';

describe('colours of cargo', () => {
  it('mark its status words', () => {
    assert.equal(colourCargo('   Compiling demo v0.1.0'), '\x1b[1;32m   Compiling\x1b[0m demo v0.1.0');
  });

  it('mark levels and their codes, and leave the rest of a message alone', () => {
    const text = 'error[E0308]: mismatched types\n --> src/main.rs:2:5\n  |\nhelp: an error: no';
    assert.equal(
      colourCargo(text),
      '\x1b[1;31merror[E0308]\x1b[0m: mismatched types\n --> src/main.rs:2:5\n  |\n\x1b[1;36mhelp\x1b[0m: an error: no',
    );
  });
});
