import { createPublicKey, type KeyObject } from 'node:crypto';

/** One key of the issuer's key set, as `<issuer>/.well-known/jwks` lists it. Untrusted until the issuer is. */
export interface Jwk {
  readonly kty: string;
  readonly kid?: string;
  readonly n?: string;
  readonly e?: string;
  readonly alg?: string;
  readonly use?: string;
}

const minimumBits = 2048;

/**
 * Finds the one RSA key with this id. A Map, not an object: `__proto__` as an id finds nothing.
 * @returns the key, or the sentence why there is none
 */
export function findKey(keys: readonly Jwk[], kid: string): KeyObject | string {
  const named = new Map<string, readonly Jwk[]>();
  for (const key of keys) {
    if (typeof key.kid === 'string') named.set(key.kid, [...(named.get(key.kid) ?? []), key]);
  }
  const [jwk, ...more] = named.get(kid) ?? [];
  if (!jwk) return `the issuer has no key ${kid}`;
  if (more.length > 0) return `the issuer lists key ${kid} more than once`;
  return toKey(jwk);
}

function toKey(jwk: Jwk): KeyObject | string {
  if (jwk.kty !== 'RSA') return `key ${jwk.kid} is of type ${jwk.kty}, not RSA`;
  if (jwk.alg !== undefined && jwk.alg !== 'RS256') return `key ${jwk.kid} is for ${jwk.alg}, not RS256`;
  if (jwk.use !== undefined && jwk.use !== 'sig') return `key ${jwk.kid} is not for signatures`;
  const key = readKey(jwk);
  if (key === null || key.asymmetricKeyType !== 'rsa') return `key ${jwk.kid} is not a readable RSA key`;
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  return bits >= minimumBits ? key : `key ${jwk.kid} has ${bits} bits, fewer than ${minimumBits}`;
}

function readKey({ n, e }: Jwk): KeyObject | null {
  if (typeof n !== 'string' || typeof e !== 'string') return null;
  try {
    // Only the public numbers are handed on: whatever else the entry says has no say.
    return createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' });
  } catch {
    // Documented: node:crypto throws on numbers that are no key. To the caller that is one more unusable key.
    return null;
  }
}
