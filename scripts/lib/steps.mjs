// How the scripts talk: one line a step on stderr, and failures that say what to do next.

/** A step failed; `next` is what the person can do about it. */
export class StepError extends Error {
  /**
   * @param {string} message what failed, and why
   * @param {string} next one sentence
   * @param {{ cause?: unknown }} [options]
   */
  constructor(message, next, options) {
    super(message, options);
    this.name = 'StepError';
    this.next = next;
  }
}

/** @param {string} text */
export function say(text) {
  process.stderr.write(`• ${text}\n`);
}

/**
 * Runs a script's main function; a failure is told and becomes the exit code.
 *
 * @param {() => Promise<number | void>} main resolves with the exit code; 0 where it is left out
 */
export async function script(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    tellFailure(error);
    process.exitCode = 1;
  }
}

/**
 * Tells a failed step; anything else that was thrown is a mistake of ours and goes on.
 *
 * @param {unknown} error
 */
export function tellFailure(error) {
  if (!(error instanceof StepError)) throw error;
  process.stderr.write(`\n✗ ${error.message}\n  ${error.next}\n`);
}

/**
 * Tries again after a failure, for what depends on a network.
 *
 * @template T
 * @param {number} times
 * @param {() => Promise<T>} attempt
 * @returns {Promise<T>}
 */
export async function retry(times, attempt) {
  for (let left = times - 1; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0) throw error;
      const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
      say(`${reason}; trying again`);
      await new Promise((done) => setTimeout(done, 3000));
    }
  }
}
