import { expect, it } from 'vitest';
import type { Policy } from '../config/policy.ts';
import { resultDigest } from '../evaluation/result-digest.ts';
import {
  digest,
  judgementOf,
  model,
  origin,
  policy,
  v1AtEu,
  validation,
} from '../evidence/evidence.fixture.ts';
import type { Finding } from '../finding/finding.ts';
import {
  omar,
  promotionInput,
  proposalInput,
  registration,
  requestOf,
  reviewOf,
  rita,
  stageMove,
  withReviews,
} from './decision.fixture.ts';
import type { DecisionInput } from './decision.ts';
import { describeDecisions, type Row } from './decision-tree.fixture.ts';

type Fields = Partial<DecisionInput>;

const promoted = (name: string, fields: Fields = {}): Row => [name, approved(promotionInput(fields))];
const proposed = (name: string, fields: Fields = {}): Row => [name, approved(proposalInput(fields))];
const moving = (name: string, move: Parameters<typeof stageMove>[0], fields: Fields = {}): Row =>
  promoted(name, { change: requestOf({ moves: [stageMove(move)] }), ...fields });
const approved = (input: DecisionInput): DecisionInput =>
  withReviews(input, reviewOf(rita, ['reviewer'], input), reviewOf(omar, ['owner', 'risk'], input));

const { ledger } = promotionInput();
const proposal = proposalInput().change as ReturnType<typeof requestOf>;
const champion = (fields: object) => ({ ...ledger, champions: [{ ...v1AtEu, previous: null, ...fields }] });
const version = (number: number, fields: object) => ({
  ...ledger,
  artifacts: ledger.artifacts.map((each) => (each.version === number ? { ...each, ...fields } : each)),
});
const production = (fields: Partial<Policy['stages']['production']>, more: Partial<Policy> = {}): Policy => ({
  ...policy,
  ...more,
  stages: { ...policy.stages, production: { ...policy.stages.production, ...fields } },
});
const broken: Finding = {
  ...{ code: 'data/range', severity: 'fail', message: 'delay is above its limit', fix: 'Mend the data.' },
};
const judgement = judgementOf({ version: 2, champions: [v1AtEu] });
const [dataset] = validation.datasets;
const validated = (fields: object): Fields => ({
  validation: { ...validation, datasets: dataset === undefined ? [] : [{ ...dataset, ...fields }] },
});
const run = (status: string, conclusion: string | null, id = 501) => ({ id, status, conclusion, url: '' });
function graded(grade: 'claimed' | 'measured' | 'judged', metric = 'auc'): Fields {
  const comparisons = judgement.comparisons.map((each) => ({
    ...each,
    metrics: each.metrics.map((one) => ({ ...one, grade, metric })),
  }));
  const { artifact, heldOut } = judgement;
  const found = resultDigest({ artifactDigest: artifact.digest, heldOut, comparisons });
  return { judgement: { ...judgement, comparisons, resultDigest: found } };
}

