import { open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { behaviourRows } from '../../core/behaviour/behaviour-rows.ts';
import type { ModelConfig } from '../../core/config/model.ts';
import { type FeatureFileTable, readFeatureTable } from '../../core/evaluation/feature-table.ts';
import type { ScoringSetName } from '../../core/evaluation/scoring-set.ts';
import { permutedTable } from '../../core/explanation/permuted-table.ts';
import { writeRecord } from '../../core/production-like/csv-reader.ts';
import { buildProductionLikeSet } from '../dataset/production-like.ts';
import type { GovernedScoring } from './governed-scoring.ts';
import { takeRows } from './handed-files.ts';

export interface SetSources {
  /** Of the commit that governs. */
  readonly config: ModelConfig;
  readonly scoring: GovernedScoring;
  /** The held-out features on this machine, verified. */
  readonly features: string;
  /** The unpacked artifact of the storing job. */
  readonly handed: string;
  /** Inputs are written here. */
  readonly folder: string;
}

export interface SetInput {
  readonly name: ScoringSetName;
  /** CSV file. */
  readonly input: string;
}

/**
 * Writes the rows of every set that a model scores besides the held-out ones. All are pure functions of governed files.
 * @throws InputError PREDICT_HANDED_..., PRODUCTION_LIKE_..., BEHAVIOUR_..., FEATURES_INVALID, CSV_...
 */
export async function makeSetInputs(sources: SetSources): Promise<readonly SetInput[]> {
  const made: SetInput[] = [];
  for (const { name } of sources.scoring.sets) {
    const input = join(sources.folder, `${name}.csv`);
    await makers[name](sources, input);
    made.push({ name, input });
  }
  return made;
}

type Maker = (sources: SetSources, to: string) => Promise<void>;

const makers: Readonly<Record<ScoringSetName, Maker>> = {
  'production-like': makeProductionLike,
  validation: async ({ scoring, handed }, to) => {
    if (scoring.validation !== null) await takeRows(handed, 'validation', scoring.validation, to);
  },
  behaviour: makeBehaviour,
  permuted: makePermuted,
};

async function makeProductionLike(
  { config, scoring, features, folder }: SetSources,
  to: string,
): Promise<void> {
  if (config.productionLike === undefined) return;
  const recorded = new Map<string, string>();
  for (const [path, content] of scoring.recorded) {
    const file = join(folder, `recorded-${recorded.size + 1}.csv`);
    await writeFile(file, content);
    recorded.set(path, file);
  }
  const { productionLike: suite } = config;
  await buildProductionLikeSet({ source: features, target: to, suite, key: config.heldOut.key, recorded });
}

async function readTable({ config, features }: SetSources): Promise<FeatureFileTable> {
  return readFeatureTable(await readFile(features), config.heldOut.features, config.heldOut.key, 'all');
}

async function makeBehaviour(sources: SetSources, to: string): Promise<void> {
  const { behaviour, heldOut } = sources.config;
  if (behaviour === undefined) return;
  const table = await readTable(sources);
  const { columns, rows } = behaviourRows(behaviour, {
    columns: [heldOut.key, ...table.names],
    key: heldOut.key,
    rows: table.keys.length,
    rowAt: (row) => [
      table.keys[row] ?? '',
      ...table.names.map((name) => table.columns.get(name)?.[row] ?? ''),
    ],
  });
  await writeFile(to, [columns, ...rows].map(writeRecord).join(''));
}

/** Characters that are kept before they are written. */
const flushCharacters = 1024 * 1024;

async function makePermuted(sources: SetSources, to: string): Promise<void> {
  const { explain, heldOut } = sources.config;
  if (explain === undefined || !('permutation' in explain)) return;
  const table = await readTable(sources);
  const file = await open(to, 'wx');
  try {
    const { columns, rows, rowAt } = permutedTable(table, heldOut.key, explain.permutation);
    let text = writeRecord(columns);
    for (let row = 0; row < rows; row++) {
      text += writeRecord(rowAt(row));
      if (text.length < flushCharacters) continue;
      await file.write(text);
      text = '';
    }
    await file.write(text);
  } finally {
    await file.close();
  }
}
