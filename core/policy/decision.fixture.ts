import type { Change, Move } from '../change/change.ts';
import type { ModelConfig } from '../config/model.ts';
import type { Policy } from '../config/policy.ts';
import { presets } from '../config/preset.ts';
import { evaluateGates } from '../evaluation/gate.ts';
import { resultDigest } from '../evaluation/result-digest.ts';
import type { Digest, EvidenceOrigin, JudgementEvidence, ValidationEvidence } from '../evidence/evidence.ts';
import { digestBytes } from '../json/canonical.ts';
import type { Person } from '../registry/ledger.ts';
import type { DecisionInput, Review } from './decision.ts';
import { resolveGates } from './gate-rule.ts';
import { subjectOf } from './subject.ts';

/** A small world for tests: acme/flights, one model, people with and without roles. Every value can be overridden. */
export type Request = Change & { readonly kind: 'request' };

export const digest = (text: string): Digest => digestBytes(text);
export const contentDigest = digest('content');
export const rulesDigest = digest('rules');
export const head = 'a'.repeat(40);

export const person = (id: number, login: string, kind: Person['kind'] = 'User'): Person => ({
  id,
  login,
  kind,
});
export const ada = person(1, 'ada');
export const ben = person(2, 'ben');
export const rita = person(3, 'rita');
export const omar = person(4, 'omar');
export const eve = person(5, 'eve');
export const rosa = person(6, 'rosa');
export const robot = person(7, 'helper[bot]', 'Bot');

const sha = 'b'.repeat(40);
const role = (...users: readonly string[]) => ({ users, teams: [] });

export const policy: Policy = {
  ...presets.team,
  version: 1,
  preset: 'team',
  branches: [],
  ledger: { branch: 'gatehouse-ledger' },
  store: 'file:///store',
  data: 'file:///data',
  trusted: {
    validate: { path: 'acme/gatehouse/.github/workflows/validate-data.yml', shas: [sha] },
    judge: { path: 'acme/gatehouse/.github/workflows/judge-model.yml', shas: [sha] },
  },
  roles: { reviewer: role('rita', 'rosa'), governor: role('ada'), risk: role('omar') },
  defaults: {
    gates: [{ metric: 'auc', min: 0.5 }],
    minimumRows: 100,
    comparison: { versus: 'not-worse', margin: 0.01 },
  },
};

export const model: ModelConfig = {
  version: 1,
  model: 'flight-delay',
  task: 'binary-classification',
  description: 'Says whether a flight will be late.',
  owners: role('omar'),
  risk: 'limited',
  limitations: 'Domestic flights only.',
  datasets: ['flights'],
  paths: ['models/flight-delay/*.mjs'],
  train: { command: 'node train.mjs', artifact: 'model.json', timeoutMinutes: 10 },
  predict: { command: 'node predict.mjs', timeoutMinutes: 10 },
  heldOut: {
    features: 'data/june.csv.dvc',
    key: 'row',
    labels: { url: 'https://labels.example', audience: 'labels', sha256: 'c'.repeat(64), column: 'late' },
  },
  gates: [{ metric: 'auc', min: 0.6, versus: 'not-worse', margin: 0.01 }],
  endpoints: ['eu', 'us'],
  featureVersion: 'unknown',
  servingImage: 'unknown',
  fallback: 'previous',
};

export const origin: EvidenceOrigin = {
  repositoryId: 7001,
  repository: 'acme/flights',
  pullRequest: 12,
  headSha: head,
  baseRef: 'main',
  baseSha: 'd'.repeat(40),
  runId: 501,
  runAttempt: 1,
  contentDigest,
};

export const validation: ValidationEvidence = {
  kind: 'validation',
  v: 1,
  origin,
  engine: 'duckdb 1.5.5',
  datasets: [
    {
      dataset: 'flights',
      contractPath: 'datasets/flights.yml',
      contractDigest: digest('contract'),
      contractFrom: 'base',
      files: [{ path: 'data/january.csv.dvc', md5: 'e'.repeat(32), blob: 'f'.repeat(40), sizeBytes: 900 }],
      dataDigest: digest('data'),
      rows: 500_000,
      verdict: 'pass',
      findings: [],
    },
  ],
};

export interface JudgementOptions {
  readonly version?: number | null;
  readonly auc?: number;
  readonly against?: readonly (number | null)[];
  readonly champions?: JudgementEvidence['champions'];
  readonly artifactDigest?: Digest;
}

