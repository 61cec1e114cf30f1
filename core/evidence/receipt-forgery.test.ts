import { describe, expect, it } from 'vitest';
import { decodeBase64url } from './base64url.ts';
import {
  encode,
  honestWorld,
  issuerKeys,
  jwkOf,
  seal,
  shortKeys,
  signToken,
  signWithSecret,
  strangerKeys,
} from './receipt.fixture.ts';
import { header, part, payloadText, type Row, receive, resign, token, withPart } from './refusal.fixture.ts';

const rows: readonly Row[] = [
  [
    'alg none with an empty signature',
    token((_, world) => `${encode({ ...world.header, alg: 'none' })}.${encode(world.claims)}.`),
    'receipt/signature',
  ],
  ['alg none that keeps the signature', header({ alg: 'none' }), 'receipt/signature'],
  [
    'HS256 with the public key as secret',
    token((text, world) =>
      signWithSecret(encode({ ...world.header, alg: 'HS256' }), part(text, 1), issuerKeys.publicKey),
    ),
    'receipt/signature',
  ],
  [
    'RS256 in the header over an HMAC',
    token((text) => signWithSecret(part(text, 0), part(text, 1), issuerKeys.publicKey)),
    'receipt/signature',
  ],
  [
    'RS512',
    token((text, world) =>
      signToken(encode({ ...world.header, alg: 'RS512' }), part(text, 1), world.signWith, 'RSA-SHA512'),
    ),
    'receipt/signature',
  ],
  [
    'SHA-512 under a header that says RS256',
    token((text, world) => signToken(part(text, 0), part(text, 1), world.signWith, 'RSA-SHA512')),
    'receipt/signature',
  ],
  ['alg in another case', header({ alg: 'rs256' }), 'receipt/signature'],
  ['alg as a list', header({ alg: ['RS256'] }), 'receipt/signature'],
  ['a stranger signs', (world) => ({ ...world, signWith: strangerKeys.privateKey }), 'receipt/signature'],
  [
    'a stranger brings his key in the header',
    (world) => ({
      ...header({ jwk: jwkOf(strangerKeys.publicKey, 'key-1') })(world),
      signWith: strangerKeys.privateKey,
    }),
    'receipt/signature',
  ],
  ['unknown kid', header({ kid: 'key-9' }), 'receipt/signature'],
  ['kid __proto__', header({ kid: '__proto__' }), 'receipt/signature'],
  ['kid toString', header({ kid: 'toString' }), 'receipt/signature'],
  [
    'header with the key __proto__',
    token((text, world) =>
      signToken(
        Buffer.from('{"alg":"RS256","kid":"key-1","__proto__":{}}').toString('base64url'),
        part(text, 1),
        world.signWith,
      ),
    ),
    'receipt/signature',
  ],
  ['no kid', header({ kid: undefined }), 'receipt/signature'],
  [
    'kid as a number',
    (world) => ({ ...header({ kid: 1 })(world), keys: [jwkOf(issuerKeys.publicKey, '1')] }),
    'receipt/signature',
  ],
  ['a critical extension', header({ crit: ['exp'] }), 'receipt/signature'],
  ['another type of token', header({ typ: 'at+jwt' }), 'receipt/signature'],
  [
    'the key id listed twice',
    (world) => ({ ...world, keys: [...world.keys, jwkOf(strangerKeys.publicKey, 'key-1')] }),
    'receipt/signature',
  ],
  [
    'a key of another type',
    (world) => ({ ...world, keys: [{ ...jwkOf(issuerKeys.publicKey, 'key-1'), kty: 'oct' }] }),
    'receipt/signature',
  ],
  [
    'a key for encryption',
    (world) => ({ ...world, keys: [{ ...jwkOf(issuerKeys.publicKey, 'key-1'), use: 'enc' }] }),
    'receipt/signature',
  ],
  [
    'a key for RS512',
    (world) => ({ ...world, keys: [{ ...jwkOf(issuerKeys.publicKey, 'key-1'), alg: 'RS512' }] }),
    'receipt/signature',
  ],
  [
    'a key without numbers',
    (world) => ({ ...world, keys: [{ kty: 'RSA', kid: 'key-1' }] }),
    'receipt/signature',
  ],
  [
    'a key whose numbers are none',
    (world) => ({ ...world, keys: [{ kty: 'RSA', kid: 'key-1', n: '', e: '' }] }),
    'receipt/signature',
  ],
  [
    'a key of 1024 bits',
    (world) => ({ ...world, signWith: shortKeys.privateKey, keys: [jwkOf(shortKeys.publicKey, 'key-1')] }),
    'receipt/signature',
  ],
  ['no keys at all', (world) => ({ ...world, keys: [] }), 'receipt/signature'],
  ['an empty signature', token((text) => withPart(text, 2, '')), 'receipt/signature'],
  [
    'one signature byte changed',
    token((text) =>
      withPart(text, 2, `${part(text, 2).startsWith('A') ? 'B' : 'A'}${part(text, 2).slice(1)}`),
    ),
    'receipt/signature',
  ],
  ['an extra segment', token((text) => `${text}.e30`), 'receipt/signature'],
  ['two segments', token((text) => text.slice(0, text.lastIndexOf('.'))), 'receipt/signature'],
  ['an empty token', token(() => ''), 'receipt/signature'],
  ['a token of a megabyte', token((text) => text + 'A'.repeat(1_000_000)), 'receipt/signature'],
  ['padding after the signature', token((text) => `${text}==`), 'receipt/signature'],
  ['a line end after the signature', token((text) => `${text}\n`), 'receipt/signature'],
  [
    'spare bits set in the signature',
    token((text) => withPart(text, 2, setSpareBits(part(text, 2)))),
    'receipt/signature',
  ],
  [
    'base64 alphabet instead of base64url',
    token((text) => withPart(text, 2, part(text, 2).replaceAll('-', '+').replaceAll('_', '/').concat('+'))),
    'receipt/signature',
  ],
  [
    'a foreign character in the payload',
    token((text) => withPart(text, 1, `${part(text, 1).slice(0, 8)}!${part(text, 1).slice(8)}`)),
    'receipt/signature',
  ],
  [
    'payload with a key twice',
    token((text, world) => resign(world, payloadText(text).replace('{', '{"run_id":"999",'))),
    'receipt/signature',
  ],
  [
    'payload with the key __proto__',
    token((text, world) => resign(world, payloadText(text).replace('{', '{"__proto__":{},'))),
    'receipt/signature',
  ],
  ['payload that is a list', token((_, world) => resign(world, '[]')), 'receipt/signature'],
  ['payload that is no JSON', token((_, world) => resign(world, 'exp=1')), 'receipt/signature'],
  [
    'payload that is not UTF-8',
    token((_, world) =>
      signToken(encode(world.header), Buffer.from([0x7b, 0xff, 0x7d]).toString('base64url'), world.signWith),
    ),
    'receipt/signature',
  ],
  [
    'payload changed after signing',
    token((text, world) => withPart(text, 1, encode({ ...world.claims, run_id: '502' }))),
    'receipt/signature',
  ],
];

/** Flips a bit that no byte carries: 256 bytes leave 4 spare bits in the last character. */
function setSpareBits(text: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return text.slice(0, -1) + alphabet[alphabet.indexOf(text.slice(-1)) | 1];
}

describe('a receipt that somebody forged', () => {
  it.each(rows)('%s', (_name, change, code) => {
    const original = honestWorld();
    expect(receive(original)).toEqual([]);
    expect(receive(change(original))).toContain(code);
  });

  it('has each row once', () => {
    expect(new Set(rows.map(([name]) => name)).size).toBe(rows.length);
  });

  it('would meet the same signature bytes in another spelling, were it not for the one canonical text', () => {
    const signature = part(seal(honestWorld()).token, 2);
    const other = setSpareBits(signature);
    expect(other).not.toBe(signature);
    expect(Buffer.from(other, 'base64url').equals(Buffer.from(signature, 'base64url'))).toBe(true);
    expect(decodeBase64url(signature)).not.toBeNull();
    expect(decodeBase64url(other)).toBeNull();
  });
});
