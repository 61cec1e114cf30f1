import { keepAny } from '../../adapters/github/octokit-reader.ts';
import type { CommitFacts, GitHubReader } from '../../adapters/github/reader.ts';
import { policyPath } from '../../core/config/layout.ts';
import type { Policy } from '../../core/config/policy.ts';
import { parsePolicy } from '../../core/config/policy-file.ts';
import { InputError } from '../../core/error/error.ts';

/** Commits of the base branch that are looked at for a policy that can be read. */
const maxSteps = 100;

/** A commit whose policy is there and cannot be read. */
export interface UnreadablePolicy {
  readonly fault: InputError;
  /** The commit that left it so: the one after the last readable policy, else the oldest that was looked at. */
  readonly since: CommitFacts;
  /** What governed the branch until then; null: within 100 commits nothing readable did. */
  readonly last: { readonly commit: string; readonly bytes: Uint8Array; readonly policy: Policy } | null;
}

/**
 * Looks for the last policy that could be read on the way that the base branch itself went. First parents alone: a side
 * branch that was merged may hold a readable policy that never governed anything (GATE.md rule 13).
 * @returns null when the policy of the commit can be read, or there is none
 */
export async function findLastPolicy(
  reader: Pick<GitHubReader, 'commit' | 'file'>,
  commit: string,
): Promise<UnreadablePolicy | null> {
  const now = await readAt(reader, commit);
  if (now === null || !('fault' in now)) return null;
  const { fault } = now;
  let since = await reader.commit(commit);
  for (let step = 0; step < maxSteps; step += 1) {
    const [parent] = since.parents;
    if (parent === undefined) break;
    const before = await readAt(reader, parent);
    // Before there was a policy nothing governed: what was set up unreadable has no last one.
    if (before === null) break;
    if (!('fault' in before)) return { fault, since, last: { commit: parent, ...before } };
    since = await reader.commit(parent);
  }
  return { fault, since, last: null };
}

type Read = { readonly bytes: Uint8Array; readonly policy: Policy } | { readonly fault: InputError };

async function readAt(reader: Pick<GitHubReader, 'file'>, commit: string): Promise<Read | null> {
  const bytes = await reader.file(policyPath, commit);
  if (bytes === null) return null;
  try {
    return { bytes, policy: parsePolicy(new TextDecoder().decode(bytes), policyPath) };
  } catch (error) {
    if (error instanceof InputError) return { fault: error };
    throw error;
  }
}

/** The same repository, but where a policy cannot be read it says what governed last. */
export function withLastPolicy(reader: GitHubReader): GitHubReader {
  const last = keepAny((commit) => findLastPolicy(reader, commit));
  return {
    ...reader,
    file: async (path, commit) => {
      const bytes = await reader.file(path, commit);
      if (path !== policyPath || bytes === null) return bytes;
      return (await last(commit))?.last?.bytes ?? bytes;
    },
  };
}
