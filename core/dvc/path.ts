/**
 * Joins a path to a folder of the repository.
 * @param folder path in the repository; empty is its root
 * @param path as a person wrote it
 * @returns path in the repository, empty for its root; null when it is absolute, an address, or leaves the repository
 */
export function joinPath(folder: string, path: string): string | null {
  if (path === '' || path.startsWith('/') || /[\\\0]|^[a-zA-Z]:|:\/\//.test(path)) return null;
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}

/** The folder of a path; empty for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Whether one path is the other or lies in it, whichever way round. */
export function overlaps(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}
