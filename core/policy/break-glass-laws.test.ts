import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakGlassPath } from '../config/layout.ts';
import { digest } from '../evidence/evidence.fixture.ts';
import type { Finding } from '../finding/finding.ts';
import type { BreakGlassUse } from '../registry/break-glass.ts';
import type { Person } from '../registry/ledger.ts';
import { ask, breakGlass, use } from './break-glass.fixture.ts';
import { decide } from './decide.ts';
import { person, requestOf, reviewOf, stageMove } from './decision.fixture.ts';
import type { DecisionInput, Review } from './decision.ts';
import { anyInput, broken } from './random-input.fixture.ts';
import { subjectOf } from './subject.ts';

const path = breakGlassPath(ask.name);
type DecisionUses = readonly BreakGlassUse[];
/** What lets it through, but for one time in six. */
const mostly = <T, U = T>(usual: T, other: U) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constant(other) });
const anyEmergency = fc
  .record({
    input: anyInput,
    moves: fc.constantFrom([stageMove()], [stageMove()], [stageMove({ from: 'candidate' })], null),
    hours: fc.constantFrom(8, 8, 8, 2),
    by: fc.constantFrom('ben', 'ben', 'ben', 'gus'),
    present: mostly(true, false),
    barred: fc.constantFrom(undefined, undefined, undefined, [
      { kind: 'withdrawn', version: 2, path: 'w' },
    ] as const),
    uses: mostly<DecisionUses>([{ ...use, reviewed: true }], [use]),
    refusals: mostly<readonly Finding[]>(
      [],
      [{ ...broken, code: 'receipt/signature', severity: 'fail' } as const],
    ),
    fork: mostly(false, true),
    objecting: mostly(false, true),
    given: fc.constantFrom(2, 2, 1, 0),
  })
  .map(({ input, moves, hours, by, present, barred, uses, refusals, fork, objecting, given }) => {
    const { change } = input;
    const asked = moves ?? (change.kind === 'request' ? change.moves : []);
    const [moved] = asked.flatMap((move) => (move.kind === 'stage' ? [move] : []));
    // model.yml does not change, and nobody judged a version that is proposed here.
    const { prediction: _, judgement, ...rest } = input;
    const changed: DecisionInput = {
      ...rest,
      judgement: judgement?.version === 2 ? judgement : null,
      now: '2026-11-21T14:00:00Z',
      change: requestOf({ moves: asked, configuration: [path] }),
      policy: { ...input.policy, breakGlass: { ...breakGlass, hours } },
      ledger: {
        ...input.ledger,
        artifacts: input.ledger.artifacts.map((each) =>
          each.version === 2 && moved?.version === 2 ? { ...each, stage: moved.from ?? 'staging' } : each,
        ),
      },
      stored: [{ version: moved?.version ?? 2, present }],
      breakGlass: { asked: { ...ask, by, until: '2026-11-21T16:00:00Z', reason: digest('why') }, uses },
      ...{ refusals, fork },
      ...(barred === undefined ? {} : { barred }),
    };
    const heard = objecting ? rebase(changed, input) : { ...changed, reviews: [] };
    return { ...heard, reviews: [...heard.reviews, ...governors.slice(0, given).map(approvalOf(heard))] };
  });

/** Two who had no hand in anything but, at times, ask for it. */
const governors = [person(31, 'gus'), person(32, 'gerd')];
const approvalOf = (input: DecisionInput) => (who: Person) => reviewOf(who, ['governor'], input);

/** What was approved is what is asked now. */
function rebase(input: DecisionInput, before: DecisionInput): DecisionInput {
  const [old, now] = [subjectOf(before) ?? 'none', subjectOf(input) ?? 'none'];
  const checks = (review: Review) =>
    review.evidenceChecks.map((check) => (check.subject === old ? { ...check, subject: now } : check));
  return {
    ...input,
    reviews: input.reviews.map((review) => ({ ...review, evidenceChecks: checks(review) })),
  };
}

const isAllowed = (input: DecisionInput): boolean => decide(input).kind === 'allowed';

describe('laws of emergencies', () => {
  it('what is let through is nothing of what nobody may pass, by two governors who had no hand in it', () => {
    const met = new Map<string, number>();
    fc.assert(
      fc.property(anyEmergency, (input) => {
        const decision = decide(input);
        met.set(decision.kind, (met.get(decision.kind) ?? 0) + 1);
        if (decision.kind !== 'allowed') return;
        const excluded = new Set(input.exclusions.map(({ person }) => person.id));
        expect(decision.counted.every(({ reviewer }) => !excluded.has(reviewer.id))).toBe(true);
        const governors = decision.counted.filter(
          ({ role, reviewer }) => role === 'governor' && reviewer.login !== input.breakGlass?.asked?.by,
        );
        expect(new Set(governors.map(({ reviewer }) => reviewer.id)).size).toBeGreaterThanOrEqual(2);
        expect(input.barred ?? []).toEqual([]);
        expect(input.stored?.every(({ present }) => present)).toBe(true);
        // Beside a judgement that is believed and holds, what is not believed is noise, as everywhere.
        if (decision.passedOver?.includes('judgement')) expect(input.refusals).toEqual([]);
        expect(input.fork).toBe(false);
        expect(decision.rules.find(({ rule }) => rule === 'request')?.state).toBe('met');
        const judged = input.judgement?.champions.map(({ version }) => version) ?? [];
        const serving = input.ledger.champions.map(({ version }) => version);
        if (input.judgement !== null) expect(judged).toEqual(serving);
        expect(input.breakGlass?.uses.every(({ reviewed }) => reviewed)).toBe(true);
      }),
      { numRuns: 600, seed: 7 },
    );
    for (const kind of ['allowed', 'waiting', 'refused'])
      expect(met.get(kind) ?? 0, `${kind} of ${JSON.stringify([...met])}`).toBeGreaterThan(20);
  });

  it('one approval less never lets one through', () => {
    fc.assert(
      fc.property(anyEmergency, fc.nat(), (input, pick) => {
        const approvals = input.reviews.filter(({ state }) => state === 'APPROVED');
        const gone = approvals[pick % Math.max(1, approvals.length)];
        // Whoever objected before speaks again without the approval that came later: only approvals are taken away.
        const fewer = { ...input, reviews: input.reviews.filter((review) => review !== gone) };
        expect(isAllowed(fewer) && !isAllowed(input)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('a rule for emergencies alone changes no decision', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const policy = { ...input.policy, breakGlass };
        expect(decide({ ...input, policy })).toEqual(decide(input));
      }),
      { numRuns: 200 },
    );
  });

  it('a file that asks for an emergency lets nothing through without a rule for it', () => {
    fc.assert(
      fc.property(anyEmergency, (input) => {
        const { breakGlass: _, ...policy } = input.policy;
        expect(isAllowed({ ...input, policy })).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});
