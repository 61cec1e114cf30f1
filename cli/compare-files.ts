import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { compareInThreads } from '../adapters/compare/compare-in-threads.ts';
import type { ModelConfig } from '../core/config/model.ts';
import { InputError } from '../core/error/error.ts';
import { finishHeldOutComparison, planHeldOutComparison } from '../core/evaluation/held-out-comparison.ts';
import { readHeldOutRows, truthColumnsOf } from '../core/evaluation/held-out-rows.ts';
import { readTruth } from '../core/evaluation/read-truth.ts';
import { readScoredModel, type ScoredModel } from '../core/evaluation/scored-model.ts';
import { judgementVerdict } from '../core/evaluation/verdict.ts';
import type { Finding } from '../core/finding/finding.ts';
import type { LocalComparison } from '../core/report/local-comparison.ts';
import { type LocalModel, missing } from './compare-model.ts';

/** Paths as they were typed. */
export interface ComparedFiles {
  readonly champion: string;
  readonly challenger: string;
  readonly labels: string;
  readonly features: string | null;
}

/**
 * Compares two prediction files on the same labels, by the code that judges pull requests.
 * @throws InputError FILE_MISSING, LABELS_INVALID, PREDICTIONS_INVALID, FEATURES_INVALID
 */
export async function compareFiles(
  cwd: string,
  files: ComparedFiles,
  { config, gates, minimumRows, notes }: LocalModel,
): Promise<LocalComparison> {
  const read = (path: string) => readFile(resolve(cwd, path)).catch(missing(path));
  const truth = readTruth(await read(files.labels), truthColumnsOf(config), config.task);
  const features = files.features === null ? null : await read(files.features);
  const rows = readHeldOutRows(truth, features, config, gates);
  const findings: Finding[] = [];
  const score = async (path: string): Promise<ScoredModel> => {
    const scored = scoreFile(await read(path), path, config, truth.keys);
    findings.push(...scored.findings);
    return scored.model;
  };
  const champion = await score(files.champion);
  const challenger = await score(files.challenger);
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
    verdict: gates.length === 0 ? 'no gates' : judgementVerdict([comparison], findings),
    ...{ challenger: files.challenger, champion: files.champion, labels: files.labels },
    rows: truth.keys.length,
    comparison: {
      ...{ ...rest, outcomes, against: null, champion: 'champion', endpoints: [] },
      // Judged is what the judge computed: here nobody but this machine stands behind a number.
      metrics: metrics.map((metric) => ({ ...metric, grade: 'measured' as const })),
    },
    findings,
    notes,
  };
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
  if (model === null) throw refuse(path, findings);
  return { model, findings };
}

/** Each finding says its own fix. */
function refuse(path: string, findings: readonly Finding[]): InputError {
  const [first, ...rest] = findings;
  return new InputError('PREDICTIONS_INVALID', `${path} cannot be compared`, {
    hint: first?.fix ?? 'Write one prediction for every held-out row.',
    ...(first === undefined ? {} : { findings: [first, ...rest] }),
  });
}