const requests: readonly Row[] = [
  promoted('promotion'),
  proposed('proposal'),
  ['nothing said', promotionInput()],
  ['nothing asked', promotionInput({ change: requestOf() })],
  ['not a change', promotionInput({ change: { kind: 'nothing', because: 'Documentation only.' } })],
  ['cannot be read', promotionInput({ change: { kind: 'refused', findings: [broken] } })],
  ['cannot be read, for no reason', promotionInput({ change: { kind: 'refused', findings: [] } })],
  promoted('configuration only', { change: requestOf({ configuration: ['.github/gatehouse.yml'] }) }),
  promoted('new model', {
    change: requestOf({ newModel: true, configuration: ['models/flight-delay/model.yml'] }),
  }),
  promoted('data only', { change: requestOf({ datasets: ['flights'] }), validation }),
  promoted('new data', {
    change: requestOf({ newDatasets: ['flights'] }),
    ...validated({ contractFrom: 'head' }),
  }),
  proposed('proposal with a move', { change: { ...proposal, moves: [registration, stageMove()] } }),
  proposed('proposal of nothing', { change: { ...proposal, moves: [] } }),
  proposed('two registrations', { change: { ...proposal, moves: [registration, registration] } }),
  promoted('registration without proposal', { change: requestOf({ moves: [registration], model: null }) }),
  promoted('one endpoint twice', { change: requestOf({ moves: [stageMove(), stageMove({ version: 1 })] }) }),
  promoted('up and away', {
    change: requestOf({ moves: [stageMove(), stageMove({ to: 'archived', endpoint: null })] }),
  }),
  promoted('no model', { model: null }),
  proposed('no data', { model: { ...model, datasets: [] } }),
  moving('other model', { model: 'churn' }),
  moving('model of another name', {}, { model: { ...model, model: 'churn' } }),
  moving('unknown version', { version: 9 }),
  moving('from nowhere', { from: null }),
  moving('stale stage', { from: 'candidate' }),
  moving('only registered', { from: 'registered' }, { ledger: version(2, { stage: 'registered' }) }),
  moving('not a move', { from: 'rejected', to: 'candidate' }, { ledger: version(2, { stage: 'rejected' }) }),
  moving(
    'not a move from there',
    { from: 'archived', to: 'staging' },
    { ledger: version(2, { stage: 'archived' }) },
  ),
  moving('order of two', {}, { policy: production({ promotesFrom: ['candidate', 'archived'] }) }),
  moving('wrong order', {}, { policy: production({ promotesFrom: ['candidate'] }) }),
  moving('order of nothing', {}, { policy: production({ promotesFrom: [] }) }),
  moving(
    'second endpoint',
    { version: 1, from: 'production', endpoint: 'us' },
    {
      policy: production({ promotesFrom: ['candidate'], soakHours: 1 }),
    },
  ),
  moving('no endpoint', { endpoint: null }),
  moving('unknown endpoint', { endpoint: 'asia' }, { model: { ...model, endpoints: [] } }),
  moving(
    'return to previous',
    { version: 3, from: 'archived', rollback: true },
    {
      ledger: {
        champions: [{ ...v1AtEu, previous: 3 }],
        artifacts: [
          ...ledger.artifacts,
          { version: 3, artifactDigest: digest('v3'), stage: 'archived', featureVersion: 'v7' },
        ],
      },
    },
  ),
  moving(
    'return to another',
    { rollback: true, from: 'archived' },
    { ledger: version(2, { stage: 'archived' }) },
  ),
  moving('return to a stage', { to: 'candidate', endpoint: null, rollback: true }),
  moving('archived, never served', { from: 'archived' }, { ledger: version(2, { stage: 'archived' }) }),
  moving(
    'archived, served there',
    { from: 'archived' },
    {
      ledger: version(2, { stage: 'archived', wasInProductionAt: ['us', 'eu'] }),
    },
  ),
  moving('leaves production', { version: 1, from: 'production', to: 'archived' }),
  moving('leaves where it does not serve', {
    version: 1,
    from: 'production',
    to: 'archived',
    endpoint: 'us',
  }),
  moving('leaves no endpoint', { version: 1, from: 'production', to: 'archived', endpoint: null }),
  moving('down', { to: 'rejected', endpoint: null }),
  moving('to candidate', { to: 'candidate', endpoint: null }),
];

