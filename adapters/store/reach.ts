import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import type { NetworkRule } from '../../core/config/network.ts';
import { isThisMachine } from '../../core/config/place-address.ts';
import { ServiceError } from '../../core/error/error.ts';
import { classifyAddress, isLoopback } from './address.ts';

export interface ResolvedAddress {
  readonly address: string;
  readonly family: number;
}

/** All addresses of a name. */
export type Resolve = (name: string) => Promise<readonly ResolvedAddress[]>;

export const resolveName: Resolve = (name) => systemLookup(name, { all: true, verbatim: true });

/**
 * Holds an address of the web against the rule before anything is resolved or sent.
 * @throws ServiceError HOST_REFUSED for a host that the rule does not name, ADDRESS_REFUSED for a spelled-out private one
 */
export function requireReachable(url: URL, network: NetworkRule): void {
  const isPlainLocal = url.protocol === 'http:' && isThisMachine(url);
  if (url.protocol !== 'https:' && !isPlainLocal)
    throw refuseHost(url, 'only https is spoken to other machines');
  if (!network.hosts.includes(url.host)) throw refuseHost(url, 'the policy does not name this host');
  // A URL spells 0x7f.1, 2130706433 and 0177.0.0.1 as 127.0.0.1: what is checked is what is connected to.
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0) requireAddress(literal, url, network);
}

/** The name resolution of one connection: it fails unless every address of the name may be reached. */
export function toLookup(url: URL, network: NetworkRule, resolve: Resolve): LookupFunction {
  return (name, options, callback) => {
    resolve(name).then(
      (addresses) => {
        const wanted = addresses.filter(({ family }) => !options.family || options.family === family);
        const [first] = wanted;
        try {
          // All of them, also those that are not wanted: one private answer among public ones is an attack.
          for (const { address } of addresses) requireAddress(address, url, network);
          if (first === undefined) throw refuseAddress(url, 'it has no address');
        } catch (error) {
          callback(error as Error, '', 0);
          return;
        }
        if (options.all) callback(null, [...wanted]);
        else callback(null, first.address, first.family);
      },
      (error: Error) => callback(error, '', 0),
    );
  };
}

function requireAddress(address: string, url: URL, network: NetworkRule): void {
  if (url.protocol === 'http:') {
    if (isLoopback(address)) return;
    throw refuseAddress(url, `${address} is another machine, and plain http is for this one`);
  }
  const kind = classifyAddress(address);
  if (kind === 'public' || (kind === 'private' && network.privateHosts.includes(url.host))) return;
  throw refuseAddress(
    url,
    kind === 'private' ? `${address} is a private address` : `${address} is never a store`,
  );
}

function refuseHost(url: URL, why: string): ServiceError {
  return new ServiceError('HOST_REFUSED', `${url.host} is not reached: ${why}`, {
    hint: `If it is meant, write "${url.host}" under hosts in .github/gatehouse.yml.`,
  });
}

function refuseAddress(url: URL, why: string): ServiceError {
  return new ServiceError('ADDRESS_REFUSED', `${url.host} is not reached: ${why}`, {
    hint: `If it is a store inside your network, write "${url.host}" under private-hosts in .github/gatehouse.yml.`,
  });
}
