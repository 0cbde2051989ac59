import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
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

/** Bytes of an Ed25519 public key in its DER wrapping (RFC 8410) that come before the key itself. */
const derPrefixBytes = 12;

/** The 32 bytes of an Ed25519 key that others may know. */
export function publicBytes(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' }).subarray(derPrefixBytes);
}