const evidence: readonly Row[] = [
  promoted('promotion'),
  proposed('no validation', { validation: null }),
  proposed('validated elsewhere', { validation: { ...validation, origin: { ...origin, repositoryId: 1 } } }),
  proposed('validated for another base', {
    validation: { ...validation, origin: { ...origin, baseRef: 'dev' } },
  }),
  proposed('validated before', {
    validation: { ...validation, origin: { ...origin, contentDigest: digest('x') } },
  }),
  proposed('no data validated', { validation: { ...validation, datasets: [] } }),
  proposed('wrong side', validated({ contractFrom: 'head' })),
  proposed('own side', {
    ...validated({ contractFrom: 'head' }),
    change: { ...proposal, configuration: ['datasets/flights.yml'] },
  }),
  proposed('data fails', validated({ verdict: 'fail', findings: [broken] })),
  proposed('data fails silently', validated({ verdict: 'fail' })),
  proposed('data passes with a failure', validated({ findings: [{ ...broken, severity: 'warn' }, broken] })),
  proposed('data not read', validated({ verdict: 'not evaluated' })),
  proposed('data not read, said', validated({ verdict: 'not evaluated', findings: [broken] })),
  proposed('no row', validated({ rows: null })),
  proposed('data fails before the judge', {
    ...validated({ verdict: 'fail', findings: [broken] }),
    judgement: null,
  }),
  promoted('not believed', { judgement: null, refusals: [broken, { ...broken, code: 'x/y' }] }),
  promoted('fork', { judgement: null, fork: true }),
  promoted('not started', { judgement: null, runs: [] }),
  promoted('in progress', {
    judgement: null,
    runs: [run('completed', 'success'), run('in_progress', null, 502)],
  }),
  promoted('held', {
    judgement: null,
    runs: [run('completed', 'success'), run('completed', 'action_required', 7)],
  }),
  promoted('ended', {
    judgement: null,
    runs: [run('completed', null, 3), run('completed', 'failure', 9), run('completed', 'x', 8)],
  }),
  promoted('ended with words', {
    judgement: null,
    runs: [
      {
        ...run('completed', null),
        notes: [
          { job: 'judge', message: 'No rows. Fix: Add some.' },
          { job: 'j', message: 'a.b failed' },
        ],
      },
    ],
  }),
  ...(['repositoryId', 'baseRef', 'contentDigest'] as const).map((key) =>
    promoted(`judged for another ${key}`, {
      judgement: { ...judgement, origin: { ...origin, [key]: 1 } } as never,
    }),
  ),
  promoted('other rules', { rulesDigest: digest('y') }),
  promoted('other model judged', { judgement: { ...judgement, model: 'churn' } }),
  promoted('a new one judged', { judgement: { ...judgement, version: null } }),
  promoted('other result', { judgement: { ...judgement, resultDigest: digest('z') } }),
  promoted('other bytes', { ledger: version(2, { artifactDigest: digest('other') }) }),
  promoted('no number', { judgement: { ...judgement, heldOut: { ...judgement.heldOut, rows: Number.NaN } } }),
  promoted('incomplete', {
    judgement: { ...judgement, findings: [{ ...broken, severity: 'warn' }, broken] },
  }),
  promoted('warned', { judgement: { ...judgement, findings: [{ ...broken, severity: 'warn' }] } }),
  promoted('champion moved', { ledger: champion({ version: 3 }) }),
  promoted('champion of other bytes', { ledger: champion({ artifactDigest: digest('x') }) }),
  promoted('champion gone', { ledger: { ...ledger, champions: [] } }),
  promoted('champion came', { judgement: judgementOf({ version: 2 }) }),
  promoted('no champion', { judgement: judgementOf({ version: 2 }), ledger: { ...ledger, champions: [] } }),
  promoted('nothing compared', {
    judgement: judgementOf({ version: 2, against: [] }),
    ledger: { ...ledger, champions: [] },
  }),
  promoted('not compared', { judgement: judgementOf({ version: 2, champions: [v1AtEu], against: [null] }) }),
  promoted('two champions', {
    change: requestOf({ moves: [stageMove({ endpoint: 'us' }), stageMove()] }),
    judgement: judgementOf({ version: 2, champions: [v1AtEu] }),
    ledger: { ...ledger, champions: [...ledger.champions, { ...v1AtEu, endpoint: 'us', previous: null }] },
  }),
  promoted('misses a gate', { judgement: judgementOf({ version: 2, champions: [v1AtEu], auc: 0.55 }) }),
  proposed('misses a gate at first', { judgement: judgementOf({ auc: 0.4 }) }),
  promoted('claimed', graded('claimed')),
  promoted('measured', graded('measured')),
  promoted('of another metric', graded('judged', 'f1')),
  promoted('latency measured', {
    ...graded('measured', 'latency-p95'),
    model: { ...model, gates: [{ metric: 'latency-p95', max: 200 }] },
    policy: { ...policy, defaults: { ...policy.defaults, gates: [] } },
  }),
  proposed('only comparisons', {
    model: { ...model, gates: [{ metric: 'auc', versus: 'better' }] },
    policy: { ...policy, defaults: { ...policy.defaults, gates: [] } },
  }),
];

it('says the same of every request', async () => {
  await expect(describeDecisions(requests)).toMatchFileSnapshot('golden/requests.txt');
});

it('says the same of every piece of evidence', async () => {
  await expect(describeDecisions(evidence)).toMatchFileSnapshot('golden/evidence.txt');
});
