import type { BatchIssues } from '../../adapters/actions/batch-issues.ts';
import type { ContractText, ValidationDeps, ValidationResult } from '../../adapters/dataset/validate.ts';
import type { ReadBlob } from '../../adapters/dvc/dataset.ts';
import { networkOf } from '../../core/config/network.ts';
import type { ListedFile } from '../../core/dataset/files.ts';
import { ServiceError } from '../../core/error/error.ts';
import type {
  DatasetValidation,
  Digest,
  EvidenceOrigin,
  ValidationEvidence,
} from '../../core/evidence/evidence.ts';
import { isFailure } from '../../core/finding/finding.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import type { Look } from '../../core/report/batch-look.ts';
import { planBatchIssue } from '../../core/report/batch-plan.ts';
import {
  type IncomingDeps,
  type IngestArtifact,
  type IngestOutcome,
  takeIncoming,
} from './incoming-batch.ts';
import { readWatched, type Watched, type WatchReader } from './read-watched.ts';
import { writeReady } from './ready-files.ts';

export interface WatchInputs {
  /** null: every dataset that has a contract. */
  readonly dataset: string | null;
  /** The batch that is to come in; null: what the commit holds is looked at. */
  readonly ingest: IngestArtifact | null;
  readonly run: { readonly id: number; readonly attempt: number; readonly repositoryId: number };
  /** 40 hex characters. */
  readonly commit: string;
  readonly branch: string;
}

/** One look at data, ready to be validated as that of a pull request is. */
export interface Work {
  readonly watched: Watched;
  readonly contracts: readonly ContractText[];
  readonly listing: ReadonlyMap<string, ListedFile>;
  readonly readBlob: ReadBlob;
  /** Data of a batch that no remote has yet. */
  readonly openRemote: ValidationDeps['openRemote'] | null;
  readonly origin: EvidenceOrigin;
}

export interface WatchDeps extends IncomingDeps {
  readonly reader: WatchReader;
  /** ISO instant, UTC. */
  readonly now: string;
  /** The same checks as in a pull request. */
  validate(work: Work): Promise<ValidationResult>;
  /** Wraps the remote that data is read from. */
  readonly openRemote: NonNullable<ValidationDeps['openRemote']>;
  /** Puts bytes into the store of the policy. */
  store(watched: Watched, text: string): Promise<Digest>;
  /** null: the workflow keeps no issues. */
  readonly issues: BatchIssues | null;
  summarize(result: ValidationResult | null, looks: readonly Look[]): Promise<void>;
  say(text: string): void;
}

export interface WatchOutputs {
  /** fail: no batch came in. */
  readonly verdict: 'pass' | 'fail' | DatasetValidation['verdict'];
  /** Digest of the data when one dataset was looked at, else empty. */
  readonly batch: string;
  /** Ingest record in the store, of a batch that passed. */
  readonly record: string;
  /** Address of the first issue that was written. */
  readonly issue: string;
  /** Folder with what a commit of the new batch holds. */
  readonly ready: string;
}

/**
 * Looks at datasets of a governed branch, or at a batch that is to come in, and keeps the issue of each. Runs no code of
 * the repository.
 * @throws InputError when what is to be looked at cannot be read; ServiceError: not evaluated, no issue is opened
 */
export async function run(inputs: WatchInputs, deps: WatchDeps): Promise<WatchOutputs> {
  const watched = await readWatched(deps.reader, inputs, inputs.dataset);
  const tree = { listing: watched.listing, readBlob: ({ blob }: ListedFile) => deps.reader.blob(blob) };
  const [first] = watched.contracts;
  const outcome =
    inputs.ingest === null || first === undefined
      ? null
      : await takeIncoming(inputs.ingest, first, tree, { commit: inputs.commit, runId: inputs.run.id }, deps);
  const result =
    outcome?.kind === 'nothing came' ? null : await deps.validate(toWork(inputs, deps, watched, outcome));
  const evidence = result === null ? null : withIngest(result.evidence, outcome);
  const looks = toLooks(inputs, deps, watched, evidence, outcome);
  await deps.summarize(result === null || evidence === null ? null : { ...result, evidence }, looks);
  const kept = outcome?.kind === 'came' && isPass(evidence) ? await keep(outcome, watched, deps) : null;
  const issue = await report(looks, deps);
  const [only, ...more] = evidence?.datasets ?? [];
  return {
    verdict: evidence === null ? 'fail' : worst(evidence),
    batch: only !== undefined && more.length === 0 ? only.dataDigest : '',
    record: kept?.record ?? '',
    issue,
    ready: kept?.ready ?? '',
  };
}

