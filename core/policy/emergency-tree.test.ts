import { expect, it } from 'vitest';
import { breakGlassPath } from '../config/layout.ts';
import { digest, judgementOf, policy, v1AtEu } from '../evidence/evidence.fixture.ts';
import type { BreakGlassUse } from '../registry/break-glass.ts';
import {
  ask,
  breakGlass,
  byGovernors,
  emergency,
  emergencyPolicy,
  emergencyRequest,
  use,
} from './break-glass.fixture.ts';
import {
  omar,
  promotionInput,
  requestOf,
  reviewOf,
  rita,
  stageMove,
  withReviews,
} from './decision.fixture.ts';
import type { DecisionInput } from './decision.ts';
import { describeDecisions, type Row } from './decision-tree.fixture.ts';

type Fields = Partial<DecisionInput>;

const row = (name: string, fields: Fields = {}): Row => [name, byGovernors(emergency(fields))];
const usual = (name: string, fields: Fields = {}): Row => {
  const input = promotionInput({ now: '2026-11-21T11:00:00Z', ...fields });
  return [
    name,
    withReviews(input, reviewOf(rita, ['reviewer'], input), reviewOf(omar, ['owner', 'risk'], input)),
  ];
};
const asked = (fields: object, uses: readonly BreakGlassUse[] = []): Fields => ({
  breakGlass: { asked: { ...ask, ...fields }, uses },
});
const used = (...uses: readonly Partial<BreakGlassUse>[]): Fields =>
  asked(
    {},
    uses.map((each) => ({ ...use, reviewed: true, ...each })),
  );
const requesting = (fields: Parameters<typeof emergencyRequest>[0]): Fields => ({
  change: emergencyRequest(fields),
});
const file = { path: breakGlassPath('outage'), before: null, after: 'x', mode: '100644' };
const ruled = (fields: object): Fields => ({
  policy: { ...emergencyPolicy, breakGlass: { ...breakGlass, ...fields } },
});
const due = { ...use, reviewBy: '2026-11-21T11:00:00Z' };
const failing = judgementOf({ version: 2, auc: 0.55, champions: [v1AtEu] });
const { ledger } = emergency();
const review = { name: 'after', model: 'flight-delay', pullRequest: 7, digest: digest('review') };
const leaving = requestOf({ moves: [stageMove({ version: 1, from: 'production', to: 'archived' })] });
const barred = [
  { kind: 'withdrawn', version: 2, path: 'models/flight-delay/withdrawn.yml' },
  { kind: 'withdrawn', version: 2, bytesOf: 1, path: 'models/flight-delay/withdrawn.yml' },
  { kind: 'revoked', version: 2, dataset: 'flights', path: 'datasets/flights.yml' },
  { kind: 'revoked', version: null, dataset: 'flights', path: 'datasets/flights.yml' },
  { kind: 'unreadable', version: 2, because: 'a tab', path: 'datasets/flights.yml' },
] as const;

