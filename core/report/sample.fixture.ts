import type { Move } from '../change/change.ts';
import { parseModelConfig } from '../config/model-file.ts';
import type { Gate } from '../config/policy.ts';
import { parsePolicy } from '../config/policy-file.ts';
import { toClaimedRun } from '../evidence/claimed-run.ts';
import type { Digest, JudgementEvidence, MetricResult, ValidationEvidence } from '../evidence/evidence.ts';
import { makeRunRecord } from '../evidence/run-record.fixture.ts';
import { type Finding, isFailure } from '../finding/finding.ts';
import type { Decision, DecisionInput } from '../policy/decision.ts';
import type { Person } from '../registry/ledger.ts';
import type { Report } from './report.ts';

/** Reports for tests: real shapes, figures of the flights data. Nothing that runs imports this. */

export const digest = (letter: string): Digest => `sha256:${letter.repeat(64)}`;
export const commit = (letter: string): string => letter.repeat(40);
export const rita: Person = { id: 3, login: 'rita', kind: 'User' };
export const ben: Person = { id: 2, login: 'ben', kind: 'User' };

export const policyText = `version: 1
preset: small-team
roles:
  reviewer: { users: [rita, omar] }
  governor: { users: [ada] }
store: file:///srv/gatehouse/store
data: file:///srv/dvc
trusted:
  repository: acme/gatehouse
  shas: [0123456789012345678901234567890123456789]
`;

export const modelText = `version: 1
description: How likely a flight arrives 15 minutes late or more.
owners: { users: [omar] }
risk: limited
limitations: Learned on January to April 2001; knows nothing of weather.
datasets: [flights]
paths: [models/flight-delay/**, data/flights-*.csv.dvc]
train: { command: node train.mjs, artifact: out/model.json }
predict: { command: node predict.mjs }
held-out:
  features: data/held-out.csv.dvc
  key: row
  labels: { url: https://labels.example/flights, audience: gatehouse-labels, sha256: ${'b'.repeat(64)}, column: late }
gates:
  - { metric: auc, min: 0.6 }
  - { metric: auc, versus: not-worse, margin: 0.002 }
endpoints: [eu]
`;

export const samplePolicy = parsePolicy(policyText, '.github/gatehouse.yml');
export const sampleModel = parseModelConfig(modelText, 'models/flight-delay/model.yml', 'flight-delay');

const origin = {
  repositoryId: 7,
  repository: 'acme/flights',
  pullRequest: 12,
  headSha: commit('9'),
  baseRef: 'main',
  baseSha: commit('a'),
  runId: 8812,
  runAttempt: 1,
  contentDigest: digest('c'),
};

export const sampleRun = makeRunRecord({
  commit: commit('9'),
  runId: 8812,
  startedAt: '2026-11-21T10:00:00Z',
  durationMs: 41_000,
  parameters: { features: 'hour' },
  datasets: [{ dataset: 'flights', dataDigest: digest('d') }],
  artifact: { digest: digest('e'), sizeBytes: 51_200, name: 'model.json' },
});

/** A metric that is better (or worse) than v1 by its last digit. */
export function sampleMetric(challenger: number, champion: number | null): MetricResult {
  const difference = champion === null ? null : Number((challenger - champion).toFixed(4));
  return {
    metric: 'auc',
    slice: null,
    set: 'held-out',
    rows: 490_188,
    higherIsBetter: true,
    grade: 'judged',
    challenger,
    challengerInterval: [challenger - 0.002, challenger + 0.002],
    champion,
    difference,
    differenceInterval:
      difference === null
        ? null
        : [Number((difference - 0.003).toFixed(4)), Number((difference + 0.003).toFixed(4))],
    standardError: difference === null ? null : 0.0015,
    pWorse: null,
    pBetter: null,
    method: 'DeLong',
  };
}

export function sampleJudgement(challenger: number, champion: number | null = 0.65): JudgementEvidence {
  const against = champion === null ? null : 1;
  return {
    kind: 'judgement',
    v: 1,
    origin,
    model: 'flight-delay',
    version: null,
    artifact: sampleRun.artifact,
    artifactId: 55,
    runRecordDigest: digest('f'),
    rulesDigest: digest('1'),
    champions: champion === null ? [] : [{ endpoint: 'eu', version: 1, artifactDigest: digest('2') }],
    heldOut: { featuresDigest: digest('3'), labelsDigest: digest('4'), rows: 490_188 },
    predictions: {
      challenger: digest('5'),
      champions: champion === null ? {} : { '1': digest('6') },
      sets: [],
    },
    comparisons: [
      {
        against,
        metrics: [sampleMetric(challenger, champion)],
        gates: [],
        detail: null,
        explanation: null,
        behaviour: null,
      },
    ],
    resultDigest: digest('7'),
    verdict: 'pass',
    findings: [],
    claimed: toClaimedRun(sampleRun),
  };
}

