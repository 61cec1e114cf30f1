import { lstat, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { DvcEntryFacts } from '../../core/dvc/entry.ts';
import type { LockedStage } from '../../core/dvc/lock.ts';
import { type DvcMap, getValue, textOf } from '../../core/dvc/node.ts';
import { equalValues, findParameter, parseParameters } from '../../core/dvc/parameters.ts';
import { InputError } from '../../core/error/error.ts';
import { digestFile } from './file.ts';
import { digestTree } from './tree.ts';

/** Something that is not, or not provably, what a lock file or pointer says. No entry means that all of it is. */
export interface Difference {
  /** `unchecked`: it could not be compared, which is no proof that it is the same. */
  readonly kind: 'missing' | 'changed' | 'unchecked';
  readonly what: 'dependency' | 'output' | 'parameter';
  /** Path as in the file, or `params.yaml:train.rate`. */
  readonly name: string;
  /** For people: what was expected and found. Values of parameters are not repeated. */
  readonly why: string;
}

/** Where the paths of a stage begin, and what they may not leave. */
export interface StagePlace {
  /** Absolute. */
  readonly repository: string;
  /** Absolute: the folder of dvc.yaml with the stage's `wdir`. */
  readonly folder: string;
}

/**
 * Compares what a stage used and made when it last ran with what lies on this machine now.
 * @returns differences in the order dependencies, parameters, outputs
 */
export async function verifyStage(stage: LockedStage, place: StagePlace): Promise<readonly Difference[]> {
  const found: Difference[] = [];
  for (const entry of stage.dependencies) found.push(...(await verifyEntry(entry, 'dependency', place)));
  for (const [file, values] of stage.parameters) found.push(...(await verifyParameters(file, values, place)));
  for (const entry of stage.outputs) found.push(...(await verifyEntry(entry, 'output', place)));
  return found;
}

/** Compares one file or folder with its digest; none when they agree. */
export async function verifyEntry(
  entry: DvcEntryFacts,
  what: 'dependency' | 'output',
  place: StagePlace,
): Promise<readonly Difference[]> {
  const tell = (kind: Difference['kind'], why: string): readonly Difference[] => [
    { kind, what, name: entry.path, why },
  ];
  const { hash } = entry;
  if (hash === null || (hash.kind !== 'md5' && hash.kind !== 'md5-dos2unix')) {
    return tell(
      'unchecked',
      `it is named by ${hash === null ? 'no digest' : `its ${hash.kind}`}, not by an md5`,
    );
  }
  const local = await locate(entry.path, place);
  if (local.kind !== 'here') return tell(local.kind, local.why);
  const isFolder = (await stat(local.path)).isDirectory();
  if (isFolder !== hash.value.endsWith('.dir'))
    return tell('changed', `it is a ${isFolder ? 'folder' : 'file'} now`);
  try {
    const { md5, sizeBytes } = isFolder
      ? await digestTree(local.path, hash.kind)
      : await digestFile(local.path, hash.kind);
    if (md5 !== hash.value) return tell('changed', `its md5 is ${md5}, not ${hash.value}`);
    const sameSize = entry.sizeBytes === null || entry.sizeBytes === sizeBytes;
    return sameSize ? [] : tell('changed', `it has ${sizeBytes} bytes, not ${entry.sizeBytes}`);
  } catch (error) {
    if (error instanceof InputError) return tell('unchecked', error.message);
    throw error;
  }
}

export type Located =
  | { readonly kind: 'here'; readonly path: string }
  | { readonly kind: 'missing' | 'unchecked'; readonly why: string };

/** A path of a lock file is pull-request controlled: nothing outside the repository is read, not even through links. */
export async function locate(path: string, { repository, folder }: StagePlace): Promise<Located> {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path))
    return { kind: 'unchecked', why: 'it lies outside of this machine' };
  const full = resolve(folder, path);
  if (!isInside(repository, full)) return { kind: 'unchecked', why: 'it lies outside the repository' };
  const real = await realpath(full).catch(() => null);
  const root = await realpath(repository);
  if (real === null && (await isWayInside(root, repository, full)))
    return { kind: 'missing', why: 'it is not there' };
  return real !== null && isInside(root, real)
    ? { kind: 'here', path: real }
    : { kind: 'unchecked', why: 'a link leads out of the repository' };
}

/** What is missing is fetched or made there: a link on its way, or one that leads nowhere, would say where. */
async function isWayInside(root: string, repository: string, full: string): Promise<boolean> {
  for (let path = full; path !== repository && isInside(repository, path); path = dirname(path)) {
    if ((await lstat(path).catch(() => null)) === null) continue;
    const real = await realpath(path).catch(() => null);
    return real !== null && isInside(root, real);
  }
  return true;
}

function isInside(root: string, path: string): boolean {
  const below = relative(root, path);
  return below === '' || (!isAbsolute(below) && below.split(/[\\/]/)[0] !== '..');
}

async function verifyParameters(
  file: string,
  expected: DvcMap,
  place: StagePlace,
): Promise<readonly Difference[]> {
  const local = await locate(file, place);
  const tell = (kind: Difference['kind'], name: string, why: string): Difference => ({
    ...{ kind, what: 'parameter', name, why },
  });
  if (local.kind !== 'here') return [tell(local.kind, file, local.why)];
  let values: DvcMap;
  try {
    values = parseParameters(await readFile(local.path, 'utf8'), file);
  } catch (error) {
    if (error instanceof InputError) return [tell('unchecked', file, error.message)];
    throw error;
  }
  return expected.entries.flatMap(({ key, value }) => {
    const name = `${file}:${textOf(key)}`;
    const found = getValue(values, textOf(key)) ?? findParameter(values, textOf(key));
    if (found === undefined) return [tell('missing', name, 'it is not there')];
    return equalValues(found, value) ? [] : [tell('changed', name, 'its value is another')];
  });
}

/** The folder in which the paths of a stage begin. */
export function toStageFolder(repository: string, lockPath: string, workingFolder: string): string {
  return join(repository, lockPath, '..', workingFolder);
}
