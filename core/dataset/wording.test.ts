import { describe, expect, it } from 'vitest';
import { pointTo } from './pointer.ts';
import { findSimilar } from './similarity.ts';
import { writeCount, writeRows, writeShare } from './wording.ts';

describe('words', () => {
  it('write counts, rows and shares that never round to nothing or to all', () => {
    expect([writeCount(0), writeCount(999), writeCount(1204118)]).toEqual(['0', '999', '1,204,118']);
    expect([writeRows(1), writeRows(2000)]).toEqual(['1 row', '2,000 rows']);
    expect([writeShare(0, 5), writeShare(1, 3), writeShare(5, 5)]).toEqual(['0 %', '33.33 %', '100 %']);
    expect([writeShare(1, 1e6), writeShare(999_999, 1e6), writeShare(1, 0)]).toEqual([
      'under 0.01 %',
      'over 99.99 %',
      'of no rows',
    ]);
  });

  it('point by RFC 6901', () => {
    expect(pointTo('columns', 'a/b~c', 'max')).toBe('/columns/a~1b~0c/max');
  });

  it('find names that are alike, and only those', () => {
    expect(findSimilar('delay', ['origin', 'delya', 'dly'])).toBe('delya');
    expect(findSimilar('arrival_delay_minutes', ['arrivaldelayminute'])).toBe('arrivaldelayminute');
    expect(findSimilar('Delay', ['delay'])).toBe('delay');
    expect(findSimilar('delay', ['origin'])).toBeNull();
    expect(findSimilar('a', ['b'])).toBeNull();
    expect(findSimilar('a', [])).toBeNull();
  });

  it('stay quick on a hostile header', () => {
    const started = performance.now();
    findSimilar(
      'x'.repeat(100_000),
      Array.from({ length: 5_000 }, (_, at) => `${'y'.repeat(10_000)}${at}`),
    );
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
