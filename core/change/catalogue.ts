import { behaviourGates } from '../behaviour/behaviour-gates.ts';
import { parseBehaviour } from '../config/behaviour-file.ts';
import type { Contract } from '../config/contract.ts';
import { parseContract } from '../config/contract-file.ts';
import { matchesGlob } from '../config/glob.ts';
import {
  behaviourPath,
  contractPath,
  datasetOfFile,
  modelOfFile,
  modelOfJudging,
  modelOfRules,
  modelOfStages,
  modelPath,
  namesIn,
  policyPath,
  stagesPath,
} from '../config/layout.ts';
import type { ModelConfig } from '../config/model.ts';
import { parseModelOnce } from '../config/model-file.ts';
import { parseOnce } from '../config/parse-once.ts';
import { InputError } from '../error/error.ts';
import type { Finding } from '../finding/finding.ts';
import type { TreeListing } from './change.ts';
import { isDeclaredFile } from './declared.ts';

const parseContractOnce = parseOnce(parseContract);

export type Side = 'base' | 'head';
export type TextSide = Side | 'mergeBase';

/** A configuration file with the side that governs: base when base knows it, head for what is new. */
export interface Governed<T> {
  readonly config: T;
  readonly from: Side;
  readonly path: string;
  readonly text: string;
}

/** Every model and dataset that base or head knows. */
export interface Catalogue {
  readonly models: ReadonlyMap<string, Governed<ModelConfig>>;
  readonly datasets: ReadonlyMap<string, Governed<Contract>>;
  /** What could not be read, with positions. A governing file that is unreadable governs nothing: the change is refused. */
  readonly findings: readonly Finding[];
}

export type ReadText = (side: TextSide, path: string) => string | null;

/** Every text that `planChange` may ask for, so that a shell reads them beforehand: core has no I/O. */
export function textPaths(
  trees: Readonly<Record<TextSide, TreeListing>>,
): readonly { readonly side: TextSide; readonly path: string; readonly blob: string }[] {
  const wanted = (path: string) =>
    modelOfJudging(path) !== null || datasetOfFile(path) !== null || modelOfStages(path) !== null;
  // Of what is declared beside a model only a change is read here: it says nothing about other pull requests.
  const changed = (path: string) =>
    (isDeclaredFile(path) || path === policyPath) &&
    trees.mergeBase.get(path)?.blob !== trees.head.get(path)?.blob;
  return (['mergeBase', 'base', 'head'] as const).flatMap((side) =>
    [...trees[side].values()]
      .filter(({ path }) => wanted(path) || (side !== 'base' && changed(path)))
      .map(({ path, blob }) => ({ side, path, blob })),
  );
}

export function readCatalogue(base: TreeListing, head: TreeListing, text: ReadText): Catalogue {
  const findings: Finding[] = [];
  const read = <T>(
    nameOf: (path: string) => string | null,
    pathOf: (name: string) => string,
    parse: (text: string, path: string, name: string, from: Side) => T,
  ) => {
    const known = new Set(namesIn(base, nameOf));
    const names = [...new Set([...known, ...namesIn(head, nameOf)])].sort();
    const entries = names.flatMap((name): [string, Governed<T>][] => {
      // What base cannot read governs nothing: the pull request that mends it is judged by head's file, as if the name
      // were new, with the governors' approval besides.
      const sides: readonly Side[] = known.has(name) ? ['base', 'head'] : ['head'];
      const path = pathOf(name);
      const broken: Finding[] = [];
      for (const from of sides) {
        const content = text(from, path);
        try {
          if (content === null) throw unreadable(path, from);
          return [[name, { config: parse(content, path, name, from), from, path, text: content }]];
        } catch (error) {
          if (broken.length === 0) broken.push(...findingsOf(error, path, from));
        }
      }
      findings.push(...broken);
      return [];
    });
    return new Map(entries);
  };
  const models = read(modelOfFile, modelPath, (content, path, name, from) => {
    const suite = behaviourPath(name);
    const cases = text(from, suite);
    // A suite that is there and cannot be read must not read like one that is not there: its gates would be gone.
    if (cases === null && (from === 'base' ? base : head).has(suite)) throw unreadable(suite, from);
    return withBehaviour(parseModelOnce(content, path, name), cases);
  });
  const datasets = read(datasetOfFile, contractPath, (content, path) => parseContractOnce(content, path));
  return { models, datasets, findings };
}

/** The suite lies in a file of its own, and is of the same side as the model file: base's cases judge, not head's. */
function withBehaviour(config: ModelConfig, content: string | null): ModelConfig {
  if (content === null) return config;
  const behaviour = parseBehaviour(content, behaviourPath(config.model), config);
  return { ...config, behaviour, gates: [...config.gates, ...behaviourGates(behaviour)] };
}

function unreadable(path: string, side: Side): InputError {
  return new InputError('CONFIG_UNREADABLE', `${path} could not be read at ${side}`, {
    hint: 'Make it a regular file of UTF-8 text under 256 KiB.',
    where: { file: path },
  });
}

function findingsOf(error: unknown, path: string, side: Side): readonly Finding[] {
  if (!(error instanceof InputError)) throw error;
  if (error.findings.length > 0) return error.findings;
  return [
    {
      code: 'config/unreadable',
      severity: 'fail',
      message: `${error.message} (${side})`,
      where: error.where ?? { file: path },
      fix: error.hint,
    },
  ];
}

/**
 * True when a model declares the path as one that makes it: a change of it is a proposal.
 * `model.yml`, `behaviour.yml` and `stages.yml` say how the model is judged and where it serves; they do not make it.
 */
export function declares(model: ModelConfig, path: string): boolean {
  if (modelOfRules(path) === model.model || path === stagesPath(model.model)) return false;
  return matchesGlob(model.paths, path);
}

/** True when a dataset's contract names the path among its files. */
export function holds(contract: Contract, path: string): boolean {
  return matchesGlob(contract.files, path);
}
