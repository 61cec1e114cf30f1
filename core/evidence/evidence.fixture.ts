import { applicableGates } from '../config/floor.ts';
import type { ModelConfig } from '../config/model.ts';
import type { Policy } from '../config/policy.ts';
import { presets } from '../config/preset.ts';
import { makeTrain } from '../config/train.fixture.ts';
import { evaluateGates } from '../evaluation/gate.ts';
import { resultDigest } from '../evaluation/result-digest.ts';
import { digestBytes, digestOf } from '../json/canonical.ts';
import { toClaimedRun } from './claimed-run.ts';
import type {
  ArtifactFact,
  Digest,
  EvidenceOrigin,
  FinishedRun,
  JudgementEvidence,
  ValidationEvidence,
} from './evidence.ts';
import { makeRunRecord } from './run-record.fixture.ts';

/** A small world for tests: acme/flights with one model, its rules, and evidence as the trusted workflows make it. */
export const digest = (text: string): Digest => digestBytes(text);
export const contentDigest = digest('content');
export const rulesDigest = digest('rules');
export const head = 'a'.repeat(40);

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
  hosts: [],
  privateHosts: [],
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
  training: { idleMinutes: 30 },
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
  train: makeTrain({ command: 'node train.mjs', artifact: 'model.json', timeoutMinutes: 10 }),
  predict: { command: 'node predict.mjs', timeoutMinutes: 10 },
  heldOut: {
    features: 'data/june.csv.dvc',
    key: 'row',
    labels: { url: 'https://labels.example', audience: 'labels', sha256: 'c'.repeat(64), column: 'late' },
  },
  gates: [{ metric: 'auc', min: 0.6, versus: 'not-worse', margin: 0.01 }],
  criteria: {
    metric: 'missed connections a month',
    baseline: '4,100 in 2001',
    improvement: '5 % fewer',
    method: 'before and after, by airport',
    windowDays: 90,
    businessOwner: role('bea'),
    technicalOwner: role('omar'),
  },
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

const files = [{ path: 'data/january.csv.dvc', md5: 'e'.repeat(32), blob: 'f'.repeat(40), sizeBytes: 900 }];

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
      inherited: [],
      files,
      dataDigest: digestOf(files),
      rows: 500_000,
      verdict: 'pass',
      findings: [],
      record: digest('dataset record'),
    },
  ],
};

/** The run that made a model file: its canonical JSON has the digest that the judgement names. */
export const runOf = (artifact: ArtifactFact): FinishedRun =>
  makeRunRecord({ metrics: { auc: 0.99 }, artifact });

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
        slice: null,
        set: 'held-out' as const,
        rows: heldOut.rows,
        higherIsBetter: true,
        grade: 'judged' as const,
        challenger: auc,
        challengerInterval: [auc - 0.002, auc + 0.002] as const,
        champion: champion === null ? null : 0.64,
        difference,
        differenceInterval: difference === null ? null : ([difference - 0.002, difference + 0.002] as const),
        standardError: difference === null ? null : 0.001,
        pWorse: null,
        pBetter: null,
        method: 'DeLong',
      },
    ];
    const context = { against: champion, rows: heldOut.rows, minimumRows: 100 };
    return {
      against: champion,
      metrics,
      gates: evaluateGates(metrics, applicableGates(model, policy.defaults), context),
      detail: null,
      explanation: null,
      behaviour: null,
    };
  });
  const failed = comparisons.some((each) => each.gates.some((gate) => gate.result === 'fail'));
  const artifact = { digest: artifactDigest, sizeBytes: 4096, name: 'model.json' };
  const run = runOf(artifact);
  return {
    kind: 'judgement',
    v: 1,
    origin,
    model: 'flight-delay',
    version,
    artifact,
    artifactId: version === null ? 9001 : null,
    runRecordDigest: digestOf(run),
    rulesDigest,
    champions,
    heldOut,
    predictions: {
      challenger: digest('predictions'),
      champions: Object.fromEntries(
        champions.map((each) => [String(each.version), digest(`p${each.version}`)]),
      ),
      sets: [],
    },
    comparisons,
    resultDigest: resultDigest({ artifactDigest, heldOut, comparisons }),
    verdict: failed ? 'fail' : 'pass',
    findings: [],
    claimed: toClaimedRun(run),
  };
}

export const v1AtEu = { endpoint: 'eu', version: 1, artifactDigest: digest('v1 bytes') } as const;
