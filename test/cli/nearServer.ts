import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { base58 } from '@scure/base';

interface Asked {
  readonly method: string;
  readonly params: Readonly<Record<string, string>>;
}

/** A NEAR RPC server on this machine with one contract, which holds a greeting; it takes signed transactions only. */
export async function startNearServer(publicKey: string) {
  let greeting = 'hello';
  const methods: string[] = [];

  function answer({ method, params }: Asked): object {
    methods.push(params['request_type'] ?? method);
    if (params['request_type'] === 'call_function') {
      return { result: { result: [...Buffer.from(JSON.stringify(greeting))] } };
    }
    if (params['request_type'] === 'view_access_key') {
      if (params['public_key'] !== publicKey) return { error: { message: 'unknown key' } };
      return { result: { nonce: 1, block_hash: base58.encode(Buffer.alloc(32, 9)) } };
    }
    assert.equal(method, 'send_tx');
    const args = verifiedArguments(Buffer.from(params['signed_tx_base64']!, 'base64'), publicKey);
    greeting = (JSON.parse(args) as { greeting: string }).greeting;
    return { result: { status: { SuccessValue: '' } } };
  }

  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      let body: object;
      try {
        body = answer(JSON.parse(Buffer.concat(parts).toString()) as Asked);
      } catch (error) {
        body = { error: { message: (error as Error).message } };
      }
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ jsonrpc: '2.0', ...body }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    methods,
    [Symbol.dispose]: () => void server.close(),
  };
}

/** The arguments of the one call in a transaction, whose signature has to be the key's. */
function verifiedArguments(signed: Buffer, publicKey: string): string {
  const transaction = signed.subarray(0, -65);
  const x = Buffer.from(base58.decode(publicKey.replace('ed25519:', ''))).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  const hash = createHash('sha256').update(transaction).digest();
  assert.ok(verify(null, hash, key, signed.subarray(-64)), 'the signature is not the key’s');
  return /\{"greeting":[^}]*\}/.exec(transaction.toString('latin1'))![0];
}
