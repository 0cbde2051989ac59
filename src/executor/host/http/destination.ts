import { isIP } from 'node:net';
import type { NetworkOptions } from '../../../shared/network.ts';
import { refusedRange } from './addressFilter.ts';
import { blockedAddress, failed, type HttpFailure, HttpFailureError, refused } from './failure.ts';

/** Where a request goes, in canonical spelling. */
export interface Destination {
  readonly origin: string;
  /** A name, or an address without brackets. */
  readonly host: string;
}

/** The rules that one run's requests go by. */
export interface Policy {
  readonly options: NetworkOptions;
  /** The host names of the program's own manifest; null where it names none. */
  readonly manifestHosts: readonly string[] | null;
}

/**
 * Where a request of a guest goes. The URL parser brings hosts into one spelling, so that `0x7f.1`, `2130706433` and
 * `①27.0.0.1` are seen for what a resolver makes of them.
 *
 * @throws HttpFailureError where it goes nowhere
 */
export function destination(scheme: string, authority: string): Destination {
  if (scheme !== 'http' && scheme !== 'https') {
    throw invalid(`the scheme ${JSON.stringify(scheme)} is neither http nor https`);
  }
  if (/[\s/?#\\]/.test(authority)) {
    throw invalid(`the authority ${JSON.stringify(authority)} is more than a host and a port`);
  }
  if (authority.includes('@')) throw invalid('the authority holds user information');
  const url = URL.parse(`${scheme}://${authority}/`);
  if (url === null || url.hostname === '') {
    throw invalid(`the authority ${JSON.stringify(authority)} is no host`);
  }
  return { origin: url.origin, host: url.hostname.replace(/^\[|\]$/g, '') };
}

function invalid(reason: string): HttpFailureError {
  return new HttpFailureError({ ...failed({ tag: 'HTTP-request-URI-invalid' }, reason), refused: true });
}

/** Why the program's own manifest keeps a request from its host; null where it does not, or there is none. */
export function manifestRefusal(
  { host }: Destination,
  manifestHosts: Policy['manifestHosts'],
): HttpFailure | null {
  if (manifestHosts === null || allows(manifestHosts, host)) return null;
  return refused(`host "${host}" is not in the project's manifest network allowlist`);
}

/** Why a policy keeps a request from its host, before any name is looked up; null where it does not. */
export function refusal(destination: Destination, { options, manifestHosts }: Policy): HttpFailure | null {
  const { host } = destination;
  const { enabled, allowHosts, allowLocal } = options;
  if (!enabled) {
    return {
      code: { tag: 'HTTP-request-denied' },
      reason: 'the network is closed to this run',
      refused: true,
    };
  }
  const ofManifest = manifestRefusal(destination, manifestHosts);
  if (ofManifest !== null) return ofManifest;
  if (allowHosts !== null && !allows(allowHosts, host)) {
    return refused(`host "${host}" is not among the hosts that the settings of this run allow`);
  }
  if (isIP(host) !== 0) {
    const range = refusedRange(host, allowLocal);
    return range === null ? null : blockedAddress(host, range);
  }
  // These are local by definition (RFC 6761), whatever a resolver says.
  if (/(^|\.)localhost\.?$/.test(host) && !allowLocal) return blockedAddress(host, 'loopback');
  return null;
}

/** Exact names without wildcards; case and a trailing dot don't count. */
function allows(hosts: readonly string[], host: string): boolean {
  const name = canonicalName(host);
  return hosts.some((other) => canonicalName(other) === name);
}

function canonicalName(host: string): string {
  const bare = host.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const url = URL.parse(isIP(bare) === 6 ? `http://[${bare}]/` : `http://${bare}/`);
  return (url?.hostname ?? bare).replace(/^\[|\]$/g, '').toLowerCase();
}
