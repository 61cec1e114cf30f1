/**
 * Compiles one filter pattern of a workflow's `branches`, `tags` or `paths`.
 * `*` stops at a slash, `**` does not, `?` and `+` repeat the character before, `[]` is a class, `\` escapes.
 * @see https://docs.github.com/actions/reference/workflow-syntax-for-github-actions#filter-pattern-cheat-sheet
 */
export function compilePattern(pattern: string): RegExp {
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const rest = pattern.slice(at);
    const piece = nextPiece(rest);
    source += piece.source;
    at += piece.length - 1;
  }
  return new RegExp(`^${source}$`, 'u');
}

/** Last matching pattern wins; a pattern with `!` takes back. No positive pattern means no match. */
export function matchesPatterns(name: string, patterns: readonly string[]): boolean {
  let matched = false;
  for (const pattern of patterns) {
    const negative = pattern.startsWith('!');
    if (compilePattern(negative ? pattern.slice(1) : pattern).test(name)) matched = !negative;
  }
  return matched;
}

function nextPiece(rest: string): { readonly source: string; readonly length: number } {
  if (rest.startsWith('**/')) return { source: '(?:.*/)?', length: 3 };
  if (rest.startsWith('**')) return { source: '.*', length: 2 };
  const first = [...rest][0] ?? '';
  if (first === '*') return { source: '[^/]*', length: 1 };
  if (first === '?' || first === '+') return { source: first, length: 1 };
  const group = /^\[[A-Za-z0-9\-_.]+\]/.exec(rest)?.[0];
  if (group !== undefined) return { source: group, length: group.length };
  if (first === '\\' && rest.length > 1) return { source: escapeCharacter(rest[1] ?? ''), length: 2 };
  return { source: escapeCharacter(first), length: first.length };
}

function escapeCharacter(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character;
}
