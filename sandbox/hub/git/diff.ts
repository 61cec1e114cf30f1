export interface FileChange {
  readonly path: string;
  readonly previousPath: string | null;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'changed';
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
}

const statusOf = (letter: string): FileChange['status'] =>
  letter === 'A'
    ? 'added'
    : letter === 'D'
      ? 'removed'
      : letter === 'R'
        ? 'renamed'
        : letter === 'T'
          ? 'changed'
          : 'modified';

interface RawChange {
  readonly status: FileChange['status'];
  readonly path: string;
  readonly previousPath: string | null;
  readonly sha: string;
}

function parseRaw(fields: string[]): RawChange[] {
  const changes: RawChange[] = [];
  while (fields[0]?.startsWith(':')) {
    const [, , oldSha = '', newSha = '', letter = ''] = (fields.shift() ?? '').split(' ');
    const first = fields.shift() ?? '';
    const status = statusOf(letter.charAt(0));
    const renamed = status === 'renamed';
    const path = renamed ? (fields.shift() ?? '') : first;
    changes.push({
      status,
      path,
      previousPath: renamed ? first : null,
      sha: status === 'removed' ? oldSha : newSha,
    });
  }
  return changes;
}

function parseNumstat(fields: string[]): Map<string, readonly [number, number]> {
  const counts = new Map<string, readonly [number, number]>();
  while (fields.length > 0) {
    const [added = '0', deleted = '0', name = ''] = (fields.shift() ?? '').split('\t');
    if (added === '') break;
    let path = name;
    if (name === '') {
      fields.shift();
      path = fields.shift() ?? '';
    }
    counts.set(path, [Number(added) || 0, Number(deleted) || 0]);
  }
  return counts;
}

/** Hunks by file, in the order of the diff; binary files have none. */
export function parsePatches(text: string): (string | null)[] {
  return text
    .split(/^diff --git /m)
    .slice(1)
    .map((part) => {
      const start = part.search(/^@@ /m);
      return start < 0 ? null : part.slice(start).replace(/\n$/, '');
    });
}

/** @param output of `git diff-tree -r -M --raw --numstat -z` */
export function parseDiff(output: string): FileChange[] {
  const fields = output.split('\0');
  const raw = parseRaw(fields);
  const counts = parseNumstat(fields);
  return raw.map((change) => {
    const [additions, deletions] = counts.get(change.path) ?? [0, 0];
    return { ...change, additions, deletions };
  });
}
