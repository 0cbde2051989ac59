import { parseTree } from 'jsonc-parser';
import {
  type Fields,
  listOf,
  name,
  number,
  objectOf,
  oneOf,
  type Read,
  tableOf,
  text,
  textThat,
} from '../jsonFiles/readers.ts';
import {
  executionTypes,
  isAccountId,
  isProject,
  nearNetworks,
  type OutlayerSettings,
  responseFormats,
  storageKinds,
  systemVariables,
  type WalletOptions,
  walletStates,
} from '../shared/outlayer.ts';
import type { PriceConstants, PriceSettings } from '../shared/price.ts';

// What each property of an `outlayer` block takes. The schema of inputs files and that of the setting say the same to
// editors; a test holds them together.

const whole = (most: number) => number(0, most, { whole: true });
const largest = Number.MAX_SAFE_INTEGER;
const digits = textThat((found) => /^\d{1,39}$/.test(found), 'a whole number in quotes');
const amount = number(0, 1e30, { whole: false });

export const walletFields: Fields<WalletOptions> = {
  balances: tableOf(digits),
  state: oneOf(walletStates),
  limits: tableOf(digits),
  recipients: listOf(name),
  rates: tableOf(amount),
};

export const nearPriceFields: Fields<Partial<PriceConstants['near']>> = {
  base: digits,
  perMillionInstructions: digits,
  perMs: digits,
  perCompileMs: digits,
};

export const httpsPriceFields: Fields<Partial<PriceConstants['https']>> = {
  base: amount,
  perMillionInstructions: amount,
  perSecond: amount,
  perCompileMs: amount,
};

export const priceFields: Fields<PriceSettings> = {
  near: objectOf(nearPriceFields, []),
  https: objectOf(httpsPriceFields, []),
};

const variableFields: Fields<Record<string, string>> = Object.fromEntries(
  systemVariables.map((variable) => [variable, text]),
);

export const outlayerFields: Fields<OutlayerSettings> = {
  executionType: oneOf(executionTypes),
  network: oneOf(nearNetworks),
  sender: textThat(isAccountId, 'a NEAR account such as “alice.testnet”'),
  project: textThat(isProject, 'a project such as “alice.testnet/my-app”'),
  storage: oneOf(storageKinds),
  requestId: whole(largest),
  attachedUsd: whole(largest),
  responseFormat: oneOf(responseFormats),
  rpcUrl: textThat((found) => /^https?:$/.test(URL.parse(found)?.protocol ?? ''), 'an http or https URL'),
  wallet: objectOf(walletFields, []),
  variables: objectOf(variableFields, []),
  price: objectOf(priceFields, []),
};

export const readOutlayer: Read<OutlayerSettings> = objectOf(outlayerFields, []);

/** The `outlayer` block that a setting's value is; what is wrong in it is left out. */
export function outlayerOfSetting(setting: unknown): OutlayerSettings {
  const root = parseTree(JSON.stringify(setting ?? {}));
  return (root && readOutlayer(root, () => undefined)) ?? {};
}
