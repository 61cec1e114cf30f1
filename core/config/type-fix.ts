import type { Path } from './position.ts';

const typeWords: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys',
  record: 'a map of keys',
};

/** A type as people say it. */
export const wordOfType = (type: string): string => typeWords[type] ?? type;

/** `owners: [omar]` as it must stand. */
function fixRole(path: Path, found: unknown): string {
  const names = (Array.isArray(found) ? found : [found])
    .filter((each): each is string => typeof each === 'string')
    .map((each) => each.replace(/^@/, ''))
    .filter((each) => /^[A-Za-z0-9/_-]{1,100}$/.test(each));
  const users = names.filter((each) => !each.includes('/'));
  const teams = names.filter((each) => each.includes('/'));
  const parts = [
    ...(users.length > 0 || teams.length === 0 ? [`users: [${users.join(', ') || 'omar'}]`] : []),
    ...(teams.length > 0 ? [`teams: [${teams.join(', ')}]`] : []),
  ];
  return `${String(path.at(-1) ?? 'owners')}: { ${parts.join(', ')} }`;
}

/**
 * What to write instead of a value of another type.
 * @param keys that a map has at this place; a map with `users` is a role
 */
export function fixType(path: Path, found: unknown, expected: string, keys: readonly string[]): string {
  if (keys.includes('users')) return `Write ${fixRole(path, found)}.`;
  const key = typeof path.at(-1) === 'number' ? '-' : `${String(path.at(-1) ?? '')}:`;
  const numeric = typeof found === 'string' && found.trim() !== '' && Number.isFinite(Number(found));
  if (expected === 'number' || expected === 'int') {
    return numeric ? `Remove the quotes: ${key} ${found}` : `Write a number: ${key} 1`;
  }
  if (expected === 'string' && found !== null && typeof found !== 'object') {
    return `Put quotes around it: ${key} "${String(found)}"`;
  }
  if (expected === 'array' && found !== null && typeof found !== 'object')
    return `Write a list: ${key} [${String(found)}]`;
  if (expected === 'record' && Array.isArray(found))
    return `Write a map instead of a list: ${key} { name: 1 }`;
  return `Write ${wordOfType(expected)}.`;
}
