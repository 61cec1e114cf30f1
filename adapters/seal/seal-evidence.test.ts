import { createPrivateKey, webcrypto } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appKey } from '../../core/config/seal-key.fixture.ts';
import { type EnvelopeHint, parseEnvelope } from '../../core/evidence/envelope.ts';
import { openEnvelope } from '../../core/evidence/open-envelope.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { lengthStepBytes, sealEvidence } from './seal-evidence.ts';

const [app, next, other] = ['app', 'next', 'other'].map((name) => appKey(name));
if (app === undefined || next === undefined || other === undefined) throw new Error('no keys');
const open = (text: string, ...pems: readonly string[]) =>
  openEnvelope(
    text,
    pems.map((pem) => createPrivateKey(pem)),
  );
const hint: EnvelopeHint = {
  contentDigest: digestBytes('content'),
  rulesDigest: digestBytes('rules'),
  champions: digestBytes('champions'),
  complete: true,
};
const sealed = { text: '{"auc":0.6512345}', token: 'head.body.sign' };

describe('sealed evidence', () => {
  it('is opened by the app, by either key while it is being changed, and by nobody else', () => {
    const text = sealEvidence(sealed, [app.key, next.key], hint);
    expect(open(text, app.pem)).toEqual(sealed);
    expect(open(text, next.pem)).toEqual(sealed);
    expect(open(text, other.pem, next.pem)).toEqual(sealed);
    expect(() => open(text, other.pem)).toThrow(
      expect.objectContaining({ code: 'EVIDENCE_SEALED', message: expect.stringContaining(app.key.id) }),
    );
  });

  it('says on the outside which judgement it is, and nothing of what it found', () => {
    const text = sealEvidence(sealed, [app.key], hint);
    expect(parseEnvelope(text).hint).toEqual(hint);
    const parts = Object.values(JSON.parse(text) as Record<string, unknown>).map((part) =>
      Buffer.from(String(part), 'base64url').toString('latin1'),
    );
    // Three letters alone stand by chance in one of ten such texts.
    for (const word of ['0.6512345', '"auc"', sealed.token, digestBytes(sealed.text)])
      for (const part of [text, ...parts]) expect(part).not.toContain(word);
  });

  it('is never twice the same, and its length says nothing of a digit', () => {
    const lengths = new Set<number>();
    const texts = new Set<string>();
    for (let at = 0; at < 40; at += 1) {
      const text = sealEvidence({ ...sealed, text: '1'.repeat(at) }, [app.key], hint);
      texts.add(text);
      lengths.add(parseEnvelope(text).ciphertext.length);
    }
    expect(texts.size).toBe(40);
    for (const length of lengths) expect(length % lengthStepBytes).toBe(0);
    expect(lengths.size).toBeLessThanOrEqual(2);
  });

  it('is a JWE: another implementation of its algorithms opens it', async () => {
    const jwe = JSON.parse(sealEvidence(sealed, [app.key], hint));
    const { subtle } = webcrypto;
    const bytes = (part: string) => Buffer.from(part, 'base64url');
    const der = createPrivateKey(app.pem).export({ format: 'der', type: 'pkcs8' });
    const rsa = { name: 'RSA-OAEP', hash: 'SHA-256' };
    const key = await subtle.importKey('pkcs8', der, rsa, false, ['unwrapKey']);
    const contentKey = await subtle.unwrapKey(
      'raw',
      bytes(jwe.recipients[0].encrypted_key),
      ...([key, rsa, 'AES-GCM', false] as const),
      ['decrypt'],
    );
    const additionalData = Buffer.from(`${jwe.protected}.${jwe.aad}`, 'ascii');
    const plain = await subtle.decrypt(
      { name: 'AES-GCM', iv: bytes(jwe.iv), additionalData, tagLength: 128 },
      contentKey,
      Buffer.concat([bytes(jwe.ciphertext), bytes(jwe.tag)]),
    );
    expect(JSON.parse(Buffer.from(plain).toString())).toEqual({
      evidence: sealed.text,
      receipt: sealed.token,
    });
    expect(JSON.parse(bytes(jwe.protected).toString())).toMatchObject({ enc: 'A256GCM' });
  });
});

describe('an envelope that somebody else wrote', () => {
  const whole = JSON.parse(sealEvidence(sealed, [app.key], hint)) as Record<string, unknown>;
  const openAs = (change: Record<string, unknown>) => () =>
    open(JSON.stringify({ ...whole, ...change }), app.pem);
  const refused = expect.objectContaining({ code: expect.stringMatching(/^EVIDENCE_(?:ENVELOPE|SEALED)$/) });

  it('opens as it is, so that what follows is about the change', () => {
    expect(openAs({})()).toEqual(sealed);
  });

  it('does not open with one bit changed anywhere', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('aad', 'iv', 'ciphertext', 'tag', 'encrypted_key'),
        fc.nat(),
        fc.nat(7),
        (name, at, bit) => {
          const [recipient] = whole.recipients as { header: unknown; encrypted_key: string }[];
          const text = name === 'encrypted_key' ? recipient?.encrypted_key : String(whole[name]);
          const bytes = Buffer.from(text ?? '', 'base64url');
          bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << bit);
          const changed = bytes.toString('base64url');
          const change =
            name === 'encrypted_key'
              ? { recipients: [{ ...recipient, encrypted_key: changed }] }
              : { [name]: changed };
          expect(openAs(change)).toThrow(expect.objectContaining({ kind: 'input' }));
        },
      ),
      { numRuns: 40, seed: 28 },
    );
  });

  it('cannot be given another outside', () => {
    const aad = Buffer.from(JSON.stringify({ ...hint, complete: false })).toString('base64url');
    expect(openAs({ aad })).toThrow(refused);
  });

  it.each<[string, Record<string, unknown>]>([
    [
      'another algorithm for the content',
      { protected: Buffer.from('{"enc":"A128GCM"}').toString('base64url') },
    ],
    ['compression', { protected: Buffer.from('{"enc":"A256GCM","zip":"DEF"}').toString('base64url') }],
    ['a field that nobody reads', { unprotected: {} }],
    ['no recipient', { recipients: [] }],
    ['a short tag', { tag: 'AAAA' }],
    ['a part that is no base64url', { ciphertext: '====' }],
    [
      'an outside that says more',
      { aad: Buffer.from(JSON.stringify({ ...hint, auc: 1 })).toString('base64url') },
    ],
  ])('is refused with %s', (_, change) => {
    expect(openAs(change)).toThrow(refused);
  });

  it('is refused when it holds something else, or is no JSON, or is endless', () => {
    const inside = { text: '{}', token: 'x' };
    expect(open(sealEvidence(inside, [app.key], hint), app.pem)).toEqual(inside);
    expect(() => open('{', app.pem)).toThrow(expect.objectContaining({ code: 'JSON_INVALID' }));
    expect(() => open(' '.repeat(8_000_001), app.pem)).toThrow(refused);
    expect(() => open('[]', app.pem)).toThrow(refused);
  });
});
