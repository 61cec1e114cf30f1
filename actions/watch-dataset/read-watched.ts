import type { ContractText } from '../../adapters/dataset/validate.ts';
import type { GitHubReader, LedgerFiles, RepositoryFacts } from '../../adapters/github/reader.ts';
import { readPolicy, requireGoverned } from '../../adapters/proposal/read-proposal.ts';
import { parseContract } from '../../core/config/contract-file.ts';
import { contractPath, datasetOfFile, namesIn } from '../../core/config/layout.ts';
import type { Policy } from '../../core/config/policy.ts';
import type { ListedFile } from '../../core/dataset/files.ts';
import { InputError } from '../../core/error/error.ts';

/** A commit of a governed branch, as a watch run reads it. */
export interface Watched {
  readonly repository: RepositoryFacts;
  readonly policy: Policy;
  readonly listing: ReadonlyMap<string, ListedFile>;
  /** What is watched: one dataset, or all of them, by name. */
  readonly contracts: readonly ContractText[];
  /** Every contract, for what datasets inherit. */
  readonly known: ReadonlyMap<string, ContractText>;
  readonly ledger: LedgerFiles | null;
}

export type WatchReader = Pick<
  GitHubReader,
  'repository' | 'branchHead' | 'tree' | 'blob' | 'file' | 'ledgerFiles'
>;

/**
 * Reads policy and contracts of the commit that the event names. They govern: the branch must be one that people reach
 * through reviewed pull requests only.
 * @param dataset null: every dataset that has a contract
 * @throws InputError BASE_NOT_GOVERNED, POLICY_MISSING, CONTRACT_MISSING, CONFIG_INVALID
 */
export async function readWatched(
  reader: WatchReader,
  at: { readonly commit: string; readonly branch: string },
  dataset: string | null,
): Promise<Watched> {
  const repository = await reader.repository();
  await requireGoverned(reader, repository, at.branch);
  const policy = await readPolicy(reader, at.commit);
  const listing = await reader.tree(at.commit);
  const names = namesIn(listing, datasetOfFile);
  const known = new Map<string, ContractText>();
  for (const name of names) known.set(name, await readContract(reader, at.commit, name));
  const wanted = dataset === null ? names : [dataset];
  const contracts = wanted.map((name) => {
    const found = known.get(name);
    if (found === undefined) throw missing(name);
    return found;
  });
  if (contracts.length === 0) throw missing('...');
  return {
    repository,
    policy,
    listing,
    contracts,
    known,
    ledger: await reader.ledgerFiles(policy.ledger.branch),
  };
}

async function readContract(reader: WatchReader, commit: string, name: string): Promise<ContractText> {
  const path = contractPath(name);
  const text = new TextDecoder().decode((await reader.file(path, commit)) ?? new Uint8Array());
  return { contract: parseContract(text, path), path, text, from: 'base' };
}

function missing(name: string): InputError {
  const file = contractPath(name);
  return new InputError('CONTRACT_MISSING', `There is no contract ${file} on this commit`, {
    hint: `Add it ("gatehouse data infer" writes a first one), or correct the name in the workflow.`,
    where: { file },
  });
}
