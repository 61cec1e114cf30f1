import { hostOf, parsePlaceAddress } from './place-address.ts';
import type { Policy } from './policy.ts';

/** Which hosts a job may reach. Names are exact, with a port where it is not the usual one. */
export interface NetworkRule {
  readonly hosts: readonly string[];
  /** Hosts among them that may have a private address: a store inside a company's network. */
  readonly privateHosts: readonly string[];
}

/** What base's policy lets a job reach: the hosts of `store` and `data`, and those that it lists. */
export function networkOf(policy: Pick<Policy, 'store' | 'data' | 'hosts' | 'privateHosts'>): NetworkRule {
  const own = [policy.store, policy.data].flatMap(hostsOf);
  return {
    hosts: [...new Set([...own, ...policy.hosts, ...policy.privateHosts])],
    privateHosts: policy.privateHosts,
  };
}

/** The narrowest rule, and the one where none is given: the place's own host, at a public address. */
export function ownNetwork(address: string): NetworkRule {
  return { hosts: hostsOf(address), privateHosts: [] };
}

/**
 * What may be reached for held-out labels: their own host as `model.yml` of the base branch names it; a policy that
 * lists `hosts` has said all of them, so labels must lie on one of those.
 */
export function labelNetwork(policy: Policy, url: string): NetworkRule {
  const allowed = networkOf(policy);
  if (policy.hosts.length > 0) return allowed;
  return { ...allowed, hosts: [...allowed.hosts, ...hostsOf(url)] };
}

function hostsOf(address: string): readonly string[] {
  const parsed = parsePlaceAddress(address);
  const host = parsed === null ? null : hostOf(parsed);
  return host === null ? [] : [host];
}
