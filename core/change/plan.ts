import {
  contractPath,
  datasetOfFile,
  isConfiguration,
  isLedgerPath,
  modelOfJudging,
  modelOfRules,
  modelOfStages,
  modelPath,
  stagesPath,
} from '../config/layout.ts';
import type { DesiredStages } from '../config/model.ts';
import { parseStages } from '../config/stages-file.ts';
import { InputError } from '../error/error.ts';
import type { Finding } from '../finding/finding.ts';
import { digestOf } from '../json/canonical.ts';
import { behindBase } from './behind.ts';
import { type Catalogue, declares, holds, type ReadText, readCatalogue } from './catalogue.ts';
import type { Change, ChangedPath, Move, TreeListing } from './change.ts';
import { isAppWritten, isContent } from './content.ts';
import { readDeclaredChanges } from './declared.ts';
import { type LedgerView, movesOf } from './moves.ts';
import { brokenPolicy } from './policy-text.ts';
import { diffTrees } from './tree.ts';

export interface PlanInput {
  /** Where the pull request left the base branch: what it changes is the difference to here. */
  readonly mergeBase: TreeListing;
  /** The tip that governs: policy, contracts and gates come from here. */
  readonly base: TreeListing;
  readonly head: TreeListing;
  /** Text of a file at one side; null when it is not there. `textPaths` lists what will be asked for. */
  readonly text: ReadText;
  /** What the ledger says of a model, for `from` of every move. */
  readonly ledger: (model: string) => LedgerView;
  /** True when the ledger lies on the base branch itself: then its paths are the app's alone. */
  readonly ledgerOnBase: boolean;
}

/**
 * Says what a pull request asks for, from trees and configuration alone.
 * @returns `nothing` for a pull request that Gatehouse has no opinion on, `refused` with findings when it cannot be
 * judged as it stands, else the request with the digest of its content (GATE.md rules 1, 3 and 10 to 12).
 */
export function planChange(input: PlanInput): Change {
  const changed = diffTrees(input.mergeBase, input.head);
  const catalogue = readCatalogue(input.base, input.head, input.text);
  const declared = readDeclaredChanges(changed, input, catalogue);
  const touched = touchedBy(changed, catalogue, declared.models);
  const configuration = changed.map((change) => change.path).filter(isConfiguration);
  const ledgerFiles = input.ledgerOnBase ? changed.filter((change) => isLedgerPath(change.path)) : [];
  // A governing file that nobody can read may declare any path: what it governs is unknown, not nothing.
  if (catalogue.findings.length === 0 && isNothing(touched, configuration, ledgerFiles)) {
    return { kind: 'nothing', because: 'This pull request changes no model, data, stage or Gatehouse file.' };
  }
  const model = touched.models[0] ?? null;
  const stages = model === null ? { moves: [], findings: [] } : readMoves(model, input);
  const findings = [
    ...catalogue.findings,
    ...touched.findings,
    ...declared.findings,
    ...ledgerFiles.map(handWritten),
    ...brokenPolicy(input),
    ...links(changed, catalogue),
    ...behindBase(input, changed, catalogue, touched.changed ? model : null),
    ...stages.findings,
  ];
  if (findings.length > 0) {
    const about =
      model === null ? {} : { about: { model, proposal: !asksOnlyForStages(model, changed, touched) } };
    return { kind: 'refused', findings, ...about };
  }
  return request({ input, changed, catalogue, touched, configuration, model, stageMoves: stages.moves });
}

/** A waiver or a model.yml alone asks for no stage: refused or not, its one comment is the same. */
const asksOnlyForStages = (model: string, changed: readonly ChangedPath[], { proposed }: Touched): boolean =>
  !proposed.includes(model) && changed.some(({ path }) => modelOfStages(path) === model);

interface Touched {
  /** Models with a changed declared path, or a changed stages.yml or model.yml. */
  readonly models: readonly string[];
  readonly proposed: readonly string[];
  /** What makes, judges or places a model changed: a waiver, a review or a register says nothing about its bytes. */
  readonly changed: boolean;
  readonly datasets: readonly string[];
  readonly findings: readonly Finding[];
}

function touchedBy(
  changed: readonly ChangedPath[],
  catalogue: Catalogue,
  waived: readonly string[],
): Touched {
  const paths = changed.map((change) => change.path);
  const proposed = [...catalogue.models].flatMap(([name, { config }]) =>
    paths.some((path) => declares(config, path)) ? [name] : [],
  );
  const named = paths.flatMap((path) => modelOfStages(path) ?? modelOfRules(path) ?? []);
  const models = [...new Set([...proposed, ...named, ...waived])].sort();
  const datasets = [...catalogue.datasets].flatMap(([name, { config }]) =>
    paths.some((path) => path === contractPath(name) || holds(config, path)) ? [name] : [],
  );
  const orphans = paths.flatMap((path) => {
    const name = datasetOfFile(path);
    return name !== null && !datasets.includes(name) ? [name] : [];
  });
  const findings = models.length > 1 ? [severalModels(models)] : [];
  return {
    ...{ models, proposed, changed: proposed.length > 0 || paths.some(isRuled), findings },
    datasets: [...new Set([...datasets, ...orphans])].sort(),
  };
}

