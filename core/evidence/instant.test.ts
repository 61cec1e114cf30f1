import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from './instant.ts';

describe('parseInstant', () => {
  it('agrees with the platform on every time that it can write', () => {
    const date = fc.date({
      min: new Date('0001-01-01'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, (moment) => {
        const seconds = `${moment.toISOString().slice(0, 19)}Z`;
        expect(parseInstant(seconds)).toBe(Date.parse(seconds));
        expect(parseInstant(moment.toISOString())).toBeCloseTo(moment.getTime(), 2);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    '',
    'now',
    '2026-11-21',
    '2026-11-21T09:00:00',
    '2026-11-21T09:00:00+00:00',
    '2026-11-21 09:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-01T24:00:00Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01T00:00:60Z',
    '2026-01-01T00:00:00.Z',
    ' 2026-01-01T00:00:00Z',
    '2026-01-01T00:00:00Z\n',
  ])('reads %j as no time', (text) => {
    expect(parseInstant(text)).toBeNull();
  });

  it('knows leap years', () => {
    expect(parseInstant('2000-02-29T00:00:00Z')).toBe(Date.parse('2000-02-29T00:00:00Z'));
    expect(parseInstant('2028-02-29T12:00:00.5Z')).toBe(Date.parse('2028-02-29T12:00:00.500Z'));
  });
});
