import type { Zippable } from 'fflate';
import type { ModelConfig } from '../../core/config/model.ts';
import {
  behaviourText,
  blunt,
  drawFlights,
  type RowModel,
  scoreTable,
  setTables,
  sharp,
} from '../../core/evaluation/held-out.fixture.ts';
import { planScoringSets, type ScoredSet } from '../../core/evaluation/scoring-set.ts';
import type { JudgementEvidence } from '../../core/evidence/evidence.ts';
import type { JudgementFacts } from '../../core/evidence/facts.ts';
import { rulesDigest } from '../../core/evidence/rules-digest.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { championsOf } from '../../core/registry/champion.ts';
import type { ModelState } from '../../core/registry/ledger.ts';
import { emptyState } from '../../core/registry/stream.ts';
import {
  baseFiles,
  featuresPath,
  hex256,
  model,
  modelText,
  proposed,
  stateWith,
} from '../../test/memory/flights.ts';
import { baseSha, type Files, headSha, memoryProposal } from '../../test/memory/proposal.ts';
import { modelBytes, record, type Setup, world } from './world.fixture.ts';

/** A model of which everything is asked: slices, a threshold, spoiled rows, cases, columns that it leans on. */
export const flights = drawFlights(200, 8);
const validation = drawFlights(150, 9);
export const suitePath = `models/${model}/behaviour.yml`;
const rulesPath = `models/${model}/model.yml`;

export interface FullTexts {
  /** Written as YAML. */
  readonly gates?: string;
  readonly suite?: string | null;
  readonly explain?: string;
  readonly more?: string;
}

const usualGates = `
  - { metric: auc, min: 0.7, versus: not-worse, margin: 0.02 }
  - { metric: f1, versus: not-worse, margin: 0.02 }
  - { metric: auc, slice: carrier=AA, min: 0.6 }
  - { metric: auc, drop: 0.4 }`;

/** Files of the default branch. */
export function fullBase(texts: FullTexts = {}): Files {
  const {
    gates = usualGates,
    suite = behaviourText,
    explain = 'permutation: { rows: 100 }',
    more = '',
  } = texts;
  const written = modelText({ labelsSha256: hex256(flights.labels), gates }).replace(
    'gates:',
    `  validation: { features: data/v.csv, labels: data/vl.csv }
decision: { choose: f1 }
slices: { declared: [{ column: carrier }], minimum-rows: 60 }
explain: { ${explain} }
production-like: { seed: 1, corruptions: [{ name: lost, kind: missing, columns: [distance], share: 0.3 }] }
${more}gates:`,
  );
  return {
    ...baseFiles({ labelsSha256: '' }),
    [featuresPath]: flights.features,
    'data/v.csv': validation.features,
    'data/vl.csv': validation.labels,
    [rulesPath]: written,
    ...(suite === null ? {} : { [suitePath]: suite }),
  };
}

export const configOf = (base: Files): ModelConfig => {
  const governed = memoryProposal(base, base, null).catalogue.models.get(model);
  if (governed === undefined) throw new Error('no model');
  return governed.config;
};

const bytesOf = (files: Files, path: string) => digestBytes(files[path] ?? '');

/** The sets that this base asks for. */
export function plannedSets(base: Files) {
  const config = configOf(base);
  return planScoringSets(config, config.behaviour ?? null, {
    ...{ features: bytesOf(base, featuresPath), validation: bytesOf(base, 'data/v.csv'), recorded: {} },
  });
}

/** What the predicting job of this base hands over for one model. */
export function scoreFiles(base: Files, rowModel: RowModel): Readonly<Record<string, string>> {
  const tables = [
    ...setTables(configOf(base), flights.features),
    ['validation', validation.features] as const,
  ];
  return Object.fromEntries([
    ['predictions.csv', scoreTable(flights.features, rowModel)],
    ...tables.map(([name, table]) => [`sets/${name}.csv`, scoreTable(table, rowModel)]),
  ]);
}

export const pack = (files: Readonly<Record<string, string>>): Zippable =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [name, Buffer.from(text)]));

/** A champion whose predictions of all sets are in the store. */
export function servingChampion(base: Files, rowModel: RowModel = blunt) {
  const files = scoreFiles(base, rowModel);
  const predictions = digestBytes(files['predictions.csv'] ?? '');
  const features = bytesOf(base, featuresPath);
  const state = stateWith({
    ...{ version: 1, modelBytes: 'old model', predictions, features, stage: 'production', endpoints: ['eu'] },
  });
  const sets = plannedSets(base).map(
    (set): ScoredSet => ({
      ...set,
      digest: digestBytes(files[`sets/${set.name}.csv`] ?? ''),
    }),
  );
  return { files, stored: Object.values(files), state: withSets(state, sets) };
}

/** The record of version 1 with these sets. */
export function withSets(state: ModelState, sets: readonly ScoredSet[]): ModelState {
  const versions = new Map(state.versions);
  const one = versions.get(1);
  if (one === undefined) throw new Error('no version 1');
  versions.set(1, { ...one, record: { ...one.record, predictions: { ...one.record.predictions, sets } } });
  return { ...state, versions };
}

export type FullSetup = Partial<Setup> & { readonly files?: Readonly<Record<string, string>> };

/** Judges a sharp model on all sets. */
export function fullWorld({ files, ...setup }: FullSetup) {
  const base = setup.base ?? fullBase();
  return world({
    ...{ base, labels: flights.labels, challenger: pack(files ?? scoreFiles(base, sharp)) },
    ...setup,
    stored: [modelBytes, record, 'old model', ...(setup.stored ?? [])],
    inputs: { featuresDigest: bytesOf(base, featuresPath), ...setup.inputs },
  });
}

/** What the app finds by itself about the judgement of this pull request. */
export function factsOf(evidence: JudgementEvidence, setup: Partial<Setup>): JudgementFacts {
  const base = setup.base ?? fullBase();
  const state = setup.state ?? emptyState(model);
  const { change, catalogue, policy } = memoryProposal(base, setup.head ?? proposed(base), state);
  const governed = catalogue.models.get(model);
  if (change.kind !== 'request' || governed === undefined) throw new Error('nothing to judge');
  const { repositoryId, repository, pullRequest, runId, runAttempt } = evidence.origin;
  return {
    ...{
      repositoryId,
      repository,
      pullRequest,
      headSha,
      baseRef: 'main',
      baseShas: [baseSha],
      governed: true,
    },
    run: { id: runId, latestAttempt: runAttempt },
    contentDigest: change.contentDigest,
    ...{ moves: change.moves, model: governed.config, policy, version: null },
    artifact: { ids: [500], digest: digestBytes(modelBytes) },
    rulesDigest: rulesDigest({ policy, catalogue, change }),
    champions: championsOf(state),
    heldOut: {
      featuresDigest: bytesOf(base, featuresPath),
      labelsDigest: `sha256:${hex256(flights.labels)}`,
    },
  };
}
