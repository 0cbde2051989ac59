import { isRecord } from '../../../../shared/shapes.ts';
import { decodeUtf8 } from '../../../../shared/text.ts';
import { type PostJson, RpcClient } from './client.ts';
import { signAndSend } from './signAndSend.ts';

/** What an R of the interface is. */
type Answer = [result: string, error: string];

/**
 * `near:rpc/api@0.1.0`: NEAR's JSON-RPC. What a server answers, an error included, is the result; only `call` and
 * `transfer`, which sign with the key that the program gives, put a server's error into the error.
 */
export function rpc(post: PostJson): Record<string, unknown> {
  const client = new RpcClient(post);

  const answer = (work: () => string): Answer => {
    try {
      return [work(), ''];
    } catch (error) {
      // Whatever ends the run, rather than the request, goes on up.
      if (!(error instanceof Error) || error.constructor !== Error) throw error;
      return ['', error.message];
    }
  };
  const ask = (method: string, params: unknown): Answer => answer(() => client.ask(method, params).text);
  const query = (request: Readonly<Record<string, string>>, when: string): Answer =>
    ask('query', { ...request, ...blockReference(when) });

  return {
    view: (contract: string, method: string, args: string, when: string): Answer =>
      answer(() => {
        const params = {
          request_type: 'call_function',
          account_id: contract,
          method_name: method,
          args_base64: Buffer.from(args).toString('base64'),
          ...blockReference(when),
        };
        const asked = client.ask('query', params);
        return returnedBytes(asked.answer) ?? asked.text;
      }),
    viewAccount: (account: string, when: string): Answer =>
      query({ request_type: 'view_account', account_id: account }, when),
    viewAccessKey: (account: string, publicKey: string, when: string): Answer =>
      query({ request_type: 'view_access_key', account_id: account, public_key: publicKey }, when),
    viewAccessKeyList: (account: string, when: string): Answer =>
      query({ request_type: 'view_access_key_list', account_id: account }, when),
    viewCode: (account: string, when: string): Answer =>
      query({ request_type: 'view_code', account_id: account }, when),
    viewState: (account: string, prefix: string, when: string): Answer =>
      query({ request_type: 'view_state', account_id: account, prefix_base64: prefix }, when),
    block: (when: string): Answer => ask('block', blockReference(when)),
    chunk(chunk: string): Answer {
      const params = chunkReference(chunk);
      return params === null
        ? ['', "Invalid format. Use 'block_id,shard_id' or 'chunk_id'"]
        : ask('chunk', params);
    },
    changes: (when: string): Answer => ask('EXPERIMENTAL_changes', blockReference(when)),
    sendTx: (signed: string, until: string): Answer =>
      ask('send_tx', { signed_tx_base64: signed, wait_until: until === '' ? 'EXECUTED_OPTIMISTIC' : until }),
    txStatus: (hash: string, sender: string, until: string): Answer =>
      ask('EXPERIMENTAL_tx_status', {
        tx_hash: hash,
        sender_account_id: sender,
        ...(until === '' ? {} : { wait_until: until }),
      }),
    receipt: (id: string): Answer => ask('EXPERIMENTAL_receipt', { receipt_id: id }),
    call: (
      signerId: string,
      signerKey: string,
      receiverId: string,
      method: string,
      argsJson: string,
      depositYocto: string,
      gas: string,
      until: string,
    ): Answer =>
      answer(() => {
        const action = {
          kind: 'call',
          method,
          args: Buffer.from(argsJson),
          deposit: wholeNumber('deposit', depositYocto, 128n),
          gas: wholeNumber('gas', gas, 64n),
        } as const;
        return signAndSend(client, { signerId, signerKey, receiverId, action, until });
      }),
    transfer: (
      signerId: string,
      signerKey: string,
      receiverId: string,
      amount: string,
      until: string,
    ): Answer =>
      answer(() => {
        const action = { kind: 'transfer', deposit: wholeNumber('amount', amount, 128n) } as const;
        return signAndSend(client, { signerId, signerKey, receiverId, action, until });
      }),
    gasPrice: (block: string): Answer => ask('gas_price', [block === '' ? null : blockId(block)]),
    status: (): Answer => ask('status', []),
    networkInfo: (): Answer => ask('network_info', []),
    validators: (epoch: string): Answer => ask('validators', epoch === '' ? [null] : { epoch_id: epoch }),
    raw: (method: string, params: string): Answer =>
      answer(() => client.ask(method, parameters(params)).text),
  };
}

/** `final`, `optimistic`, a height or a hash; nothing is `final`. */
function blockReference(when: string): object {
  if (when === '' || when === 'final') return { finality: 'final' };
  return when === 'optimistic' ? { finality: 'optimistic' } : { block_id: blockId(when) };
}

/** A height as the number it is, which JSON.stringify keeps exact up to 2^53; anything else is a hash. */
function blockId(text: string): number | string {
  return /^\d{1,15}$/.test(text) ? Number(text) : text;
}

/** A chunk by its hash, or by `block,shard`; null for neither. */
function chunkReference(text: string): object | null {
  const parts = text.split(',');
  if (parts.length === 1) return { chunk_id: text };
  const [block = '', shard = ''] = parts.map((part) => part.trim());
  const known = parts.length === 2 && /^\d{1,15}$/.test(block) && /^\d{1,15}$/.test(shard);
  return known ? { block_id: Number(block), shard_id: Number(shard) } : null;
}

/** What a view function returned, which comes as a list of bytes; null where there is no such list. */
function returnedBytes({ result }: Readonly<Record<string, unknown>>): string | null {
  const bytes = isRecord(result) ? result['result'] : null;
  return Array.isArray(bytes) ? decodeUtf8(Uint8Array.from(bytes as number[])) : null;
}

function parameters(text: string): unknown {
  if (text.trim() === '') return [];
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Error(`Invalid params JSON: ${(error as Error).message}`, { cause: error });
  }
}

function wholeNumber(what: string, text: string, bits: bigint): bigint {
  if (text === '') throw new Error(`Invalid ${what}: cannot parse integer from empty string`);
  if (!/^\+?\d+$/.test(text)) throw new Error(`Invalid ${what}: invalid digit found in string`);
  const value = BigInt(text.replace('+', ''));
  if (value >> bits > 0n) throw new Error(`Invalid ${what}: number too large to fit in target type`);
  return value;
}
