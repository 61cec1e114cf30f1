import type { Hub } from '../hub/interface.ts';
import type { Repository } from '../hub/world.ts';
import type { CommitReader } from './commit-reader.ts';
import { WorkflowError } from './workflow.ts';

/** Where a workflow file comes from. */
export interface Source {
  readonly repository: Repository;
  readonly path: string;
  readonly sha: string;
  /** `refs/pull/1/merge`, `refs/heads/main`, or the SHA as the caller wrote it. */
  readonly ref: string;
}

/** `owner/repo/path@ref`: how tokens and pages name a workflow file. */
export function nameOf(source: Source): string {
  return `${source.repository.fullName}/${source.path}@${source.ref}`;
}

/** A `uses:` that a run met with something that moves (a branch, a tag). */
export interface MovingRef {
  readonly uses: string;
  readonly sha: string;
}

/** Finds the file that a job's `uses:` names. @throws WorkflowError in GitHub's words. */
export async function findCalledSource(
  hub: Hub,
  reader: CommitReader,
  uses: string,
  caller: Source,
  onMoving: (moving: MovingRef) => void,
): Promise<Source> {
  const notFound = (): never => {
    throw new WorkflowError(
      `error parsing called workflow "${uses}": workflow was not found. See https://docs.github.com/actions/learn-github-actions/reusing-workflows#access-to-reusable-workflows for more information.`,
    );
  };
  if (uses.startsWith('./')) return { ...caller, path: uses.slice(2) };
  const match = /^([^/@]+\/[^/@]+)\/(\.github\/workflows\/[^@/]+\.ya?ml)@(.+)$/.exec(uses);
  if (match === null) return notFound();
  const [, fullName = '', path = '', wanted = ''] = match;
  const repository = findRepository(hub, fullName, caller.repository) ?? notFound();
  const found = (await reader.resolve(hub.git(repository), wanted)) ?? notFound();
  if (!/^[0-9a-f]{40}$/.test(wanted)) onMoving({ uses, sha: found.sha });
  return { repository, path, sha: found.sha, ref: found.ref };
}

/** A repository that another one's workflows may use: itself, a public one, or a private one of the same owner. */
export function findRepository(hub: Hub, fullName: string, user: Repository): Repository | undefined {
  const wanted = fullName.toLowerCase();
  const found = [...hub.world.repositories.values()].find((one) => one.fullName.toLowerCase() === wanted);
  if (found === undefined) return undefined;
  const reachable =
    !found.private || found.id === user.id || (user.private && found.owner.id === user.owner.id);
  return reachable ? found : undefined;
}
