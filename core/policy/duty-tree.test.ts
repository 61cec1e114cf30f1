import { expect, it } from 'vitest';
import type { Policy } from '../config/policy.ts';
import { areas, productionNeeds, requiredItems } from '../config/production-need.ts';
import type { Risk } from '../config/risks.ts';
import type { Freeze } from '../config/stage-rule.ts';
import { digest, judgementOf, model, policy, v1AtEu } from '../evidence/evidence.fixture.ts';
import {
  omar,
  promotionInput,
  proposalInput,
  requestOf,
  reviewOf,
  rita,
  stageMove,
  withReviews,
} from './decision.fixture.ts';
import type { DecisionInput, Review } from './decision.ts';
import { describeDecisions, type Row } from './decision-tree.fixture.ts';

type Fields = Partial<DecisionInput>;
type Said = readonly (readonly [Parameters<typeof reviewOf>[0], readonly string[], Partial<Review>?])[];

const said = (name: string, reviews: Said, fields: Fields = {}): Row => {
  const input = promotionInput(fields);
  return [
    name,
    withReviews(input, ...reviews.map(([who, roles, more]) => reviewOf(who, roles, input, more))),
  ];
};
const both: Said = [
  [rita, ['reviewer']],
  [omar, ['owner', 'risk']],
];
const approved = (name: string, fields: Fields = {}): Row => said(name, both, fields);
const stage = (fields: Partial<Policy['stages']['production']>, more: Partial<Policy> = {}): Policy => ({
  ...{ ...policy, ...more },
  stages: { ...policy.stages, production: { ...policy.stages.production, ...fields } },
});
const now = '2026-11-21T12:00:00Z';
const freeze = (fields: Partial<Freeze>): Freeze => ({
  ...{ kind: 'dates', from: '2026-11-21', until: '2026-11-22', reason: 'Holidays' },
  ...{ to: ['production'], ...fields },
});
const { ledger } = promotionInput();
const since = (text: string): Fields => ({
  ledger: { ...ledger, artifacts: ledger.artifacts.map((each) => ({ ...each, since: text })) },
});
const soaking = (text: string, soakHours = 2): Fields => ({
  now,
  ...since(text),
  policy: stage({ soakHours }),
});
const frozen = (fields: Partial<Freeze>, when = now): Fields => ({
  now: when,
  policy: stage({}, { freeze: [freeze(fields)] }),
});
const weekly = { kind: 'weekly', from: 'fri 16:00', until: 'mon 08:00' } as const;

const times: readonly Row[] = [
  approved('soaked', soaking('2026-11-21T10:00:00Z')),
  approved('soaks', soaking('2026-11-21T10:00:01Z')),
  approved('soaks an hour', soaking('2026-11-21T11:30:00Z', 1)),
  approved('of unknown age', { now, policy: stage({ soakHours: 2 }) }),
  approved('at an unknown time', {
    policy: stage({ soakHours: 2 }, { freeze: [freeze({})] }),
    ...since(now),
  }),
  approved('at no time', { ...soaking(now), now: 'soon' }),
  ...['2026-11-20T23:59:59Z', '2026-11-21T00:00:00Z', '2026-11-22T23:59:59Z', '2026-11-23T00:00:00Z'].map(
    (when) => approved(`frozen at ${when}`, frozen({ reason: 'Holidays.' }, when)),
  ),
  ...['2026-11-20T15:59:59Z', '2026-11-20T16:00:00Z', '2026-11-23T07:59:59Z', '2026-11-23T08:00:00Z'].map(
    (when) => approved(`frozen weekly at ${when}`, frozen(weekly, when)),
  ),
  approved('a window that is none', frozen({ from: 'x' })),
  approved('a window without end', frozen({ until: 'x' })),
  approved('a week that is none', frozen({ ...weekly, from: 'x' })),
  approved('a week without end', frozen({ ...weekly, until: 'x' })),
  approved('another stage is frozen', frozen({ to: ['staging', 'registered'] })),
  [
    'a proposal that is staged',
    proposalInput({
      ...frozen({ to: ['staging'] }),
      policy: {
        ...policy,
        proposal: { ...policy.proposal, onMerge: 'staging' },
        freeze: [freeze({ to: ['staging'] })],
      },
    }),
  ],
  ['a proposal that is frozen', proposalInput(frozen({ to: ['registered'] }))],
  ...['2026-11-22T10:00:00Z', '2026-11-22T10:00:01Z', '2026-11-30T10:00:00Z'].map((when) =>
    approved(`approvals of a day at ${when}`, { now: when, policy: stage({ expiresDays: 1 }) }),
  ),
  approved('approvals of a week', { now: '2026-11-30T10:00:00Z', policy: stage({ expiresDays: 7 }) }),
  approved('approvals that age at no time', { policy: stage({ expiresDays: 7 }) }),
  ...['2026-11-20T12:00:00Z', now].map(
    (when): Row => [
      `a proposal that enters two frozen stages at ${when}`,
      proposalInput({
        now: when,
        policy: {
          ...policy,
          proposal: { ...policy.proposal, onMerge: 'staging' },
          freeze: [freeze({ to: ['staging', 'registered'] })],
        },
      }),
    ],
  ),
];