const emergencies: readonly Row[] = [
  row('an emergency'),
  ['nobody approves', emergency()],
  row('a policy without', { policy }),
  ...(
    [
      ['proposal', { proposal: true }],
      ['data', { datasets: ['flights'] }],
      ['new data', { newDatasets: ['flights'] }],
      ['other model', { model: 'churn' }],
      ['configuration', { configuration: [file.path, '.github/gatehouse.yml'] }],
      ['configuration alone', { configuration: ['.github/gatehouse.yml'] }],
      ['code', { contentPaths: [file, { ...file, path: 'src/a.py' }] }],
      ['no file', { configuration: [], contentPaths: [] }],
      ['no move', { moves: [] }],
      ['two moves', { moves: [stageMove(), stageMove({ endpoint: 'us' })] }],
      ['other version', { moves: [stageMove({ version: 1, from: 'production' })] }],
      ['other endpoint', { moves: [stageMove({ endpoint: 'us' })] }],
      ['away', { moves: [stageMove({ to: 'archived' })] }],
    ] as const
  ).map(([name, fields]) => row(`with ${name}`, requesting(fields))),
  row('two endpoints', {
    ...requesting({ moves: [stageMove(), stageMove({ endpoint: 'us' })] }),
    ...asked({ production: { eu: 2, us: 2 } }),
  }),
  row('two endpoints, one of another version', {
    ...requesting({ moves: [stageMove(), stageMove({ endpoint: 'us' })] }),
    ...asked({ production: { eu: 2, us: 1 } }),
  }),
  row('fork', { fork: true }),
  ...[
    '2026-11-21T08:59:59Z',
    '2026-11-21T09:00:00Z',
    '2026-11-21T12:59:59Z',
    '2026-11-21T13:00:00Z',
    'soon',
  ].map((now) => row(`at ${now}`, { now })),
  row('at no time', { now: undefined as never }),
  row('until never', asked({ until: 'never' })),
  row('until the day ends', { ...asked({ until: '2026-11-21' }), now: '2026-11-21T23:59:59Z' }),
  row('used once', used({ at: '2026-11-01T00:00:00Z' })),
  row('used twice', used({ pullRequest: 8, at: '2026-11-05T00:00:00Z' }, { at: '2026-11-01T00:00:00Z' })),
  row(
    'used three times',
    used(
      { at: '2026-11-01T00:00:00Z' },
      { pullRequest: 9, at: '2026-11-09T00:00:00Z' },
      { pullRequest: 8, at: '2026-11-05T00:00:00Z' },
    ),
  ),
  row(
    'used of two models',
    used({ at: '2026-11-01T00:00:00Z' }, { model: 'churn', at: '2026-11-05T00:00:00Z' }),
  ),
  row(
    'used 30 days before',
    used({ at: '2026-10-22T11:00:00Z' }, { pullRequest: 8, at: '2026-10-22T11:00:01Z' }),
  ),
  row('used at no time', used({ at: 'x' }, { pullRequest: 8, at: 'y' })),
  row('never to be used', ruled({ maxPer30Days: 0 })),
  row('reviewed late', used({ reviewed: false }, { reviewed: false, pullRequest: 8, reviewBy: 'x' })),
  row('to be reviewed', used({ reviewed: false, reviewBy: '2026-11-21T11:00:00Z' })),
  row(
    'two roles',
    ruled({
      approvals: [
        { role: 'risk', count: 1 },
        { role: 'governor', count: 1 },
      ],
    }),
  ),
  row(
    'roles in their order',
    ruled({ approvals: ['owner', 'risk', 'governor', 'reviewer'].map((role) => ({ role, count: 1 })) }),
  ),
  row('who asks approves', asked({ by: 'Rosa' })),
  row('pushers not known', { pushersKnown: false }),
  row('a quorum that is met as well', {
    policy: {
      ...emergencyPolicy,
      stages: { ...policy.stages, production: { approvals: [{ role: 'governor', count: 2 }] } },
    },
  }),
  row('one line of the quorum is met as well', {
    policy: {
      ...emergencyPolicy,
      stages: {
        ...policy.stages,
        production: {
          approvals: [
            { role: 'governor', count: 2 },
            { role: 'reviewer', count: 1 },
          ],
        },
      },
    },
  }),
  row('fails its gates', { judgement: failing }),
  row('not believed', { refusals: [{ code: 'a/b', severity: 'fail', message: 'Forged', fix: 'x' }] }),
  row('passes its gates', { judgement: judgementOf({ version: 2, champions: [v1AtEu] }) }),
  row('judged for another', { judgement: judgementOf({ version: 1, champions: [v1AtEu] }) }),
  row('champion moved', { judgement: failing, ledger: { ...ledger, champions: [] } }),
  row('soaks in a freeze', {
    ledger: {
      ...ledger,
      artifacts: ledger.artifacts.map((each) => ({ ...each, since: '2026-11-21T10:00:00Z' })),
    },
    policy: {
      ...emergencyPolicy,
      stages: { ...policy.stages, production: { ...policy.stages.production, soakHours: 9 } },
      freeze: [
        { kind: 'dates', from: '2026-11-01', until: '2026-11-30', reason: 'Holidays', to: ['production'] },
      ],
    },
  }),
];

