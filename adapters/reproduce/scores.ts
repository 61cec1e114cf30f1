import { lstat, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ModelConfig } from '../../core/config/model.ts';
import { InputError } from '../../core/error/error.ts';
import { parsePredictions } from '../../core/evaluation/predictions.ts';
import { maxBytes } from '../../core/evaluation/table-text.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import type { VersionRecord } from '../../core/registry/ledger.ts';
import { compareScores, type ScoreComparison } from '../../core/training/reproduction.ts';
import { readFeaturePointer } from '../dvc/feature-pointer.ts';
import type { DvcRemote } from '../dvc/remote.ts';
import { runTeamCommand } from '../process/team-command.ts';
import type { Store } from '../store/store.ts';
import { needing, refuseGone } from './gone.ts';

export interface ScoringInputs {
  readonly record: VersionRecord;
  /** For messages, for example `flight-delay v7`. */
  readonly subject: string;
  /** model.yml of the recorded commit. */
  readonly model: ModelConfig;
  readonly worktree: string;
  /** The model file that was trained again. */
  readonly modelFile: string;
  readonly store: Store;
  readonly storeUrl: string;
  readonly remote: DvcRemote;
  readonly dataUrl: string;
  /** An empty folder. */
  readonly folder: string;
  readonly path: string | undefined;
  readonly log: (line: string) => void;
}

/**
 * Scores the held-out features with the model that was trained again, by the recorded predict command, and compares with
 * the predictions that the store keeps. Labels are not needed, and not in reach.
 * @throws InputError REPRODUCE_GONE, REPRODUCE_PREDICT, PREDICTIONS_INVALID; ServiceError from store and remote
 */
export async function scoreAgain(inputs: ScoringInputs): Promise<ScoreComparison> {
  const { record, subject, store, storeUrl, folder } = inputs;
  const home = join(folder, 'home');
  await mkdir(home, { recursive: true });
  const stored = await needing(`The predictions of ${subject}`, storeUrl, () =>
    store.get(record.predictions.digest, folder),
  );
  const features = join(folder, 'features.csv');
  await bringFeatures(inputs, features);
  const output = join(folder, 'predictions.csv');
  const end = await runTeamCommand({
    text: record.predictCommand,
    folder: inputs.worktree,
    env: {
      PATH: inputs.path ?? '',
      HOME: home,
      GATEHOUSE_MODEL: inputs.modelFile,
      GATEHOUSE_INPUT: features,
      GATEHOUSE_OUTPUT: output,
    },
    timeoutMs: inputs.model.predict.timeoutMinutes * 60_000,
    log: inputs.log,
  });
  if (end.kind !== 'done') {
    throw refusePredict(end.kind === 'timeout' ? 'did not end in time' : `ended with ${end.how}`);
  }
  const then = parsePredictions(await readFile(stored), 'stored predictions');
  return compareScores(then, parsePredictions(await readPlain(output), 'predictions.csv'));
}

/** The rows by the digest that the version was scored on; another set says nothing about it. */
async function bringFeatures(inputs: ScoringInputs, to: string): Promise<void> {
  const { record, subject, model, worktree, remote, dataUrl } = inputs;
  const path = model.heldOut.features;
  const content = await readFile(join(worktree, path)).catch(() => null);
  const { featuresDigest } = record.predictions;
  if (content === null || digestBytes(content) !== featuresDigest) {
    throw refuseGone(
      `The held-out features ${featuresDigest} of ${subject}`,
      `${path} of the recorded commit`,
      'Reproduce it without --predictions: what the training claims is compared then.',
    );
  }
  const pointer = readFeaturePointer({ path, content });
  if (pointer === null) return writeFile(to, content);
  await needing(`The held-out rows of ${subject}`, dataUrl, () => remote.fetch(pointer, path, to));
}

/** A link would bring in whatever it points to. */
async function readPlain(file: string): Promise<Uint8Array> {
  const facts = await lstat(file).catch(() => null);
  if (facts?.isFile() && facts.size <= maxBytes) return readFile(file);
  throw refusePredict('left no plain file of at most 256 MiB where GATEHOUSE_OUTPUT points');
}

function refusePredict(what: string): InputError {
  return new InputError('REPRODUCE_PREDICT', `The recorded predict command ${what}`, {
    hint: 'Read the log above; without --predictions only the model file and claimed metrics are compared.',
  });
}