const role = (...users: readonly string[]) => ({ users, teams: [] });
const risk: Risk = {
  ...{ name: 'alarms', kind: 'quality', severity: 'high', status: 'controlled' },
  ...{ control: 'A second look', owner: 'omar', reviewBy: '2026-11-21' },
};
const items = areas.flatMap((area) =>
  requiredItems.limited[area].map((item) => ({ area, item, done: '2026-11-21', by: 'ada' })),
);
const duties = {
  ...{ qualityOwner: role('omar'), infrastructureOwner: role('ada', 'eve') },
  serviceLevel: { availabilityPercent: 99.9, respondMinutes: 60, restoreMinutes: 240 },
  monitoring: [{ signal: 'p95 latency', limit: 'above 200 ms', owner: 'ada', procedure: 'docs/runbook.md' }],
  signOffs: { engineering: 'reviewer', operations: 'owner' },
};
const declared = {
  readiness: { kind: 'read', value: { items } },
  risks: { kind: 'read', value: { risks: [risk] } },
  waivers: [],
} as const;
const owner = (members: readonly string[], absent: readonly string[] = []) => ({ members, absent });
const owners = { qualityOwner: owner(['omar']), infrastructureOwner: owner(['ada', 'eve']) };
const needing = (fields: Fields = {}): Fields => ({
  ...{ now, declared, owners, model: { ...model, ...duties } },
  policy: stage({}, { production: { require: productionNeeds } }),
  ...fields,
});
const risks = (...all: readonly Partial<Risk>[]) =>
  needing({
    declared: {
      ...declared,
      risks: { kind: 'read', value: { risks: all.map((each) => ({ ...risk, ...each })) } },
    },
  });
const waiver = {
  name: 'w',
  model: 'flight-delay',
  gate: 'auc min 0.6',
  until: '2026-11-21',
  reason: 'Few rows',
  by: 'omar',
};
const waived = (fields: Partial<typeof waiver>, ...more: readonly Partial<typeof waiver>[]): Fields => ({
  now,
  judgement: judgementOf({ version: 2, champions: [v1AtEu], auc: 0.55 }),
  declared: {
    ...declared,
    waivers: [fields, ...more, { name: 'v', gate: 'auc not-worse 0.01' }].map((each) => ({
      ...waiver,
      ...each,
    })),
  },
});
const definitions = (recorded: string | undefined, served: string): Fields => ({
  ledger: {
    ...ledger,
    artifacts: ledger.artifacts.map((each) =>
      recorded === undefined ? each : { ...each, featureVersion: recorded },
    ),
  },
  model: { ...model, featureVersion: served },
});
const guard = {
  requiresCheck: true,
  requiresPullRequest: true,
  blocksForcePush: true,
  blocksDeletion: true,
  restrictsUpdates: true,
};
const { criteria, ...uncriticised } = model;

