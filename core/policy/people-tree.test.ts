import { expect, it } from 'vitest';
import type { ChangedPath } from '../change/change.ts';
import type { Policy } from '../config/policy.ts';
import { digest, model, policy, v1AtEu } from '../evidence/evidence.fixture.ts';
import { consumerRole } from './acknowledgement-rule.ts';
import {
  ada,
  ben,
  eve,
  omar,
  promotionInput,
  requestOf,
  reviewOf,
  rita,
  robot,
  rosa,
  stageMove,
  withReviews,
} from './decision.fixture.ts';
import type { DecisionInput, Review } from './decision.ts';
import { describeDecisions, type Row } from './decision-tree.fixture.ts';
import { broken } from './random-input.fixture.ts';

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
const line = (role: string, count: number) => ({ role, count });
const asking = (...approvals: readonly ReturnType<typeof line>[]): Fields => ({
  policy: stage({ approvals }),
});
const later = { submittedAt: '2026-11-21T11:00:00Z' };
const changed = (path: string): ChangedPath => ({ path, before: 'a', after: 'b', mode: '100644' });
const configured = (...paths: readonly string[]): Fields => ({
  change: requestOf({ configuration: paths, contentPaths: paths.map(changed) }),
});
const check = { id: 5, subject: digest('other'), completedAt: '2026-11-21T09:00:00Z' };

