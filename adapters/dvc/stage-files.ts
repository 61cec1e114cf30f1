import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { DvcEntryFacts } from '../../core/dvc/entry.ts';
import type { LockedStage } from '../../core/dvc/lock.ts';
import type { DvcMap } from '../../core/dvc/node.ts';
import type { RunnableStage, StageOutput, StagePath } from '../../core/dvc/stage-list.ts';
import { findValue } from '../../core/dvc/stage-state.ts';
import { InputError } from '../../core/error/error.ts';
import { type DvcPointer, parsePointer } from './pointer.ts';
import type { DvcRemote } from './remote.ts';
import { digestPath, locatePath, readParameterFile, readRepositoryText } from './workspace.ts';

/** Where stages run, and where what is missing comes from. */
export interface StageSite {
  /** Absolute: the root of the repository. */
  readonly workspace: string;
  /** null: nothing is fetched. */
  readonly remote: DvcRemote | null;
}

/**
 * Fetches an output that dvc.lock names, verified by its digest.
 * @returns false when the remote does not have it
 * @throws InputError DVC_DIGEST, DVC_MANIFEST, FILE_TOO_LARGE; ServiceError STORE_MISSING, STORE_FAILED
 */
export async function fetchOutput(
  { workspace, remote }: StageSite,
  output: StageOutput,
  entry: DvcEntryFacts,
  lockFile: string,
): Promise<boolean> {
  const { hash } = entry;
  if (remote === null || (hash?.kind !== 'md5' && hash?.kind !== 'md5-dos2unix')) return false;
  const pointer: DvcPointer = {
    out: output.path,
    path: output.at,
    kind: hash.value.endsWith('.dir') ? 'folder' : 'file',
    hash: hash.kind,
    md5: hash.value,
    sizeBytes: entry.sizeBytes,
    files: entry.files,
    imported: null,
  };
  return fetchPointer(remote, pointer, lockFile, workspace);
}

/**
 * Fetches data that a stage reads and that a `.dvc` pointer beside it, or beside a folder above it, names.
 * @returns path in the repository of what was fetched; null when there is nothing to fetch
 */
export async function fetchDependency({ workspace, remote }: StageSite, at: string): Promise<string | null> {
  if (remote === null || (await locatePath(workspace, at)) !== null) return null;
  for (let path = at; path !== '' && path !== '.'; path = dirname(path)) {
    const source = `${path}.dvc`;
    const text = readRepositoryText(workspace, source);
    if (text === null) continue;
    const pointer = parsePointer(text, source);
    const done = await fetchPointer(remote, pointer, source, workspace);
    return done ? pointer.path : null;
  }
  return null;
}

async function fetchPointer(
  remote: DvcRemote,
  pointer: DvcPointer,
  source: string,
  workspace: string,
): Promise<boolean> {
  const to = join(workspace, pointer.path);
  // A pointer may name another place than its own.
  await locatePath(workspace, pointer.path);
  try {
    await mkdir(dirname(to), { recursive: true });
    if (pointer.kind === 'folder')
      await remote.fetchFolder(pointer, source, ({ relpath }) => join(to, relpath));
    else await remote.fetch(pointer, source, to);
    return true;
  } catch (error) {
    // Part of a folder is worse than none of it: the stage runs instead.
    if (!(error instanceof InputError) || error.code !== 'DVC_OBJECT_MISSING') throw error;
    await rm(to, { recursive: true, force: true });
    return false;
  }
}

/**
 * Makes room for a stage as DVC does: its old outputs go, unless they persist; folders of the new ones are made.
 * @throws InputError DVC_DEPENDENCY when something that it reads is not there, DVC_UNSUPPORTED
 */
export async function prepareStage({ workspace }: StageSite, stage: RunnableStage): Promise<void> {
  const folder = await stat(join(workspace, stage.folder)).catch(() => null);
  if (!folder?.isDirectory()) throw refuseMissing(stage.name, 'its folder', stage.folder);
  for (const { at } of [...stage.dependencies, ...stage.parameters]) {
    if ((await locatePath(workspace, at)) === null) throw refuseMissing(stage.name, 'it reads', at);
  }
  for (const { at, persisted } of stage.outputs) {
    const old = await locatePath(workspace, at);
    if (old !== null && !persisted) await rm(join(workspace, at), { recursive: true, force: true });
    await mkdir(dirname(join(workspace, at)), { recursive: true });
    if ((await locatePath(workspace, dirname(at))) === null) throw refuseMissing(stage.name, 'it writes', at);
  }
}

