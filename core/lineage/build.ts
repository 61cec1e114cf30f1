import type { Contract } from '../config/contract.ts';
import type { Deployment, ModelState, VersionState } from '../registry/ledger.ts';
import { showGpus } from '../training/gpu-text.ts';
import { constraintsOf } from './constraint.ts';
import {
  datasetId,
  datasetVersionId,
  type Edge,
  type Entity,
  endpointId,
  type Lineage,
  runId,
  sourceId,
  transformationId,
  versionId,
} from './entity.ts';

/** What a lineage is built from. */
export interface LineageSources {
  /** Contracts as they lie in the repository now. */
  readonly contracts: readonly Contract[];
  /** Datasets whose contract is there and cannot be read: nothing is known to be allowed. */
  readonly unreadable?: readonly string[];
  /** States of a proven ledger. */
  readonly states: readonly ModelState[];
}

/** Joins what the contracts of today say with what the ledger recorded. The same sources give the same lineage. */
export function buildLineage({ contracts, unreadable = [], states }: LineageSources): Lineage {
  const draft = new Draft();
  for (const contract of contracts) addContract(draft, contract);
  for (const dataset of unreadable) addUnknown(draft, dataset, 'its contract cannot be read');
  for (const parent of contracts.flatMap(({ derivedFrom }) => derivedFrom)) {
    if (!draft.entities.has(datasetId(parent))) addUnknown(draft, parent, 'it has no contract here');
  }
  for (const state of states) {
    for (const version of state.versions.values()) addVersion(draft, version);
    for (const { endpoint, champion, since, fallback } of state.endpoints.values()) {
      draft.add({
        id: endpointId(endpoint, state.model),
        kind: 'endpoint',
        label: `endpoint ${endpoint} of ${state.model}`,
        facts: [
          ['champion', champion === null ? `none, the fallback serves: ${fallback}` : `v${champion}`],
          ['since', since],
        ],
        constraints: [],
      });
    }
  }
  return draft;
}

class Draft implements Lineage {
  readonly entities = new Map<string, Entity>();
  readonly edges: Edge[] = [];
  readonly #joined = new Set<string>();

  /** The first one that names an entity describes it. */
  add(entity: Entity): void {
    if (!this.entities.has(entity.id)) this.entities.set(entity.id, entity);
  }

  join(from: string, to: string, label = '', past = false): void {
    const key = JSON.stringify([from, to, label]);
    if (this.#joined.has(key)) return;
    this.#joined.add(key);
    this.edges.push({ from, to, label, past });
  }
}

function addContract(draft: Draft, contract: Contract): void {
  const { dataset, source, derivedFrom, description, files } = contract;
  const id = datasetId(dataset);
  draft.add({
    id,
    kind: 'dataset',
    label: `dataset ${dataset}`,
    facts: [
      ['what', description],
      ['files', files.join(', ')],
    ],
    constraints: constraintsOf(contract),
  });
  addSource(draft, source);
  draft.join(sourceId(source), id);
  if (derivedFrom.length === 0) return;
  const step = transformationId(dataset);
  draft.add({
    id: step,
    kind: 'transformation',
    label: `what makes ${dataset} from ${derivedFrom.join(', ')}`,
    facts: contract.ingest === undefined ? [] : [['command', contract.ingest.command]],
    constraints: [],
  });
  draft.join(step, id);
  for (const parent of derivedFrom) draft.join(datasetId(parent), step);
}

function addSource(draft: Draft, source: string): void {
  draft.add({ id: sourceId(source), kind: 'source', label: source, facts: [], constraints: [] });
}

function addUnknown(draft: Draft, dataset: string, because: string): void {
  draft.add({
    id: datasetId(dataset),
    kind: 'dataset',
    label: `dataset ${dataset}`,
    facts: [],
    constraints: [{ kind: 'unknown', value: because }],
  });
}

function addVersion(draft: Draft, { record, stage, since, deployments }: VersionState): void {
  const id = versionId(record.model, record.version);
  const run = addRun(draft, record);
  draft.add({
    id,
    kind: 'version',
    label: `model ${record.model} v${record.version}`,
    facts: [
      ['stage', `${stage} since ${since}`],
      ['artifact', record.artifact.digest],
      ['pull request', `#${record.lineage.pullRequest}`],
      ['code', record.lineage.codeCommit],
      ['held-out features', record.lineage.heldOut.featuresDigest],
    ],
    constraints: [],
  });
  draft.join(run, id);
  for (const deployment of deployments) addDeployment(draft, id, record.model, deployment);
}

function addRun(draft: Draft, { lineage }: VersionState['record']): string {
  const { trainedBy, run, datasets } = lineage;
  const id = runId(trainedBy.runId);
  draft.add({
    id,
    kind: 'run',
    label: `run ${trainedBy.runId}`,
    facts: [
      ['attempt', String(trainedBy.runAttempt)],
      ['command (claimed)', run.command],
      ['machine (claimed)', `${run.runner}, GPU ${showGpus(run.machine)}`],
    ],
    constraints: [],
  });
  for (const { dataset, dataDigest, contractDigest, rows, source, record } of datasets) {
    const data = datasetVersionId(dataset, dataDigest);
    draft.add({
      id: data,
      kind: 'dataset-version',
      label: `data of ${dataset}`,
      facts: [
        ['rows', rows === null ? 'unknown' : String(rows)],
        ['contract then', contractDigest],
        ['record in the store', record ?? 'none'],
      ],
      constraints: [],
    });
    if (!draft.entities.has(datasetId(dataset)))
      addUnknown(draft, dataset, 'it has no contract here any more');
    addSource(draft, source);
    draft.join(datasetId(dataset), data);
    draft.join(sourceId(source), data, 'as recorded then');
    draft.join(data, id);
  }
  return id;
}

function addDeployment(draft: Draft, version: string, model: string, deployment: Deployment): void {
  const { endpoint, from, until } = deployment;
  const label = until === null ? `serves since ${from}` : `served from ${from} to ${until}`;
  draft.join(version, endpointId(endpoint, model), label, until !== null);
}