const duty: readonly Row[] = [
  approved('all that is needed', needing()),
  approved(
    'nothing declared',
    needing({ model, declared: { ...declared, readiness: { kind: 'missing' }, risks: { kind: 'missing' } } }),
  ),
  approved('nothing read', {
    ...needing(),
    declared: undefined as never,
    owners: undefined as never,
    now: undefined as never,
  }),
  approved(
    'unreadable',
    needing({
      declared: {
        ...declared,
        readiness: { kind: 'unreadable', because: 'A tab' },
        risks: { kind: 'unreadable', because: 'A tab' },
      },
    }),
  ),
  approved('done tomorrow', needing({ now: '2026-11-20T23:59:59Z' })),
  approved(
    'one item open',
    needing({ declared: { ...declared, readiness: { kind: 'read', value: { items: items.slice(1) } } } }),
  ),
  approved(
    'risks',
    risks(
      {},
      { name: 'b', status: 'open' },
      { name: 'c', severity: 'low', status: 'open' },
      { name: 'd', reviewBy: '2026-11-20' },
    ),
  ),
  ...[stageMove({ to: 'candidate', endpoint: null }), stageMove({ from: 'archived', rollback: true })].map(
    (move) =>
      approved(`to ${move.to}, where nobody signs`, {
        ...needing({ change: requestOf({ moves: [move] }) }),
        ledger: {
          champions: [{ ...v1AtEu, previous: 2 }],
          artifacts: [{ version: 2, artifactDigest: digest('v2 bytes') }],
        },
      }),
  ),
  approved('a risk at the end of its day', needing({ now: '2026-11-22T00:00:00Z' })),
  approved('no risk', risks()),
  approved(
    'owners left',
    needing({ owners: { qualityOwner: owner(['omar'], ['zed', 'yan']), infrastructureOwner: owner([]) } }),
  ),
  approved('no monitoring', needing({ model: { ...model, ...duties, monitoring: [], fallback: 'unknown' } })),
  approved(
    'high risk',
    needing({ model: { ...model, ...duties, risk: 'high', signOffs: { engineering: 'king' } } }),
  ),
  approved('minimal risk', needing({ model: { ...model, ...duties, risk: 'minimal' } })),
  approved('waived', waived({})),
  approved('waived until yesterday', waived({ until: '2026-11-20' })),
  approved('waived for another', waived({ model: 'churn' })),
  approved('waived twice', waived({ name: 'z', reason: 'Z' }, { name: 'a', reason: 'A' })),
  approved('waived at no time', { ...waived({}), now: undefined as never }),
  ...(
    [
      [undefined, 'v1'],
      ['unknown', 'unknown'],
      ['v1', 'v1'],
      ['v1', 'v2'],
      ['unknown', 'v2'],
    ] as const
  ).map(([recorded, served]) =>
    approved(`trained with ${recorded}, serves ${served}`, definitions(recorded, served)),
  ),
  approved('to candidate, trained with other definitions', {
    ...definitions('v1', 'v2'),
    change: requestOf({ moves: [stageMove({ to: 'candidate', endpoint: null })] }),
  }),
  approved('no criteria', { model: uncriticised }),
  ['no criteria yet', proposalInput({ model: uncriticised })],
  approved('criteria of a day', {
    model: { ...model, criteria: criteria && { ...criteria, windowDays: 1 } } as never,
  }),
  approved('protected', { protection: { base: guard, ledger: guard } }),
  approved('not protected', {
    protection: {
      base: { ...guard, requiresCheck: false, blocksForcePush: false, blocksDeletion: false },
      ledger: { ...guard, blocksDeletion: false, restrictsUpdates: false },
    },
  }),
  approved('protection not told', { protection: { base: null, ledger: null } }),
];

it('says the same of every time', async () => {
  await expect(describeDecisions(times)).toMatchFileSnapshot('golden/times.txt');
});

it('says the same of all duties', async () => {
  await expect(describeDecisions(duty)).toMatchFileSnapshot('golden/duties.txt');
});
