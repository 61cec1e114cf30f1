import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import type { DvcEntryFacts } from '../../core/dvc/entry.ts';
import type { DvcMap } from '../../core/dvc/node.ts';
import { parseParameters } from '../../core/dvc/parameters.ts';
import type { Md5Recipe, WorkspaceFacts } from '../../core/dvc/stage-state.ts';
import { InputError } from '../../core/error/error.ts';
import { digestFile } from './file.ts';
import { digestTree } from './tree.ts';
import { locate } from './verify.ts';

const anyExecute = 0o111;

/**
 * What lies at a path of the repository, as dvc.lock names it.
 * @param path as dvc.lock calls it
 * @param at in the repository
 * @returns null when nothing is there
 * @throws InputError DVC_UNSUPPORTED for what lies outside and for pipes, DVC_TREE for what cannot be read
 */
export async function digestPath(
  repository: string,
  path: string,
  at: string,
  recipe: Md5Recipe,
): Promise<DvcEntryFacts | null> {
  const local = await locatePath(repository, at);
  if (local === null) return null;
  const found = await stat(local);
  const common = { path, cloud: null, versions: null };
  if (found.isDirectory()) {
    const { md5, sizeBytes, entries } = await digestTree(local, recipe);
    const hash = { kind: recipe, value: md5 };
    return { ...common, hash, sizeBytes, files: entries.length, executable: false };
  }
  if (!found.isFile()) throw refuseKind(at);
  const { md5, sizeBytes } = await digestFile(local, recipe);
  const executable = (found.mode & anyExecute) !== 0;
  return { ...common, hash: { kind: recipe, value: md5 }, sizeBytes, files: null, executable };
}

/** @returns absolute path, links followed; null when nothing is there. @throws InputError DVC_UNSUPPORTED */
export async function locatePath(repository: string, at: string): Promise<string | null> {
  const local = await locate(at, { repository, folder: repository });
  if (local.kind === 'here') return local.path;
  if (local.kind === 'missing') return null;
  throw refuseOutside(at, local.why);
}

/** Hashes what a plan asks for. @throws InputError DVC_UNSUPPORTED, DVC_TREE */
export async function readFacts(
  repository: string,
  wanted: readonly { readonly at: string; readonly recipe: Md5Recipe }[],
): Promise<WorkspaceFacts> {
  const digests = new Map<string, string | null>();
  for (const { at, recipe } of wanted) {
    const key = `${recipe} ${at}`;
    if (digests.has(key)) continue;
    digests.set(key, (await digestPath(repository, at, at, recipe))?.hash?.value ?? null);
  }
  return {
    digestOf: (at, recipe) => digests.get(`${recipe} ${at}`) ?? null,
    parametersOf: (at) => readParameterFile(repository, at),
  };
}

/** null when it is not there. @throws InputError DVC_PARAMETERS, DVC_UNSUPPORTED */
export function readParameterFile(repository: string, at: string): DvcMap | null {
  const text = readRepositoryText(repository, at);
  return text === null ? null : parseParameters(text, at);
}

/** Reads a text of the repository and nothing outside of it; null when it is not there. @throws InputError DVC_UNSUPPORTED */
export function readRepositoryText(repository: string, at: string): string | null {
  const full = join(repository, at);
  if (!existsSync(full)) return null;
  const below = relative(realpathSync(repository), realpathSync(full));
  if (isAbsolute(below) || below.split(/[\\/]/)[0] === '..') {
    throw refuseOutside(at, 'a link leads out of the repository');
  }
  if (!statSync(full).isFile()) throw refuseKind(at);
  return readFileSync(full, 'utf8');
}

/** Reading a pipe that nobody writes to would hold the job for good. */
function refuseKind(at: string): InputError {
  return new InputError('DVC_UNSUPPORTED', `${at} is not read: it is no plain file`, {
    hint: 'Keep plain files in the places that dvc.yaml names.',
    where: { file: at },
  });
}

function refuseOutside(at: string, why: string): InputError {
  return new InputError('DVC_UNSUPPORTED', `${at} is not read: ${why}`, {
    hint: 'Keep what the stages read and write in the repository.',
    where: { file: at },
  });
}
