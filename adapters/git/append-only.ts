import { isRewritable, type RewrittenFile } from '../../core/audit/append-only.ts';
import { gitText, runGit } from './git.ts';

/** More than these say no more. */
const maxFiles = 20;
const statuses: Readonly<Record<string, RewrittenFile['status']>> = {
  M: 'changed',
  D: 'deleted',
  T: 'made something else than a file',
};

/**
 * Finds files of the audit trail that any commit of this history changed or deleted, oldest first. All parents of merges
 * are followed: a forged history that takes the old one in as a second parent is a push without force.
 * @returns at most 20; null: the clone has no whole history, so nothing can be said
 * @see https://git-scm.com/docs/git-log --diff-filter, -m, --full-history
 */
export async function findRewrittenFiles(
  dir: string,
  commit: string,
): Promise<readonly RewrittenFile[] | null> {
  const shallow = await gitText(
    dir,
    ['rev-parse', '--is-shallow-repository'],
    'say whether its history is whole',
  );
  if (shallow !== 'false') return null;
  const changes = await logOf(dir, commit, 'MDT', ['audit']);
  const seen = new Set<string>();
  const first = changes.filter(({ path }) => !isRewritable(path) && !seen.has(path) && seen.add(path));
  return Promise.all(first.slice(0, maxFiles).map((change) => describe(dir, commit, change)));
}

/** The commit that last wrote a file, or took it away: what a finding about the file is blamed on. */
export async function findLastWriter(
  dir: string,
  commit: string,
  path: string,
): Promise<Pick<RewrittenFile, 'commit' | 'at' | 'author'> | null> {
  return (await logOf(dir, commit, 'AMDT', [path], ['--max-count=1'])).at(-1) ?? null;
}

interface Change {
  readonly commit: string;
  readonly at: string;
  readonly author: string;
  readonly status: string;
  readonly blob: string;
  readonly path: string;
}

/** Oldest first. */
async function logOf(
  dir: string,
  commit: string,
  filter: string,
  paths: readonly string[],
  more: readonly string[] = [],
): Promise<readonly Change[]> {
  const form = ['--format=%x01%H%x02%cI%x02%an', '--raw', '--no-abbrev', '--no-renames', '-z'];
  const walk = ['-m', '--full-history', '--topo-order', `--diff-filter=${filter}`, ...more];
  // Names are paths, whatever signs they hold.
  const text = await gitText(
    dir,
    ['--literal-pathspecs', 'log', ...form, ...walk, commit, '--', ...paths],
    'list the history of the ledger',
  );
  return text.split('\x01').slice(1).flatMap(parseCommit).reverse();
}

/** `hash, time, author, NUL, (:modes blobs status NUL path NUL)*`: names of files hold no NUL, names of people might. */
function parseCommit(block: string): readonly Change[] {
  const [head = '', ...fields] = block.split('\0');
  const [commit = '', at = '', author = ''] = head.split('\x02');
  return fields.flatMap((field, index) => {
    const [, blob, status] = /^\n?:\d+ \d+ [0-9a-f]+ ([0-9a-f]+) ([A-Z])\d*$/.exec(field) ?? [];
    const path = fields[index + 1];
    return blob === undefined || status === undefined || path === undefined
      ? []
      : [{ commit, at, author: author.trim(), status, blob, path }];
  });
}

async function describe(dir: string, tip: string, change: Change): Promise<RewrittenFile> {
  const { path, commit, at, author, status } = change;
  const added = await logOf(dir, tip, 'A', [path]);
  const { stdout } = await runGit(dir, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${tip}:${path}`,
  ]);
  const blob = stdout.toString().trim();
  return {
    path,
    status: statuses[status] ?? 'changed',
    commit,
    addedBy: [...new Set(added.map((each) => each.commit))],
    at,
    author,
    // Two histories that were merged add one path twice: nobody can say which came first.
    now:
      blob === ''
        ? 'nothing'
        : added.every((each) => each.blob === blob)
          ? 'as it was added'
          : 'something else',
  };
}