const targets: readonly Row[] = [
  ...barred.map((each) => row(`emergency: ${each.kind} ${each.version}`, { barred: [each] })),
  usual('all that is barred', { barred }),
  row('bytes not read', { stored: undefined as never }),
  row('bytes of another', { stored: [{ version: 1, present: true }] }),
  row('bytes gone', { stored: [{ version: 2, present: false }] }),
  usual('a promotion asks for no bytes', { stored: [{ version: 2, present: false }] }),
  ...[undefined, true, false].map((present) =>
    usual(`a return, bytes ${present}`, {
      change: requestOf({
        moves: [
          stageMove({ version: 3, from: 'archived', rollback: true }),
          stageMove({ version: 3, from: 'archived', rollback: true, endpoint: 'us' }),
        ],
      }),
      ledger: {
        champions: [
          { ...v1AtEu, previous: 3 },
          { ...v1AtEu, endpoint: 'us', previous: 3 },
        ],
        artifacts: [{ version: 3, artifactDigest: digest('v3'), stage: 'archived' }],
      },
      ...(present === undefined ? {} : { stored: [{ version: 3, present }] }),
    }),
  ),
];

const reviews: readonly Row[] = [
  usual('a use to be reviewed', { breakGlass: { uses: [due] } }),
  usual('a use to be reviewed, gates that fail', { breakGlass: { uses: [due] }, judgement: failing }),
  usual('two uses to be reviewed', { breakGlass: { uses: [due, { ...due, pullRequest: 8 }] } }),
  usual('a use reviewed late', { breakGlass: { uses: [use] } }),
  usual('two uses, one reviewed late', { breakGlass: { uses: [due, { ...use, pullRequest: 8 }] } }),
  usual('a use that was reviewed', { breakGlass: { uses: [{ ...use, reviewed: true }] } }),
  usual('a use of another model', { breakGlass: { uses: [{ ...use, model: 'churn' }] } }),
  usual('a use, at no time', { breakGlass: { uses: [use] }, now: undefined as never }),
  usual('a use, leaving production', { breakGlass: { uses: [use] }, change: leaving }),
  usual('a use, returning', {
    breakGlass: { uses: [use] },
    change: requestOf({ moves: [stageMove({ from: 'archived', rollback: true })] }),
    ledger: {
      champions: [{ ...v1AtEu, previous: 2 }],
      artifacts: [{ version: 2, artifactDigest: digest('v2 bytes'), stage: 'archived' }],
    },
  }),
  usual('a use, configuration', {
    breakGlass: { uses: [use] },
    change: requestOf({ configuration: ['datasets/flights.yml'] }),
  }),
  usual('a use, two moves', {
    breakGlass: { uses: [use] },
    change: requestOf({
      moves: [stageMove(), stageMove({ version: 1, from: 'production', to: 'archived', endpoint: 'us' })],
    }),
    ledger: { ...ledger, champions: [...ledger.champions, { ...v1AtEu, endpoint: 'us', previous: null }] },
  }),
  usual('a review', { breakGlass: { uses: [{ ...use, pullRequest: 6 }, use], reviews: [review] } }),
  usual('a review of nothing', { breakGlass: { uses: [], reviews: [review] } }),
  usual('a review of what was reviewed', {
    breakGlass: { uses: [{ ...use, reviewed: true }], reviews: [review] },
  }),
  usual('a review of another model', {
    breakGlass: { uses: [{ ...use, model: 'churn' }], reviews: [review] },
  }),
  usual('a review of another', { breakGlass: { uses: [{ ...use, pullRequest: 8 }], reviews: [review] } }),
];

it.each([
  ['emergencies', emergencies],
  ['targets', targets],
  ['emergency-reviews', reviews],
])('says the same of all %s', async (name, rows) => {
  await expect(describeDecisions(rows)).toMatchFileSnapshot(`golden/${name}.txt`);
});
