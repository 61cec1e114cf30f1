import type { ModelConfig } from '../core/config/model.ts';
import { InputError } from '../core/error/error.ts';
import { readFeatureTable } from '../core/evaluation/feature-table.ts';

/**
 * Names the classes of a model of several classes that no model.yml describes: the columns of its predictions, or where
 * these have one column `class`, every class that occurs.
 * @param labels content of the label file
 * @param predictions contents of the files that are compared
 */
export function withClasses(
  config: ModelConfig,
  labels: Uint8Array,
  predictions: readonly Uint8Array[],
): ModelConfig {
  if (config.task !== 'multiclass-classification' || config.prediction?.classes !== undefined) return config;
  const files = predictions.map((content) => columnsOf(content, 'key', 'class'));
  const columns = files.find(({ names }) => names.length > 1)?.names;
  const { key, labels: held } = config.heldOut;
  const occurring = () => [
    ...columnsOf(labels, key, held.column ?? 'label').cells,
    ...files.flatMap(({ cells }) => cells),
  ];
  const classes = columns ?? [...new Set(occurring())].filter((name) => name !== '').sort();
  return { ...config, prediction: { consumers: [], ...config.prediction, classes } };
}

interface Columns {
  /** Without the key. */
  readonly names: readonly string[];
  /** Of the one column that was asked for. */
  readonly cells: readonly string[];
}

/** What a file that cannot be read lacks is said where it is read in earnest. */
function columnsOf(content: Uint8Array, key: string, wanted: string): Columns {
  for (const name of new Set([key, 'key'])) {
    try {
      const { names, columns } = readFeatureTable(content, 'file', name, [wanted]);
      return { names, cells: columns.get(wanted) ?? [] };
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
    }
  }
  return { names: [], cells: [] };
}
