import { type ArchiveLimits, listArchive } from '../../adapters/archive/directory.ts';
import { readWhole } from '../../adapters/archive/entry.ts';
import { fromBytes } from '../../adapters/archive/source.ts';
import type { GitHubReader } from '../../adapters/github/reader.ts';
import { refuse } from '../../core/evaluation/refusal.ts';
import type { ScoredFiles } from '../../core/evaluation/scored-model.ts';
import { type ScoringSetName, scoringSetNames } from '../../core/evaluation/scoring-set.ts';
import { maxBytes } from '../../core/evaluation/table-text.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { digestBytes, isDigest } from '../../core/json/canonical.ts';

/** How one job hands predictions to another: by id and SHA-256 of the zip, never by name. */
export interface HandedArtifact {
  readonly id: number;
  /** As `actions/upload-artifact` tells it: 64 hex characters, with or without `sha256:`. */
  readonly digest: string;
}

const fileName = 'predictions.csv';
const setFiles: ReadonlyMap<string, ScoringSetName> = new Map(
  scoringSetNames.map((name) => [`sets/${name}.csv`, name]),
);
const limits: ArchiveLimits = {
  entries: 1 + setFiles.size,
  entryBytes: maxBytes,
  inFolders: [...setFiles.keys()],
};

/**
 * Fetches predictions that a job of this run handed over. Any job of a run can replace an artifact by name, so the
 * bytes are held against the handed SHA-256.
 * @param who `challenger` or `champion`, for messages
 * @throws InputError JUDGE_PREDICTIONS_FOREIGN, JUDGE_PREDICTIONS_REPLACED, ARCHIVE_REFUSED
 */
export async function readPredictionsArtifact(
  handed: HandedArtifact,
  who: string,
  runId: number,
  github: Pick<GitHubReader, 'artifact' | 'artifactZip'>,
): Promise<ScoredFiles> {
  const facts = await github.artifact(handed.id);
  if (facts === null || facts.runId !== runId) {
    throw refuse(
      'judge/predictions-foreign',
      `The ${who}'s predictions, artifact ${handed.id}, are not of this run ${runId}`,
      'Call judge-model.yml as it is: it hands the predictions over by itself.',
    );
  }
  const zip = await github.artifactZip(handed.id, maxBytes);
  const wanted = handed.digest.startsWith('sha256:') ? handed.digest : `sha256:${handed.digest}`;
  const found = digestBytes(zip);
  if (!isDigest(wanted) || found !== wanted) throw replaced(handed, who, found);
  const source = fromBytes(zip);
  const entries = await listArchive(source, limits);
  const held = entries.find(({ name }) => name === fileName);
  const others = entries.filter((entry) => entry !== held);
  const sets = new Map<ScoringSetName, Uint8Array>();
  for (const entry of others) {
    const name = setFiles.get(entry.name);
    if (name === undefined) throw notPredictions(who);
    sets.set(name, await readWhole(source, entry));
  }
  if (held === undefined) throw notPredictions(who);
  return { predictions: await readWhole(source, held), sets };
}

/**
 * Refuses predictions of other rows than those that govern now: a base that moved while the run predicted names other
 * ones, and a prediction does not say what it was made from.
 * @param handed digest of the rows that the storing job gave to the predicting jobs
 * @throws InputError JUDGE_HELD_OUT_MOVED
 */
export function requireSameRows(handed: string | null, featuresDigest: Digest): void {
  if (handed === featuresDigest) return;
  throw refuse(
    'judge/held-out-moved',
    'The predictions are not known to be of the held-out rows that the base branch names now',
    'Run all jobs of the workflow again; when they were called by hand, pass features-digest of the storing job.',
    { found: handed ?? 'no digest of the rows', allowed: featuresDigest },
  );
}

function replaced({ id, digest }: HandedArtifact, who: string, found: string) {
  return refuse(
    'judge/predictions-replaced',
    `The ${who}'s predictions, artifact ${id}, are not the bytes that the predicting job handed over`,
    'Run the workflow again. If it stays so, look who else uploads artifacts in this run.',
    { found, allowed: digest.slice(0, 80).toWellFormed() },
  );
}

function notPredictions(who: string) {
  return refuse(
    'judge/predictions-content',
    `The ${who}'s predictions artifact does not hold ${fileName} and files of known sets alone`,
    'Call judge-model.yml as it is: its predict jobs upload those files.',
  );
}
