// Shows a mocha run in one of mocha's own styles, and leaves its counts in a file.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

/** Its option `style` is a reporter of mocha's; the file is the one that WASI_WORKBENCH_REPORT names. */
export default class CountingReporter {
  /**
   * @param {Mocha.Runner} runner
   * @param {Mocha.MochaOptions} options
   */
  constructor(runner, options) {
    /** @type {{ style: 'Dot' | 'Spec' }} */
    const { style } = options.reporterOptions;
    new Mocha.reporters[style](runner, options);
    runner.once('end', () => {
      const { passes: passed = 0, failures: failed = 0, pending: skipped = 0 } = runner.stats ?? {};
      writeFileSync(String(process.env.WASI_WORKBENCH_REPORT), JSON.stringify({ passed, failed, skipped }));
    });
  }
}
