import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { model } from '../evidence/evidence.fixture.ts';
import { criteriaFindings } from './criteria-rule.ts';
import { decide } from './decide.ts';
import {
  omar,
  promotionInput,
  proposalInput,
  registration,
  requestOf,
  reviewOf,
  rita,
  stageMove,
} from './decision.fixture.ts';
import type { Decision, DecisionInput } from './decision.ts';
import { anyInput } from './random-input.fixture.ts';

const { criteria: _, ...without } = model;
const decideApproved = (input: DecisionInput): Decision =>
  decide({
    ...input,
    reviews: [reviewOf(rita, ['reviewer'], input), reviewOf(omar, ['owner', 'governor'], input)],
  });
const ruleOf = (input: DecisionInput) => decide(input).rules.find(({ rule }) => rule === 'criteria');

describe('success criteria', () => {
  it('are asked for before a version serves', () => {
    const decision = decideApproved(promotionInput({ model: without }));
    expect(decision).toMatchObject({ kind: 'refused', verdict: 'fail' });
    expect(decision.findings).toMatchObject([
      {
        code: 'criteria/missing',
        severity: 'fail',
        message: 'flight-delay has no success criteria, and no version goes to production without them',
        where: { file: 'models/flight-delay/model.yml' },
      },
    ]);
    expect(decideApproved(promotionInput()).kind).toBe('allowed');
    expect(ruleOf(promotionInput())?.because).toBe(
      'Success criteria are agreed by bea (business) and omar (technical), to be checked after 90 days.',
    );
  });

  it('are missed on a proposal, which goes on', () => {
    const decision = decideApproved(proposalInput({ model: without }));
    expect(decision.kind).toBe('allowed');
    expect(decision.findings).toMatchObject([{ code: 'criteria/missing', severity: 'warn' }]);
    expect(decideApproved(proposalInput()).findings).toEqual([]);
  });

  it.each([
    ['a proposal', registration, ['warn']],
    ['production', stageMove(), ['fail']],
    ['a rollback', stageMove({ rollback: true }), []],
    ['staging', stageMove({ from: 'registered', to: 'staging', endpoint: null }), []],
    ['the archive', stageMove({ from: 'production', to: 'archived' }), []],
  ] as const)('%s', (name, move, severities) => {
    expect(criteriaFindings(without, move).map(({ severity }) => severity)).toEqual(severities);
    expect(criteriaFindings(model, move)).toEqual([]);
    expect(criteriaFindings(null, move)).toEqual([]);
    const input = promotionInput({ model: without, change: requestOf({ moves: [move] }) });
    const state = severities[0] === 'fail' ? 'refused' : severities[0] === 'warn' ? 'met' : 'skipped';
    if (name !== 'a proposal') expect(ruleOf(input)?.state ?? 'skipped').toBe(state);
  });

  it('law: losing them turns no other answer into allowed, and lets nothing new into production', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        if (input.model === null) return;
        const { criteria: lost, ...rest } = input.model;
        const decision = decide({ ...input, model: rest });
        if (decision.kind !== 'allowed') return;
        expect(decide(input).kind).toBe('allowed');
        const moves = decision.moves.filter((move) => move.kind === 'stage' && move.to === 'production');
        expect(moves.every((move) => move.kind === 'stage' && move.rollback)).toBe(true);
      }),
      { numRuns: 400, seed: 3 },
    );
  });
});
