import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flattenParameters } from './parameter-values.ts';

describe('flattenParameters', () => {
  it('joins names with dots, keeps lists of plain values together and numbers the others', () => {
    const file = {
      lr: 0.1,
      optimizer: { name: 'adam', betas: [0.9, 0.999], nesterov: false },
      layers: [{ width: 8 }, { width: 4 }],
      tags: ['a "b"', null],
      none: null,
      odd: Number.NaN,
    };
    expect(flattenParameters(file)).toEqual({
      complete: true,
      values: {
        lr: 0.1,
        'optimizer.name': 'adam',
        'optimizer.betas': '[0.9, 0.999]',
        'optimizer.nesterov': false,
        'layers.0.width': 8,
        'layers.1.width': 4,
        tags: '["a \\"b\\"", null]',
        none: 'null',
        odd: 'NaN',
      },
    });
  });

  it('says when there was more than it takes, and is done in time with a file that never ends', () => {
    const many = Object.fromEntries(Array.from({ length: 301 }, (_, at) => [`p${at}`, at]));
    const { values, complete } = flattenParameters(many);
    expect(Object.keys(values)).toHaveLength(300);
    expect(complete).toBe(false);
    let laughs: unknown = ['ha', {}];
    for (let level = 0; level < 60; level += 1) laughs = [laughs, laughs, { a: laughs }];
    expect(flattenParameters(laughs).complete).toBe(false);
    let empty: unknown = {};
    for (let level = 0; level < 15; level += 1) empty = [empty, empty, empty];
    expect(flattenParameters(empty).complete).toBe(false);
  });

  it('gives finite numbers, text and booleans for whatever it is given', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: false }), (value) => {
        for (const each of Object.values(flattenParameters(value).values)) {
          expect(['string', 'number', 'boolean']).toContain(typeof each);
          if (typeof each === 'number') expect(Number.isFinite(each)).toBe(true);
        }
      }),
    );
  });
});