function toWork(inputs: WatchInputs, deps: WatchDeps, watched: Watched, outcome: IngestOutcome | null): Work {
  const incoming = outcome?.kind === 'came' ? outcome.incoming : null;
  return {
    watched,
    contracts: watched.contracts,
    listing: incoming?.listing ?? watched.listing,
    readBlob: incoming?.readBlob ?? (({ blob }) => deps.reader.blob(blob)),
    openRemote: incoming === null ? null : incoming.openRemote(deps.openRemote),
    origin: {
      repositoryId: inputs.run.repositoryId,
      repository: watched.repository.fullName,
      // No pull request asks: this evidence is told to people and never decides a merge.
      pullRequest: 0,
      headSha: inputs.commit,
      baseRef: inputs.branch,
      baseSha: inputs.commit,
      runId: inputs.run.id,
      runAttempt: inputs.run.attempt,
      contentDigest: digestBytes(inputs.commit),
    },
  };
}

/** What the ingest itself did wrong counts as the rules do. */
function withIngest(evidence: ValidationEvidence, outcome: IngestOutcome | null): ValidationEvidence {
  if (outcome?.kind !== 'came' || outcome.incoming.findings.length === 0) return evidence;
  const { findings } = outcome.incoming;
  const datasets = evidence.datasets.map((dataset): DatasetValidation => {
    const verdict = dataset.verdict === 'pass' && findings.some(isFailure) ? 'data invalid' : dataset.verdict;
    return { ...dataset, verdict, findings: [...dataset.findings, ...findings] };
  });
  return { ...evidence, datasets };
}

function toLooks(
  inputs: WatchInputs,
  deps: WatchDeps,
  { repository, contracts }: Watched,
  evidence: ValidationEvidence | null,
  outcome: IngestOutcome | null,
): readonly Look[] {
  return contracts.flatMap(({ contract, path }): readonly Look[] => {
    const validation = evidence?.datasets.find(({ dataset }) => dataset === contract.dataset);
    const frame = {
      ...{ dataset: contract.dataset, owner: contract.owner, contractPath: path, expires: contract.expires },
      ...{ at: deps.now, run: inputs.run, branch: inputs.branch, commit: inputs.commit },
      repositoryUrl: repository.url,
    };
    if (outcome?.kind === 'nothing came') {
      return [{ ...frame, subject: 'ingest', result: outcome }];
    }
    // Not evaluated says nothing about the data: the job fails, and no issue speaks.
    if (validation === undefined || validation.verdict === 'not evaluated') return [];
    const subject = outcome === null ? 'repository' : 'ingest';
    return [{ ...frame, subject, result: { kind: 'checked', validation } }];
  });
}

/** Data first, then its record: what the store names is there. */
async function keep(
  { incoming, ingest }: Extract<IngestOutcome, { kind: 'came' }>,
  watched: Watched,
  deps: WatchDeps,
): Promise<{ readonly record: Digest; readonly ready: string }> {
  const remote = deps.openRemote(watched.policy.data, networkOf(watched.policy));
  for (const { md5, local } of incoming.data) {
    const pushed = await remote.push(local);
    if (pushed.md5 !== md5) throw damaged();
  }
  const record = await deps.store(watched, ingest.text);
  return { record, ready: await writeReady(incoming, () => deps.makeFolder('ready')) };
}

async function report(looks: readonly Look[], { issues, say }: WatchDeps): Promise<string> {
  if (issues === null) return '';
  const urls: string[] = [];
  for (const look of looks) {
    const plan = planBatchIssue(await issues.find(look.dataset), look);
    if (plan.kind === 'nothing') say(`${look.dataset}: ${plan.because}`);
    const url = await issues.apply(plan);
    if (url !== '') say(`${look.dataset}: ${url}`);
    urls.push(url);
  }
  return urls.find((url) => url !== '') ?? '';
}

const isPass = (evidence: ValidationEvidence | null): boolean =>
  evidence !== null && worst(evidence) === 'pass';

/** Invalid data is told before data that could not be checked; no dataset at all is not evaluated. */
function worst({ datasets }: ValidationEvidence): DatasetValidation['verdict'] {
  const verdicts = datasets.map(({ verdict }) => verdict);
  if (verdicts.includes('data invalid')) return 'data invalid';
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === 'pass') ? 'pass' : 'not evaluated';
}

function damaged(): ServiceError {
  return new ServiceError('REMOTE_CORRUPT', 'The remote took other bytes than those that were checked', {
    hint: 'Run the job again; find out who else writes to the remote if it stays so.',
  });
}
