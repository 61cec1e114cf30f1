import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeQuantile } from '../statistics/quantile.ts';
import { buildProfile } from './build.ts';
import { smallLimits } from './cells.fixture.ts';
import { profileLimits } from './distribution.ts';
import { addMoments, toMoments } from './moments.ts';
import type { ColumnProfile } from './profile.ts';
import { roundQuotient, roundRoot, splitDouble } from './rational.ts';
import { countOf, meanOf, quantileOf, sdOf, shareOf } from './statistics.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

function profileColumn(
  type: ColumnProfile['type'],
  cells: readonly (string | null)[],
  limits = profileLimits,
): ColumnProfile {
  const column = buildProfile([{ name: 'x', type, cells }], limits).columns[0];
  if (column === undefined) throw new TypeError('no column');
  return column;
}

/** A double as numerator and denominator. */
function toRational(value: number): readonly [bigint, bigint] {
  const { mantissa, exponent } = splitDouble(value);
  return exponent > 0 ? [mantissa << BigInt(exponent), 1n] : [mantissa, 1n << BigInt(-exponent)];
}

describe('rounding exact numbers', () => {
  it('of a quotient is what the processor divides', () => {
    fc.assert(
      fc.property(finite, finite, (a, b) => {
        const below = Math.abs(b) || 1;
        const [top, topBase] = toRational(a);
        const [bottom, bottomBase] = toRational(below);
        // Zero has no sign here.
        expect(roundQuotient(top * bottomBase, bottom * topBase)).toBe(a / below || 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('of a root is what the processor extracts', () => {
    fc.assert(
      fc.property(finite, (a) => {
        expect(roundRoot(...toRational(Math.abs(a)))).toBe(Math.sqrt(Math.abs(a)));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    [2n ** 53n + 1n, 1n, 2 ** 53],
    [2n ** 53n + 3n, 1n, 2 ** 53 + 4],
    [1n, 2n ** 1075n, 0],
    [3n, 2n ** 1076n, 5e-324],
    [1n, 2n ** 5000n, 0],
    [2n ** 1024n - 2n ** 970n, 1n, Number.POSITIVE_INFINITY],
    [2n ** 1024n - 2n ** 970n - 1n, 1n, Number.MAX_VALUE],
  ])('%s / %s is %s', (numerator, denominator, value) => {
    expect(roundQuotient(numerator, denominator)).toBe(value);
  });
});

describe('mean and standard deviation', () => {
  it('are exact where floating point is not', () => {
    // NIST NumAcc4: certified mean 10000000.2, standard deviation 0.1 of the decimals that the doubles stand for.
    const cells = [
      '10000000.2',
      ...Array.from({ length: 1000 }, (_, at) => (at % 2 ? '10000000.3' : '10000000.1')),
    ];
    const column = profileColumn('number', cells);
    expect(meanOf(column)).toBe(10000000.2);
    // The doubles themselves have this deviation: 0.1 is that of the decimals.
    expect(sdOf(column)).toBe(0.10000000055879354);
    expect(meanOf(profileColumn('number', ['1e308', '1e308', '1e308']))).toBe(1e308);
    expect(meanOf(profileColumn('number', ['1e308', '1', '-1e308']))).toBe(1 / 3);
    expect(meanOf(profileColumn('integer', ['9223372036854775807', '9223372036854775805', '-1']))).toBe(
      6148914691236517000,
    );
    expect(sdOf(profileColumn('integer', ['1', '2', '3', '4']))).toBe(Math.sqrt(5 / 3));
  });

  it('are null where there is none, never NaN or infinite', () => {
    expect(meanOf(profileColumn('number', [null, 'x']))).toBeNull();
    expect(sdOf(profileColumn('number', ['7']))).toBeNull();
    expect(sdOf(profileColumn('number', ['7', '7']))).toBe(0);
    expect(sdOf(profileColumn('number', ['1.7e308', '-1.7e308']))).toBeNull();
    expect(meanOf(profileColumn('text', ['7']))).toBeNull();
  });

  it('do not depend on the order of adding', () => {
    fc.assert(
      fc.property(
        fc.array(
          finite.map((value) => String(value === 0 ? 0 : value)),
          { maxLength: 8 },
        ),
        fc.nat(8),
        (texts, at) => {
          const sum = (part: readonly string[]) =>
            toMoments(
              'number',
              part.map((text) => [text, 1]),
            );
          expect(addMoments(sum(texts.slice(0, at)), sum(texts.slice(at)))).toEqual(sum(texts.toReversed()));
        },
      ),
    );
  });
});

const small = fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), finite), { minLength: 1, maxLength: 50 });
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('quantiles', () => {
  it('are those of a sort where all values are kept', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 1, maxLength: 50 }),
        share,
        (values, p) => {
          const answer = quantileOf(profileColumn('number', values.map(String)), p);
          const sorted = Float64Array.from(values).sort();
          expect(answer?.value).toBeCloseTo(computeQuantile(sorted, p), 9);
          expect(answer).toMatchObject({
            exact: true,
            relativeError: 0,
            low: answer?.value,
            high: answer?.value,
          });
        },
      ),
    );
  });

  it('of buckets stay within the bounds that they state', () => {
    fc.assert(
      fc.property(small, share, (values, p) => {
        const cells = values.map(String);
        const limits = { ...smallLimits, values: 1, buckets: 12 };
        const answer = quantileOf(profileColumn('number', cells, limits), p);
        const truth = quantileOf(profileColumn('number', cells), p);
        if (answer === null || truth === null) throw new TypeError('no answer');
        const lastDigit = 1e-14 * Math.max(...values.map(Math.abs));
        expect(answer.low - lastDigit <= truth.value && truth.value <= answer.high + lastDigit).toBe(true);
        expect(answer.low <= answer.value && answer.value <= answer.high).toBe(true);
        const error = Math.abs(answer.value - truth.value);
        if (Number.isFinite(answer.relativeError)) {
          expect(error).toBeLessThanOrEqual(answer.relativeError * Math.abs(truth.value) + lastDigit);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('of two numbers far apart keep their bounds in order', () => {
    const cells = ['-9.99200722162641e-16', '-2.0000000000000013'];
    const answer = quantileOf(
      profileColumn('number', cells, { ...smallLimits, values: 1, buckets: 12 }),
      0.9,
    );
    if (answer === null) throw new TypeError('no answer');
    expect(answer.low).toBeLessThanOrEqual(answer.value);
    expect(answer.value).toBeLessThanOrEqual(answer.high);
  });

  it('of many real numbers are within one percent', () => {
    const cells = Array.from({ length: 40_000 }, (_, at) => String(50 + ((at * 7919) % 39_989) / 13));
    const column = profileColumn('number', cells);
    expect(column.distribution.kind).toBe('buckets');
    for (const p of [0, 0.01, 0.5, 0.99, 1]) {
      const answer = quantileOf(column, p);
      const truth = computeQuantile(Float64Array.from(cells, Number).sort(), p);
      expect(answer?.exact).toBe(false);
      expect(answer?.relativeError).toBeLessThan(2 ** -7);
      expect(Math.abs((answer?.value ?? 0) / truth - 1)).toBeLessThan(2 ** -7);
    }
    expect(quantileOf(column, 0)?.low).toBe(50);
    expect(quantileOf(column, 1)?.high).toBe(Number(column.max));
  });

  it('are null where there is none', () => {
    expect(quantileOf(profileColumn('number', []), 0.5)).toBeNull();
    expect(quantileOf(profileColumn('text', ['1']), 0.5)).toBeNull();
    expect(quantileOf(profileColumn('number', ['1']), Number.NaN)).toBeNull();
    expect(quantileOf(profileColumn('number', ['1']), 1.5)).toBeNull();
  });
});

describe('counts and shares of a value', () => {
  const column = profileColumn('integer', ['1', '01', '2', null, 'x']);

  it('understand every spelling and count over cells that are not empty', () => {
    expect(countOf(column, '+1')).toBe(2);
    expect(shareOf(column, '1')).toBe(2 / 4);
    expect(countOf(column, '3')).toBe(0);
    expect(shareOf(column, 'one')).toBe(0);
  });

  it('are null where nobody knows', () => {
    const many = profileColumn('integer', ['1', '2', '3'], { ...smallLimits, values: 2 });
    expect(countOf(many, '1')).toBeNull();
    expect(shareOf(many, '1')).toBeNull();
    expect(shareOf(profileColumn('integer', [null]), '1')).toBeNull();
  });
});
