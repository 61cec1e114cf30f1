import { InputError } from '../error/error.ts';
import type { Finding } from '../finding/finding.ts';
import type { Contract } from './contract.ts';
import { parseContract } from './contract-file.ts';
import type { DesiredStages, ModelConfig } from './model.ts';
import { parseModelConfig } from './model-file.ts';
import type { Policy } from './policy.ts';
import { parsePolicy } from './policy-file.ts';
import { readSource } from './source.ts';
import { parseStages } from './stages-file.ts';

export const policyFile = '.github/gatehouse.yml';

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
  /** Names whose file is there, readable or not: a file with a mistake is not a missing file. */
  readonly named: { readonly models: ReadonlySet<string>; readonly contracts: ReadonlySet<string> };
  readonly findings: readonly Finding[];
}

/** Reads every configuration file of a repository. */
export function readRepositoryConfig(files: ReadonlyMap<string, string>): RepositoryConfig {
  const findings: Finding[] = [];
  const readAll = <T>(form: RegExp, parse: (text: string, path: string, name: string) => T) => {
    const found = [...files].flatMap(([path, text]): [string, Entry<T> | null][] => {
      const name = form.exec(path)?.[1];
      return name === undefined
        ? []
        : [[name, readEntry(path, text, findings, () => parse(text, path, name))]];
    });
    const read = new Map(
      found.flatMap(([name, entry]): [string, Entry<T>][] => (entry === null ? [] : [[name, entry]])),
    );
    return { read, names: new Set(found.map(([name]) => name)) };
  };
  const models = readAll(/^models\/(.+)\/model\.yml$/, parseModelConfig);
  const contracts = readAll(/^datasets\/([^/]+)\.yml$/, parseContract);
  const stages = readAll(/^models\/(.+)\/stages\.yml$/, parseStages);
  const text = files.get(policyFile);
  const policy =
    text === undefined ? null : readEntry(policyFile, text, findings, () => parsePolicy(text, policyFile));
  return {
    policy,
    models: models.read,
    contracts: contracts.read,
    stages: stages.read,
    named: { models: models.names, contracts: contracts.names },
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
