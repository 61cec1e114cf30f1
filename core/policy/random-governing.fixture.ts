import fc from 'fast-check';
import type { Duties } from '../config/duty.ts';
import type { Policy } from '../config/policy.ts';
import { areas, productionNeeds, requiredItems } from '../config/production-need.ts';
import type { Risk } from '../config/risks.ts';
import type { Freeze, StageRule } from '../config/stage-rule.ts';
import type { DecisionInput } from './decision.ts';

/** Random time, order, waivers and declarations for the laws; nearly always nothing of it stands in the way. */
const waiverOf = (gate: string, until: string) => ({
  ...{ name: gate.replaceAll(/[^a-z]+/g, '-'), model: 'flight-delay', gate, until },
  ...{ reason: 'few rows', by: 'omar' },
});
const waivers = (until: string) => ['auc min 0.6', 'auc not-worse 0.01'].map((gate) => waiverOf(gate, until));

const risk: Risk = {
  ...{ name: 'wrong-alarms', kind: 'quality', severity: 'high', status: 'controlled' },
  ...{ control: 'a second look', owner: 'omar', reviewBy: '2026-12-31' },
};
const items = areas.flatMap((area) =>
  requiredItems.high[area].map((item) => ({ area, item, done: '2026-11-01', by: 'ada' })),
);
const role = (login: string) => ({ users: [login], teams: [] });
const duties = {
  qualityOwner: role('omar'),
  infrastructureOwner: role('ada'),
  serviceLevel: { availabilityPercent: 99.9, respondMinutes: 60, restoreMinutes: 240 },
  monitoring: [{ signal: 'p95', limit: '200 ms', owner: 'ada', procedure: 'docs' }],
  signOffs: {},
};
const owner = (login: string) => ({ members: [login], absent: [] });

export const closed: Freeze = {
  ...{ kind: 'dates', from: '2026-11-01', until: '2026-11-30', reason: 'Freeze' },
  to: ['registered', 'staging', 'candidate', 'production', 'archived', 'rejected'],
};
const open: Freeze = { ...closed, from: '2026-12-01', until: '2026-12-31' };

const rules: readonly Omit<StageRule, 'approvals'>[] = [
  ...[{}, {}, {}, { soakHours: 24 }, { soakHours: 48 }, { expiresDays: 7 }],
  { promotesFrom: ['registered', 'staging', 'candidate', 'production'] },
];

interface Governing {
  readonly stage: Omit<StageRule, 'approvals'>;
  readonly policy: Partial<Policy>;
  readonly duties: Duties;
  readonly version: { readonly since?: string; readonly featureVersion?: string };
  readonly facts: Partial<DecisionInput>;
}

const nothing: Governing = { stage: {}, policy: {}, duties: {}, version: {}, facts: {} };

const anyAsked: fc.Arbitrary<Governing> = fc
  .record({
    stage: fc.constantFrom(...rules),
    freeze: fc.constantFrom(undefined, undefined, [open], [closed]),
    require: fc.constantFrom([], [], ['risks', 'owners'] as const, productionNeeds),
    until: fc.constantFrom(undefined, '2026-12-01', '2026-12-01', '2026-11-01'),
    now: fc.constantFrom('2026-11-21T14:00:00Z', '2026-11-21T14:00:00Z', '2026-12-24T14:00:00Z', undefined),
    features: fc.constantFrom('unknown', 'unknown', 'unknown', 'v3'),
  })
  .map(({ stage, freeze, require, until, now, features }) => {
    const facts: Partial<DecisionInput> = {
      ...(now === undefined ? {} : { now }),
      declared: {
        readiness: require.length > 2 ? { kind: 'read', value: { items } } : { kind: 'missing' },
        risks: { kind: 'read', value: { risks: [risk] } },
        waivers: until === undefined ? [] : waivers(until),
      },
      owners: { qualityOwner: owner('omar'), infrastructureOwner: owner('ada') },
    };
    return {
      stage,
      policy: {
        ...(freeze === undefined ? {} : { freeze }),
        ...(require.length === 0 ? {} : { production: { require } }),
      },
      duties,
      version: { since: '2026-11-20T12:00:00Z', featureVersion: features },
      facts,
    };
  });

/** A waiver for both failing gates, and nothing else that is asked. */
const waived: Governing = {
  ...nothing,
  facts: {
    now: '2026-11-21T14:00:00Z',
    declared: { readiness: { kind: 'missing' }, risks: { kind: 'missing' }, waivers: waivers('2026-12-01') },
  },
};

export const anyGoverning: fc.Arbitrary<Governing> = fc.oneof(
  { weight: 5, arbitrary: fc.constant(nothing) },
  { weight: 1, arbitrary: fc.constant(waived) },
  { weight: 3, arbitrary: anyAsked },
);
