import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { base58 } from '@scure/base';
import { type Schema, serialize } from 'borsh';
import { publicBytes } from '../localKey.ts';

/** The one thing that a transaction does. Amounts in yoctoNEAR. */
export type NearAction =
  | {
      readonly kind: 'call';
      readonly method: string;
      readonly args: Uint8Array;
      readonly gas: bigint;
      readonly deposit: bigint;
    }
  | { readonly kind: 'transfer'; readonly deposit: bigint };

export interface NearTransaction {
  readonly signerId: string;
  readonly nonce: bigint;
  readonly receiverId: string;
  /** In base58. */
  readonly blockHash: string;
  readonly action: NearAction;
}

/** Who signs: an Ed25519 key and its public half as NEAR writes it. */
export interface NearKey {
  readonly privateKey: KeyObject;
  readonly publicBytes: Buffer;
  /** `ed25519:…` in base58. */
  readonly publicKey: string;
}

/** Both kinds are told by their number in NEAR's list of actions (nomicon, Transactions). */
const actionNumber = { call: 2, transfer: 3 } as const;
/** Ed25519 in NEAR's list of curves. */
const ed25519 = 0;

const bytes = (length: number): Schema => ({ array: { type: 'u8', len: length } });

const head: Schema = {
  struct: {
    signerId: 'string',
    curve: 'u8',
    publicKey: bytes(32),
    nonce: 'u64',
    receiverId: 'string',
    blockHash: bytes(32),
    actions: 'u32',
    kind: 'u8',
  },
};
const callSchema: Schema = {
  struct: { method: 'string', args: { array: { type: 'u8' } }, gas: 'u64', deposit: 'u128' },
};
const transferSchema: Schema = { struct: { deposit: 'u128' } };

/** A transaction as it is hashed and signed: Borsh of NEAR's `TransactionV0` with one action. */
function encodeTransaction(transaction: NearTransaction, key: NearKey): Buffer {
  const { signerId, nonce, receiverId, blockHash, action } = transaction;
  const begin = {
    signerId,
    curve: ed25519,
    publicKey: key.publicBytes,
    nonce,
    receiverId,
    blockHash: base58.decode(blockHash),
    actions: 1,
    kind: actionNumber[action.kind],
  };
  const end = action.kind === 'call' ? callSchema : transferSchema;
  return Buffer.concat([serialize(head, begin), serialize(end, action)]);
}

/** @returns the hash, by which the chain knows it, in base58; and what is sent, in base64 */
export function signTransaction(
  transaction: NearTransaction,
  key: NearKey,
): { readonly hash: string; readonly signed: string } {
  const encoded = encodeTransaction(transaction, key);
  const hash = createHash('sha256').update(encoded).digest();
  const signature = sign(null, hash, key.privateKey);
  const signed = Buffer.concat([encoded, Buffer.of(ed25519), signature]);
  return { hash: base58.encode(hash), signed: signed.toString('base64') };
}

/** The wrapping of a private Ed25519 key in DER (RFC 8410). */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * A private key as NEAR writes it: `ed25519:` and base58 of the seed, which its public half may follow.
 *
 * @throws Error with the worker's words
 */
export function parseKey(text: string): NearKey {
  const seed = seedOf(text);
  const privateKey = createPrivateKey({
    key: Buffer.concat([pkcs8Prefix, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const half = publicBytes(createPublicKey(privateKey));
  return { privateKey, publicBytes: half, publicKey: `ed25519:${base58.encode(half)}` };
}

function seedOf(text: string): Uint8Array {
  const [curve, encoded, ...more] = text.split(':');
  if (curve !== 'ed25519' || encoded === undefined || more.length > 0) {
    throw new Error('Invalid secret key: expected ed25519:BASE58');
  }
  let decoded: Uint8Array;
  try {
    decoded = base58.decode(encoded);
  } catch {
    // The library's own message quotes the key.
    throw new Error('Invalid secret key: it is not base58');
  }
  if (decoded.length === 64 || decoded.length === 32) return decoded.subarray(0, 32);
  throw new Error(`Invalid secret key: ${decoded.length} bytes, 64 expected`);
}
