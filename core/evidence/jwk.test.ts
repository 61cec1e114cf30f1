import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { findKey, type Jwk } from './jwk.ts';

const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const good: Jwk = { ...(publicKey.export({ format: 'jwk' }) as Jwk), kid: 'k' };

test('the one key with the id is found among others, also among some without an id', () => {
  const { kid: _, ...nameless } = good;
  const found = findKey([nameless as Jwk, { ...good, kid: 'other' }, good], 'k');
  expect(typeof found).toBe('object');
});

test.each<[string, readonly Jwk[], string, string]>([
  ['no key at all', [], 'k', 'has no key k'],
  ['another id', [good], '__proto__', 'has no key'],
  ['an id twice', [good, good], 'k', 'more than once'],
  ['an elliptic key', [{ ...good, kty: 'EC' }], 'k', 'of type EC'],
  ['another algorithm', [{ ...good, alg: 'PS256' }], 'k', 'for PS256'],
  ['a key to encrypt with', [{ ...good, use: 'enc' }], 'k', 'not for signatures'],
  ['no modulus', [{ kty: 'RSA', kid: 'k', e: 'AQAB' } as Jwk], 'k', 'not a readable'],
  ['a modulus that is none', [{ ...good, n: '' }], 'k', 'k'],
  ['no exponent', [{ kty: 'RSA', kid: 'k', n: good.n } as Jwk], 'k', 'not a readable'],
])('%s gives a sentence, never a key', (_, keys, kid, sentence) => {
  expect(findKey(keys, kid)).toEqual(expect.stringContaining(sentence));
});