export const brokenData: readonly Finding[] = [
  {
    code: 'data/nulls',
    severity: 'fail',
    message: 'Column "delay" is empty in 89,105 of 1,204,118 rows (7.4 %), first in row 14.',
    where: { file: 'datasets/flights.yml', line: 18, column: 5, pointer: '/columns/delay/nullable' },
    column: 'delay',
    found: '89,105 of 1,204,118 rows (7.4 %)',
    allowed: 'no empty cell',
    count: 89_105,
    total: 1_204_118,
    firstRow: 14,
    reason: 'a flight without a delay was cancelled',
    fix: 'Fill the empty cells of "delay" and update the .dvc pointer, or allow them: nullable: true.',
  },
  {
    code: 'data/unseen',
    severity: 'warn',
    message: 'Column "origin" holds values that are not allowed.',
    where: { file: 'datasets/flights.yml', line: 24, pointer: '/columns/origin/allowed' },
    column: 'origin',
    found: '2 rows',
    allowed: 'known airports',
    examples: ['X|X', '<b>'],
    firstRow: 902,
    fix: 'Correct the airport codes.',
  },
];

export function sampleValidation(findings: readonly Finding[]): ValidationEvidence {
  const bad = findings.some(isFailure);
  return {
    kind: 'validation',
    v: 1,
    origin,
    engine: 'duckdb 1.5.5',
    datasets: [
      {
        dataset: 'flights',
        contractPath: 'datasets/flights.yml',
        contractDigest: digest('8'),
        contractFrom: 'base',
        inherited: [],
        files: [{ path: 'data/flights-01.csv.dvc', md5: 'a'.repeat(32), blob: commit('b'), sizeBytes: 100 }],
        dataDigest: digest('d'),
        rows: 1_204_118,
        verdict: bad ? 'data invalid' : 'pass',
        findings,
        record: bad ? null : digest('6'),
      },
    ],
  };
}

export const registration: Move = { kind: 'registration', model: 'flight-delay', to: 'registered' };
export const promotion: Extract<Move, { kind: 'stage' }> = {
  kind: 'stage',
  model: 'flight-delay',
  version: 2,
  from: 'staging',
  to: 'production',
  endpoint: 'eu',
  rollback: false,
};

export interface SampleParts {
  readonly input?: Partial<DecisionInput>;
  readonly decision?: Partial<Decision>;
  readonly report?: Partial<Report>;
  readonly gates?: readonly Gate[];
  readonly moves?: readonly Move[];
}

/** A proposal that passed, unless the parts say otherwise. */
export function sampleReport(parts: SampleParts = {}): Report {
  const moves = parts.moves ?? [registration];
  const model = { ...sampleModel, gates: parts.gates ?? sampleModel.gates };
  return {
    input: {
      repositoryId: 7,
      baseRef: 'main',
      change: {
        kind: 'request',
        model: 'flight-delay',
        proposal: moves.some(({ kind }) => kind === 'registration'),
        newModel: false,
        datasets: ['flights'],
        newDatasets: [],
        moves,
        configuration: [],
        contentPaths: [
          {
            path: 'models/flight-delay/params.json',
            before: commit('1'),
            after: commit('2'),
            mode: '100644',
          },
        ],
        contentDigest: digest('c'),
      },
      policy: samplePolicy,
      model,
      rulesDigest: digest('1'),
      validation: sampleValidation([]),
      judgement: sampleJudgement(0.658),
      refusals: [],
      runs: [
        { id: 8812, status: 'completed', conclusion: 'success', url: 'https://github.example/run/8812' },
      ],
      fork: false,
      reviews: [],
      exclusions: [],
      pushersKnown: true,
      canApprove: { reviewer: ['rita', 'omar'] },
      ledger: {
        champions: [{ endpoint: 'eu', version: 1, artifactDigest: digest('2'), previous: null }],
        artifacts: [],
      },
      ...parts.input,
    },
    decision: {
      kind: 'allowed',
      verdict: 'pass',
      rules: [{ rule: 'request', state: 'met', because: 'A proposal registers a version.', children: [] }],
      moves,
      subject: digest('9'),
      counted: [
        {
          reviewId: 1,
          reviewer: rita,
          role: 'reviewer',
          commit: commit('9'),
          submittedAt: '2026-11-21T10:51:00Z',
          checkRunId: 4,
          checkCompletedAt: '2026-11-21T10:42:00Z',
        },
      ],
      uncounted: [],
      missing: [],
      findings: [],
      ...parts.decision,
    },
    pullRequest: 12,
    headSha: commit('9'),
    run: { id: 8812, attempt: 1, url: 'https://github.example/run/8812' },
    repositoryUrl: 'https://github.example/acme/flights',
    baseSha: commit('a'),
    updatedAt: '2026-11-21T10:42:08Z',
    tried: [],
    recorded: null,
    ...parts.report,
  };
}
