// Shows a mocha run in one of mocha's own styles, and leaves its counts in a file.
import { relative } from 'node:path';
import Mocha from 'mocha';
import { root } from './places.mjs';
import { reportCounts } from './testCounts.mjs';

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
    reportCounts(runner, String(process.env.WASI_WORKBENCH_REPORT), (file) => relative(root, file));
  }
}
