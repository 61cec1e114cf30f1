import { BlockList, isIP } from 'node:net';

/**
 * What an IP address is to a job that fetches bytes.
 * - `public`: anybody's.
 * - `private`: of this machine or network; reached only where the policy says so.
 * - `forbidden`: never a store: cloud metadata, multicast, no address at all, or an address inside an address.
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry
 */
export type AddressKind = 'public' | 'private' | 'forbidden';

export function classifyAddress(address: string): AddressKind {
  // A zone ("fe80::1%eth0") names an interface of this machine: nothing of that kind is a store.
  const version = address.includes('%') ? 0 : isIP(address);
  if (version === 4) return classifyIn(address, 'ipv4');
  return version === 6 ? classifyIn(address, 'ipv6') : 'forbidden';
}

/** True for an address of this machine: 127.0.0.0/8 and ::1. */
export function isLoopback(address: string): boolean {
  const version = isIP(address);
  return version !== 0 && loopback.check(address, version === 4 ? 'ipv4' : 'ipv6');
}

function classifyIn(address: string, family: 'ipv4' | 'ipv6'): AddressKind {
  // A block list reads a mapped address as the one inside it, and would call ::ffff:10.0.0.1 private.
  const mapsAnother = family === 'ipv6' && mapped.check(address, family);
  if (mapsAnother || forbidden.check(address, family)) return 'forbidden';
  if (inside.check(address, family) || isLoopback(address)) return 'private';
  // IPv6 is turned round: what is not global unicast is refused, mapped and translated addresses with it.
  return family === 'ipv4' || global.check(address, family) ? 'public' : 'forbidden';
}

const loopback = listOf(['127.0.0.0/8'], ['::1/128']);
const inside = listOf(['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'], ['fc00::/7']);
const mapped = listOf([], ['::ffff:0:0/96']);
const global = listOf([], ['2000::/3']);
const forbidden = listOf(
  [
    '0.0.0.0/8',
    '100.100.100.200/32', // metadata of Alibaba Cloud, inside carrier-grade NAT
    '169.254.0.0/16', // link-local, and with it the metadata of most clouds
    '192.0.0.0/24',
    '192.0.2.0/24',
    '192.88.99.0/24',
    '198.18.0.0/15',
    '198.51.100.0/24',
    '203.0.113.0/24',
    '224.0.0.0/4',
    '240.0.0.0/4',
  ],
  [
    '2001::/23', // Teredo and others: an IPv4 address inside
    '2001:db8::/32',
    '2002::/16', // 6to4: an IPv4 address inside
    '3fff::/20',
    'fd00:ec2::254/128', // metadata of Amazon EC2
  ],
);

function listOf(ipv4: readonly string[], ipv6: readonly string[]): BlockList {
  const list = new BlockList();
  const add = (range: string, family: 'ipv4' | 'ipv6') => {
    const [net = '', bits] = range.split('/');
    list.addSubnet(net, Number(bits), family);
  };
  for (const range of ipv4) add(range, 'ipv4');
  for (const range of ipv6) add(range, 'ipv6');
  return list;
}
