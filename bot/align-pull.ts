import type { GitHubReader, PullFacts } from '../adapters/github/reader.ts';
import type { BotDeps } from './deps.ts';
import { toText } from './gather/text.ts';

/** One file that a pull request of the app brings to a content. */
export interface Wanted {
  readonly branch: string;
  readonly base: string;
  readonly tip: string;
  readonly path: string;
  readonly content: string;
  readonly title: string;
  readonly body: string;
}

/**
 * Opens the pull request, or updates the one that is open; writes nothing when it says so already.
 * @returns its number: a list may not hold yet what was just opened
 */
export async function bringPull(deps: BotDeps, reader: GitHubReader, wanted: Wanted): Promise<number> {
  await bringBranch(deps, reader, wanted);
  const open = await findPull(deps, reader, wanted.branch);
  const { branch: head, base, title, body } = wanted;
  if (open === null) return deps.writer.openPull({ head, base, title, body });
  if (open.body.replaceAll('\r\n', '\n') !== body || open.title !== title)
    await deps.writer.updatePull(open.number, { title, body });
  return open.number;
}

/** Closes the pull request when there is nothing left to say, and removes its branch. */
export async function closePull(deps: BotDeps, reader: GitHubReader, branch: string): Promise<void> {
  if ((await reader.branchHead(branch)) === null) return;
  const open = await findPull(deps, reader, branch);
  if (open !== null) await deps.writer.updatePull(open.number, { state: 'closed' });
  await deps.writer.deleteBranch(branch);
}

async function bringBranch(deps: BotDeps, reader: GitHubReader, wanted: Wanted): Promise<void> {
  const { branch, tip, path, content, title } = wanted;
  const head = await reader.branchHead(branch);
  if (head !== null && (await isCurrent(reader, head, wanted))) return;
  if (head === null) await deps.writer.createBranch(branch, tip);
  else await deps.writer.resetBranch(branch, tip);
  const files = [{ path, content }];
  await deps.writer.commitOnBranch({ branch, expectedHead: tip, headline: title, body: '', files });
}

/** The branch holds the content, and base has not changed the file since. */
async function isCurrent(
  reader: GitHubReader,
  head: string,
  { tip, path, content }: Wanted,
): Promise<boolean> {
  const bytes = await reader.file(path, head);
  if (bytes === null || toText(bytes) !== content) return false;
  const since = await reader.mergeBase(tip, head);
  return (await reader.tree(since)).get(path)?.blob === (await reader.tree(tip)).get(path)?.blob;
}

async function findPull(deps: BotDeps, reader: GitHubReader, branch: string): Promise<PullFacts | null> {
  const [open] = await reader.pulls({ state: 'open', head: `${deps.name.owner}:${branch}`, limit: 1 });
  return open ?? null;
}
