import { createHash } from 'node:crypto';
import { toClaimedRun } from '../../core/evidence/claimed-run.ts';
import type { Digest, FinishedRun, RunRecord } from '../../core/evidence/evidence.ts';
import { makeRunRecord } from '../../core/evidence/run-record.fixture.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import type { EndpointState, ModelState, VersionRecord } from '../../core/registry/ledger.ts';
import { emptyState } from '../../core/registry/stream.ts';
import { type Files, headSha } from './proposal.ts';

/** A small repository with one model, the same shape as the example repository. */
export const model = 'flight-delay';
export const featuresPath = 'data/held-out.csv';
export const featuresText = 'row,hour\n1,8\n';
export const featuresDigest = digestBytes(featuresText);
export const runId = 4711;

export const hex256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export function policyText(store = 'file:///srv/store'): string {
  return `version: 1
preset: small-team
roles: { reviewer: { users: [rita] }, governor: { users: [ada] } }
store: ${store}
data: file:///srv/dvc
trusted: { repository: acme/gatehouse, shas: [${'c'.repeat(40)}] }
`;
}

export interface ModelTexts {
  readonly labelsSha256: string;
  readonly audience?: string;
  readonly url?: string;
  readonly gates?: string;
  readonly predict?: string;
}

export function modelText({ labelsSha256, audience, url, gates, predict }: ModelTexts): string {
  return `version: 1
description: How likely a flight is late.
limitations: Knows no weather.
owners: { users: [omar] }
risk: limited
datasets: [flights]
paths: [models/flight-delay/**]
train: { command: node train.mjs, artifact: models/flight-delay/out/model.json }
predict: { command: ${JSON.stringify(predict ?? 'node predict.mjs')} }
held-out:
  features: ${featuresPath}
  key: row
  labels: { url: ${url ?? 'https://labels.test/june.csv'}, audience: ${audience ?? 'gatehouse-labels'}, sha256: ${labelsSha256}, column: late }
gates: ${gates ?? '[{ metric: auc, min: 0.6 }, { metric: auc, versus: not-worse, margin: 0.02 }]'}
endpoints: [eu, us]
`;
}

const contractText = `version: 1
description: Flights of one month a file.
owner: { users: [omar] }
files: [data/flights-*.csv]
columns: [{ name: row, type: integer }]
rows: { min: 1 }
access: ["*"]
expires: 2030-01-01
source: a test
legal-basis: public data
approved-by: omar
`;

/** Files of the default branch. */
export function baseFiles(texts: ModelTexts): Files {
  return {
    '.github/gatehouse.yml': policyText(),
    'datasets/flights.yml': contractText,
    [featuresPath]: featuresText,
    'models/flight-delay/model.yml': modelText(texts),
    'models/flight-delay/params.json': '{"features":["hour"]}',
    'models/flight-delay/stages.yml': '{}\n',
  };
}

/** A branch that proposes a model. */
export const proposed = (base: Files): Files => ({
  ...base,
  'models/flight-delay/params.json': '{"features":["hour","day"]}',
});

/** A branch that asks to move a version into production at an endpoint. */
export const promoted = (base: Files, version: number, endpoint = 'eu'): Files => ({
  ...base,
  'models/flight-delay/stages.yml': `production: { ${endpoint}: ${version} }\n`,
});

export function runRecord(modelBytes: string, change: Partial<RunRecord> = {}): FinishedRun {
  const artifact = {
    digest: digestBytes(modelBytes),
    sizeBytes: Buffer.byteLength(modelBytes),
    name: 'model.json',
  };
  const own = { model, commit: headSha, runId, parameters: { seed: 7 }, metrics: { auc: 0.99 } };
  return { ...makeRunRecord({ ...own, ...change }), artifact };
}

export interface Registered {
  readonly version: number;
  readonly modelBytes: string;
  readonly predictions: Digest;
  readonly features?: Digest;
  readonly stage: 'staging' | 'production';
  readonly endpoints?: readonly string[];
}

/** A ledger state with these versions. */
export function stateWith(...versions: readonly Registered[]): ModelState {
  const endpoints = versions.flatMap(({ version, endpoints: serves = [], modelBytes }) =>
    serves.map((endpoint): [string, EndpointState] => [
      endpoint,
      serving(endpoint, version, digestBytes(modelBytes)),
    ]),
  );
  return {
    ...emptyState(model),
    versions: new Map(
      versions.map((one) => [
        one.version,
        {
          record: versionRecord(one),
          stage: one.stage,
          since: '2026-11-01T00:00:00Z',
          wasInProductionAt: one.endpoints ?? [],
          deployments: [],
        },
      ]),
    ),
    endpoints: new Map(endpoints),
  };
}

function serving(endpoint: string, champion: number, artifactDigest: Digest): EndpointState {
  return {
    endpoint,
    champion,
    previous: null,
    artifactDigest,
    since: '2026-11-01T00:00:00Z',
    by: { pullRequest: 1, mergedBy: { id: 1, login: 'ada', kind: 'User' }, seq: 0 },
    fallback: 'unknown',
    rollout: 'all',
  };
}

function versionRecord({
  version,
  modelBytes,
  predictions,
  features = featuresDigest,
}: Registered): VersionRecord {
  const run = runRecord(modelBytes, { commit: 'd'.repeat(40), runId: 1 });
  return {
    v: 1,
    model,
    version,
    registeredAt: '2026-11-01T00:00:00Z',
    artifact: run.artifact,
    runRecordDigest: digestBytes(`run record of v${version}`),
    lineage: {
      repository: 'acme/flights',
      pullRequest: 1,
      codeCommit: 'd'.repeat(40),
      mergeCommit: 'e'.repeat(40),
      datasets: [],
      heldOut: { featuresDigest: features, labelsDigest: digestBytes('labels'), rows: 4 },
      run: toClaimedRun(run),
      trainedBy: { runId: 1, runAttempt: 1 },
    },
    predictions: { digest: predictions, featuresDigest: features },
    predictCommand: 'node champion-predict.mjs',
    metrics: [],
    gates: [],
    validation: [],
    quality: 'judged',
    task: 'binary-classification',
    endpoints: ['eu', 'us'],
    owners: { users: ['omar'], teams: [] },
    contributors: [],
    risk: 'limited',
    description: 'unknown',
    limitations: 'unknown',
    featureVersion: 'unknown',
    servingImage: 'unknown',
    fallback: 'unknown',
    approvals: [],
  };
}
