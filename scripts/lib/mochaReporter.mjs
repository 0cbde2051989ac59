// Shows a mocha run in one of mocha's own styles, and leaves its counts in a file.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** Reporter options: `style`, a reporter of mocha's, and `output`, the file. */
export default class CountingReporter {
  /**
   * @param {Mocha.Runner} runner
   * @param {Mocha.MochaOptions} options
   */
  constructor(runner, options) {
    /** @type {{ style: 'Dot' | 'Spec', output: string }} */
    const { style, output } = options.reporterOptions;
    new Mocha.reporters[style](runner, options);
    runner.once('end', () => {
      const { passes: passed = 0, failures: failed = 0, pending: skipped = 0 } = runner.stats ?? {};
      writeFileSync(output, JSON.stringify({ passed, failed, skipped }));
    });
  }
}
