import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parsePolicy, renderPolicy } from './policy-file.ts';
import { appKey } from './seal-key.fixture.ts';
import { parseSealKey, sealKeyOf } from './seal-key.ts';

const { pem, key } = appKey();
const publicPem = createPublicKey(pem).export({ format: 'pem', type: 'spki' }).toString();

describe('parseSealKey', () => {
  it('reads the public half of the key of an app, as base64 or as PEM, and names it as GitHub does', () => {
    const der = createPublicKey(pem).export({ format: 'der', type: 'spki' });
    const id = `SHA256:${createHash('sha256').update(der).digest('base64')}`;
    expect(key).toEqual({ id, spki: der.toString('base64') });
    for (const text of [key.spki, publicPem, `${key.spki.slice(0, 64)}\n  ${key.spki.slice(64)}\n`])
      expect(parseSealKey(text)).toEqual(key);
    expect(sealKeyOf(pem)).toEqual(key);
  });

  it.each([
    ['a private key', pem],
    ['the inside of a private key', pem.replace(/-----.+-----/g, '')],
    ['nothing', ''],
    ['no base64', '$$$'],
    ['base64 of something else', Buffer.from('a key').toString('base64')],
    [
      'a key with bytes after it',
      Buffer.concat([Buffer.from(key.spki, 'base64'), Buffer.from([0])]).toString('base64'),
    ],
    ['another kind of key', spki(generateKeyPairSync('ed25519').publicKey)],
    ['a short key', spki(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey)],
  ])('refuses %s', (_, text) => {
    expect(parseSealKey(text)).toBeNull();
  });
});

function spki(publicKey: ReturnType<typeof createPublicKey>): string {
  return publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
}

describe('the policy', () => {
  const policy = (evidence: string) => `version: 1
preset: small-team
roles: { reviewer: { users: [rita] }, governor: { users: [ada] } }
store: file:///srv/store
data: file:///srv/dvc
trusted: { repository: acme/gatehouse, shas: [${'a'.repeat(40)}] }
${evidence}`;
  const read = (evidence: string) => parsePolicy(policy(evidence), 'p');

  it('names one key, or two while it is being changed, and is printed and read again as the same', () => {
    const next = appKey('next').key;
    expect(read('')).not.toHaveProperty('evidence');
    const both = read(`evidence: { seal-to: [${key.spki}, ${next.spki}] }\n`);
    expect(both.evidence).toEqual({ sealTo: [key, next] });
    expect(parsePolicy(renderPolicy(both), 'p')).toEqual(both);
  });

  it.each([
    ['no key', '[]'],
    ['three keys', `[${key.spki}, ${key.spki}, ${key.spki}]`],
    ['a private key', `[${JSON.stringify(pem)}]`],
    ['one key that is none', `[${key.spki}, abc]`],
  ])('is refused with %s: nothing is left open by a slip', (_, keys) => {
    expect(() => read(`evidence: { seal-to: ${keys} }\n`)).toThrow(/seal-to/);
    expect(() => read('evidence: {}\n')).toThrow(/evidence/);
  });
});
