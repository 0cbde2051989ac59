import type { ProfileKind } from './profileKind.ts';
import type { PriceSettings } from './price.ts';

/** How the worker hands a program's output on. */
export const responseFormats = ['text', 'json', 'bytes'] as const;
export type ResponseFormat = (typeof responseFormats)[number];

/** What asked for the run: a transaction on chain, or a request over HTTPS. */
export const executionTypes = ['NEAR', 'HTTPS'] as const;
export type ExecutionType = (typeof executionTypes)[number];

export const nearNetworks = ['testnet', 'mainnet'] as const;
export type NearNetwork = (typeof nearNetworks)[number];

/** Every variable that the worker sets itself (worker.md). No secret may have such a name. */
export const systemVariables = [
  'OUTLAYER_EXECUTION_TYPE',
  'NEAR_NETWORK_ID',
  'NEAR_MAX_INSTRUCTIONS',
  'NEAR_MAX_MEMORY_MB',
  'NEAR_MAX_EXECUTION_SECONDS',
  'NEAR_PAYMENT_YOCTO',
  'ATTACHED_USD',
  'USD_PAYMENT',
  'OUTLAYER_CALL_ID',
  'NEAR_SENDER_ID',
  'NEAR_USER_ACCOUNT_ID',
  'NEAR_CONTRACT_ID',
  'NEAR_BLOCK_HEIGHT',
  'NEAR_BLOCK_TIMESTAMP',
  'NEAR_RECEIPT_ID',
  'NEAR_PREDECESSOR_ID',
  'NEAR_SIGNER_PUBLIC_KEY',
  'NEAR_GAS_BURNT',
  'NEAR_TRANSACTION_HASH',
  'NEAR_REQUEST_ID',
  'OUTLAYER_PROJECT_ID',
  'OUTLAYER_PROJECT_OWNER',
  'OUTLAYER_PROJECT_NAME',
  'OUTLAYER_PROJECT_UUID',
] as const;

/** What keeps a wallet from moving anything. */
export const walletStates = ['open', 'busy', 'frozen', 'disconnected'] as const;
export type WalletState = (typeof walletStates)[number];

/** The wallet of a run, which is a ledger on this machine. Amounts are decimal digits, in a token's smallest unit. */
export interface WalletOptions {
  /** What it starts with, by token; `near` is the native one. */
  readonly balances?: Readonly<Record<string, string>>;
  readonly state?: WalletState;
  /** The most that one request may move, by token. */
  readonly limits?: Readonly<Record<string, string>>;
  /** The only accounts and addresses that it may pay; any where left out. */
  readonly recipients?: readonly string[];
  /** How much of one token a swap gives for one of another, such as `{"near>usdt.tether-token.near": 0.000000000000000005}`. */
  readonly rates?: Readonly<Record<string, number>>;
}

/** Whether what the worker's interfaces keep outlives a run, or is empty at its start and gone at its end. */
export const storageKinds = ['kept', 'fresh'] as const;
export type StorageKind = (typeof storageKinds)[number];

/**
 * What a run is to the OutLayer worker, as it stands in a setting, a case or a file; what is left out is local and
 * made up. Each of the worker's own interfaces is provided where what it works on is named.
 */
export interface OutlayerSettings {
  readonly executionType?: ExecutionType;
  readonly network?: NearNetwork;
  /** The account that asked for the run. */
  readonly sender?: string;
  /** `owner/name`; near:storage keeps what it is given under it. */
  readonly project?: string;
  /** Of near:storage, the wallet's books and the local keys. Left out: fresh in tests, kept in any other run. */
  readonly storage?: StorageKind;
  readonly requestId?: number;
  /** micro-USD that near:payment may give back. */
  readonly attachedUsd?: number;
  readonly responseFormat?: ResponseFormat;
  /** Where near:rpc sends its requests. */
  readonly rpcUrl?: string;
  /** Makes outlayer:wallet a ledger on this machine. */
  readonly wallet?: WalletOptions;
  /** System variables that are to have another value than the local one. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly price?: PriceSettings;
}

/** Whether a text can name an account (nomicon, Account ID). */
export function isAccountId(text: string): boolean {
  const part = '(?:[a-z\\d]+[-_])*[a-z\\d]+';
  return text.length >= 2 && text.length <= 64 && new RegExp(`^${part}(?:\\.${part})*$`).test(text);
}

/** Whether a text is an account and a name, such as `alice.testnet/my-app`. */
export function isProject(text: string): boolean {
  const [owner = '', name = '', ...more] = text.split('/');
  return isAccountId(owner) && /^[\w.-]+$/.test(name) && more.length === 0;
}

/** {@link OutlayerSettings} of one run, complete. */
export interface OutlayerRun extends OutlayerSettings {
  readonly executionType: ExecutionType;
  readonly network: NearNetwork;
  readonly sender: string;
  readonly requestId: number;
  readonly responseFormat: ResponseFormat;
}

/** What stands for the worker where nothing is said. */
export const localOutlayer: OutlayerRun = {
  executionType: 'NEAR',
  network: 'testnet',
  sender: 'alice.testnet',
  requestId: 1,
  responseFormat: 'text',
};

/** What a run has of the worker. */
export interface OutlayerOptions {
  /** Says how the worker would answer, and what it would bill, whatever the program sees. */
  readonly run: OutlayerRun;
  /** Whether the program is given the worker's variables and interfaces. */
  readonly provided: boolean;
}

/** A run that sees nothing of the worker. */
export const noOutlayer: OutlayerOptions = { run: localOutlayer, provided: false };

/**
 * What a run has of the worker: its variables and interfaces where the profile is `outlayer`, or where the run has
 * settings of its own; those of the workspace alone change no other run.
 *
 * @param own of the case or the command; null where it has none
 */
export function outlayerOptions(
  profile: ProfileKind,
  workspace: OutlayerSettings,
  own: OutlayerSettings | null,
): OutlayerOptions {
  return {
    run: { ...localOutlayer, ...workspace, ...own },
    provided: profile === 'outlayer' || own !== null,
  };
}
