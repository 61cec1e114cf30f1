import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { unzipSync } from 'fflate';
import { readArtifact } from '../actions-service/artifact-shelf.ts';
import type { Artifact } from '../actions-service/run.ts';
import type { ZipEntry } from '../actions-service/zip.ts';
import { HubError } from '../hub/hub-error.ts';
import { resolveInside } from './action-file.ts';
import type { Outputs, ReadInput } from './built-in.ts';
import { matchesPatterns } from './glob.ts';
import type { JobSession } from './job-session.ts';

/** Plays actions/upload-artifact. */
export async function uploadArtifact(session: JobSession, read: ReadInput): Promise<Outputs> {
  const { service } = session.deps;
  const { run } = session.task.plan;
  const [name, paths, missing] = [
    read('name', 'artifact'),
    read('path', ''),
    read('if-no-files-found', 'warn'),
  ];
  if (paths === '') throw new Error('Input required and not supplied: path');
  const entries = collectFiles(session.workspace, paths, read('include-hidden-files', 'false') === 'true');
  if (entries.length === 0) {
    const message = `No files were found with the provided path: ${paths}. No artifacts will be uploaded.`;
    if (missing === 'error') throw new Error(message);
    if (missing === 'warn') session.log.take(`::warning::${message}`);
    return {};
  }
  const artifact = await service.artifacts.upload({
    ...{ run, name, entries },
    overwrite: read('overwrite', 'false') === 'true',
    retentionDays: Math.min(Number(read('retention-days', '90')) || 90, 90),
  });
  session.log.write(
    `Artifact ${name} has been successfully uploaded! Final size is ${artifact.sizeBytes} bytes.`,
  );
  return {
    'artifact-id': String(artifact.id),
    // The action gives the bare hex; the API puts `sha256:` before it.
    'artifact-digest': artifact.digest.replace('sha256:', ''),
    'artifact-url': `${service.hub.url}/${run.repository.fullName}/actions/runs/${run.id}/artifacts/${artifact.id}`,
  };
}

/** Plays actions/download-artifact: by ids, by name, or everything of the run. */
export async function downloadArtifact(session: JobSession, read: ReadInput): Promise<Outputs> {
  const target = resolve(session.workspace, read('path', '.'));
  const artifacts = await chooseArtifacts(session, read);
  const [name, ids, merge] = [
    read('name', ''),
    read('artifact-ids', ''),
    read('merge-multiple', 'false') === 'true',
  ];
  const flat = name !== '' || merge || (ids !== '' && artifacts.length === 1);
  for (const artifact of artifacts) {
    unpackArtifact(artifact, flat ? target : resolveInside(target, artifact.name));
    session.log.write(`Artifact ${artifact.name} (${artifact.id}) was downloaded, ${artifact.digest}`);
  }
  return { 'download-path': target };
}

function chooseArtifacts(session: JobSession, read: ReadInput): readonly Artifact[] {
  const { service } = session.deps;
  const { run } = session.task.plan;
  const [token, wanted] = [read('github-token', ''), Number(read('run-id', String(run.id)))];
  if (token !== '') authorizeDownload(session, token, read('repository', run.repository.fullName));
  const source = token === '' ? run : service.runs.get(wanted);
  const named = token === '' ? run.repository.fullName : read('repository', run.repository.fullName);
  const found = source?.repository.fullName === named ? service.artifacts.listOf(source) : [];
  const ids = read('artifact-ids', '')
    .split(',')
    .filter((id) => id.trim() !== '')
    .map(Number);
  if (ids.length > 0) {
    const chosen = found.filter((artifact) => ids.includes(artifact.id));
    if (chosen.length !== ids.length)
      throw new Error(`No artifacts found for the provided IDs: ${ids.join(', ')}`);
    return chosen;
  }
  const name = read('name', '');
  const pattern = read('pattern', '');
  if (name === '')
    return pattern === '' ? found : found.filter((one) => matchesPatterns(one.name, [pattern]));
  const newest = found.filter((artifact) => artifact.name === name).at(-1);
  if (newest === undefined)
    throw new Error(`Unable to download artifact(s): Artifact not found for name: ${name}`);
  return [newest];
}

function authorizeDownload(session: JobSession, token: string, fullName: string): void {
  const { hub } = session.deps.service;
  try {
    hub.authorize(hub.callerOf(token), hub.repository(fullName), { scope: 'actions', level: 'read' });
  } catch (error) {
    if (error instanceof HubError) throw new Error(`Unable to download artifact(s): ${error.message}`);
    throw error;
  }
}

function unpackArtifact(artifact: Artifact, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(unzipSync(readArtifact(artifact)))) {
    const file = resolveInside(folder, `./${name}`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}

/** Files of an upload: one path or pattern a line, `!` takes out; names are relative to what all have in common. */
export function collectFiles(workspace: string, paths: string, hidden: boolean): readonly ZipEntry[] {
  const lines = paths
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const wanted = lines.filter((line) => !line.startsWith('!')).map((line) => expandPath(workspace, line));
  const dropped = lines
    .filter((line) => line.startsWith('!'))
    .flatMap((line) => expandPath(workspace, line.slice(1)).files);
  const files = [...new Set(wanted.flatMap((one) => one.files))].sort();
  const kept = files.filter((file) => !dropped.includes(file));
  const root = commonFolder(wanted.filter((one) => one.files.length > 0).map((one) => one.root));
  return kept
    .filter(
      (file) =>
        hidden ||
        !relative(root, file)
          .split(sep)
          .some((part) => part.startsWith('.')),
    )
    .map((file) => ({ name: relative(root, file).split(sep).join('/'), bytes: readFileSync(file) }));
}

function expandPath(
  workspace: string,
  line: string,
): { readonly root: string; readonly files: readonly string[] } {
  const full = isAbsolute(line) ? line : join(workspace, line);
  const kind = statSync(full, { throwIfNoEntry: false });
  if (kind?.isFile()) return { root: dirname(full), files: [full] };
  const parts = full.split(sep);
  const wild = parts.findIndex((part) => /[*?[{]/.test(part));
  const root = (wild < 0 ? parts : parts.slice(0, wild)).join(sep);
  const found = kind?.isDirectory()
    ? globSync('**', { cwd: full }).map((path) => join(full, path))
    : globSync(full);
  const inner = found.flatMap((path) =>
    !kind?.isDirectory() && statSync(path).isDirectory()
      ? globSync('**', { cwd: path }).map((one) => join(path, one))
      : [path],
  );
  return { root, files: inner.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile()) };
}

function commonFolder(folders: readonly string[]): string {
  const [first, ...others] = folders.map((folder) => folder.replace(/\/+$/, '').split(sep));
  if (first === undefined) return sep;
  const length = others.reduce((shortest, parts) => {
    const differs = parts.findIndex((part, index) => part !== first[index]);
    return Math.min(shortest, differs < 0 ? parts.length : differs);
  }, first.length);
  return first.slice(0, length).join(sep) || sep;
}
