import { behaviourRows } from '../behaviour/behaviour-rows.ts';
import { parseBehaviour } from '../config/behaviour-file.ts';
import type { ModelConfig, Task } from '../config/model.ts';
import { parseModelConfig } from '../config/model-file.ts';
import { permutedTable } from '../explanation/permuted-table.ts';
import { seedGenerator } from '../statistics/mulberry32.ts';
import { readFeatureTable } from './feature-table.ts';
import { readHeldOutRows, truthColumnsOf } from './held-out-rows.ts';
import { readTruth } from './read-truth.ts';
import type { ScoringSet, ScoringSetName } from './scoring-set.ts';

/** Flights whose lateness follows their distance; the hour says nothing. */
export function drawFlights(rows: number, seed: number) {
  const next = seedGenerator(seed);
  const cells = Array.from({ length: rows }, (_, row) => {
    const distance = Math.floor(1000 * next());
    const late = next() < 0.05 + 0.9 * (distance / 1000) ? 1 : 0;
    return { key: `f${row + 1}`, distance, hour: Math.floor(24 * next()), late };
  });
  const features = cells.map(({ key, distance, hour }, row) => [
    key,
    String(distance),
    String(hour),
    row % 2 === 0 ? 'AA' : 'DL',
    row % 3 === 0 ? 'm' : 'f',
  ]);
  return {
    features: writeTable(['row', 'distance', 'hour', 'carrier', 'sex'], features),
    labels: writeTable(
      ['key', 'late', 'fare', 'plane'],
      cells.map(({ key, late, hour }, row) => [key, String(late), String(1 + (hour % 3)), `p${row % 150}`]),
    ),
  };
}

export const writeTable = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  [columns, ...rows].map((row) => `${row.join(',')}\n`).join('');

/** A model: what it says of one row. */
export type RowModel = (cells: Readonly<Record<string, string>>) => number;

const unit = (value: number) => Math.min(1, Math.max(0, value));
const share = (cell: string | undefined, of: number) => (cell === '' ? 0.5 : Number(cell) / of);
export const sharp: RowModel = ({ distance }) => unit(0.05 + 0.9 * share(distance, 1000));
/** Half of what it says is the hour. */
export const blunt: RowModel = ({ distance, hour }) => (share(distance, 1000) + share(hour, 24)) / 2;

/** What a model says of every row of a table, as its predict command writes it. */
export function scoreTable(table: string, model: RowModel): string {
  const [header = '', ...lines] = table.trimEnd().split('\n');
  const names = header.split(',');
  const scored = lines.map((line) => {
    const cells = line.split(',');
    const row = Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']));
    return [cells[0] ?? '', model(row).toFixed(6)];
  });
  return writeTable(['key', 'score'], scored);
}

/** Every third row without its distance. */
export function spoil(features: string): string {
  return features.replaceAll(/^(f\d*[0369]),\d+/gm, '$1,');
}

export const behaviourText = `version: 1
defaults: { hour: 12, carrier: AA, sex: f }
groups:
  - name: distance
    kind: directional
    must-pass: 1
    cases:
      - name: further is later
        row: { distance: 300 }
        change: { distance: { multiply: 3 } }
        expect: { up: 0.1 }
  - name: carrier
    kind: invariance
    must-pass: 0.9
    cases:
      - name: another carrier
        from: held-out
        sample: 20
        change: { carrier: ZZ }
        expect: { same: 0.001 }
`;

/** Inputs of the sets of a configuration, each as a table. */
export function setTables(config: ModelConfig, features: string): ReadonlyMap<ScoringSetName, string> {
  const { key } = config.heldOut;
  const table = readFeatureTable(features, 'features.csv', key, 'all');
  const made = new Map<ScoringSetName, string>();
  if (config.productionLike !== undefined) made.set('production-like', spoil(features));
  if (config.behaviour !== undefined) {
    const { columns, rows } = behaviourRows(config.behaviour, {
      columns: [key, ...table.names],
      ...{ key, rows: table.keys.length },
      rowAt: (row) => [
        table.keys[row] ?? '',
        ...table.names.map((name) => table.columns.get(name)?.[row] ?? ''),
      ],
    });
    made.set('behaviour', writeTable(columns, rows));
  }
  if (config.explain !== undefined && 'permutation' in config.explain) {
    const { columns, rows, rowAt } = permutedTable(table, key, config.explain.permutation);
    made.set(
      'permuted',
      writeTable(
        columns,
        Array.from({ length: rows }, (_, at) => rowAt(at)),
      ),
    );
  }
  return made;
}

/** Files in which a model says all that it was asked. */
export function scoreAll(config: ModelConfig, features: string, model: RowModel) {
  const sets = [...setTables(config, features)].map(
    ([name, table]) => [name, Buffer.from(scoreTable(table, model))] as const,
  );
  return { predictions: Buffer.from(scoreTable(features, model)), sets: new Map(sets) };
}

/** Sets by their names: of digests these tests say nothing. */
export const setsNamed = (...names: readonly ScoringSetName[]): readonly ScoringSet[] =>
  names.map((name) => ({ name, input: `sha256:${'0'.repeat(64)}` }));

export interface ConfigTexts {
  readonly task?: Task;
  /** Written as YAML. */
  readonly gates: string;
  /** Keys that stand beside the column of the label file. */
  readonly labels?: string;
  readonly heldOut?: string;
  readonly rest?: string;
  readonly behaviour?: string;
}

/** A `model.yml` as people write it, and a suite beside it. */
export function configOf(texts: ConfigTexts): ModelConfig {
  const { task = 'binary-classification', labels = '', heldOut = '', rest = '', behaviour } = texts;
  const text = `version: 1
description: d
owners: { users: [omar] }
risk: limited
limitations: l
datasets: [flights]
paths: [m/**]
train: { command: t, artifact: out/m }
predict: { command: p }
held-out:
  features: features.csv
  key: row
  labels: { url: https://l.example, audience: a, sha256: ${'a'.repeat(64)}, column: late${labels} }
${heldOut}
task: ${task}
gates: ${texts.gates}
${rest}`;
  const config = parseModelConfig(text, 'models/m/model.yml', 'm');
  if (behaviour === undefined) return config;
  return { ...config, behaviour: parseBehaviour(behaviour, 'models/m/behaviour.yml', config) };
}

/** Held-out rows of two texts. */
export function rowsOf(config: ModelConfig, labels: string, features: string | null) {
  const truth = readTruth(labels, truthColumnsOf(config), config.task);
  return readHeldOutRows(truth, features === null ? null : Buffer.from(features), config, config.gates);
}
