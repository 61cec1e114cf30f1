import { describe, expect, it } from 'vitest';
import type { DriftRules } from '../config/drift-rules.ts';
import type { Positions } from '../dataset/positions.ts';
import type { Profile } from '../profile/profile.ts';
import { compareProfiles } from './compare.ts';
import { Draws, defaultRules, profileOf } from './drift.fixture.ts';
import type { ColumnDriftResult, DriftReport, SchemaChange } from './drift.ts';
import { judgeDrift } from './findings.ts';
import { showEffect, showP } from './number.ts';

const positions: Positions = (pointer) => ({ file: 'datasets/flights.yml', pointer });
const draws = new Draws(51);
const normals = draws.normals(400);
const moved = draws.normals(400, 2);
const table = (values: readonly (number | null)[]): Profile => profileOf({ delay: ['number', values] });
const judge = (current: Profile, reference: Profile, rules: DriftRules = defaultRules, limits = {}) =>
  judgeDrift(
    compareProfiles(current, reference, rules, { reference: 'data of m v7', limits }),
    rules,
    positions,
  );

describe('drift as findings', () => {
  it('names column, effect, limit, p and rows, and points at the column', () => {
    const { findings } = judge(table(moved), table(normals));
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      ...{ code: 'data/drift', severity: 'warn', column: 'delay', allowed: 'ks at most 0.1' },
      where: { pointer: '/columns/delay' },
    });
    expect(findings[0]?.found).toMatch(/^ks 0\.\d+, p under 0\.000001; 400 of 400 rows compared$/);
    expect(findings[0]?.message).toMatch(
      /^Column "delay" has moved away from data of m v7: 0\.\d+ is above 0\.1, and chance/,
    );
  });

  it('points at the limit where one is set, and takes its severity', () => {
    const rules: DriftRules = {
      ...defaultRules,
      columns: { delay: { test: 'psi', limit: 0.2, severity: 'fail' } },
    };
    expect(judge(table(moved), table(normals), rules).findings).toMatchObject([
      { severity: 'fail', where: { pointer: '/drift/columns/delay/limit' }, allowed: 'psi at most 0.2' },
    ]);
    const { findings } = judge(table(moved), table(normals), defaultRules, {
      delay: { test: 'ks', limit: 0.05 },
    });
    expect(findings.map(({ allowed }) => allowed)).toEqual([
      'ks at most 0.1',
      'ks at most 0.05 (limit of the model)',
    ]);
  });

  it('finds nothing where nothing moved, and says what it looked at', () => {
    const { findings, observations } = judge(table(draws.normals(400)), table(normals));
    expect(findings).toEqual([]);
    expect(observations).toMatchObject([{ code: 'data/drift', column: 'delay', result: 'kept', rows: 400 }]);
    expect(observations[0]?.method).toContain('Kolmogorov-Smirnov');
  });

  it('notes once that there are not enough rows', () => {
    const few = profileOf({ delay: ['number', [1, 2]], wait: ['number', [1, 2]] });
    const { findings, observations } = judge(few, few);
    expect(findings).toMatchObject([
      {
        code: 'data/drift-rows',
        severity: 'note',
        found: '2 rows, 2 in the reference',
        where: { pointer: '/drift/min-rows' },
      },
    ]);
    expect(findings[0]?.message).toMatch(
      /^2 columns could not be compared with data of m v7, not enough rows: 2 rows, 198 more/,
    );
    expect(observations.map(({ result }) => result)).toEqual(['not enough rows', 'not enough rows']);
    expect(judge(table([1]), table([1])).findings[0]?.message).toMatch(/^Column "delay" could/);
  });

  it('fails closed: a comparison that a rule asks for and that cannot be made is found', () => {
    const text = profileOf({ delay: ['text', Array(400).fill('a')] });
    const rules: DriftRules = { ...defaultRules, columns: { delay: { severity: 'fail' } }, schema: 'note' };
    expect(judge(text, table(normals), rules).findings).toMatchObject([
      {
        code: 'data/drift-not-compared',
        severity: 'fail',
        found: 'the column is text, and number in the reference',
      },
      { code: 'data/schema-change', severity: 'note' },
    ]);
    const { findings, observations } = judge(text, table(normals));
    expect(findings.map(({ code }) => code)).toEqual(['data/schema-change']);
    expect(observations[0]).toMatchObject({
      result: 'not measured',
      found: 'the column is text, and number in the reference',
    });
    const limits = { delay: { test: 'psi', severity: 'fail' } } as const;
    expect(judge(text, table(normals), defaultRules, limits).findings[0]).toMatchObject({ severity: 'fail' });
  });

  it('calls a number that is none "not compared"', () => {
    const [first] = compareProfiles(table(normals), table(normals), defaultRules, { reference: 'x' }).columns;
    expect(first?.result).toBe('no drift');
    const broken: ColumnDriftResult = { ...(first as ColumnDriftResult), effect: Number.NaN };
    expect(showEffect(broken.effect ?? 0, 0.1)).toEqual(['NaN', '0.1']);
  });
});

describe('changes of shape as findings', () => {
  const kinds: readonly SchemaChange['kind'][] = [
    ...(['added', 'dropped', 'renamed', 'retyped', 'reordered'] as const),
    ...(['new nulls', 'vanished nulls', 'new category', 'vanished category'] as const),
  ];

  it.each(kinds)('%s has a sentence, a place and a fix', (kind) => {
    const change: SchemaChange = { kind, column: 'delay', before: 'wait', found: 'this', allowed: 'that' };
    const report: DriftReport = { reference: 'v7', referenceRows: 9, rows: 8, columns: [], schema: [change] };
    const { findings, observations } = judgeDrift(report, { ...defaultRules, schema: 'fail' }, positions);
    expect(findings).toMatchObject([
      {
        code: 'data/schema-change',
        severity: 'fail',
        found: `${kind}: this`,
        allowed: 'that',
        column: 'delay',
      },
    ]);
    expect(findings[0]?.message).toMatch(/delay.*, compared with v7\.$/);
    expect(findings[0]?.where?.pointer).toMatch(/^\/columns/);
    expect(observations).toMatchObject([{ code: 'data/schema-change', result: 'broken', rows: 8 }]);
  });
});

describe('numbers', () => {
  it('show on which side of the limit they lie', () => {
    expect(showEffect(0.10004, 0.1)).toEqual(['0.10004', '0.1']);
    expect(showEffect(0.31234, 0.1)).toEqual(['0.312', '0.1']);
    expect(showEffect(0.1, 0.1)).toEqual(['0.1', '0.1']);
    expect([showP(0.04567), showP(1e-9), showP(1)]).toEqual(['0.046', 'under 0.000001', '1']);
  });
});
