import type { GovernedScoring } from '../../adapters/scoring/governed-scoring.ts';
import { refuse } from '../../core/evaluation/refusal.ts';
import type { ScoredFiles } from '../../core/evaluation/scored-model.ts';
import type { ScoringSet, ScoringSetName } from '../../core/evaluation/scoring-set.ts';
import { requireFinished, toClaimedRun } from '../../core/evidence/claimed-run.ts';
import type { ArtifactFact, ClaimedRun, Digest, FinishedRun } from '../../core/evidence/evidence.ts';
import { parseRunRecord } from '../../core/evidence/run-record.ts';
import { digestBytes, isDigest } from '../../core/json/canonical.ts';
import { isScored } from '../../core/registry/champion.ts';
import type { JudgementPlan } from '../../core/registry/judgement-plan.ts';
import type { VersionRecord } from '../../core/registry/ledger.ts';
import type { JudgeDeps, JudgeInputs } from './deps.ts';
import { readPredictionsArtifact, requireSameRows } from './predictions-artifact.ts';

/** What is judged: bytes in the store, where they come from, and what they say about the held-out rows. */
export interface Challenger {
  readonly artifact: ArtifactFact;
  readonly artifactId: number | null;
  readonly version: number | null;
  readonly runRecordDigest: Digest;
  readonly claimed: ClaimedRun;
  readonly scored: ScoredFiles;
}

const again = 'Call judge-model.yml as it is, with the artifact-id of the training job of this same run.';

/**
 * Reads the challenger. Without all of it there is nothing to judge and no evidence.
 * @throws InputError JUDGE_..., RUN_RECORD_INVALID; ServiceError from GitHub or the store
 */
export async function readChallenger(
  plan: JudgementPlan,
  scoring: JudgedScoring,
  inputs: JudgeInputs,
  deps: JudgeDeps,
): Promise<Challenger> {
  const facts = plan.promoted === null ? await readProposed(inputs, deps) : describePromoted(plan.promoted);
  const sizeBytes = await deps.store.sizeOf(facts.artifact.digest);
  if (sizeBytes !== facts.artifact.sizeBytes) throw notStored(facts.artifact, sizeBytes);
  return { ...facts, scored: await readPredictions(plan.promoted, scoring, inputs, deps) };
}

/** A version of the ledger: everything about it was judged and recorded before. */
function describePromoted(record: VersionRecord): Omit<Challenger, 'scored'> {
  return {
    artifact: record.artifact,
    artifactId: null,
    version: record.version,
    runRecordDigest: record.runRecordDigest,
    claimed: record.lineage.run,
  };
}

/** The bytes that the storing job took from the artifact of this run: held against the record once more. */
async function readProposed(inputs: JudgeInputs, deps: JudgeDeps): Promise<Omit<Challenger, 'scored'>> {
  const { artifactDigest, recordDigest } = inputs;
  // planJudgement refused a proposal without an artifact.
  const artifactId = inputs.artifactId as number;
  if (!isDigest(artifactDigest) || !isDigest(recordDigest)) {
    throw refuse('judge/artifact-not-stored', 'The storing job handed over no digests', again);
  }
  const facts = await deps.github.artifact(artifactId);
  if (facts === null || facts.runId !== inputs.runId) {
    const owner = facts?.runId ?? 'unknown';
    throw refuse(
      'judge/artifact-foreign',
      `Artifact ${artifactId} belongs to run ${owner}, not to this run ${inputs.runId}`,
      again,
    );
  }
  const bytes = await deps.store.get(recordDigest);
  if (digestBytes(bytes) !== recordDigest) {
    throw refuse(
      'judge/artifact-not-stored',
      'The store has other bytes under the digest of the run record',
      'Repair the store, then run the workflow again.',
    );
  }
  const run = requireFinished(parseRunRecord(bytes, 'run.json'));
  requireSame(run, artifactDigest, inputs);
  const claimed = toClaimedRun(run);
  return { artifact: claimed.artifact, artifactId, version: null, runRecordDigest: recordDigest, claimed };
}

function requireSame(record: FinishedRun, artifactDigest: Digest, inputs: JudgeInputs): void {
  const differences = [
    ['model', record.model, inputs.model],
    ['commit', record.commit, inputs.pull.headSha],
    ['run', String(record.runId), String(inputs.runId)],
    ['file', record.artifact.digest, artifactDigest],
  ] as const;
  for (const [what, found, allowed] of differences) {
    if (found === allowed) continue;
    const message = `The artifact was trained for another ${what}: ${found}, not ${allowed}`;
    throw refuse('judge/artifact-other-model', message, again, { found, allowed });
  }
}

/** Stored predictions when they are of these held-out rows, else those of the predicting job. */
async function readPredictions(
  promoted: VersionRecord | null,
  { featuresDigest, sets }: JudgedScoring,
  inputs: JudgeInputs,
  deps: JudgeDeps,
): Promise<ScoredFiles> {
  if (promoted !== null && isScored(promoted, featuresDigest, sets)) return readStored(promoted, sets, deps);
  const handed = inputs.challengerPredictions;
  if (handed !== null) {
    requireSameRows(inputs.featuresDigest, featuresDigest);
    return readPredictionsArtifact(handed, 'challenger', inputs.runId, deps.github);
  }
  throw refuse(
    'judge/predictions-missing',
    'There are no predictions of the challenger: the predicting job did not end well',
    'See the log of the job predict-challenger, mend the predict command, and push.',
  );
}

/** What is scored: names of the rows, as the governing commit has them. */
export type JudgedScoring = Pick<GovernedScoring, 'featuresDigest' | 'sets'>;

/** Reads the stored predictions of a version: of the sets those that are wanted now, made from the same rows. */
export async function readStored(
  { predictions }: VersionRecord,
  wanted: readonly ScoringSet[],
  deps: Pick<JudgeDeps, 'store'>,
): Promise<ScoredFiles> {
  const sets = new Map<ScoringSetName, Uint8Array>();
  for (const { name, input, digest } of predictions.sets ?? []) {
    const same = wanted.some((set) => set.name === name && set.input === input);
    if (same) sets.set(name, await readBytes(digest, deps));
  }
  return { predictions: await readBytes(predictions.digest, deps), sets };
}

/** Held against their digest: the store is a folder that others may reach. */
async function readBytes(digest: Digest, deps: Pick<JudgeDeps, 'store'>): Promise<Uint8Array> {
  const bytes = await deps.store.get(digest);
  if (digestBytes(bytes) === digest) return bytes;
  throw refuse(
    'judge/predictions-replaced',
    'The store has other bytes under the digest of the recorded predictions',
    'Repair the store, then run the workflow again.',
  );
}

function notStored({ digest, sizeBytes }: ArtifactFact, found: number | null) {
  return refuse(
    'judge/artifact-not-stored',
    `The store ${found === null ? 'does not hold' : `has ${found} bytes, not ${sizeBytes}, of`} the model file ${digest}`,
    'See whether the store of the policy can be reached and was not emptied; then run the workflow again.',
  );
}
