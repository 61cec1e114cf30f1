/** How a commit begins that only counts a result: its push makes nobody look again. */
export const countHeadline = 'Count look ';

/**
 * What an event makes us look at again. Nothing else is taken from an event: its type and delivery id are not signed,
 * it may come twice, late, out of order or never.
 */
export type Look =
  | {
      readonly kind: 'pull';
      readonly number: number;
      /** GitHub's id of a stranger who made us look, for the buckets. */
      readonly actor?: number | undefined;
    }
  /** Every pull request whose head is this commit. */
  | {
      readonly kind: 'commit';
      readonly sha: string;
      /** Somebody pressed "Ask reviewers". */
      readonly asks?: boolean | undefined;
    }
  /** Every open pull request: a base branch, the ledger, a role or the policy may have changed. */
  | { readonly kind: 'repository' }
  /** A branch moved: every open pull request that is decided by what is on it. */
  | { readonly kind: 'branch'; readonly branch: string }
  | { readonly kind: 'merge group'; readonly headSha: string }
  /** A comment that may ask for something: it is read again, and so is whoever wrote it. */
  | {
      readonly kind: 'command';
      readonly number: number;
      readonly comment: number;
      /** GitHub's id of who wrote it, for the buckets. Absent: not told, so it has none. */
      readonly actor?: number | undefined;
    };

/** Key under which looks coalesce. */
export function keyOf(repository: string, look: Look): string {
  if (look.kind === 'pull') return `${repository}#${look.number}`;
  if (look.kind === 'commit') return `${repository}@${look.sha}${look.asks ? '/ask' : ''}`;
  if (look.kind === 'command') return `${repository}#${look.number}/comment/${look.comment}`;
  if (look.kind === 'merge group') return `${repository}/group/${look.headSha}`;
  if (look.kind === 'branch') return `${repository}/branch/${look.branch}`;
  return repository;
}
