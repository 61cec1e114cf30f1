/** Writes a JSON pointer (RFC 6901): `pointTo('columns', 'a/b')` is `/columns/a~1b`. */
export function pointTo(...keys: readonly string[]): string {
  return keys.map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
