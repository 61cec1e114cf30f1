import { isFairness } from '../config/metric-form.ts';
import type { ModelConfig } from '../config/model.ts';
import type { Gate } from '../config/policy.ts';
import { type FeatureColumns, parseFeatures } from './feature-columns.ts';
import { readFeatureTable } from './feature-table.ts';
import type { HeldOutTruth, TruthColumns } from './read-truth.ts';

/** The rows on which models are judged: what is true of them, and what the models were given. */
export interface HeldOutRows {
  readonly truth: HeldOutTruth;
  /** In the order of the truth; null: nothing asks for features. */
  readonly features: FeatureColumns | null;
  /** Keys in the order of the features' file, in which samples are drawn; empty where nothing is drawn. */
  readonly fileKeys: readonly string[];
  /** All feature columns in the order of the file; empty likewise. */
  readonly fileColumns: readonly string[];
}

/** Columns of the label file that a model's configuration names. */
export function truthColumnsOf({ heldOut, prediction, task }: ModelConfig): TruthColumns {
  const { labels, key } = heldOut;
  const group = labels.group ?? null;
  return {
    key,
    // Not read where a task has no labels (scored examples).
    label: labels.column ?? 'label',
    weight: labels.weight ?? null,
    // Rows of one query belong together by nature.
    ...(task === 'ranking' ? { query: group, group: null } : { query: null, group }),
    classes: prediction?.classes ?? [],
  };
}

/** Whether a judgement looks at features at all: they need not be fetched otherwise. */
export function needsFeatures(config: ModelConfig, gates: readonly Gate[]): boolean {
  return cutsRows(config, gates) || drawsRows(config);
}

const cutsRows = ({ slices }: ModelConfig, gates: readonly Gate[]): boolean =>
  slices !== undefined || gates.some(({ metric, by }) => by !== undefined || isFairness(metric));

const drawsRows = ({ behaviour, explain }: ModelConfig): boolean =>
  behaviour !== undefined || (explain !== undefined && 'permutation' in explain);

/** @param content of the held-out features; null: not needed. @throws InputError FEATURES_INVALID */
export function readHeldOutRows(
  truth: HeldOutTruth,
  content: Uint8Array | null,
  config: ModelConfig,
  gates: readonly Gate[],
): HeldOutRows {
  if (content === null) return { truth, features: null, fileKeys: [], fileColumns: [] };
  const { features: source, key } = config.heldOut;
  const table = drawsRows(config) ? readFeatureTable(content, source, key, []) : null;
  return {
    truth,
    features: cutsRows(config, gates) ? parseFeatures(content, { source, key, keys: truth.keys }) : null,
    fileKeys: table?.keys ?? [],
    fileColumns: table?.names ?? [],
  };
}
