import { describe, expect, it } from 'vitest';
import { measureFiles, type TableFile } from './measure.fixture.ts';
import type { MeasuredRule } from './measured.ts';
import { planChecks } from './plan.ts';
import { answer, type Contract, columns, contractOf, judge, measure, tally } from './rules.fixture.ts';

describe('what was not measured', () => {
  it.each([
    'rule: range, column: delay, max: 5, severity: warn',
    'rule: unique, columns: [id]',
    'rule: duplicates, max: 0.5',
    'rule: expression, keep: delay < 5',
    'rule: leakage, label: origin, max: 0.5',
    'rule: label-conflicts, label: origin',
    'rule: overlap, with: data/x.csv, columns: [id]',
  ])('fails: %s', (rule) => {
    const contract = contractOf(columns, [rule]);
    const measured = measure(contract);
    const because = 'the engine cannot';
    const cases = [
      { ...measured, rules: [] },
      answer(measured, { kind: 'unmeasured', name: 'the-rule', because }),
      answer(measured, {
        kind: rule.includes('leakage') ? 'tally' : 'association',
        name: 'the-rule',
        tally: tally(0),
        features: [],
      } as unknown as MeasuredRule),
    ];
    for (const each of cases) {
      const { findings, observations } = judge(contract, each);
      expect(findings).toMatchObject([{ severity: 'fail', rule: 'the-rule' }]);
      expect(observations.at(-1)).toMatchObject({ result: 'not measured', rule: 'the-rule' });
    }
    expect(judge(contract, cases[1] ?? measured).findings[0]?.message).toContain(because);
  });

  it.each([
    'rule: mean, column: delay, max: 5, severity: warn',
    'rule: standard-deviation, column: delay, max: 5',
    'rule: quantile, column: delay, at: 0.5, max: 5',
    'rule: distinct, column: origin, min: 1',
    'rule: class-ratio, column: origin, value: LAX, min: 0.1',
    'rule: freshness, column: day, max-age-hours: 5',
  ])('fails without a profile, and without a value: %s', (rule) => {
    const contract = contractOf(columns, [rule]);
    const measured = measure(contract);
    expect(judge(contract, { ...measured, profile: null }).findings).toMatchObject([
      { severity: 'fail', rule: 'the-rule' },
    ]);
    const empty = judge(contract, measure(contract, [['1', null, null, null]]));
    expect(empty.findings).toMatchObject([{ severity: 'fail', rule: 'the-rule' }]);
  });

  it('is what an age without a clock comes to, or one of a value in the future', () => {
    const contract = contractOf(columns, ['rule: freshness, column: day, max-age-hours: 48']);
    const measured = measure(contract);
    for (const at of ['', 'now', '2001-13-01T00:00:00Z', '2001-03-31T00:00:00Z']) {
      expect(judge(contract, measured, at).findings).toMatchObject([
        { severity: 'fail', code: 'data/freshness' },
      ]);
    }
    expect(judge(contract, measured, '2001-04-01T12:00:00.000Z').findings).toEqual([]);
  });
});

describe('optional columns', () => {
  const optional = (rules: readonly string[] = []) =>
    contractOf(['name: id, type: integer', 'name: delay, type: number, required: false, min: 0'], rules);
  const judgeFiles = (contract: Contract, files: readonly TableFile[]) =>
    judge(contract, measureFiles(planChecks(contract), files));
  const without = { path: 'a.csv', columns: ['id'], rows: [['1'], ['2']] };
  const whole = { path: 'b.csv', columns: ['id', 'delay'], rows: [['3', '4']] };

  it('may be missing from all files, with the rules that ask for nothing else', () => {
    const { findings, observations } = judgeFiles(optional(['rule: mean, column: delay, max: 5']), [without]);
    expect(findings).toEqual([]);
    expect(observations.map(({ code, result }) => [code, result])).toContainEqual([
      'data/column-missing',
      'kept',
    ]);
    expect(observations.at(-1)).toMatchObject({ rule: 'the-rule', result: 'not measured' });
  });

  it('may not be missing from some of them', () => {
    expect(
      judgeFiles(optional(['rule: mean, column: delay, max: 5']), [without, whole]).findings,
    ).toMatchObject([
      {
        code: 'data/column-missing',
        column: 'delay',
        message: expect.stringContaining('a.csv, though other files have it'),
      },
    ]);
  });

  it('do not excuse a rule that needs other columns, too', () => {
    expect(judgeFiles(optional(['rule: unique, columns: [id, delay]']), [without]).findings).toMatchObject([
      { code: 'data/unique', severity: 'fail', found: 'the column "delay" is missing' },
    ]);
  });

  it('are passed over by rules on all columns', () => {
    expect(
      judgeFiles(optional(['rule: duplicates, max: 0']), [without]).findings.map(({ found }) => found),
    ).not.toContain('the column "delay" is missing');
  });
});
