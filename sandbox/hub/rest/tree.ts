import type { TreeEntry } from '../git.ts';
import { HubError } from '../hub-error.ts';
import type { Call, Hub } from '../interface.ts';
import type { Repository } from '../world.ts';
import { optionalText, record, text } from './page.ts';

export interface TreeChange {
  readonly path: string;
  readonly mode: string;
  /** null deletes the path. */
  readonly sha: string | null;
}

export async function parseTreeChange(call: Call, value: unknown): Promise<TreeChange> {
  const entry = record(value, 'tree');
  const path = text(entry, 'path');
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || part.toLowerCase() === '.git')) {
    throw new HubError(422, 'tree.path contains a malformed path component');
  }
  const mode = optionalText(entry, 'mode') ?? '100644';
  if (!['100644', '100755', '040000', '160000', '120000'].includes(mode)) {
    throw new HubError(422, 'Must supply a valid tree.mode');
  }
  const git = call.hub.git(call.repository());
  if (typeof entry.content === 'string')
    return { path, mode, sha: await git.writeBlob(Buffer.from(entry.content)) };
  if (entry.sha === null) return { path, mode, sha: null };
  const sha = text(entry, 'sha');
  if (mode !== '160000' && (await git.resolve(sha)) !== sha) {
    throw new HubError(422, `tree.sha ${sha} is not a valid ${mode === '040000' ? 'tree' : 'blob'}`);
  }
  return { path, mode, sha };
}

/** A tree with paths replaced; folders appear and vanish as needed. @returns the new tree's sha */
export async function applyChanges(
  hub: Hub,
  repository: Repository,
  base: string | null,
  changes: readonly TreeChange[],
): Promise<string> {
  const git = hub.git(repository);
  const entries = new Map(
    (base === null ? [] : ((await git.tree(base)) ?? [])).map((entry) => [entry.path, entry]),
  );
  const below = new Map<string, TreeChange[]>();
  for (const change of changes) {
    const [name = '', ...rest] = change.path.split('/');
    if (rest.length > 0) below.set(name, [...(below.get(name) ?? []), { ...change, path: rest.join('/') }]);
    else if (change.sha === null) entries.delete(name);
    else entries.set(name, { path: name, mode: change.mode, type: typeOf(change.mode), sha: change.sha });
  }
  for (const [name, inner] of below) {
    const known = entries.get(name);
    const sha = await applyChanges(hub, repository, known?.type === 'tree' ? known.sha : null, inner);
    if ((await git.tree(sha))?.length === 0) entries.delete(name);
    else entries.set(name, { path: name, mode: '040000', type: 'tree', sha });
  }
  return git.writeTree([...entries.values()]);
}

const typeOf = (mode: string): TreeEntry['type'] =>
  mode === '040000' ? 'tree' : mode === '160000' ? 'commit' : 'blob';
