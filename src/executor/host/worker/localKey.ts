import { createHash, createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { WorkerDatabase } from './database.ts';

/** The Ed25519 key of that name on this machine, which is made at the first use and then stays. */
export function localKey(db: WorkerDatabase, name: string): KeyObject {
  const stored = () => db.get('SELECT pem FROM keys WHERE name = ?', name)?.['pem'] as string | undefined;
  let pem = stored();
  if (pem === undefined) {
    const { privateKey } = generateKeyPairSync('ed25519');
    // Another run may have been first, and then its key counts.
    db.run(
      'INSERT INTO keys (name, pem) VALUES (?, ?) ON CONFLICT DO NOTHING',
      name,
      privateKey.export({ type: 'pkcs8', format: 'pem' }),
    );
    pem = stored()!;
  }
  return createPrivateKey(pem);
}

/** DER wrapping (RFC 8410) of an Ed25519 private key's 32 bytes. */
const privateDer = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A key that is the same everywhere, for runs that leave nothing behind: tests of them can say what to expect. */
export function fixedKey(name: string): KeyObject {
  const seed = createHash('sha256').update(`wasi-workbench ${name}`).digest();
  return createPrivateKey({ key: Buffer.concat([privateDer, seed]), format: 'der', type: 'pkcs8' });
}

/** Bytes of an Ed25519 public key in its DER wrapping (RFC 8410) that come before the key itself. */
const derPrefixBytes = 12;

/** The 32 bytes of an Ed25519 key that others may know. */
export function publicBytes(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' }).subarray(derPrefixBytes);
}
