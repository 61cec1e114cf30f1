import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordStore } from '../../adapters/dataset/record-store.ts';
import type { ReferenceSource } from '../../adapters/dataset/reference.ts';
import {
  readShardedDataset,
  type ShardedDataset,
  type ShardReader,
} from '../../adapters/dataset/shard-dataset.ts';
import { validateShards } from '../../adapters/dataset/shard-merge.ts';
import type { GitHubReader } from '../../adapters/github/reader.ts';
import { readTrainedVersions } from '../../adapters/proposal/dataset-history.ts';
import type { Policy } from '../../core/config/policy.ts';
import type { RefusedBatch } from '../../core/dataset/history.ts';
import { parseShard, parseShardPlan, type ShardPlan } from '../../core/dataset/shard.ts';
import { parseAnswers } from '../../core/dataset/shard-answers.ts';
import type { DatasetValidation, EvidenceOrigin } from '../../core/evidence/evidence.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { renderSummary } from '../../core/report/summary.ts';

export interface MergeInputs {
  /** Output of plan-shards, as text. */
  readonly plan: string;
  /** Where the artifacts of the shards were unpacked, one folder each. */
  readonly shards: string;
  /** The same for the second round; a folder that is not there where no rule asks for it. */
  readonly answers: string;
  /** Empty folders of ours. */
  readonly workdir: string;
  readonly recordFolder: string;
  readonly run: Pick<EvidenceOrigin, 'repository' | 'repositoryId' | 'runId' | 'runAttempt'>;
  /** ISO instant, UTC. */
  readonly now: string;
}

export interface MergeOutputs {
  readonly validation: DatasetValidation;
  /** Markdown for the job summary. */
  readonly summary: string;
}

export interface MergeDeps {
  readonly reader: ShardReader & Pick<GitHubReader, 'ledgerFiles'>;
  /** The store of the policy, where the data of accepted versions is recorded. */
  openStore(policy: Policy): Promise<Pick<RecordStore, 'get'>>;
  readRefused(): Promise<readonly RefusedBatch[]>;
}

/**
 * Judges a dataset by what its shards left behind, and writes its record (`dataset-record.json`) when it passes.
 * @returns verdict `not evaluated` when a shard is missing or does not belong: never a pass
 * @throws InputError SHARD_INVALID, PROFILE_INVALID, CONTRACT_MISSING; ServiceError
 */
export async function run(inputs: MergeInputs, deps: MergeDeps): Promise<MergeOutputs> {
  const plan = parseShardPlan(inputs.plan, 'the input "plan"');
  const dataset = await readShardedDataset(deps.reader, plan);
  const { workdir, now } = inputs;
  const origin: EvidenceOrigin = {
    ...inputs.run,
    pullRequest: 0,
    headSha: plan.dataAt,
    baseRef: '',
    baseSha: plan.rulesAt,
    contentDigest: digestBytes(''),
  };
  const results = await readAll(inputs.shards, 'shard.json', parseShard);
  const answers = await readAll(inputs.answers, 'answers.json', parseAnswers);
  const { evidence, results: details } = await validateShards(
    { plan, dataset, results, answers, origin, workdir, now },
    {
      references: await readReferences(dataset, plan, deps),
      refused: await deps.readRefused(),
      putRecord: (text) => writeRecord(inputs.recordFolder, text),
    },
  );
  const [validation] = evidence.datasets;
  if (validation === undefined) throw new TypeError('one contract gives one validation');
  const shown = details.map(({ observations, measurement }) => ({
    observations,
    drift: measurement?.drift ?? null,
  }));
  return { validation, summary: renderSummary(evidence, shown) };
}

/** As in a pull request: a contract of the rules has its reference there, or none. */
async function readReferences(
  { policy }: ShardedDataset,
  { rulesAt }: ShardPlan,
  deps: MergeDeps,
): Promise<ReferenceSource> {
  const { reader } = deps;
  const ledger = await reader.ledgerFiles(policy.ledger.branch);
  return {
    trainedVersions: (dataset) => readTrainedVersions(ledger, dataset),
    get: async (digest) => (await deps.openStore(policy)).get(digest),
    readFile: (path) => reader.file(path, rulesAt),
  };
}

async function writeRecord(folder: string, text: string) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'dataset-record.json'), text);
  return digestBytes(text);
}

/** One folder for each artifact; a single one may lie in the folder itself. */
async function readAll<Value>(
  folder: string,
  file: string,
  parse: (text: string, source: string) => Value,
): Promise<readonly Value[]> {
  const found = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const folders = found.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const names = found.some(({ name }) => name === file) ? ['.', ...folders] : folders;
  const values: Value[] = [];
  for (const name of names.sort()) {
    const text = await readFile(join(folder, name, file), 'utf8').catch(() => '');
    values.push(parse(text, `${name}/${file}`));
  }
  return values;
}
