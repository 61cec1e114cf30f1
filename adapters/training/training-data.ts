import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Contract } from '../../core/config/contract.ts';
import { contractPath } from '../../core/config/layout.ts';
import type { NetworkRule } from '../../core/config/network.ts';
import { digestDataset } from '../../core/dataset/digest.ts';
import { type ListedFile, resolveFiles } from '../../core/dataset/files.ts';
import { InputError } from '../../core/error/error.ts';
import type { Digest, RunRecord } from '../../core/evidence/evidence.ts';
import { type DataFileFacts, fetchData, type ReadBlob, readFacts } from '../dvc/dataset.ts';
import { type DvcRemote, openRemote } from '../dvc/remote.ts';

export interface TrainingData {
  /** Names of the model's datasets. */
  readonly datasets: readonly string[];
  /** Their contracts, one for each name. */
  readonly contracts: readonly Contract[];
  /** Tree of the commit that is trained. */
  readonly listing: ReadonlyMap<string, ListedFile>;
  /** Where the files come to lie. */
  readonly dataFolder: string;
  /** `data` of the policy. */
  readonly dataUrl: string;
  /** What the policy lets a job reach. */
  readonly network: NetworkRule;
}

interface Deps {
  readonly readBlob: ReadBlob;
  readonly log: (line: string) => void;
}

/**
 * Brings every file of a model's datasets into the data folder, under its path in the repository, each checked by digest.
 * @throws InputError DATASET_MISSING, DATASET_FILES; ServiceError when the remote fails
 */
export async function fetchDatasets(inputs: TrainingData, deps: Deps): Promise<RunRecord['datasets']> {
  const remote = openRemote(inputs.dataUrl, inputs.network);
  await mkdir(inputs.dataFolder, { recursive: true });
  const datasets: { dataset: string; dataDigest: Digest }[] = [];
  for (const dataset of inputs.datasets) {
    const facts = await readDataset(dataset, inputs, deps);
    await fetchFiles(facts, remote, inputs, deps);
    datasets.push({ dataset, dataDigest: digestDataset(facts.map(({ fact }) => fact)) });
  }
  return datasets;
}

async function fetchFiles(
  facts: readonly DataFileFacts[],
  remote: DvcRemote,
  inputs: TrainingData,
  deps: Deps,
): Promise<void> {
  for (const fact of facts) {
    deps.log(`fetching ${fact.dataPath}`);
    await fetchData(fact, join(inputs.dataFolder, fact.dataPath), remote, deps.readBlob);
  }
}

async function readDataset(
  dataset: string,
  { contracts, listing }: TrainingData,
  deps: Deps,
): Promise<readonly DataFileFacts[]> {
  const contract = contracts.find((candidate) => candidate.dataset === dataset);
  const file = contractPath(dataset);
  if (contract === undefined) {
    throw new InputError('DATASET_MISSING', `The model trains on "${dataset}", which has no contract`, {
      hint: `Write ${file}, or take the dataset out of model.yml.`,
    });
  }
  const { files, findings } = resolveFiles(contract, listing, (pointer) => ({ file, pointer }));
  const [first] = findings;
  if (first !== undefined) {
    throw new InputError('DATASET_FILES', first.message, { hint: first.fix, where: { file }, findings });
  }
  const facts: DataFileFacts[] = [];
  for (const listed of files) facts.push(await readFacts(listed, deps.readBlob));
  return facts;
}
