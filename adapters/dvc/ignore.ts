import { readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { matchesGlob } from '../../core/config/glob.ts';
import { InputError } from '../../core/error/error.ts';

/** Whether a path below the folder is left out; asked for each folder on the way, top down. */
export type IsIgnored = (relpath: string, isFolder: boolean) => boolean;

interface IgnoreRule {
  /** One glob, relative to the folder of the rule; the list is what the matcher remembers it by. */
  readonly globs: readonly string[];
  readonly foldersOnly: boolean;
  readonly restores: boolean;
  /** Path of the hashed folder below the rule's folder, with "/" behind it; empty when they are one. */
  readonly prefix: string;
}

const fileName = '.dvcignore';

/**
 * Reads the `.dvcignore` files that hold for a folder: its own and those above it, up to the root of the repository.
 * The last rule that matches decides, as in `.gitignore`.
 * @throws InputError DVC_UNSUPPORTED for a file inside the data, as DVC refuses it, and for backslashes and braces
 */
export async function readIgnoreRules(folder: string): Promise<IsIgnored> {
  const top = resolve(folder);
  const rules: IgnoreRule[] = [];
  for (const place of await listPlaces(top)) {
    const text = await readFile(join(place, fileName), 'utf8').catch(() => '');
    const below = relative(place, top).split(sep).join('/');
    rules.push(...parseRules(text, below === '' ? '' : `${below}/`, join(place, fileName)));
  }
  return (relpath, isFolder) => {
    if (relpath === fileName || relpath.endsWith(`/${fileName}`)) throw refuseInside(join(top, relpath));
    const last = rules.findLast(
      ({ globs, foldersOnly, prefix }) =>
        (isFolder || !foldersOnly) && matchesGlob(globs, `${prefix}${relpath}`),
    );
    return last !== undefined && !last.restores;
  };
}

/** Folders from the root of the repository down to the parent of the data; the parent alone outside of any repository. */
async function listPlaces(folder: string): Promise<readonly string[]> {
  const places: string[] = [];
  for (let place = dirname(folder); ; place = dirname(place)) {
    places.unshift(place);
    if (await isRoot(place)) return places;
    if (place === dirname(place)) return [dirname(folder)];
  }
}

async function isRoot(place: string): Promise<boolean> {
  const found = await Promise.all(['.dvc', '.git'].map((name) => stat(join(place, name)).catch(() => null)));
  return found.some((entry) => entry !== null);
}

function parseRules(text: string, prefix: string, file: string): readonly IgnoreRule[] {
  return text.split(/\r?\n/).flatMap((line, at) => {
    const rule = line.trimEnd();
    if (rule === '' || rule.startsWith('#')) return [];
    if (/[\\{}]/.test(rule)) throw refuseRule(file, at + 1);
    const restores = rule.startsWith('!');
    const pattern = restores ? rule.slice(1) : rule;
    const body = pattern.replace(/\/$/, '');
    if (body === '') return [];
    // A slash before the end ties the rule to its folder; without one it holds at every depth.
    const glob = body.includes('/') ? body.replace(/^\//, '') : `**/${body}`;
    // "a/**" is everything in a, and not a itself.
    const inner = glob.endsWith('/**') ? `${glob}/*` : glob;
    return [{ globs: [inner], foldersOnly: pattern.endsWith('/'), restores, prefix }];
  });
}

function refuseInside(file: string): InputError {
  return new InputError('DVC_UNSUPPORTED', `${file} lies inside the data`, {
    hint: 'Move its rules to the .dvcignore at the root of the repository: DVC refuses it here, too.',
  });
}

function refuseRule(file: string, line: number): InputError {
  return new InputError('DVC_UNSUPPORTED', `${file} has a rule with a backslash or a brace`, {
    hint: 'Write the rule without them: folders are not hashed while it is not sure what belongs to them.',
    where: { file, line },
  });
}
