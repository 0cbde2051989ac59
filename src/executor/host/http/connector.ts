import { readFileSync } from 'node:fs';
import type { LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { createSecureContext, getCACertificates, rootCertificates, type SecureContext } from 'node:tls';
import { buildConnector } from 'undici';
import { refusedRange } from './addressFilter.ts';
import { blockedAddress, failed, HttpFailureError } from './failure.ts';

/** All addresses of a host name, as the system's resolver gives them. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

export interface ConnectorOptions {
  readonly resolve: Resolve;
  readonly allowLocal: boolean;
  readonly connectTimeoutMs: number;
  readonly secureContext: () => SecureContext;
}

/**
 * Connects to addresses that the filter let through, and to no other: a name is looked up here, once, and what was
 * checked is what is dialled. One bad address among several refuses the name.
 */
export function filteringConnector(options: ConnectorOptions): buildConnector.connector {
  return (target, callback) => {
    const host = target.hostname.replace(/^\[|\]$/g, '');
    addressesOf(host, options).then(
      (addresses) => {
        const secure = target.protocol === 'https:';
        const connect = buildConnector({
          timeout: options.connectTimeoutMs,
          allowH2: false,
          lookup: answerWith(addresses),
          ...(secure ? { secureContext: options.secureContext() } : {}),
        });
        connect({ ...target, hostname: host }, callback);
      },
      (error: unknown) => callback(error as Error, null),
    );
  };
}

async function addressesOf(host: string, options: ConnectorOptions): Promise<readonly LookupAddress[]> {
  const family = isIP(host);
  const addresses = family === 0 ? await lookUp(host, options.resolve) : [{ address: host, family }];
  for (const { address } of addresses) {
    const range = refusedRange(address, options.allowLocal);
    if (range !== null) throw new HttpFailureError(blockedAddress(address, range));
  }
  return addresses;
}

async function lookUp(host: string, resolve: Resolve): Promise<readonly LookupAddress[]> {
  try {
    const addresses = await resolve(host);
    if (addresses.length > 0) return addresses;
  } catch (error) {
    throw lookUpFailed((error as Error).message);
  }
  throw lookUpFailed(`${host} has no address`);
}

function lookUpFailed(why: string): HttpFailureError {
  const words = `dns resolution failed: ${why}`;
  return new HttpFailureError(failed({ tag: 'internal-error', val: words }, words));
}

function answerWith(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, { all }, callback) => {
    const [first] = addresses;
    if (all === true) callback(null, [...addresses]);
    else callback(null, first!.address, first!.family);
  };
}

/** The roots that Node.js brings, those of the system, and the user's own. */
export function trustedRoots(caFile: string | null): SecureContext {
  const own = caFile === null ? [] : [readAuthorities(caFile)];
  return createSecureContext({ ca: [...rootCertificates, ...getCACertificates('system'), ...own] });
}

function readAuthorities(caFile: string): Buffer {
  try {
    return readFileSync(caFile);
  } catch (error) {
    const reason = `the CA file can't be read: ${(error as Error).message}`;
    throw new HttpFailureError(failed({ tag: 'configuration-error' }, reason));
  }
}
