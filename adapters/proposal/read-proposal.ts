import { type Catalogue, readCatalogue, type TextSide, textPaths } from '../../core/change/catalogue.ts';
import type { Change, TreeListing } from '../../core/change/change.ts';
import { planChange } from '../../core/change/plan.ts';
import { policyPath } from '../../core/config/layout.ts';
import { parseOnce } from '../../core/config/parse-once.ts';
import type { Policy } from '../../core/config/policy.ts';
import { parsePolicy } from '../../core/config/policy-file.ts';
import { InputError } from '../../core/error/error.ts';
import { viewOf } from '../../core/registry/alignment.ts';
import type { ModelState } from '../../core/registry/ledger.ts';
import { emptyState } from '../../core/registry/stream.ts';
import type { GitHubReader, LedgerFiles, RepositoryFacts } from '../github/reader.ts';
import { readModelState, readMovedStates } from './model-state.ts';

/** Which commits a pull request is read at. `base` governs: the tip before the merge, the merge's own base after it. */
export interface ProposalCommits {
  readonly baseRef: string;
  readonly base: string;
  readonly head: string;
}

/** A pull request as Gatehouse reads it: the same for the jobs that validate and judge, and for the app that decides. */
export interface Proposal {
  readonly repository: RepositoryFacts;
  readonly commits: ProposalCommits & { readonly mergeBase: string };
  readonly trees: Readonly<Record<TextSide, TreeListing>>;
  readonly policy: Policy;
  readonly catalogue: Catalogue;
  readonly change: Change;
  readonly ledger: LedgerFiles | null;
  /** State of the model that the change is about; null when it is about none. */
  readonly state: ModelState | null;
}

/**
 * Reads everything that says what a pull request asks for.
 * @throws InputError BASE_NOT_GOVERNED when the default branch's policy does not name the base branch: a weaker branch
 * must not become a way around; POLICY_MISSING, CONFIG_INVALID for a policy that cannot be read
 */
export async function readProposal(reader: GitHubReader, commits: ProposalCommits): Promise<Proposal> {
  const repository = await reader.repository();
  await requireGoverned(reader, repository, commits.baseRef);
  const mergeBase = await reader.mergeBase(commits.base, commits.head);
  const [policy, base, head, fork] = await Promise.all([
    readPolicy(reader, commits.base),
    reader.tree(commits.base),
    reader.tree(commits.head),
    reader.tree(mergeBase),
  ]);
  const trees = { mergeBase: fork, base, head };
  const text = await readTexts(reader, trees);
  const ledger = await reader.ledgerFiles(policy.ledger.branch);
  const states = await readMovedStates(ledger, trees);
  const change = planChange({
    ...trees,
    text,
    ledger: (model) => viewOf(states.get(model) ?? emptyState(model)),
    ledgerOnBase: policy.ledger.branch === commits.baseRef,
  });
  return {
    repository,
    commits: { ...commits, mergeBase },
    trees,
    policy,
    catalogue: readCatalogue(base, head, text),
    change,
    ledger,
    state:
      change.kind === 'request' && change.model !== null ? await readModelState(ledger, change.model) : null,
  };
}

/** @throws InputError BASE_NOT_GOVERNED, CONFIG_INVALID */
export async function requireGoverned(
  reader: Pick<GitHubReader, 'branchHead' | 'file'>,
  repository: RepositoryFacts,
  baseRef: string,
): Promise<void> {
  const head = await reader.branchHead(repository.defaultBranch);
  const policy = head === null ? null : await readPolicy(reader, head);
  const governed =
    policy === null ? [] : policy.branches.length > 0 ? policy.branches : [repository.defaultBranch];
  if (governed.includes(baseRef)) return;
  throw new InputError('BASE_NOT_GOVERNED', `The base branch "${baseRef}" is not governed by Gatehouse`, {
    hint: `Open the pull request against ${governed.join(' or ') || 'a governed branch'}, or have the governors add the branch to "branches" in ${policyPath} on ${repository.defaultBranch}.`,
  });
}

/** A look reads the same policy several times. */
const parsePolicyOnce = parseOnce(parsePolicy);

/** @throws InputError POLICY_MISSING, CONFIG_INVALID */
export async function readPolicy(reader: Pick<GitHubReader, 'file'>, commit: string): Promise<Policy> {
  const bytes = await reader.file(policyPath, commit);
  if (bytes === null) {
    throw new InputError('POLICY_MISSING', `${policyPath} is not there at ${commit.slice(0, 7)}`, {
      hint: 'Add the file in a pull request by an admin; the README shows one of ten lines.',
      where: { file: policyPath },
    });
  }
  return parsePolicyOnce(new TextDecoder().decode(bytes), policyPath);
}

const readsAtOnce = 20;

/** Texts by content id: base, merge base and head mostly hold the same files. */
async function readTexts(reader: GitHubReader, trees: Readonly<Record<TextSide, TreeListing>>) {
  const wanted = textPaths(trees);
  const blobs = new Map<string, string>();
  const ids = [...new Set(wanted.map(({ blob }) => blob))];
  // Some at a time: GitHub limits requests under way, and a repository has as many files as it has models.
  const read = async (): Promise<void> => {
    for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
      blobs.set(id, new TextDecoder().decode(await reader.blob(id)));
    }
  };
  await Promise.all(Array.from({ length: readsAtOnce }, read));
  const texts = new Map(wanted.map(({ side, path, blob }) => [`${side}:${path}`, blobs.get(blob) ?? null]));
  return (side: TextSide, path: string): string | null => texts.get(`${side}:${path}`) ?? null;
}
