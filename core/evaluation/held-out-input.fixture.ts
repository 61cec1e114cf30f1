import { expect } from 'vitest';
import type { ModelConfig } from '../config/model.ts';
import type { MetricResult } from '../evidence/evidence.ts';
import {
  type ConfigTexts,
  configOf,
  drawFlights,
  type RowModel,
  rowsOf,
  scoreAll,
  setsNamed,
} from './held-out.fixture.ts';
import type { HeldOutInput, HeldOutOutcome } from './held-out-comparison.ts';
import type { HeldOutRows } from './held-out-rows.ts';
import { readScoredModel, type ScoredFiles, type ScoredModel } from './scored-model.ts';

export const flights = drawFlights(180, 5);

const allSets = setsNamed('production-like', 'behaviour', 'permuted');

/** A model as it is read; nothing is wrong with its files. */
export function scored(config: ModelConfig, rows: HeldOutRows, files: ScoredFiles, who = 'challenger') {
  const sets = allSets.filter(({ name }) => files.sets.has(name));
  const { model, findings } = readScoredModel({
    ...{ files, who, config, sets, keys: rows.truth.keys, validation: null },
  });
  expect(findings).toEqual([]);
  return model as ScoredModel;
}

/** A comparison of two models of flights. */
export function inputOf(texts: ConfigTexts, mine: RowModel, theirs: RowModel | null): HeldOutInput {
  const config = configOf(texts);
  const rows = rowsOf(config, flights.labels, flights.features);
  const read = (model: RowModel, who: string) =>
    scored(config, rows, scoreAll(config, flights.features, model), who);
  return {
    ...{ config, gates: config.gates, minimumRows: 100, rows, attributions: null, measured: [] },
    against: theirs === null ? null : 1,
    challenger: read(mine, 'challenger'),
    champion: theirs && read(theirs, 'v1'),
  };
}

/** Names a number. */
export const keyOf = ({ metric, slice, set }: MetricResult) =>
  [metric, slice, set === 'held-out' ? null : set].filter((part) => part !== null).join(' | ');
/** Results by gate. */
export const gatesOf = ({ comparison }: HeldOutOutcome) =>
  Object.fromEntries(comparison.gates.map(({ gate, result }) => [gate, result]));
