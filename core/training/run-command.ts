/** A pull request as GitHub has it now. */
export interface CommandedPull {
  readonly isOpen: boolean;
  readonly isFork: boolean;
  /** 40 hex characters. */
  readonly headSha: string;
  /** Commits of it; may be fewer than there are. */
  readonly commits: readonly string[];
}

/** What `/gatehouse run` comes to. `take over`: the named commit is the newest one, and a maintainer may push it. */
export type RunAnswer = {
  readonly kind:
    | 'take over'
    | 'closed'
    | 'own branch'
    | 'no commit'
    | 'not a commit'
    | 'ambiguous'
    | 'old commit'
    | 'other commit';
};

const fewestDigits = 7;

/**
 * Holds the commit that somebody named against the pull request. Only its newest commit is ever answered with a way to
 * run it: what somebody read and what runs are the same bytes.
 */
export function answerRun(commit: string, pull: CommandedPull): RunAnswer {
  if (!pull.isOpen) return { kind: 'closed' };
  if (!pull.isFork) return { kind: 'own branch' };
  if (commit === '') return { kind: 'no commit' };
  const named = commit.toLowerCase();
  if (!/^[0-9a-f]{7,40}$/.test(named)) return { kind: 'not a commit' };
  const all = new Set([pull.headSha, ...pull.commits]);
  const [first, ...more] = [...all].filter((one) => one.startsWith(named));
  if (first === undefined) return { kind: 'other commit' };
  if (more.length > 0) return { kind: 'ambiguous' };
  return { kind: first === pull.headSha ? 'take over' : 'old commit' };
}

/** So many characters of a commit that no other of the pull request begins with them. */
export function shortest({ headSha, commits }: CommandedPull): string {
  const others = commits.filter((one) => one !== headSha);
  for (let length = fewestDigits; length < headSha.length; length += 1) {
    const start = headSha.slice(0, length);
    if (!others.some((one) => one.startsWith(start))) return start;
  }
  return headSha;
}
