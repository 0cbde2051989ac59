import { BlockList, isIP } from 'node:net';

interface Range {
  readonly name: string;
  readonly list: BlockList;
  /** Whether it is the user's own machine or network, which a setting can open. */
  readonly local: boolean;
}

function range(name: string, cidrs: readonly string[], local = false): Range {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [address = '', prefix] = cidr.split('/');
    list.addSubnet(address, Number(prefix), isIP(address) === 4 ? 'ipv4' : 'ipv6');
  }
  return { name, list, local };
}

/** IANA's special-purpose registry for IPv4, which the worker refuses. */
const ipv4Ranges = [
  range('loopback', ['127.0.0.0/8'], true),
  range('private', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'], true),
  range('unspecified', ['0.0.0.0/8']),
  range('carrier-grade NAT', ['100.64.0.0/10']),
  range('link-local', ['169.254.0.0/16']),
  range('protocol assignments', ['192.0.0.0/24']),
  range('documentation', ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24']),
  range('6to4 relay', ['192.88.99.0/24']),
  range('benchmarking', ['198.18.0.0/15']),
  range('multicast', ['224.0.0.0/4']),
  range('reserved', ['240.0.0.0/4']),
];

/** The same for IPv6. What is in none of these and outside of 2000::/3 was never given to anybody. */
const ipv6Ranges = [
  range('loopback', ['::1/128'], true),
  range('unique-local', ['fc00::/7'], true),
  range('unspecified', ['::/128']),
  range('link-local', ['fe80::/10']),
  range('site-local', ['fec0::/10']),
  range('multicast', ['ff00::/8']),
  range('NAT64', ['64:ff9b::/96', '64:ff9b:1::/48']),
  range('protocol assignments', ['2001::/23']),
  range('documentation', ['2001:db8::/32', '3fff::/20']),
  range('6to4', ['2002::/16']),
];
const globalUnicast = range('global unicast', ['2000::/3']).list;

/**
 * The name of the range for which an address may not be dialled, such as `loopback`; null where it may.
 *
 * @param address an IPv4 or IPv6 address in any spelling that `net.isIP` takes
 */
export function refusedRange(address: string, allowLocal: boolean): string | null {
  const plain = address.replace(/%.*$/, '');
  const family = isIP(plain);
  if (family === 0) return 'not an address';
  if (family === 4) return refusedIn(ipv4Ranges, plain, 'ipv4', allowLocal);
  const mapped = mappedIpv4(plain);
  if (mapped !== null) return refusedIn(ipv4Ranges, mapped, 'ipv4', allowLocal);
  const found = ipv6Ranges.find(({ list }) => list.check(plain, 'ipv6'));
  if (found !== undefined) return found.local && allowLocal ? null : found.name;
  return globalUnicast.check(plain, 'ipv6') ? null : 'reserved';
}

function refusedIn(
  ranges: readonly Range[],
  address: string,
  family: 'ipv4' | 'ipv6',
  allowLocal: boolean,
): string | null {
  const found = ranges.find(({ list }) => list.check(address, family));
  return found === undefined || (found.local && allowLocal) ? null : found.name;
}

/** The IPv4 address in `::ffff:a.b.c.d`; null for any other. */
function mappedIpv4(address: string): string | null {
  // The URL parser knows one spelling of each address only.
  const { hostname } = new URL(`http://[${address}]`);
  const [, high, low] = /^\[::ffff:([0-9a-f]+):([0-9a-f]+)\]$/.exec(hostname) ?? [];
  if (high === undefined || low === undefined) return null;
  const [a, b] = [parseInt(high, 16), parseInt(low, 16)];
  return [a >> 8, a & 255, b >> 8, b & 255].join('.');
}
