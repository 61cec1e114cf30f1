import { readFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import type { TableSource } from '../../../adapters/dataset/tables.ts';
import type { DvcRemote } from '../../../adapters/dvc/remote.ts';
import { readWorkTree } from '../../../adapters/git/work-tree.ts';
import type { Contract } from '../../../core/config/contract.ts';
import { parseContract } from '../../../core/config/contract-file.ts';
import {
  contractPath,
  datasetOfFile,
  modelOfFile,
  modelPath,
  policyPath,
} from '../../../core/config/layout.ts';
import type { ModelConfig } from '../../../core/config/model.ts';
import { parseModelConfig } from '../../../core/config/model-file.ts';
import { networkOf } from '../../../core/config/network.ts';
import { parsePolicy } from '../../../core/config/policy-file.ts';
import { suggest } from '../../../core/config/suggestion.ts';
import { GatehouseError, InputError } from '../../../core/error/error.ts';

/** The files of a working tree that commands on data read; outside of a clone there are none. */
export interface DataRepository {
  readonly root: string;
  readonly paths: readonly string[];
  /** Text of contracts, models and the policy. */
  readonly texts: ReadonlyMap<string, string>;
}

/** A contract with its text: findings point into it. */
export interface ReadContract {
  readonly contract: Contract;
  readonly path: string;
  readonly text: string;
  /** Where the file lies on this machine. */
  readonly local: string;
}

/** Reads the clone that a folder lies in. A folder outside of any clone is a repository without files. */
export async function readDataRepository(cwd: string): Promise<DataRepository> {
  const wanted = (path: string) =>
    datasetOfFile(path) !== null || modelOfFile(path) !== null || path === policyPath;
  try {
    return await readWorkTree(cwd, wanted);
  } catch (error) {
    if (!(error instanceof InputError) || error.code !== 'GIT_NO_WORK_TREE') throw error;
    return { root: cwd, paths: [], texts: new Map() };
  }
}

/**
 * Finds contracts by the name of the dataset or the path of the file; all of the repository when none is named.
 * @throws InputError CONTRACT_MISSING with what was probably meant, CONFIG_INVALID
 */
export async function findContracts(
  repository: DataRepository,
  cwd: string,
  named: string | undefined,
): Promise<readonly ReadContract[]> {
  const { texts } = repository;
  const known = [...texts.keys()].filter((path) => datasetOfFile(path) !== null);
  if (named === undefined) {
    if (known.length === 0) throw unknownContract('datasets/*.yml', known);
    return known.map((path) => parse(path, texts.get(path) ?? '', resolve(repository.root, path)));
  }
  const path = contractPath(named);
  const inClone = texts.get(path);
  if (inClone !== undefined) return [parse(path, inClone, resolve(repository.root, path))];
  const text = await readFile(resolve(cwd, named), 'utf8').catch(() => null);
  if (text === null) throw unknownContract(named, known);
  const inside = relative(repository.root, resolve(cwd, named));
  return [parse(inside.startsWith('..') ? named : inside.replaceAll('\\', '/'), text, resolve(cwd, named))];
}

const parse = (path: string, text: string, local: string): ReadContract => ({
  contract: parseContract(text, path),
  ...{ path, text, local },
});

/** Every contract of the repository that can be read: constraints are inherited from them. */
export function knownContracts({ texts }: DataRepository): ReadonlyMap<string, Contract> {
  const found = new Map<string, Contract>();
  for (const [path, text] of texts) {
    const name = datasetOfFile(path);
    if (name === null) continue;
    try {
      found.set(name, parseContract(text, path));
    } catch (error) {
      // One that cannot be read is missing for whoever inherits from it: that fails there.
      if (!(error instanceof GatehouseError)) throw error;
    }
  }
  return found;
}

/** @throws InputError MODEL_UNKNOWN, CONFIG_INVALID */
export function findModel({ texts }: DataRepository, name: string | undefined): ModelConfig | null {
  if (name === undefined) return null;
  const text = texts.get(modelPath(name));
  if (text !== undefined) return parseModelConfig(text, modelPath(name), name);
  const known = [...texts.keys()].flatMap((path) => modelOfFile(path) ?? []);
  const near = suggest(name, known);
  throw new InputError('MODEL_UNKNOWN', `there is no model "${name}" here`, {
    hint: near === null ? `Known: ${known.join(', ') || 'none'}.` : `Did you mean "${near}"?`,
  });
}

/** Where data lies that is not checked out. Without a policy nothing is fetched from anywhere. */
export function dataPlace({
  texts,
}: DataRepository): Pick<TableSource, 'dataUrl' | 'network' | 'openRemote'> {
  const text = texts.get(policyPath);
  if (text === undefined) {
    return { dataUrl: '', network: { hosts: [], privateHosts: [] }, openRemote: () => nowhere };
  }
  const policy = parsePolicy(text, policyPath);
  return { dataUrl: policy.data, network: networkOf(policy) };
}

const notHere = (source: string): InputError =>
  new InputError(
    'DATA_NOWHERE',
    `the data of ${source} is not checked out, and no policy says where it lies`,
    {
      hint: `Check it out ("dvc pull"), or set data in ${policyPath}.`,
      where: { file: source },
    },
  );
const nowhere: DvcRemote = {
  fetch: async (_pointer, source) => {
    throw notHere(source);
  },
  fetchFolder: async (_pointer, source) => {
    throw notHere(source);
  },
  push: async (path) => {
    throw notHere(path);
  },
};

function unknownContract(named: string, known: readonly string[]): InputError {
  const names = known.flatMap((path) => datasetOfFile(path) ?? []);
  const near = suggest(named, [...names, ...known]);
  const list =
    names.length === 0
      ? 'There is none yet: gatehouse data infer FILE --name NAME writes a first one.'
      : `Known: ${names.join(', ')}.`;
  return new InputError('CONTRACT_MISSING', `there is no contract "${named}"`, {
    hint: near === null ? list : `Did you mean "${near}"?`,
  });
}
