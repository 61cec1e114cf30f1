import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, digestBytes, digestOf } from './canonical.ts';
import { parseStrictJson } from './strict.ts';

describe('canonicalJson', () => {
  it('writes the numbers of the RFC 8785 vector', () => {
    const numbers = [1e21, 1e-7, Number('333333333.33333329'), 1e30, 4.5, 2e-3, -0];
    expect(canonicalJson(numbers)).toBe('[1e+21,1e-7,333333333.3333333,1e+30,4.5,0.002,0]');
  });

  it('sorts keys by UTF-16 code units at every depth', () => {
    expect(canonicalJson({ '\u20ac': 1, '\r': 2, b: { z: 1, a: 2 }, '\u{1f600}': 3, '\ufb33': 4 })).toBe(
      '{"\\r":2,"b":{"a":2,"z":1},"\u20ac":1,"\u{1f600}":3,"\ufb33":4}',
    );
  });

  it.each([
    ['undefined', { a: undefined }],
    ['NaN', [Number.NaN]],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['half a surrogate pair', 'a\ud800'],
    ['a date', new Date(0)],
    ['a map', new Map()],
    ['bigint', 1n],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: 'CANONICAL_JSON' }));
  });

  it('is read back as the same value, and equal values have equal bytes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const clean: unknown = JSON.parse(JSON.stringify(value));
        let text: string;
        try {
          text = canonicalJson(clean);
        } catch {
          return; // half surrogates
        }
        let back: unknown;
        try {
          back = parseStrictJson(text, 'x');
        } catch (error) {
          expect(String(error)).toMatch(/the key "(__proto__|constructor|prototype)"/);
          return;
        }
        expect(canonicalJson(back)).toBe(text);
      }),
    );
  });

  it('digests bytes as sha256sum does', () => {
    expect(digestBytes('')).toBe('sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(digestOf({ b: 1, a: 2 })).toBe(digestBytes('{"a":2,"b":1}'));
  });
});

describe('parseStrictJson', () => {
  it.each([
    ['a duplicate key', '{"a":1,"a":2}'],
    ['a duplicate key written with an escape', '{"a":1,"\\u0061":2}'],
    ['an overflowing number', '{"auc":1e999}'],
    ['NaN', '{"auc":NaN}'],
    ['a prototype key', '{"__proto__":{}}'],
    ['text after the end', '{} {}'],
    ['nothing', ''],
    ['a trailing comma', '[1,]'],
    ['a leading zero', '[01]'],
    ['a bare minus', '[-]'],
    ['an open string', '"abc'],
    ['an open object', '{"a":1'],
    ['a raw control character', '"a\nb"'],
    ['deep nesting', '['.repeat(200)],
    ['a byte order mark', '\ufeff{}'],
  ])('refuses %s and says where', (_, text) => {
    expect(() => parseStrictJson(text, 'evidence.json')).toThrow(
      expect.objectContaining({
        code: 'JSON_INVALID',
        where: expect.objectContaining({ file: 'evidence.json' }),
      }),
    );
  });

  it('agrees with JSON.parse on ordinary documents', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), (text) => {
        let strict: unknown;
        try {
          strict = parseStrictJson(text, 'x');
        } catch (error) {
          expect(String(error)).toMatch(/the key/);
          return;
        }
        expect(strict).toEqual(JSON.parse(text));
      }),
    );
  });
});
