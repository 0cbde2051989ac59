import { workerDataFolder } from '../../executor/host/worker/dataFolder.ts';
import { parseArguments } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import { storageHelp } from '../help.ts';
import { errorJson, line } from '../json.ts';
import { didYouMean, usageError } from '../usage.ts';

const options = { project: 'value', json: 'flag', help: 'flag' } as const;
const verbs = ['show', 'reset'];

/** `storage show` and `storage reset`: what the worker's interfaces keep between runs. */
export const storage: Command = {
  run: manageStorage,
  jsonOfError: (error) => line({ error: errorJson(error) }),
};

async function manageStorage(args: readonly string[], { output }: CommandContext): Promise<number> {
  const { values, operands } = parseArguments(args, options);
  if (values.help) {
    output.stdout(storageHelp);
    return exitCodes.success;
  }
  const [verb = '', ...more] = operands;
  if (!verbs.includes(verb) || more.length > 0) {
    throw usageError(
      `storage takes show or reset, not ${JSON.stringify(operands.join(' '))}.`,
      didYouMean(verb, verbs),
    );
  }
  const { describeStored, resetStored, storedEntries } =
    await import('../../executor/host/worker/storedData.ts');
  const [folder, project] = [workerDataFolder(), values.project ?? null];
  if (verb === 'reset') {
    const deleted = resetStored(folder, project);
    output.stdout(
      values.json ? line({ deleted }) : `✓ Deleted ${deleted} ${deleted === 1 ? 'entry' : 'entries'}\n`,
    );
    return exitCodes.success;
  }
  const entries = storedEntries(folder, project);
  const asJson = entries.map(({ value, ...entry }) => ({
    ...entry,
    valueBase64: Buffer.from(value).toString('base64'),
  }));
  output.stdout(values.json ? line({ folder, entries: asJson }) : describeStored(entries, folder));
  return exitCodes.success;
}
