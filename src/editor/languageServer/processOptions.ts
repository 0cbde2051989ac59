/**
 * Options of Node.js for the server's process. Memory before speed: a server that needs more than 256 MiB for
 * JavaScript is ended, and started again.
 */
export const execArgv = ['--max-old-space-size=256', '--max-semi-space-size=1', '--optimize-for-size'];