/**
 * What a stage is now that it has run, as dvc.lock keeps it.
 * @param before its entry of dvc.lock: data that has not changed keeps the recipe of DVC 2
 * @throws InputError DVC_OUTPUT when an output was not written, DVC_PARAMETERS when a parameter is not there
 */
export async function lockStage(
  { workspace }: StageSite,
  stage: RunnableStage,
  before: LockedStage | undefined,
): Promise<LockedStage> {
  const old = new Map(
    [...(before?.dependencies ?? []), ...(before?.outputs ?? [])].map((entry) => [entry.path, entry]),
  );
  const digest = async ({ path, at }: StagePath, code: string): Promise<DvcEntryFacts> => {
    const hash = old.get(path)?.hash;
    if (hash?.kind === 'md5-dos2unix') {
      const same = await digestPath(workspace, path, at, 'md5-dos2unix');
      if (same?.hash?.value === hash.value) return same;
    }
    const found = await digestPath(workspace, path, at, 'md5');
    if (found !== null) return found;
    throw new InputError(code, `The stage ${stage.name} left no ${at}`, {
      hint: 'Let the command write every output that dvc.yaml names, or take it out there.',
    });
  };
  const dependencies: DvcEntryFacts[] = [];
  for (const path of stage.dependencies) dependencies.push(await digest(path, 'DVC_DEPENDENCY'));
  const outputs: DvcEntryFacts[] = [];
  for (const path of stage.outputs) outputs.push(await digest(path, 'DVC_OUTPUT'));
  return {
    command: stage.command,
    commandIsList: stage.commandIsList,
    dependencies,
    parameters: new Map(stage.parameters.map((use) => [use.file, readUsed(workspace, stage, use)])),
    outputs,
  };
}

/** @throws InputError DVC_PARAMETERS */
function readUsed(workspace: string, stage: RunnableStage, use: RunnableStage['parameters'][number]): DvcMap {
  const all = readParameterFile(workspace, use.at);
  if (all === null) throw refuseMissing(stage.name, 'it reads', use.at);
  if (use.keys === null) return all;
  const entries = [...new Set(use.keys)].map((key) => {
    const value = findValue(all, key, use);
    if (value !== undefined) return { key: { kind: 'text' as const, value: key }, value };
    throw new InputError('DVC_PARAMETERS', `${use.at} has no ${key}, which the stage ${stage.name} reads`, {
      hint: `Add it to ${use.at}, or take it out of params in dvc.yaml.`,
      where: { file: use.at },
    });
  });
  return { kind: 'map', entries };
}

/**
 * Replaces a file of the repository as a whole: whoever reads it meanwhile sees the old or the new one. No link that a
 * command left says where it is written.
 * @throws InputError DVC_UNSUPPORTED, DVC_OUTPUT when its folder is gone
 */
export async function replaceFile(workspace: string, at: string, text: string): Promise<void> {
  const folder = await locatePath(workspace, dirname(at));
  if (folder === null) {
    throw new InputError('DVC_OUTPUT', `${at} cannot be written: its folder is gone`, {
      hint: 'Let the stages leave the folder of dvc.yaml where it is.',
    });
  }
  const scratch = join(folder, `${basename(at)}.${randomUUID()}.tmp`);
  try {
    await writeFile(scratch, text, { flag: 'wx' });
    await rename(scratch, join(folder, basename(at)));
  } finally {
    await rm(scratch, { force: true });
  }
}

function refuseMissing(stage: string, verb: string, at: string): InputError {
  return new InputError(
    'DVC_DEPENDENCY',
    `The stage ${stage} cannot run: ${verb} ${at || '.'}, which is not there`,
    {
      hint: 'Commit it, push its data with "dvc push", or let another stage write it.',
    },
  );
}
