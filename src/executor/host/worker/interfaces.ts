import type { OutlayerOptions } from '../../../shared/outlayer.ts';
import { splitVersion } from '../../component/names.ts';

/** What an interface of the worker needs before a run can have it, and what to do about it. */
export interface MissingSetting {
  /** The setting, without the section's name. */
  readonly setting: 'profileKind' | 'outlayer';
  /** Ends a sentence that begins with the interface's name. */
  readonly needs: string;
  readonly hint: string;
}

interface WorkerInterface {
  /** Whether what it works on is named. */
  readonly configured: (options: OutlayerOptions) => boolean;
  readonly needs: string;
  /** The property of the `outlayer` block that names it, with an example. */
  readonly example: string;
  /** Of the command line, where there is one for it alone. */
  readonly option?: string;
}

const always = () => true;

/** The interfaces that the OutLayer worker has besides WASI, all of them version 0.1.0. */
const workerInterfaces: Readonly<Record<string, WorkerInterface>> = {
  'near:storage/api': {
    configured: ({ run }) => run.project !== undefined,
    needs: 'a project to keep data for',
    example: '"project": "alice.testnet/my-app"',
    option: '--project alice.testnet/my-app',
  },
  'near:rpc/api': {
    configured: ({ run }) => run.rpcUrl !== undefined,
    needs: 'the address of a NEAR RPC server',
    example: '"rpcUrl": "https://rpc.testnet.near.org"',
    option: '--rpc-url URL',
  },
  'near:vrf/api': { configured: always, needs: '', example: '' },
  'near:payment/api': {
    configured: ({ run }) => run.attachedUsd !== undefined,
    needs: 'the payment that it may give back',
    example: '"attachedUsd": 1000000',
  },
  'outlayer:wallet/api': {
    configured: ({ run }) => run.wallet !== undefined,
    needs: 'a wallet',
    example: '"wallet": {"balances": {"near": "5000000000000000000000000"}}',
  },
};

/** Whether a name is one of the worker's, known or not. */
export function isWorkerInterface(name: string): boolean {
  return /^(near|outlayer):/.test(name);
}

/** Whether the worker has an interface of that name and version. */
export function workerHas(name: string): boolean {
  const { base, version } = splitVersion(name);
  return Object.hasOwn(workerInterfaces, base) && (version === null || version.startsWith('0.1.'));
}

/**
 * Why a run does not have an interface of the worker; null where it has it. A run and the language server ask the same.
 *
 * @param name one that {@link workerHas}
 */
export function missingSetting(name: string, options: OutlayerOptions): MissingSetting | null {
  if (!options.provided) {
    return {
      setting: 'profileKind',
      needs: 'is the OutLayer worker’s',
      hint: 'Choose the OutLayer worker’s view for the crate, profile = "outlayer" under [package.metadata.wasi-workbench] in its Cargo.toml, give the case an "outlayer" block, or the command --profile-kind outlayer.',
    };
  }
  const {
    configured,
    needs,
    example,
    option = '--outlayer FILE',
  } = workerInterfaces[splitVersion(name).base]!;
  if (configured(options)) return null;
  return {
    setting: 'outlayer',
    needs: `needs ${needs}`,
    hint: `Name it in the case or in the setting wasi-workbench.outlayer, "outlayer": {${example}}, or on the command line with ${option}.`,
  };
}
