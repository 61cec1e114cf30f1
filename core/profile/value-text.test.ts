import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellOf, columnTypes } from './cells.fixture.ts';
import { compareCodePoints, compareValues, countCharacters, cutText, toValueText } from './value-text.ts';

describe('the canonical text of a value', () => {
  it.each([
    ['integer', '+007', '7'],
    ['integer', '-0', '0'],
    ['integer', '-000', '0'],
    ['integer', '9223372036854775807', '9223372036854775807'],
    ['integer', '-9223372036854775808', '-9223372036854775808'],
    ['integer', '9223372036854775808', null],
    ['integer', '1.0', null],
    ['integer', '1_000', null],
    ['integer', `${'0'.repeat(1000)}5`, '5'],
    ['integer', '9'.repeat(100_000), null],
    ['number', '1.50', '1.5'],
    ['number', '.5', '0.5'],
    ['number', '5.', '5'],
    ['number', '-0.0', '0'],
    ['number', '1e21', '1e+21'],
    ['number', '0.1', '0.1'],
    ['number', '0.1000000000000000055511151231257827', '0.1'],
    ['number', '1e400', null],
    ['number', 'Infinity', null],
    ['number', 'NaN', null],
    ['number', '0x1F', null],
    ['number', '', null],
    ['timestamp', '2024-02-29', '2024-02-29T00:00:00Z'],
    ['timestamp', '2024-01-01 07:05', '2024-01-01T07:05:00Z'],
    ['timestamp', '2024-01-01T07:05:09.5Z', '2024-01-01T07:05:09.500000Z'],
    ['timestamp', '2024-01-01T07:05:09.000000', '2024-01-01T07:05:09Z'],
    ['timestamp', '0000-01-01', '0000-01-01T00:00:00Z'],
    ['timestamp', '2023-02-29', null],
    ['timestamp', '2024-01-01T24:00:00', null],
    ['timestamp', '2024-01-01T23:59:60', null],
    ['timestamp', '2024-01-01T00:00:00+01:00', null],
    ['timestamp', '12024-01-01', null],
    ['boolean', 'TRUE', 'true'],
    ['boolean', '0', 'false'],
    ['boolean', 'yes', null],
    ['boolean', 'constructor', null],
    ['text', '', ''],
    ['text', ' 1 ', ' 1 '],
  ] as const)('of type %s: %j is %j', (type, cell, text) => {
    expect(toValueText(type, cell)).toBe(text);
  });

  it('is its own canonical text', () => {
    for (const type of columnTypes) {
      fc.assert(
        fc.property(cellOf(type), (cell) => {
          const text = cell === null ? null : toValueText(type, cell);
          if (text !== null) expect(toValueText(type, text)).toBe(text);
        }),
      );
    }
  });
});

describe('the order of values', () => {
  it.each([
    ['integer', '9007199254740992', '9007199254740993'],
    ['integer', '-10', '-9'],
    ['integer', '-1', '0'],
    ['number', '-1e+21', '5e-324'],
    ['number', '2', '10'],
    ['timestamp', '2024-01-01T00:00:00Z', '2024-01-01T00:00:00.000001Z'],
    ['timestamp', '2024-01-01T00:00:00.999999Z', '2024-01-01T00:00:01Z'],
    ['text', '\uffee', '\u{1f600}'],
    ['text', '\ud7ff', '\ue000'],
    ['text', 'a', 'ab'],
    ['boolean', 'false', 'true'],
  ] as const)('of type %s: %s before %s', (type, a, b) => {
    expect(compareValues(type, a, b)).toBeLessThan(0);
    expect(compareValues(type, b, a)).toBeGreaterThan(0);
    expect(compareValues(type, a, a)).toBe(0);
  });

  it('of texts is that of their UTF-8 bytes, also after cutting', () => {
    const text = fc.string({ unit: 'binary', maxLength: 6 });
    fc.assert(
      fc.property(text, text, fc.nat({ max: 4 }), (a, b, most) => {
        expect(Math.sign(compareCodePoints(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
        const cut = compareCodePoints(cutText(a, most), cutText(b, most));
        expect([0, Math.sign(compareCodePoints(a, b))]).toContain(Math.sign(cut));
      }),
      { numRuns: 500 },
    );
  });

  it('counts and cuts characters, not halves of them', () => {
    expect(countCharacters('a\u{1f600}é')).toBe(3);
    expect(cutText('a\u{1f600}é', 2)).toBe('a\u{1f600}');
    expect(cutText('a\u{1f600}é', 3)).toBe('a\u{1f600}é');
  });
});
