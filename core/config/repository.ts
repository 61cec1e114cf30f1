import { InputError } from '../error/error.ts';
import type { Finding } from '../finding/finding.ts';
import type { BehaviourSuite } from './behaviour.ts';
import { parseBehaviour } from './behaviour-file.ts';
import type { BreakGlassRequest, BreakGlassReview } from './break-glass.ts';
import { parseBreakGlass, parseBreakGlassReview } from './break-glass-file.ts';
import type { Contract } from './contract.ts';
import { parseContract } from './contract-file.ts';
import {
  breakGlassOfFile,
  breakGlassReviewOfFile,
  datasetOfFile,
  modelOfBehaviour,
  modelOfFile,
  modelOfReadiness,
  modelOfRisks,
  modelOfStages,
  modelOfWithdrawn,
  policyPath,
  waiverOfFile,
} from './layout.ts';
import type { DesiredStages, ModelConfig } from './model.ts';
import { parseModelConfig } from './model-file.ts';
import type { Policy } from './policy.ts';
import { parsePolicy } from './policy-file.ts';
import { parseReadiness } from './readiness-file.ts';
import { parseRisks } from './risks-file.ts';
import { readSource } from './source.ts';
import { parseStages } from './stages-file.ts';
import type { Waiver } from './waiver.ts';
import { parseWaiver } from './waiver-file.ts';
import { parseWithdrawn } from './withdrawn-file.ts';

export interface Entry<T> {
  readonly path: string;
  readonly text: string;
  readonly value: T;
}

/** Every configuration file of a repository that could be read, by name, and what is wrong with the others. */
export interface RepositoryConfig {
  readonly policy: Entry<Policy> | null;
  readonly models: ReadonlyMap<string, Entry<ModelConfig>>;
  readonly contracts: ReadonlyMap<string, Entry<Contract>>;
  readonly stages: ReadonlyMap<string, Entry<DesiredStages>>;
  /** Behaviour suites by model. */
  readonly suites: ReadonlyMap<string, Entry<BehaviourSuite>>;
  /** Waivers by name. */
  readonly waivers: ReadonlyMap<string, Entry<Waiver>>;
  /** Requests to break the glass, and their reviews, by name. */
  readonly breakGlass: ReadonlyMap<string, Entry<BreakGlassRequest>>;
  readonly breakGlassReviews: ReadonlyMap<string, Entry<BreakGlassReview>>;
  /** Names whose file is there, readable or not: a file with a mistake is not a missing file. */
  readonly named: {
    readonly models: ReadonlySet<string>;
    readonly contracts: ReadonlySet<string>;
    readonly suites: ReadonlySet<string>;
  };
  readonly findings: readonly Finding[];
}

/** Reads every configuration file of a repository. */
export function readRepositoryConfig(files: ReadonlyMap<string, string>): RepositoryConfig {
  const findings: Finding[] = [];
  const readAll = <T>(
    nameOf: (path: string) => string | null,
    parse: (text: string, path: string, name: string) => T,
  ) => {
    const found = [...files].flatMap(([path, text]): [string, Entry<T> | null][] => {
      const name = nameOf(path);
      return name === null ? [] : [[name, readEntry(path, text, findings, () => parse(text, path, name))]];
    });
    const read = new Map(
      found.flatMap(([name, entry]): [string, Entry<T>][] => (entry === null ? [] : [[name, entry]])),
    );
    return { read, names: new Set(found.map(([name]) => name)) };
  };
  const models = readAll(modelOfFile, parseModelConfig);
  const contracts = readAll(datasetOfFile, parseContract);
  const stages = readAll(modelOfStages, parseStages);
  const suites = readAll(modelOfBehaviour, (content, path, name) =>
    parseBehaviour(content, path, models.read.get(name)?.value ?? null),
  );
  readAll(modelOfReadiness, parseReadiness);
  readAll(modelOfRisks, parseRisks);
  readAll(modelOfWithdrawn, parseWithdrawn);
  const breakGlass = readAll(breakGlassOfFile, parseBreakGlass);
  const breakGlassReviews = readAll(breakGlassReviewOfFile, parseBreakGlassReview);
  const waivers = readAll(waiverOfFile, parseWaiver);
  const text = files.get(policyPath);
  const policy =
    text === undefined ? null : readEntry(policyPath, text, findings, () => parsePolicy(text, policyPath));
  return {
    policy,
    models: models.read,
    contracts: contracts.read,
    stages: stages.read,
    suites: suites.read,
    waivers: waivers.read,
    breakGlass: breakGlass.read,
    breakGlassReviews: breakGlassReviews.read,
    named: { models: models.names, contracts: contracts.names, suites: suites.names },
    findings,
  };
}

function readEntry<T>(path: string, text: string, findings: Finding[], parse: () => T): Entry<T> | null {
  try {
    const value = parse();
    // What parses can still carry advice, for example a date without quotes.
    findings.push(...readSource(text, path).findings);
    return { path, text, value };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    findings.push(...error.findings);
    return null;
  }
}