/** A judgement as the judge makes it: outcomes, result digest and verdict agree with the metrics. */
export function judgementOf(options: JudgementOptions = {}): JudgementEvidence {
  const { version = null, auc = 0.65, champions = [], artifactDigest = digest('v2 bytes') } = options;
  const against =
    options.against ?? (champions.length === 0 ? [null] : champions.map((each) => each.version));
  const heldOut = { featuresDigest: digest('features'), labelsDigest: digest('labels'), rows: 493_000 };
  const comparisons = against.map((champion) => {
    const difference = champion === null ? null : Number((auc - 0.64).toFixed(3));
    const metrics = [
      {
        metric: 'auc',
        higherIsBetter: true,
        grade: 'judged' as const,
        challenger: auc,
        challengerInterval: [auc - 0.002, auc + 0.002] as const,
        champion: champion === null ? null : 0.64,
        difference,
        differenceInterval: difference === null ? null : ([difference - 0.002, difference + 0.002] as const),
        method: 'DeLong',
      },
    ];
    const context = { against: champion, rows: heldOut.rows, minimumRows: 100 };
    return {
      against: champion,
      metrics,
      gates: evaluateGates(metrics, resolveGates({ policy, model }), context),
    };
  });
  const failed = comparisons.some((each) => each.gates.some((gate) => gate.result === 'fail'));
  const artifact = { digest: artifactDigest, sizeBytes: 4096, name: 'model.json' };
  return {
    kind: 'judgement',
    v: 1,
    origin,
    model: 'flight-delay',
    version,
    artifact,
    artifactId: version === null ? 9001 : null,
    runRecordDigest: digest('run record'),
    rulesDigest,
    champions,
    heldOut,
    predictions: {
      challenger: digest('predictions'),
      champions: Object.fromEntries(
        champions.map((each) => [String(each.version), digest(`p${each.version}`)]),
      ),
    },
    comparisons,
    resultDigest: resultDigest({ artifactDigest, heldOut, comparisons }),
    verdict: failed ? 'fail' : 'pass',
    findings: [],
    claimed: {
      v: 1,
      grade: 'claimed',
      model: 'flight-delay',
      commit: head,
      runId: 501,
      runAttempt: 1,
      command: 'node train.mjs',
      startedAt: '2026-11-21T09:00:00Z',
      durationMs: 9000,
      runner: 'gpu-1',
      os: 'linux',
      cpu: 'unknown',
      gpu: 'unknown',
      node: 'v24.0.0',
      parameters: {},
      metrics: { auc: 0.99 },
      datasets: [{ dataset: 'flights', dataDigest: digest('data') }],
      artifact,
    },
  };
}

export function requestOf(fields: Partial<Request> = {}): Request {
  return {
    kind: 'request',
    model: 'flight-delay',
    proposal: false,
    newModel: false,
    datasets: [],
    newDatasets: [],
    moves: [],
    configuration: [],
    contentPaths: [],
    contentDigest,
    ...fields,
  };
}

export const registration: Move = { kind: 'registration', model: 'flight-delay', to: 'registered' };

export function stageMove(
  fields: Partial<Move & { readonly kind: 'stage' }> = {},
): Move & { readonly kind: 'stage' } {
  return {
    kind: 'stage',
    model: 'flight-delay',
    version: 2,
    from: 'staging',
    to: 'production',
    endpoint: 'eu',
    rollback: false,
    ...fields,
  };
}

export const v1AtEu = { endpoint: 'eu', version: 1, artifactDigest: digest('v1 bytes') } as const;

/** A proposal with evidence that passes, no champion yet, and no review. */
export function proposalInput(fields: Partial<DecisionInput> = {}): DecisionInput {
  return {
    repositoryId: 7001,
    baseRef: 'main',
    change: requestOf({ proposal: true, moves: [registration], datasets: ['flights'] }),
    policy,
    model,
    rulesDigest,
    validation,
    judgement: judgementOf(),
    refusals: [],
    runs: [{ id: 501, status: 'completed', conclusion: 'success', url: 'https://example.test/runs/501' }],
    fork: false,
    reviews: [],
    exclusions: [{ person: ben, because: 'author' }],
    pushersKnown: true,
    canApprove: { reviewer: ['rita', 'rosa'], owner: ['omar'], governor: ['ada'] },
    ledger: { champions: [], artifacts: [] },
    ...fields,
  };
}

/** A request to move v2 from staging to production at eu, where v1 serves; judged, passing, no review. */
export function promotionInput(fields: Partial<DecisionInput> = {}): DecisionInput {
  return proposalInput({
    change: requestOf({ moves: [stageMove()] }),
    validation: null,
    judgement: judgementOf({ version: 2, champions: [v1AtEu] }),
    ledger: {
      champions: [{ ...v1AtEu, previous: null }],
      artifacts: [
        { version: 1, artifactDigest: digest('v1 bytes'), stage: 'production', wasInProductionAt: ['eu'] },
        { version: 2, artifactDigest: digest('v2 bytes'), stage: 'staging', wasInProductionAt: [] },
      ],
    },
    ...fields,
  });
}

let nextReview = 0;

/** A review of the subject that the input has now, submitted after the evidence check; override what a case needs. */
export function reviewOf(
  reviewer: Person,
  roles: readonly string[],
  input: DecisionInput,
  fields: Partial<Review> = {},
): Review {
  nextReview += 1;
  return {
    id: 1000 + nextReview,
    reviewer,
    state: 'APPROVED',
    commit: head,
    submittedAt: '2026-11-21T10:00:00Z',
    roles,
    evidenceChecks: [{ id: 77, subject: subjectOf(input) ?? 'none', completedAt: '2026-11-21T09:30:00Z' }],
    ...fields,
  };
}

/** The same input with reviews that were given for the subject it has now. */
export function withReviews(input: DecisionInput, ...reviews: readonly Review[]): DecisionInput {
  return { ...input, reviews: [...input.reviews, ...reviews] };
}
