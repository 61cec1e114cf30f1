import { describe, expect, it } from 'vitest';
import { judgementOf, model, policy } from '../evidence/evidence.fixture.ts';
import { proposalInput } from './decision.fixture.ts';
import { type LookFacts, lookReason } from './look-rule.ts';
import { requiredApprovals } from './requirement.ts';

const { change } = proposalInput({});
if (change.kind !== 'request') throw new Error('no request');
const budgets = { heldOutBudget: 5, heldOutBudgets: { labels: 20, actor: 3 } };
const rules = { ...policy, defaults: { ...policy.defaults, ...budgets } };
const ask = (facts: LookFacts, given = rules) =>
  lookReason(change, given, { judgement: judgementOf(), ...facts });

describe('lookReason', () => {
  it.each<readonly [string, LookFacts, RegExp | null]>([
    ['within all three', { heldOutLook: 5, heldOutCharge: { labels: 20, actor: 3 } }, null],
    [
      'the model is over',
      { heldOutLook: 6, heldOutCharge: { labels: 6, actor: 1 } },
      /^look 6 on this held-out set, after the 5 /,
    ],
    [
      'a new name, and the labels are worn by others',
      { heldOutLook: 1, heldOutCharge: { labels: 21, actor: 1 } },
      /^look 21 on these labels by all models, after the 20 /,
    ],
    [
      'a new name, and the same person',
      { heldOutLook: 1, heldOutCharge: { labels: 4, actor: 4 } },
      /^look 4 on these labels by whoever started the run, after the 3 /,
    ],
    ['nobody counted the others', { heldOutLook: 1 }, /could not be told/],
    [
      'a charge that is none',
      { heldOutLook: 1, heldOutCharge: { labels: Number.NaN, actor: 0 } },
      /look NaN.*look 0/,
    ],
    [
      'several are spent',
      { heldOutLook: 9, heldOutCharge: { labels: 99, actor: 9 } },
      /look 9 .*; look 99 .*; look 9 /,
    ],
  ])('%s', (_, facts, reason) => {
    if (reason === null) expect(ask(facts)).toBeNull();
    else expect(ask(facts)).toMatch(reason);
  });

  it('limits nothing that the policy does not', () => {
    expect(
      ask({ heldOutLook: 600, heldOutCharge: { labels: 900, actor: 600 } }, policy as typeof rules),
    ).toBeNull();
    expect(
      ask({ heldOutLook: 1 }, {
        ...rules,
        defaults: { ...policy.defaults, heldOutBudget: 5 },
      } as typeof rules),
    ).toBeNull();
  });

  it('adds one governor whatever is spent, and is never a stop', () => {
    const facts = { pushersKnown: true, judgement: judgementOf() };
    const lines = (more: LookFacts) =>
      requiredApprovals(change, rules, model, { ...facts, ...more }).map(
        ({ role, count }) => `${role} ${count}`,
      );
    const before = lines({ heldOutLook: 1, heldOutCharge: { labels: 1, actor: 1 } });
    expect(before).not.toContain('governor 1');
    for (const more of [
      { heldOutLook: 1, heldOutCharge: { labels: 21, actor: 1 } },
      { heldOutLook: 9, heldOutCharge: { labels: 99, actor: 9 } },
    ])
      expect(lines(more).sort()).toEqual([...before, 'governor 1'].sort());
  });
});
