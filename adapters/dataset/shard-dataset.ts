import type { Contract } from '../../core/config/contract.ts';
import { parseContract } from '../../core/config/contract-file.ts';
import { contractPath } from '../../core/config/layout.ts';
import type { Policy } from '../../core/config/policy.ts';
import { openLocator } from '../../core/config/position.ts';
import type { ListedFile } from '../../core/dataset/files.ts';
import type { Positions } from '../../core/dataset/positions.ts';
import type { ShardPlan } from '../../core/dataset/shard.ts';
import { InputError } from '../../core/error/error.ts';
import type { ReadBlob } from '../dvc/dataset.ts';
import type { GitHubReader } from '../github/reader.ts';
import { readPolicy } from '../proposal/read-proposal.ts';
import type { ContractText } from './validate.ts';

export type ShardReader = Pick<GitHubReader, 'tree' | 'blob' | 'file'>;

/** A dataset at the commits of a run, as every job of its matrix reads it. */
export interface ShardedDataset {
  readonly policy: Policy;
  readonly text: ContractText;
  /** The contract and those that it inherits from, by dataset. */
  readonly known: ReadonlyMap<string, ContractText>;
  readonly positions: Positions;
  /** Tree of the data. */
  readonly listing: ReadonlyMap<string, ListedFile>;
  /** Tree of the rules, where tables come from that the data is compared with; null: there is none but `listing`. */
  readonly governing: ReadonlyMap<string, ListedFile> | null;
  readonly readBlob: ReadBlob;
}

/**
 * Reads what a sharded validation is about. No data is read yet.
 * @throws InputError CONTRACT_MISSING, CONFIG_INVALID, POLICY_MISSING; ServiceError
 */
export async function readShardedDataset(
  reader: ShardReader,
  plan: Pick<ShardPlan, 'dataset' | 'rulesAt' | 'dataAt'>,
): Promise<ShardedDataset> {
  const text = await readContract(reader, plan.dataset, plan.rulesAt);
  if (text === null) {
    const file = contractPath(plan.dataset);
    throw new InputError('CONTRACT_MISSING', `There is no contract for the dataset ${plan.dataset}`, {
      hint: `Merge ${file} first: a sharded validation takes contracts from the base branch alone.`,
      where: { file },
    });
  }
  return {
    policy: await readPolicy(reader, plan.rulesAt),
    text,
    known: await readAncestors(reader, text, plan.rulesAt),
    positions: openLocator(text.text, text.path),
    listing: await reader.tree(plan.dataAt),
    governing: plan.rulesAt === plan.dataAt ? null : await reader.tree(plan.rulesAt),
    readBlob: rememberBlobs(reader),
  };
}

async function readContract(
  reader: Pick<ShardReader, 'file'>,
  dataset: string,
  commit: string,
): Promise<ContractText | null> {
  const path = contractPath(dataset);
  const bytes = await reader.file(path, commit);
  if (bytes === null) return null;
  const text = new TextDecoder().decode(bytes);
  return { contract: parseContract(text, path), path, text, from: 'base' };
}

async function readAncestors(
  reader: ShardReader,
  first: ContractText,
  commit: string,
): Promise<ReadonlyMap<string, ContractText>> {
  const known = new Map([[first.contract.dataset, first]]);
  const waiting: Contract[] = [first.contract];
  for (let contract = waiting.pop(); contract !== undefined; contract = waiting.pop()) {
    for (const dataset of contract.derivedFrom.filter((name) => !known.has(name))) {
      const text = await readContract(reader, dataset, commit);
      // What is missing is a finding of governance.
      if (text === null) continue;
      known.set(dataset, text);
      waiting.push(text.contract);
    }
  }
  return known;
}

/** Pointers are read twice, by us and by the validation. */
function rememberBlobs(reader: Pick<ShardReader, 'blob'>): ReadBlob {
  const pointers = new Map<string, Uint8Array>();
  return async ({ path, blob }) => {
    const bytes = pointers.get(blob) ?? (await reader.blob(blob));
    if (path.endsWith('.dvc')) pointers.set(blob, bytes);
    return bytes;
  };
}
