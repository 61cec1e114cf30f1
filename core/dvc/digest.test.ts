import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dos2UnixHash, looksLikeText } from './dos2unix.ts';
import { digestManifest, parseManifest, writeManifest } from './manifest.ts';

const md5 = (bytes: Uint8Array | string): string => createHash('md5').update(bytes).digest('hex');
const unix = (bytes: Uint8Array): string => new Dos2UnixHash().update(bytes).digest();

describe('md5-dos2unix', () => {
  it('counts CRLF as LF in texts, as dvc-data does', () => {
    const text = Buffer.from('a\r\nb\r\n');
    expect(md5(text)).toBe('59b0d7772f0561efb95518f3cb8abc60');
    expect(unix(text)).toBe('dd8c6a395b5dd36c56d23275028f526c');
    expect(unix(Buffer.alloc(0))).toBe(md5(''));
  });

  it('leaves everything else alone', () => {
    for (const bytes of [
      Buffer.from('a\r\n\0'),
      Buffer.from(`${'é'.repeat(100)}\r\n`),
      Buffer.from('a\rb\r'),
    ]) {
      expect(unix(bytes)).toBe(md5(bytes));
    }
    expect(looksLikeText(Buffer.from(`${'é'.repeat(30)}${'a'.repeat(140)}`))).toBe(true);
    expect(looksLikeText(Buffer.from(`${'é'.repeat(31)}${'a'.repeat(138)}`))).toBe(false);
    // Only the first 512 bytes of a piece are looked at.
    expect(unix(Buffer.from(`${'a'.repeat(512)}\0\r\n`))).toBe(md5(`${'a'.repeat(512)}\0\n`));
  });

  it('judges every piece of 1 MiB for itself, and does not see a CRLF across its edge', () => {
    const piece = 1_048_576;
    const split = Buffer.concat([Buffer.alloc(piece - 1, 'a'), Buffer.from('\r\nb\r\n')]);
    expect(unix(split)).toBe(md5(Buffer.concat([Buffer.alloc(piece - 1, 'a'), Buffer.from('\r\nb\n')])));
    const binary = Buffer.concat([Buffer.alloc(piece), Buffer.from('a\r\n')]);
    expect(unix(binary)).toBe(md5(Buffer.concat([Buffer.alloc(piece), Buffer.from('a\n')])));
  });

  it('is the same however the bytes arrive', () => {
    const bytes = Buffer.from('x,y\r\n'.repeat(300_000));
    const whole = unix(bytes);
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 2_000_000 }), (size) => {
        const hash = new Dos2UnixHash();
        for (let at = 0; at < bytes.length; at += size) hash.update(bytes.subarray(at, at + size));
        expect(hash.digest()).toBe(whole);
      }),
      { numRuns: 5 },
    );
  });
});

describe('a manifest', () => {
  it('has the digests of dvc-data', () => {
    // Golden values of dvc-data's own tests.
    const foo = { relpath: 'foo', md5: 'acbd18db4cc2f85cedef654fccc4a4d8' };
    const bar = { relpath: 'bar', md5: '37b51d194a7513e45b56f6524f2d51f2' };
    expect(digestManifest([foo, bar])).toBe('5ea40360f5b4ec688df672a4db9c17d1.dir');
    expect(digestManifest([])).toBe('d751713988987e9331980363e24189ce.dir');
    expect(writeManifest([foo, bar])).toBe(
      `[{"md5": "${bar.md5}", "relpath": "bar"}, {"md5": "${foo.md5}", "relpath": "foo"}]`,
    );
  });

  it('is read back as it was written, in code-point order', () => {
    const name = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 6 })
      .filter((text) => text.isWellFormed() && !/[\\/\p{Cc}]|^[a-zA-Z]:|^\.\.?$/u.test(text));
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 8 }), (names) => {
        const entries = names.map((relpath) => ({ relpath, md5: md5(relpath) }));
        const again = parseManifest(writeManifest(entries), 'x.dvc');
        const sorted = [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        expect(again).toEqual(sorted.map((relpath) => ({ relpath, md5: md5(relpath) })));
      }),
    );
  });

  it.each(['{}', '[1]', '[', '[{}]', '', '[{"md5": 1, "relpath": "a"}]'])(
    'is refused when it is %j',
    (text) => {
      expect(() => parseManifest(text, 'x.dvc')).toThrow(
        expect.objectContaining({ kind: 'input', code: 'DVC_MANIFEST' }),
      );
    },
  );

  it('names 100,000 files at most', () => {
    const many = Array.from({ length: 100_001 }, (_, at) => ({ relpath: `${at}`, md5: md5('') }));
    expect(parseManifest(writeManifest(many.slice(1)), 'x.dvc')).toHaveLength(100_000);
    expect(() => parseManifest(writeManifest(many), 'x.dvc')).toThrow(/100001 files/);
  });
});
