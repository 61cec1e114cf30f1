import { type Governed, readCatalogue, type TextSide, textPaths } from '../../core/change/catalogue.ts';
import type { Change, TreeListing } from '../../core/change/change.ts';
import { planChange } from '../../core/change/plan.ts';
import { modelPath, policyPath } from '../../core/config/layout.ts';
import type { ModelConfig } from '../../core/config/model.ts';
import { parseModelConfig } from '../../core/config/model-file.ts';
import type { Policy } from '../../core/config/policy.ts';
import { parsePolicy } from '../../core/config/policy-file.ts';
import { InputError } from '../../core/error/error.ts';
import { changedModelFields } from '../../core/policy/requirement.ts';
import { viewOf } from '../../core/registry/alignment.ts';
import { isTransactionPath } from '../../core/registry/layout.ts';
import type { ModelState } from '../../core/registry/ledger.ts';
import { emptyState } from '../../core/registry/stream.ts';
import { readFiles, readTree, resolveRef } from '../git/read.ts';
import { findMergeBase } from '../git/work-tree.ts';
import type { LedgerFiles } from '../github/reader.ts';
import { readModelState, readMovedStates } from './model-state.ts';

/** The branch that a pull request would go to, as this clone last fetched it. */
export interface LocalBase {
  /** As a person reads it, for example `origin/main`. */
  readonly ref: string;
  /** Name of the branch on GitHub. */
  readonly branch: string;
  readonly commit: string;
}

/** What the commits of a branch ask for, from the objects of a clone alone. */
export interface BranchRequest {
  readonly base: LocalBase;
  readonly head: string;
  readonly policy: Policy;
  readonly change: Change;
  /** The model that the change is about, as base knows it, or head for a new one. */
  readonly model: Governed<ModelConfig> | null;
  /** Fields of model.yml that differ; null: the file is the same, or its text cannot be read. */
  readonly modelFields: readonly string[] | null;
  readonly ledgerBranch: string;
  /** False: no ledger branch was fetched, so nobody here knows where a version is now. */
  readonly ledgerFetched: boolean;
  /** State of that model in the ledger as it was fetched; not proven here. */
  readonly state: ModelState | null;
}

/**
 * Reads what the commit that is checked out asks for, compared with a base branch.
 * @returns null when base holds no policy: there Gatehouse judges nothing yet
 * @throws InputError MERGE_BASE_MISSING, CONFIG_INVALID for base's policy, LEDGER_ENTRY_INVALID; ServiceError
 */
export async function readBranch(dir: string, base: LocalBase, head: string): Promise<BranchRequest | null> {
  const policy = await readBasePolicy(dir, base);
  if (policy === null) return null;
  const mergeBase = await findMergeBase(dir, base.commit, head);
  if (mergeBase === null) throw noMergeBase(base);
  const commits = { mergeBase, base: base.commit, head };
  const trees = {
    mergeBase: await readTree(dir, mergeBase),
    base: await readTree(dir, base.commit),
    head: await readTree(dir, head),
  };
  const text = await readTexts(dir, commits, trees);
  const ledger = await readLedger(dir, policy.ledger.branch);
  const states = await readMovedStates(ledger, trees);
  const change = planChange({
    ...trees,
    text,
    ledger: (model) => viewOf(states.get(model) ?? emptyState(model)),
    ledgerOnBase: policy.ledger.branch === base.branch,
  });
  const name = change.kind === 'request' ? change.model : null;
  const model = name === null ? null : (readCatalogue(trees.base, trees.head, text).models.get(name) ?? null);
  return {
    base,
    head,
    policy,
    change,
    model,
    modelFields: name === null ? null : fieldsOf(name, trees, model, text('head', modelPath(name))),
    ledgerBranch: policy.ledger.branch,
    ledgerFetched: ledger !== null,
    state: name === null ? null : await readModelState(ledger, name),
  };
}

type Trees = Readonly<Record<TextSide, TreeListing>>;

async function readBasePolicy(dir: string, base: LocalBase): Promise<Policy | null> {
  const files = await readFiles(dir, base.commit, policyPath, (path) => path === policyPath);
  const bytes = files.get(policyPath);
  return bytes === undefined ? null : parsePolicy(new TextDecoder().decode(bytes), policyPath);
}

async function readTexts(dir: string, commits: Readonly<Record<TextSide, string>>, trees: Trees) {
  const wanted = textPaths(trees);
  const texts = new Map<string, string>();
  for (const side of ['mergeBase', 'base', 'head'] as const) {
    const paths = new Set(wanted.filter((each) => each.side === side).map(({ path }) => path));
    const files = await readFiles(dir, commits[side], '', (path) => paths.has(path));
    for (const [path, bytes] of files) texts.set(`${side}:${path}`, new TextDecoder().decode(bytes));
  }
  return (side: TextSide, path: string): string | null => texts.get(`${side}:${path}`) ?? null;
}

/** The fetched branch is newer than a local one of the same name, which nobody keeps up to date. */
async function readLedger(dir: string, branch: string): Promise<LedgerFiles | null> {
  for (const ref of [`refs/remotes/origin/${branch}`, `refs/heads/${branch}`]) {
    const head = await resolveRef(dir, ref);
    if (head === null) continue;
    const files = await readFiles(dir, head, 'audit/', isTransactionPath);
    const read = async (path: string) => {
      const bytes = files.get(path);
      return bytes === undefined ? null : new TextDecoder().decode(bytes);
    };
    return { head, listing: await readTree(dir, head), read };
  }
  return null;
}

function fieldsOf(
  name: string,
  { mergeBase, head }: Trees,
  model: Governed<ModelConfig> | null,
  text: string | null,
): readonly string[] | null {
  const path = modelPath(name);
  if (mergeBase.get(path)?.blob === head.get(path)?.blob) return null;
  // model.yml alone, as of the head: the suite beside it is a file of its own.
  const before = model?.from === 'base' ? parseModelConfig(model.text, path, name) : null;
  if (text === null) return changedModelFields(before, null);
  try {
    return changedModelFields(before, parseModelConfig(text, path, name));
  } catch (error) {
    // Unknown fields: `requiredApprovals` then asks governors as well.
    if (error instanceof InputError) return null;
    throw error;
  }
}

function noMergeBase({ ref, branch }: LocalBase): InputError {
  return new InputError('MERGE_BASE_MISSING', `this branch and ${ref} share no commit in this clone`, {
    hint: `Fetch the history: git fetch --unshallow origin ${branch}. A branch of another history cannot be merged.`,
  });
}
