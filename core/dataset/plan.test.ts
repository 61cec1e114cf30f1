import { describe, expect, it } from 'vitest';
import { planChecks, uniqueRuleName } from './plan.ts';
import { type Contract, columns, contractOf } from './rules.fixture.ts';

describe('planChecks', () => {
  it('asks an engine for what it alone can count, under names that cannot clash', () => {
    const contract = contractOf(
      ['name: id, type: integer, unique: true', ...columns.slice(1)],
      ['rule: duplicates, max: 0'],
      'examples: 7\n',
    );
    const name = uniqueRuleName('id');
    expect(planChecks(contract)).toMatchObject({
      examples: 7,
      rules: [
        { name, kind: 'repeated', columns: ['id'], nulls: 'skip' },
        { name: 'the-rule', kind: 'repeated', columns: ['id', 'delay', 'origin', 'day'], nulls: 'equal' },
      ],
    });
    expect(name).not.toMatch(/^[a-z0-9-]+$/);
  });

  it.each<[string, readonly unknown[], readonly string[]]>([
    ['rule: distinct, column: origin, min: 2', [], ['origin']],
    ['rule: mean, column: delay, min: 2', [], []],
    [
      'rule: range, column: delay, min: 2',
      [{ kind: 'cells', check: { column: 'delay', type: 'number', min: 2, showValues: true } }],
      [],
    ],
    [
      'rule: length, column: origin, max: 2',
      [{ kind: 'cells', check: { column: 'origin', type: 'text', length: { max: 2 }, showValues: true } }],
      [],
    ],
    ['rule: allowed, column: origin, values: [a]', [{ kind: 'cells', check: { allowed: ['a'] } }], []],
    ['rule: pattern, column: origin, pattern: a', [{ kind: 'cells', check: { pattern: 'a' } }], []],
    ['rule: expression, keep: delay < id', [{ kind: 'expression', columns: ['delay', 'id'] }], []],
    [
      'rule: leakage, label: origin, max: 0.5',
      [{ kind: 'association', label: 'origin', features: ['id', 'delay', 'day'] }],
      [],
    ],
    [
      'rule: label-conflicts, label: origin, features: [day]',
      [{ kind: 'conflicts', label: 'origin', features: ['day'] }],
      [],
    ],
    ['rule: overlap, with: x.csv, columns: [id]', [{ kind: 'overlap', columns: ['id'], other: 'x.csv' }], []],
  ])('plans %s', (rule, rules, distinct) => {
    const plan = planChecks(contractOf(columns, [rule]));
    expect(plan.rules).toMatchObject(rules);
    expect(plan.rules).toHaveLength(rules.length);
    expect(plan.distinct).toEqual(distinct);
  });

  it('refuses what no reader of contracts lets through', () => {
    const contract = contractOf(columns, ['rule: unique, columns: [id]']);
    const [rule] = contract.rules;
    if (rule === undefined) throw new Error('there is a rule');
    const wrong = [
      { rules: [rule, rule] },
      { rules: [{ ...rule, columns: ['nobody'] }] },
      { rules: [{ name: 'r', severity: 'fail', rule: 'range', column: 'nobody', limits: { max: 1 } }] },
      {
        rules: [{ name: 'r', severity: 'fail', rule: 'range', column: 'delay', limits: { max: Number.NaN } }],
      },
      { rules: [{ name: 'r', severity: 'fail', rule: 'length', column: 'delay', limits: { max: 1 } }] },
      {
        rules: [
          { name: 'r', severity: 'fail', rule: 'length', column: 'origin', limits: { min: 2, max: 1 } },
        ],
      },
      { rules: [{ name: 'r', severity: 'fail', rule: 'pattern', column: 'delay', pattern: 'x' }] },
    ];
    for (const each of wrong) {
      expect(() => planChecks({ ...contract, ...each } as Contract)).toThrow(
        expect.objectContaining({ code: 'CONTRACT_RULE' }),
      );
    }
  });
});
