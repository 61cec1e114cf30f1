import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DriftRules } from '../config/drift-rules.ts';
import type { Profile } from '../profile/profile.ts';
import { calibrate } from './calibrate.ts';
import { compareProfiles } from './compare.ts';
import { Draws, defaultRules, profileOf } from './drift.fixture.ts';

const rules: DriftRules = {
  ...defaultRules,
  ignore: ['row'],
  columns: { delay: { test: 'psi', bins: 8, limit: 0.001 }, quiet: { test: 'ks', limit: 0.5 } },
};

/** Batches whose mean wanders: nobody calls that drift, and a limit has to allow for it. */
function historyOf(batches: number, seed = 61): readonly Profile[] {
  const draws = new Draws(seed);
  const means = draws.normals(batches, 0, 0.4);
  return means.map((mean) =>
    profileOf({
      ...{ delay: ['number', draws.normals(300, mean)], quiet: ['integer', Array(300).fill(7)] },
      ...{
        row: ['integer', [1]],
        kind: [
          'text',
          draws.choices(300, [
            ['a', 0.5],
            ['b', 0.5],
          ]),
        ],
      },
    }),
  );
}

const columnOf = (history: readonly Profile[], column: string, target = 0.1, limits = {}) =>
  calibrate({ history, rules, limits, target, against: 'previous' }).columns.find(
    (one) => one.column === column,
  );

describe('limits from a history', () => {
  const history = historyOf(31);

  it('exceed it no more often than asked, and say how often today', () => {
    const delay = columnOf(history, 'delay');
    if (delay?.result !== 'proposed') expect.fail('a limit is proposed');
    expect(delay).toMatchObject({ test: 'psi', bins: 8, today: { limit: 0.001 } });
    expect(delay.alarms.pairs).toBe(30);
    expect(delay.alarms.rate).toBeLessThanOrEqual(0.1);
    expect(delay.alarms.interval[0]).toBeLessThanOrEqual(delay.alarms.rate);
    expect(delay.alarms.interval[1]).toBeGreaterThan(delay.alarms.rate);
    expect(delay.today.alarms?.rate).toBeGreaterThan(0.5);
    expect(
      String(delay.limit)
        .replace(/^0\.0*/, '')
        .replace('.', '').length,
    ).toBeLessThanOrEqual(2);
  });

  it('are what the comparison itself then holds: the rate is counted with it', () => {
    const delay = columnOf(history, 'delay');
    if (delay?.result !== 'proposed') expect.fail('a limit is proposed');
    const own: DriftRules = {
      ...rules,
      columns: { ...rules.columns, delay: { test: 'psi', bins: 8, limit: delay.limit } },
    };
    const drifted = history.slice(1).filter((current, at) => {
      const { columns } = compareProfiles(current, history[at] as Profile, own, { reference: 'x' });
      return columns.find(({ column }) => column === 'delay')?.result === 'drift';
    });
    expect(drifted.length).toBe(delay.alarms.alarms);
  });

  it('keep their promise on batches that come later', () => {
    const delay = columnOf(historyOf(81), 'delay');
    if (delay?.result !== 'proposed') expect.fail('a limit is proposed');
    const later = historyOf(81, 62);
    const own: DriftRules = { ...rules, columns: { delay: { test: 'psi', bins: 8, limit: delay.limit } } };
    const alarms = later.slice(1).filter((current, at) => {
      const { columns } = compareProfiles(current, later[at] as Profile, own, { reference: 'x' });
      return columns.find(({ column }) => column === 'delay')?.result === 'drift';
    });
    expect(alarms.length / 80).toBeLessThanOrEqual(0.2);
  });

  it('do not fall to nothing where the history is quiet', () => {
    expect(columnOf(history, 'quiet')).toMatchObject({
      result: 'proposed',
      limit: 0.01,
      alarms: { alarms: 0 },
    });
  });

  it('are not proposed for what is not compared', () => {
    expect(columnOf(history, 'row')).toMatchObject({
      result: 'not compared',
      because: expect.stringContaining('ignore'),
    });
  });

  it('count no false alarm of a time, which no check compares', () => {
    const start = Date.UTC(2001, 0, 1);
    const dayOf = (at: number): string => new Date(start + at * 86_400_000).toISOString().slice(0, 10);
    const days = Array.from({ length: 25 }, (_, batch) =>
      profileOf({ day: ['timestamp', Array.from({ length: 300 }, (_, at) => dayOf(batch * 300 + at))] }),
    );
    expect(columnOf(days, 'day')).toMatchObject({ result: 'not compared', today: { alarms: null } });
  });

  it('take a history: a rate of 5 % takes 19 pairs', () => {
    expect(columnOf(historyOf(12), 'delay', 0.05)).toMatchObject({
      ...{ result: 'not enough history', pairs: 11, pairsNeeded: 19 },
      today: { limit: 0.001, alarms: { pairs: 11 } },
    });
    expect(columnOf(historyOf(12), 'delay', 0.1)).toMatchObject({ result: 'proposed' });
    const small = Array.from({ length: 30 }, () => profileOf({ delay: ['number', [1, 2, 3]] }));
    expect(columnOf(small, 'delay')).toMatchObject({
      result: 'not enough history',
      pairs: 0,
      today: { alarms: null },
    });
    const none = { pairs: 0, target: 0.1, columns: [] };
    for (const few of [[], historyOf(1)]) {
      expect(calibrate({ history: few, rules, target: 0.1, against: 'previous' })).toEqual(none);
    }
  });

  it('start from the limit of the model where it has one, and can compare with the oldest', () => {
    const limits = { delay: { test: 'ks', limit: 0.02 } } as const;
    expect(columnOf(history, 'delay', 0.1, limits)).toMatchObject({ test: 'ks', today: { limit: 0.02 } });
    const first = calibrate({ history, rules, target: 0.1, against: 'first' });
    expect(first).toMatchObject({ pairs: 30, target: 0.1 });
    expect(first.columns).not.toEqual(
      calibrate({ history, rules, target: 0.1, against: 'previous' }).columns,
    );
  });

  it('are never below the effect that they have to allow', () => {
    const effects = fc.array(fc.double({ min: 0, max: 2, noNaN: true }), { minLength: 10, maxLength: 20 });
    fc.assert(
      fc.property(effects, (shifts) => {
        // Two values, of which a share moves: KS is that share.
        const batch = (share: number) =>
          profileOf({
            delay: ['integer', Array.from({ length: 200 }, (_, at) => (at < share * 100 ? 1 : 0))],
          });
        const ks: DriftRules = { ...defaultRules, columns: { delay: { test: 'ks' } } };
        const { columns } = calibrate({
          history: shifts.map(batch),
          rules: ks,
          target: 0.2,
          against: 'previous',
        });
        const [delay] = columns;
        if (delay?.result !== 'proposed') expect.fail('a limit is proposed');
        expect(delay.alarms.rate).toBeLessThanOrEqual(0.2);
      }),
      { numRuns: 10 },
    );
  });
});
