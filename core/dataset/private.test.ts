import { describe, expect, it } from 'vitest';
import { measureFiles } from './measure.fixture.ts';
import { planChecks } from './plan.ts';
import { answer, columns, contractOf, fileOf, judge, measure, tally } from './rules.fixture.ts';

describe('example rows', () => {
  const contract = contractOf(
    [...columns.slice(0, 3), 'name: day, type: text, nullable: true, privacy: secret'],
    ['rule: expression, keep: delay < 5'],
    'examples: 2\n',
  );
  const example = {
    row: 7,
    cells: [
      ['delay', '9'],
      ['day', 'hush'],
      ['stranger', 'hush'],
    ],
  } as const;

  it('are as many as the contract wants, without private and unknown columns', () => {
    const broken = {
      kind: 'tally',
      name: 'the-rule',
      tally: tally(3, { rows: [example, example, example] }),
    } as const;
    const [finding] = judge(contract, answer(measure(contract), broken)).findings;
    expect(finding).toMatchObject({ code: 'data/expression', rule: 'the-rule', allowed: 'delay < 5' });
    expect(finding?.rows).toEqual([
      { row: 7, cells: [['delay', '9']] },
      { row: 7, cells: [['delay', '9']] },
    ]);
  });
});

describe('private columns', () => {
  it('never show a value of theirs, whichever rule is broken or kept', () => {
    const secret = '7654321';
    const kinds = [
      'rule: range, column: c, max: LIMIT',
      'rule: mean, column: c, max: LIMIT',
      'rule: standard-deviation, column: c, max: LIMIT',
      'rule: quantile, column: c, at: 0.5, max: LIMIT',
      'rule: distinct, column: c, max: 1',
      'rule: unique, columns: [c]',
      'rule: duplicates, max: 0',
    ];
    for (const privacy of ['personal', 'secret']) {
      for (const kind of kinds) {
        for (const limit of ['5', '99999999']) {
          const contract = contractOf(
            [`name: c, type: number, privacy: ${privacy}, unique: true, max: ${limit}`],
            [kind.replace('LIMIT', limit)],
          );
          const measured = measureFiles(planChecks(contract), [
            fileOf([[secret], [secret], ['x7654321']], ['c']),
          ]);
          const text = JSON.stringify(judge(contract, measured));
          expect(text).toContain('the-rule');
          expect(text).not.toContain(secret);
        }
      }
    }
    const contract = contractOf(
      ['name: c, type: timestamp, privacy: personal'],
      ['rule: freshness, column: c, max-age-hours: 1'],
    );
    const measured = measureFiles(planChecks(contract), [fileOf([['1987-06-05']], ['c'])]);
    const text = JSON.stringify(judge(contract, measured));
    expect(text).toContain('the-rule');
    expect(text).not.toContain('1987');
  });
});
