import { createHash } from 'node:crypto';
import type { Limits } from '../../../shared/limits.ts';
import { type OutlayerRun, systemVariables } from '../../../shared/outlayer.ts';
import { WorkbenchError } from '../../../shared/workbenchError.ts';

export type Variables = readonly (readonly [name: string, value: string])[];

/** What stands for hashes, keys and identifiers of receipts: 32 bytes of zero in base58. */
const zeros = '1'.repeat(32);

/** Known of the chain only, and empty over HTTPS. The values are made up, and the same in every run. */
const chainVariables = {
  NEAR_CONTRACT_ID: 'outlayer.testnet',
  NEAR_BLOCK_HEIGHT: '200000000',
  /** Nanoseconds: 2025-01-01. */
  NEAR_BLOCK_TIMESTAMP: '1735689600000000000',
  NEAR_RECEIPT_ID: zeros,
  NEAR_PREDECESSOR_ID: '',
  NEAR_SIGNER_PUBLIC_KEY: `ed25519:${zeros}`,
  NEAR_GAS_BURNT: '0',
  NEAR_TRANSACTION_HASH: zeros,
  NEAR_REQUEST_ID: '',
};

/**
 * The environment of a run as the worker makes it: what the user gives first, then the worker's own. The worker drops
 * a secret with a name of its own without a word; here it is an error, since the program would never see it.
 *
 * @throws WorkbenchError `usage`
 */
export function workerEnvironment(given: Variables, run: OutlayerRun, limits: Limits): Variables {
  const reserved = given.find(([name]) => (systemVariables as readonly string[]).includes(name));
  if (reserved !== undefined) throw reservedName(reserved[0]);
  const own = { ...systemValues(run, limits), ...run.variables };
  return [...given, ...Object.entries(own)];
}

function reservedName(name: string): WorkbenchError {
  return new WorkbenchError('usage', `The variable ${name} is the OutLayer worker’s own.`, {
    cause: 'The worker drops secrets of that name, so the program would not see this value there.',
    hint: `Rename it, or say what the worker’s is to be: "outlayer": {"variables": {"${name}": "…"}}.`,
  });
}

function systemValues(run: OutlayerRun, limits: Limits): Record<string, string> {
  const { sender, project, attachedUsd = 0 } = run;
  const onChain = run.executionType === 'NEAR';
  const chain = onChain
    ? { ...chainVariables, NEAR_PREDECESSOR_ID: sender, NEAR_REQUEST_ID: String(run.requestId) }
    : Object.fromEntries(Object.keys(chainVariables).map((name) => [name, '']));
  return {
    OUTLAYER_EXECUTION_TYPE: run.executionType,
    NEAR_NETWORK_ID: run.network,
    NEAR_MAX_INSTRUCTIONS: String(limits.maxInstructions),
    NEAR_MAX_MEMORY_MB: String(limits.maxMemoryMb),
    NEAR_MAX_EXECUTION_SECONDS: String(limits.maxExecutionSeconds),
    NEAR_PAYMENT_YOCTO: '0',
    ATTACHED_USD: String(attachedUsd),
    USD_PAYMENT: '0',
    OUTLAYER_CALL_ID: onChain ? '' : uuidOf(`call ${run.requestId}`),
    NEAR_SENDER_ID: sender,
    NEAR_USER_ACCOUNT_ID: sender,
    ...chain,
    ...(project === undefined ? {} : projectValues(project)),
  };
}

/** Without a project there are none of these. */
function projectValues(project: string): Record<string, string> {
  const slash = project.indexOf('/');
  return {
    OUTLAYER_PROJECT_ID: project,
    OUTLAYER_PROJECT_OWNER: project.slice(0, slash),
    OUTLAYER_PROJECT_NAME: project.slice(slash + 1),
    OUTLAYER_PROJECT_UUID: uuidOf(`project ${project}`),
  };
}

/** A UUID (version 8, RFC 9562) that is the same for the same text. */
export function uuidOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