const { ledger } = promotionInput();
const people: readonly Row[] = [
  approved('both'),
  said('one', [[rita, ['reviewer']]]),
  said('the other', [[omar, ['owner']]]),
  said('one person for two', [[omar, ['owner', 'reviewer']]]),
  said('three', [...both, [rosa, ['reviewer']]]),
  said('author, bot, stranger', [
    [ben, ['owner']],
    [robot, ['owner']],
    [eve, []],
    [ada, ['governor']],
  ]),
  said('a person of many hands', both, {
    exclusions: (['contributor', 'author', 'pusher', 'committer', 'co-author', 'dispatcher'] as const).map(
      (because) => ({ person: omar, because }),
    ),
  }),
  said('contributor of what goes to staging', both, {
    exclusions: [{ person: omar, because: 'contributor' }],
    change: requestOf({ moves: [stageMove({ from: 'registered', to: 'staging', endpoint: null })] }),
    ledger: { champions: [], artifacts: [{ version: 2, artifactDigest: digest('v2 bytes') }] },
  }),
  ...(['candidate', 'production', 'archived'] as const).map((to) =>
    said(`contributor of what goes to ${to}`, both, {
      exclusions: [{ person: omar, because: 'contributor' }],
      change: requestOf({ moves: [stageMove({ to, endpoint: to === 'production' ? 'eu' : null })] }),
    }),
  ),
  said('contributor of one of two', both, {
    exclusions: [{ person: omar, because: 'contributor' }],
    change: requestOf({
      moves: [stageMove(), stageMove({ version: 1, from: 'production', to: 'archived', endpoint: 'us' })],
    }),
    ledger: { ...ledger, champions: [...ledger.champions, { ...v1AtEu, endpoint: 'us', previous: null }] },
  }),
  said('change request', [
    ...both,
    [rosa, ['reviewer'], { state: 'CHANGES_REQUESTED' }],
    [eve, [], { state: 'CHANGES_REQUESTED' }],
  ]),
  said('change request after approval', [
    ...both,
    [rita, ['reviewer'], { ...later, state: 'CHANGES_REQUESTED' }],
  ]),
  said('approval after change request', [
    [rita, ['reviewer'], { state: 'CHANGES_REQUESTED' }],
    [rita, ['reviewer'], later],
  ]),
  said('comment after approval', [...both, [rita, ['reviewer'], { ...later, state: 'COMMENTED' }]]),
  said('dismissed', [
    [rita, ['reviewer'], { state: 'DISMISSED', stateBeforeDismissal: 'APPROVED' }],
    [omar, ['owner'], { state: 'DISMISSED', stateBeforeDismissal: 'CHANGES_REQUESTED' }],
    [
      rosa,
      ['reviewer'],
      { state: 'DISMISSED', stateBeforeDismissal: 'CHANGES_REQUESTED', dismissedByGovernor: true },
    ],
    [ada, ['governor'], { state: 'DISMISSED' }],
  ]),
  said('dismissed after approval', [
    [rita, ['reviewer']],
    [rita, ['reviewer'], { ...later, state: 'DISMISSED', stateBeforeDismissal: 'APPROVED' }],
  ]),
  said('no evidence then', [
    [rita, ['reviewer'], { evidenceChecks: [] }],
    [omar, ['owner'], { evidenceChecks: [check] }],
  ]),
  said('content since', [
    [rita, ['reviewer'], { evidenceChecks: [check], changedSince: ['a'] }],
    [omar, ['owner'], { evidenceChecks: [check], changedSince: ['a', 'b', 'c'] }],
    [rosa, ['owner'], { evidenceChecks: [check], changedSince: ['a', 'b', 'c', 'd'] }],
  ]),
  said('before the evidence', [
    [rita, ['reviewer'], { submittedAt: '2026-11-21T09:30:00Z' }],
    [omar, ['owner'], { submittedAt: 'soon' }],
  ]),
  said('before all evidence', both, { judgement: null }),
  approved('any role', { pushersKnown: false }),
  said('any role, filled', [...both, [rosa, ['reviewer']]], { pushersKnown: false }),
  said('two of any role', [...both, [rosa, ['reviewer']], [ada, ['governor']]], {
    pushersKnown: false,
    openedByBot: true,
  }),
  approved('nobody of a role', {
    canApprove: { owner: [], reviewer: ['rita'] },
    ...asking(line('owner', 2), line('reviewer', 2)),
  }),
  approved('nobody of any role', {
    canApprove: { owner: [], reviewer: [], governor: [], risk: [] },
    pushersKnown: false,
  }),
  approved('some of any role', {
    canApprove: { owner: ['omar'], reviewer: [], governor: [], risk: [] },
    pushersKnown: false,
  }),
  approved('governors without users', { ...asking(line('governor', 1)), canApprove: { governor: [] } }),
  approved('unknown role', asking(line('king', 1))),
  approved('a role of all objects', asking(line('constructor', 1))),
  approved('no count', asking(line('reviewer', 0), line('owner', 1.5))),
  approved('no approval asked', {
    policy: stage({ approvals: [] }),
    judgement: null,
    change: requestOf({
      datasets: [],
      configuration: [],
      newDatasets: [],
      moves: [stageMove({ to: 'rejected', endpoint: null })],
    }),
  }),
  approved('no approval asked for production', asking()),
  ...[
    '.github/gatehouse.yml',
    'datasets/flights.yml',
    'models/flight-delay/model.yml',
    'waivers/x.yml',
    'models/flight-delay/withdrawn.yml',
    'models/flight-delay/readiness.yml',
  ].map((path) => approved(`changes ${path}`, configured(path))),
  approved('changes owners', {
    ...configured('models/flight-delay/model.yml'),
    modelFields: ['owners', 'gates', 'heldOut'],
  }),
  approved('changes gates', { ...configured('models/flight-delay/model.yml'), modelFields: ['gates'] }),
  approved(
    'changes four contracts',
    configured('datasets/a.yml', 'datasets/b.yml', 'datasets/c.yml', 'datasets/d.yml'),
  ),
  approved('new data, new model', {
    change: requestOf({
      newModel: true,
      newDatasets: ['a', 'b'],
      configuration: ['datasets/a.yml', 'models/flight-delay/model.yml'],
    }),
  }),
  approved('nobody configures', {
    ...configured('.github/gatehouse.yml'),
    policy: { ...policy, configuration: { approvals: [] } },
  }),
  ...[1, 2, 3, 4, undefined].map((look) =>
    approved(`look ${look}`, {
      policy: {
        ...policy,
        defaults: { ...policy.defaults, heldOutBudget: 3, heldOutBudgets: { labels: 2, actor: 2 } },
      },
      ...(look === undefined ? {} : { heldOutLook: look, heldOutCharge: { labels: look, actor: 1 } }),
    }),
  ),
  approved('no governor', {
    policy: {
      ...policy,
      roles: { reviewer: policy.roles.reviewer ?? { users: [], teams: [] } },
      defaults: { ...policy.defaults, heldOutBudget: 1 },
    },
    heldOutLook: 2,
  }),
  approved('nobody configures, nothing is configured', {
    policy: { ...policy, configuration: { approvals: [] } },
  }),
  said('no approval asked, none given', [], asking()),
  approved('fields of a file that does not change', { modelFields: ['owners'] }),
  approved('no governor, no budget', {
    policy: { ...policy, roles: { reviewer: { users: ['rita'], teams: [] } } },
  }),
  approved('signs what nobody asks for', {
    model: { ...model, signOffs: { engineering: 'reviewer', legal: 'risk' } },
  }),
  approved('consumers', { prediction: { findings: [broken], consumers: ['search', 'pricing', 'search'] } }),
  approved('consumers of what is refused', {
    prediction: { findings: [broken], consumers: ['pricing'] },
    change: requestOf({ moves: [stageMove({ version: 9 })] }),
  }),
  approved('no consumer', { prediction: { findings: [broken], consumers: [] } }),
  approved('nothing for consumers', { prediction: { findings: [], consumers: ['pricing'] } }),
  said('consumer says yes', [...both, [rosa, [consumerRole('pricing')]]], {
    prediction: { findings: [broken], consumers: ['pricing', 'search'] },
    canApprove: { [consumerRole('search')]: ['zed', 'amy'] },
  }),
  approved('nobody of a consumer', {
    prediction: { findings: [broken], consumers: ['pricing'] },
    canApprove: { [consumerRole('pricing')]: [] },
  }),
];

it('says the same of all people', async () => {
  await expect(describeDecisions(people)).toMatchFileSnapshot('golden/people.txt');
});
