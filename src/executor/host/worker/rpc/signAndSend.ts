import { isAccountId } from '../../../../shared/outlayer.ts';
import { isRecord } from '../../../../shared/shapes.ts';
import type { RpcClient } from './client.ts';
import { type NearAction, parseKey, signTransaction } from './transaction.ts';

interface Signing {
  readonly signerId: string;
  /** The program's; never kept. */
  readonly signerKey: string;
  readonly receiverId: string;
  readonly action: NearAction;
  /** Nothing for `FINAL`. */
  readonly until: string;
}

/**
 * Signs a transaction with the program's own key and sends it; two requests, of which the first asks for the nonce.
 *
 * @returns the transaction's hash
 * @throws Error for what the chain, the server or the texts don't allow
 */
export function signAndSend(
  client: RpcClient,
  { signerId, signerKey, receiverId, action, until }: Signing,
): string {
  const key = parseKey(signerKey);
  if (!isAccountId(signerId)) throw new Error(`Invalid signer account: "${signerId}"`);
  if (!isAccountId(receiverId)) throw new Error(`Invalid receiver account: "${receiverId}"`);
  const { nonce, blockHash } = accessKey(client, signerId, key.publicKey);
  const { hash, signed } = signTransaction(
    { signerId, nonce: nonce + 1n, receiverId, blockHash, action },
    key,
  );
  const params = { signed_tx_base64: signed, wait_until: until === '' ? 'FINAL' : until };
  const { answer } = client.ask('send_tx', params);
  if (answer['error'] !== undefined) throw new Error(`RPC error: ${errorText(answer['error'])}`);
  const status = isRecord(answer['result']) ? answer['result']['status'] : null;
  if (isRecord(status) && status['Failure'] !== undefined) {
    throw new Error(`Transaction failed: ${JSON.stringify(status['Failure'])}`);
  }
  return hash;
}

function accessKey(client: RpcClient, account: string, publicKey: string) {
  const { text, answer } = client.ask('query', {
    request_type: 'view_access_key',
    account_id: account,
    public_key: publicKey,
    finality: 'final',
  });
  const { result, error } = answer;
  if (error !== undefined) throw new Error(`Failed to get nonce: ${errorText(error)}`);
  // Nonces reach beyond what a JavaScript number holds, so this one is read from the text.
  const nonce = /"nonce"\s*:\s*(\d+)/.exec(text)?.[1];
  const blockHash = isRecord(result) ? result['block_hash'] : null;
  if (nonce === undefined) throw new Error('Failed to get nonce');
  if (typeof blockHash !== 'string') throw new Error('Failed to get block_hash');
  return { nonce: BigInt(nonce), blockHash };
}

/** NEAR's errors have a message and, in `data`, what it is about. */
function errorText(error: unknown): string {
  if (!isRecord(error)) return JSON.stringify(error);
  const { message, data } = error;
  const text = typeof message === 'string' ? message : JSON.stringify(error);
  return typeof data === 'string' ? `${text}: ${data}` : text;
}
