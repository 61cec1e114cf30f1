import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { compareInThreads } from '../adapters/compare/compare-in-threads.ts';
import type { ModelConfig } from '../core/config/model.ts';
import { InputError } from '../core/error/error.ts';
import { finishHeldOutComparison, planHeldOutComparison } from '../core/evaluation/held-out-comparison.ts';
import { readHeldOutRows, truthColumnsOf } from '../core/evaluation/held-out-rows.ts';
import { type HeldOutTruth, readTruth } from '../core/evaluation/read-truth.ts';
import { readScoredModel, type ScoredModel } from '../core/evaluation/scored-model.ts';
import { judgementVerdict } from '../core/evaluation/verdict.ts';
import type { Finding } from '../core/finding/finding.ts';
import type { LocalComparison } from '../core/report/local-comparison.ts';
import { withClasses } from './compare-classes.ts';
import { type LocalModel, missing } from './compare-model.ts';
import { labelFault, predictionFault } from './local-fault.ts';

/** Paths as they were typed. */
export interface ComparedFiles {
  readonly champion: string;
  readonly challenger: string;
  readonly labels: string;
  readonly features: string | null;
  /** `model.yml`; absent: none is named. */
  readonly model: string | undefined;
}

/**
 * Compares two prediction files on the same labels, by the code that judges pull requests.
 * @throws InputError FILE_MISSING, LABELS_INVALID, PREDICTIONS_INVALID, FEATURES_INVALID
 */
export async function compareFiles(
  cwd: string,
  files: ComparedFiles,
  { config: said, gates, minimumRows, unjudged, notes }: LocalModel,
): Promise<LocalComparison> {
  const read = (path: string) => readFile(resolve(cwd, path)).catch(missing(path));
  const labels = await read(files.labels);
  const features = files.features === null ? null : await read(files.features);
  const predictions = [await read(files.champion), await read(files.challenger)] as const;
  const config = withFeatures(withClasses(said, labels, predictions), files.features);
  const truth = readLabels(labels, files.labels, config, files.model);
  const rows = readHeldOutRows(truth, features, config, gates);
  const findings: Finding[] = [];
  const score = (content: Uint8Array, path: string): ScoredModel => {
    const scored = scoreFile(content, path, config, truth.keys);
    findings.push(...scored.findings);
    return scored.model;
  };
  const champion = score(predictions[0], files.champion);
  const challenger = score(predictions[1], files.challenger);
  const against = 'unnumbered' as const;
  const plan = planHeldOutComparison({
    ...{ config, gates, minimumRows, against, rows, challenger, champion },
    attributions: null,
    measured: [],
  });
  const compared = await Promise.all(plan.compare.map((part) => compareInThreads(part)));
  const { comparison, findings: more } = finishHeldOutComparison(plan, compared);
  findings.push(...more);
  const { gates: outcomes, metrics, ...rest } = comparison;
  return {
    verdict: verdictOf(gates.length, unjudged.length, judgementVerdict([comparison], findings)),
    ...{ challenger: files.challenger, champion: files.champion, labels: files.labels },
    rows: truth.keys.length,
    comparison: {
      ...{ ...rest, outcomes, against: null, champion: 'champion', endpoints: [] },
      // Judged is what the judge computed: here nobody but this machine stands behind a number.
      metrics: metrics.map((metric) => ({ ...metric, grade: 'measured' as const })),
    },
    findings,
    unjudged,
    notes,
  };
}

/** A gate that nobody answered is no pass; one that failed fails whatever the others would say. */
function verdictOf(
  gates: number,
  unjudged: number,
  judged: ReturnType<typeof judgementVerdict>,
): LocalComparison['verdict'] {
  if (gates + unjudged === 0) return 'no gates';
  if (unjudged === 0 || (gates > 0 && judged === 'fail')) return judged;
  return 'incomplete';
}

/** Faults name the file that was given, not the one in the repository. */
const withFeatures = (config: ModelConfig, features: string | null): ModelConfig =>
  features === null ? config : { ...config, heldOut: { ...config.heldOut, features } };

/**
 * Reads the labels of a person's own file.
 * @param path as it was typed
 * @throws InputError LABELS_INVALID, in terms of the options of the command line
 */
export function readLabels(
  labels: Uint8Array,
  path: string,
  config: ModelConfig,
  model: string | undefined,
): HeldOutTruth {
  try {
    return readTruth(labels, truthColumnsOf(config), config.task);
  } catch (error) {
    throw error instanceof InputError ? labelFault(error, path, config, model) : error;
  }
}

/**
 * Reads the predictions of one model.
 * @param path as it was typed
 * @param keys of the labelled rows
 * @throws InputError PREDICTIONS_INVALID
 */
export function scoreFile(
  predictions: Uint8Array,
  path: string,
  config: ModelConfig,
  keys: readonly string[],
): { readonly model: ScoredModel; readonly findings: readonly Finding[] } {
  const files = { predictions, sets: new Map() };
  const { model, findings } = readScoredModel({ files, who: path, config, keys, sets: [], validation: null });
  if (model === null) throw predictionFault(path, `predictions.csv (${path})`, predictions, findings);
  return { model, findings };
}
