import { describe, expect, it } from 'vitest';
import type { Declared } from '../change/declared.ts';
import type { Waiver } from '../config/waiver.ts';
import { evaluateGates } from '../evaluation/gate.ts';
import { judgementOf } from '../evidence/evidence.fixture.ts';
import type { MetricResult } from '../evidence/evidence.ts';
import { decide } from './decide.ts';
import { omar, proposalInput, reviewOf, rita, withReviews } from './decision.fixture.ts';
import type { Decision, DecisionInput, RuleResult } from './decision.ts';
import { subjectOf } from './subject.ts';
import { isMissed } from './waiver-rule.ts';

const waiver: Waiver = {
  name: 'new-region',
  model: 'flight-delay',
  gate: 'auc min 0.6',
  until: '2026-12-01',
  reason: 'A new region, few rows yet',
  by: 'omar',
};
const declared = (...waivers: readonly Waiver[]): Declared => ({
  readiness: { kind: 'missing' },
  risks: { kind: 'missing' },
  waivers,
});
const now = '2026-11-21T12:00:00Z';

/** A proposal whose only failing gate is `auc min 0.6`. */
const failing = (fields: Partial<DecisionInput> = {}): DecisionInput =>
  proposalInput({ judgement: judgementOf({ auc: 0.58 }), now, ...fields });
const decideApproved = (input: DecisionInput): Decision =>
  decide(
    withReviews(input, reviewOf(rita, ['reviewer'], input), reviewOf(omar, ['owner', 'governor'], input)),
  );
const find = (rules: readonly RuleResult[], name: string): RuleResult | undefined =>
  rules.flatMap((each) => (each.rule === name ? [each] : (find(each.children, name) ?? [])))[0];

describe('a waiver', () => {
  it('lets one failing gate through, is no pass of it, and is told', () => {
    const decision = decideApproved(failing({ declared: declared(waiver) }));
    expect(decision.kind).toBe('allowed');
    expect(find(decision.rules, 'auc min 0.6')).toMatchObject({
      state: 'waived',
      because: 'auc min 0.6 fails and is waived until 2026-12-01: A new region, few rows yet',
    });
    expect(decision.rules.find(({ rule }) => rule === 'judgement')?.state).toBe('waived');
    expect(decision.findings).toMatchObject([
      { code: 'gate/waived', severity: 'warn', where: { file: 'waivers/new-region.yml' } },
    ]);
    expect(decideApproved(failing()).kind).toBe('refused');
  });

  it.each([
    ['another model', { model: 'churn' }],
    ['another gate', { gate: 'auc min 0.5' }],
    ['part of the name of the gate', { gate: 'auc' }],
    ['a day that is over', { until: '2026-11-20' }],
    ['a time that is over', { until: '2026-11-21T12:00:00Z' }],
    ['no end that can be read', { until: 'for ever' }],
  ])('of %s waives nothing', (_, fields) => {
    expect(decideApproved(failing({ declared: declared({ ...waiver, ...fields }) })).kind).toBe('refused');
  });

  it('holds to the end of its last day, and at no unknown time', () => {
    const last = declared({ ...waiver, until: '2026-11-21' });
    expect(decideApproved(failing({ declared: last })).kind).toBe('allowed');
    expect(decideApproved(failing({ declared: last, now: '2026-11-22T00:00:00Z' })).kind).toBe('refused');
    const { now: _, ...timeless } = failing({ declared: last });
    expect(decideApproved(timeless).kind).toBe('refused');
  });

  it.each<[string, (result: MetricResult) => MetricResult | null]>([
    ['is claimed', (result) => ({ ...result, grade: 'claimed' })],
    ['is measured where it must be judged', (result) => ({ ...result, grade: 'measured' })],
    ['was not computed', () => null],
    ['is no number', (result) => ({ ...result, challenger: Number.NaN })],
    [
      'has an interval that is none',
      (result) => ({ ...result, challengerInterval: [0.5, Number.POSITIVE_INFINITY] }),
    ],
  ])('says nothing about a metric that %s', (_, edit) => {
    const { metrics } = judgementOf({ auc: 0.58 }).comparisons[0] ?? { metrics: [] };
    const edited = metrics.flatMap((each) => edit(each) ?? []);
    const context = { against: null, rows: 493_000, minimumRows: 100 };
    const [outcome] = evaluateGates(edited, [{ metric: 'auc', min: 0.6 }], context);
    expect(outcome).toMatchObject({ gate: 'auc min 0.6', result: 'fail' });
    expect(outcome && isMissed(outcome, edited)).toBe(false);
    const [honest] = evaluateGates(metrics, [{ metric: 'auc', min: 0.6 }], context);
    expect(honest && isMissed(honest, metrics)).toBe(true);
  });

  it('says nothing about an interval that is missing, or too few rows', () => {
    const { metrics } = judgementOf({ auc: 0.58 }).comparisons[0] ?? { metrics: [] };
    const bare = metrics.map((each) => ({ ...each, challengerInterval: null }));
    const gates = [{ metric: 'auc', min: 0.6, at: 'bound' }] as const;
    const context = { against: null, rows: 493_000, minimumRows: 100 };
    const missed = (results: readonly MetricResult[], rows: number) =>
      evaluateGates(results, gates, { ...context, rows }).map((outcome) => isMissed(outcome, results));
    expect(missed(metrics, 493_000)).toEqual([true]);
    expect(missed(bare, 493_000)).toEqual([false]);
    expect(missed(metrics, 99)).toEqual([false]);
  });

  it('says nothing about invalid data, or where nothing was judged', () => {
    const { validation } = failing();
    const invalid = validation && {
      ...validation,
      datasets: validation.datasets.map((each) => ({ ...each, verdict: 'data invalid' as const })),
    };
    expect(decideApproved(failing({ declared: declared(waiver), validation: invalid })).verdict).toBe(
      'data invalid',
    );
    expect(decideApproved(failing({ declared: declared(waiver), judgement: null })).kind).not.toBe('allowed');
  });

  it('voids what was approved before it was there', () => {
    const before = failing();
    const reviews = [reviewOf(rita, ['reviewer'], before)];
    const after = failing({ declared: declared(waiver), reviews });
    expect(subjectOf(after)).not.toBe(subjectOf(before));
    expect(decide(after).uncounted).toHaveLength(1);
    const other = failing({ declared: declared(waiver, { ...waiver, name: 'other', gate: 'x' }) });
    expect(new Set([subjectOf(before), subjectOf(after), subjectOf(other)]).size).toBe(3);
    // Its end changes nothing that was approved: the gate is what fails then.
    expect(subjectOf(failing({ declared: declared(waiver), now: '2027-01-01T00:00:00Z' }))).toBe(
      subjectOf(after),
    );
  });

  it('does not change the subject where nothing is judged by it', () => {
    const empty = failing({ declared: declared() });
    expect(subjectOf(empty)).toBe(subjectOf(failing()));
  });
});
