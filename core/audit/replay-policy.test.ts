import { expect, test } from 'vitest';
import type { Policy } from '../config/policy.ts';
import { policy as recorded } from '../evidence/evidence.fixture.ts';
import { transactionsOf } from './forgery.fixture.ts';
import { tellStory } from './ledger.fixture.ts';
import { recordedDecisions } from './recorded-decision.ts';
import { isPromotion, replayPolicy } from './replay-policy.ts';

const decisions = recordedDecisions(transactionsOf(tellStory().files));
const promotions = decisions.filter(isPromotion);
const production = (fields: Partial<Policy['stages']['production']>): Policy => ({
  ...recorded,
  stages: { ...recorded.stages, production: { ...recorded.stages.production, ...fields } },
});
const approvals = (role: string, count: number) => production({ approvals: [{ role, count }] });
const by = (policy: Policy) =>
  replayPolicy(promotions, policy, 50).decisions.map((each) => each.by.map(({ rule }) => rule).join(' '));

test('its own policy blocks nothing, rollbacks are no promotions, and the newest are taken', () => {
  const replay = replayPolicy(promotions, recorded, 50);
  expect(replay).toMatchObject({ blocked: 0, unknown: [] });
  expect(replay.decisions.map(({ entries, kind, recorded: own }) => [entries, kind, own])).toEqual([
    [[2], 'allowed', 'allowed'],
    [[7, 8], 'allowed', 'allowed'],
  ]);
  expect(replayPolicy(promotions, recorded, 1).decisions.map(({ entries }) => entries[0])).toEqual([7]);
  expect(replayPolicy(decisions, recorded, 50).decisions).toHaveLength(6);
});

test('a stricter policy names the rule that blocks', () => {
  expect(by(approvals('governor', 2))).toEqual(['approvals / 2 × governor', 'approvals / 2 × governor']);
  const gates = [{ metric: 'auc', min: 0.9 }];
  const floor = { ...recorded, defaults: { ...recorded.defaults, gates } };
  for (const rule of by(floor)) expect(rule).toMatch(/^judgement \/ gates.* \/ auc/);
  const unmeasured = {
    ...recorded,
    defaults: { ...recorded.defaults, gates: [{ metric: 'log-loss', max: 1 }] },
  };
  const [first] = replayPolicy(promotions, unmeasured, 50).decisions;
  expect(first?.by).toEqual([
    {
      rule: 'judgement / gates / gates / log-loss max 1',
      state: 'refused',
      because: 'log-loss max 1: The metric log-loss was not computed',
    },
  ]);
});

test('approvals were given for the same change: conditions of the new policy do not void them', () => {
  // An age limit is part of what an approval is about: its subject is another one under this policy.
  const aged = replayPolicy(promotions, production({ expiresDays: 100_000 }), 50);
  const [{ missing = [] } = {}] = aged.decisions;
  // The recorded inputs of this ledger carry no time, so nothing that ages can be shown to be young.
  expect(aged.blocked).toBe(2);
  expect(missing.map(({ role }) => role)).toContain('owner');
  const timed = promotions.map((each) => ({
    ...each,
    input: { ...each.input, now: '2026-11-21T12:00:00Z' },
  }));
  expect(replayPolicy(timed, production({ expiresDays: 1 }), 50).blocked).toBe(0);
});

test('a role goes by the names of the new policy; of a team that was not recorded nobody is known', () => {
  const role = (users: readonly string[], teams: readonly string[] = []) => ({
    ...approvals('risk', 1),
    roles: { ...recorded.roles, risk: { users, teams } },
  });
  expect(by(role(['ROSA']))).toEqual(['', '']);
  expect(by(role(['zoe']))[0]).toBe('approvals / 1 × risk');
  const team = replayPolicy(promotions, role([], ['acme/risk']), 50);
  expect(team.blocked).toBe(2);
  expect(team.unknown).toEqual([expect.stringContaining('acme/risk (role risk) was not recorded')]);
  const { risk: _, ...without } = recorded.roles;
  expect(by({ ...approvals('risk', 1), roles: without })[0]).toBe('approvals / 1 × risk');
});
