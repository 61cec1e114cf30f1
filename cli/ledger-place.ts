import type { ObjectReader } from '../adapters/git/objects.ts';
import { defaultBranch } from '../adapters/git/read.ts';
import { policyPath } from '../core/config/layout.ts';
import { InputError } from '../core/error/error.ts';
import type { LedgerLayout } from '../core/registry/layout.ts';

/** Where the ledger lies in a clone. */
export interface LedgerPlace {
  readonly ref: string;
  readonly commit: string;
  readonly layout: LedgerLayout;
}

/**
 * Finds the ledger of a clone.
 * @param named `--ledger` as a person typed it; absent: what the policy on the default branch says
 * @param shared `--shared`
 * @throws InputError LEDGER_NOT_FOUND, GIT_NO_REPOSITORY, and what makes a policy unreadable
 */
export async function findLedger(
  dir: string,
  objects: ObjectReader,
  { ledger: named, shared }: { readonly ledger?: string; readonly shared?: boolean },
): Promise<LedgerPlace> {
  const main = await defaultBranch(dir);
  const name = named ?? (await configuredBranch(objects, main));
  // What somebody names is taken as git takes it: a local branch or a commit before the fetched branch of that name.
  // Otherwise the fetched branch comes first: it is newer than a local one, which nobody keeps up to date.
  const fetched = `refs/remotes/origin/${name}`;
  const order = named === undefined ? [fetched, name] : [name, fetched];
  for (const ref of [...order, `refs/remotes/${name}`]) {
    const commit = await commitOf(objects, ref);
    if (commit !== null) return { ref, commit, layout: layoutOf(ref, main, shared === true) };
  }
  throw new InputError('LEDGER_NOT_FOUND', `there is no ledger branch "${name}" in this clone`, {
    hint: `Fetch it: git fetch origin ${name}. Before the first merge of a proposal there is none.`,
  });
}

/** What the policy on the default branch says, else the default name. */
async function configuredBranch(objects: ObjectReader, main: string | null): Promise<string> {
  for (const ref of main === null ? ['HEAD'] : [`refs/remotes/origin/${main}`, main]) {
    if ((await commitOf(objects, ref)) === null) continue;
    const found = await objects.find(`${ref}:${policyPath}`);
    const text = found?.kind === 'blob' ? found.content.toString('utf8') : '';
    // Reading a policy takes longer than the rest of an answer: one without the word, escapes included, names no branch.
    if (/ledger|\\/.test(text)) {
      const { parsePolicy } = await import('../core/config/policy-file.ts');
      return parsePolicy(text, policyPath).ledger.branch;
    }
  }
  return 'gatehouse-ledger';
}

const commitOf = async (objects: ObjectReader, ref: string): Promise<string | null> => {
  const found = await objects.find(`${ref}^{commit}`);
  return found?.kind === 'commit' ? found.id : null;
};

/** On the default branch people's files lie beside the ledger; anywhere else every file is the ledger's. */
function layoutOf(ref: string, main: string | null, shared: boolean): LedgerLayout {
  const name = ref.replace(/^refs\/(?:remotes\/origin|heads)\//, '').replace(/^origin\//, '');
  return shared || (main !== null && name === main) ? 'shared' : 'own';
}

/** Under which name a proof of this ledger is remembered. */
export const noteName = (ref: string, layout: LedgerLayout): string => `${ref} ${layout}`;