const isRuled = (path: string): boolean => modelOfStages(path) !== null || modelOfJudging(path) !== null;

function isNothing(
  touched: Touched,
  configuration: readonly string[],
  ledgerFiles: readonly ChangedPath[],
): boolean {
  return (
    touched.models.length === 0 &&
    touched.datasets.length === 0 &&
    configuration.length === 0 &&
    ledgerFiles.length === 0
  );
}

function readMoves(
  model: string,
  input: PlanInput,
): { readonly moves: readonly Move[]; readonly findings: readonly Finding[] } {
  const path = stagesPath(model);
  const [before, after] = [input.mergeBase.get(path), input.head.get(path)];
  if (before?.blob === after?.blob) return { moves: [], findings: [] };
  try {
    const desired = after ? parseStages(input.text('head', path) ?? '', path) : noStages;
    // Against the merge base, not base's tip: what others moved meanwhile is no wish of this pull request.
    const current = before ? parseStages(input.text('mergeBase', path) ?? '', path) : noStages;
    return { moves: movesOf(model, current, desired, input.ledger(model)), findings: [] };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { moves: [], findings: error.findings };
  }
}

const noStages: DesiredStages = { staging: [], candidate: [], production: {}, archived: [], rejected: [] };

interface RequestParts {
  readonly input: PlanInput;
  readonly changed: readonly ChangedPath[];
  readonly catalogue: Catalogue;
  readonly touched: Touched;
  readonly configuration: readonly string[];
  readonly model: string | null;
  readonly stageMoves: readonly Move[];
}

function request(parts: RequestParts): Change {
  const { catalogue, touched, model, input } = parts;
  const governed = model === null ? null : (catalogue.models.get(model) ?? null);
  const proposal = model !== null && touched.proposed.includes(model);
  const trainedOn = proposal && governed ? governed.config.datasets : [];
  const datasets = [...new Set([...touched.datasets, ...trainedOn])].sort();
  const registration: readonly Move[] =
    proposal && model ? [{ kind: 'registration', model, to: 'registered' }] : [];
  const moves = [...registration, ...parts.stageMoves];
  const contentPaths = contentOf(parts, proposal);
  return {
    kind: 'request',
    model,
    proposal,
    newModel: model !== null && governed?.from === 'head',
    datasets,
    newDatasets: datasets.filter(
      (name) => catalogue.datasets.get(name)?.from === 'head' || !input.base.has(contractPath(name)),
    ),
    moves,
    configuration: parts.configuration,
    contentPaths,
    contentDigest: digestOf({
      paths: contentPaths.map(({ path, mode, after }) => ({ path, mode, after })),
      moves: moves.map((move) =>
        move.kind === 'registration' ? move : { ...move, from: null, rollback: null },
      ),
    }),
  };
}

/**
 * The files that the subject is about: everything that changed but Markdown that nobody declares, and, for a proposal,
 * every file that makes the model, changed here or not, so that a file which base changed under the model counts too.
 */
function contentOf(parts: RequestParts, proposal: boolean): readonly ChangedPath[] {
  const { changed, catalogue, model, input } = parts;
  const own = model === null ? undefined : catalogue.models.get(model)?.config;
  const content = new Map<string, ChangedPath>();
  for (const change of changed) if (isContent(change, catalogue)) content.set(change.path, change);
  if (proposal && own) {
    for (const { path, blob, mode } of input.head.values()) {
      if (declares(own, path) && !content.has(path) && !isAppWritten(path, input))
        content.set(path, { path, before: blob, after: blob, mode });
    }
  }
  return [...content.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A link or a submodule in a place that Gatehouse reads would make it read something that was not reviewed. */
function links(changed: readonly ChangedPath[], catalogue: Catalogue): readonly Finding[] {
  const configs = [...catalogue.models.values()];
  const contracts = [...catalogue.datasets.values()];
  return changed
    .filter(({ mode }) => mode === '120000' || mode === '160000')
    .filter(
      ({ path }) =>
        isConfiguration(path) ||
        configs.some(({ config }) => declares(config, path)) ||
        contracts.some(({ config }) => holds(config, path)),
    )
    .map(({ path, mode }) => ({
      code: 'change/link',
      severity: 'fail',
      message: `${path} is a ${mode === '120000' ? 'symbolic link' : 'submodule'}`,
      where: { file: path },
      fix: 'Commit the file itself: Gatehouse judges content, not where a link points.',
    }));
}

function severalModels(models: readonly string[]): Finding {
  return {
    code: 'change/several-models',
    severity: 'fail',
    message: `This pull request changes ${models.length} models: ${models.join(', ')}`,
    where: { file: modelPath(models[0] ?? '') },
    found: models.join(', '),
    allowed: 'one model',
    fix: 'Open one pull request for each model, so that each is judged and approved by itself.',
  };
}

function handWritten({ path }: ChangedPath): Finding {
  return {
    code: 'change/ledger-path',
    severity: 'fail',
    message: `${path} belongs to the ledger, which only the Gatehouse app writes`,
    where: { file: path },
    fix: `Take ${path} out of this pull request. To move a version, edit models/<model>/stages.yml.`,
  };
}
