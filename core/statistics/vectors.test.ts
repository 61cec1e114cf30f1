import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseVectors } from '../../scripts/vectors/file.ts';
import { vectorFunctions } from '../../scripts/vectors/functions.ts';
import { runCase } from '../../scripts/vectors/run.ts';

const fixture = new URL('../../fixtures/vectors/statistics-slice.json', import.meta.url);
const { cases } = parseVectors(readFileSync(fixture, 'utf8'));
const names = [...new Set(cases.map((one) => one.fn))];

describe('reference vectors of scipy, scikit-learn and statsmodels', () => {
  it.each(names)('%s', (fn) => {
    const failures = cases
      .filter((one) => one.fn === fn)
      .flatMap((one) => runCase(one).map((difference) => ({ id: one.id, ...difference })));
    expect(failures).toEqual([]);
  });

  it('has cases for every function', () => {
    expect(new Set(names)).toEqual(new Set(vectorFunctions.keys()));
  });
});
