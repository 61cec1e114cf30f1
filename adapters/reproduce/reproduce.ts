import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { networkOf } from '../../core/config/network.ts';
import type { Policy } from '../../core/config/policy.ts';
import { InputError } from '../../core/error/error.ts';
import type { RunRecord } from '../../core/evidence/evidence.ts';
import { parseRunRecord } from '../../core/evidence/run-record.ts';
import type { VersionRecord } from '../../core/registry/ledger.ts';
import { compareReproduction, type Reproduction } from '../../core/training/reproduction.ts';
import { openRemote } from '../dvc/remote.ts';
import { readTree } from '../git/read.ts';
import { hideSecrets, listSecrets } from '../process/environment.ts';
import { openStore, type Store } from '../store/store.ts';
import { readDeclared } from '../training/declared.ts';
import { fetchDatasets } from '../training/training-data.ts';
import { needing } from './gone.ts';
import { rerunTraining } from './rerun.ts';
import { scoreAgain } from './scores.ts';
import { type OriginAccess, withWorktree } from './worktree.ts';

export interface ReproduceInputs {
  /** Any folder of a clone of the repository. */
  readonly repository: string;
  /** From a proven ledger. */
  readonly record: VersionRecord;
  /** Of the default branch, now: store and remote may have moved since. */
  readonly policy: Policy;
  /** A difference of at most this is within tolerance, of values beyond 1 this share. */
  readonly tolerance: number;
  /** Also score the held-out features and compare with the stored predictions. */
  readonly predictions: boolean;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** For a commit that the clone has not; absent: git's own credentials. */
  readonly origin?: OriginAccess;
}

export interface ReproduceDeps {
  readonly log: (line: string) => void;
  readonly now: () => Date;
}

/**
 * Trains a registered version again from what was recorded: commit, data, parameters, image, seed. Nothing of it expires:
 * ledger and commit are in git, run record and data lie in store and remote by digest. Runs the recorded code.
 * @throws InputError REPRODUCE_GONE with what is gone and where it was looked for, REPRODUCE_RECORD when record and ledger
 * do not agree, REPRODUCE_TOLERANCE; ServiceError when store, remote or machine fail
 */
export async function reproduceVersion(inputs: ReproduceInputs, deps: ReproduceDeps): Promise<Reproduction> {
  const { record, tolerance } = inputs;
  if (!(Number.isFinite(tolerance) && tolerance >= 0)) throw refuseTolerance();
  const root = await mkdtemp(join(tmpdir(), 'gatehouse-reproduce-'));
  try {
    const store = await openStore(inputs.policy.store, networkOf(inputs.policy));
    const run = await readRun(inputs, store, root);
    const { codeCommit, pullRequest } = record.lineage;
    const { origin } = inputs;
    const wanted = { commit: codeCommit, pullRequest, subject: subjectOf(record), origin };
    deps.log(`checking out ${codeCommit}`);
    const found = await withWorktree(inputs.repository, wanted, (worktree) =>
      trainAgain({ inputs, run, store, root, worktree }, deps),
    );
    return cleanReport(found, inputs.env);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

interface Prepared {
  readonly inputs: ReproduceInputs;
  readonly run: RunRecord;
  readonly store: Store;
  readonly root: string;
  readonly worktree: string;
}

async function trainAgain(prepared: Prepared, deps: ReproduceDeps): Promise<Reproduction> {
  const { inputs, run, root, worktree } = prepared;
  const { record, policy, tolerance } = inputs;
  const subject = subjectOf(record);
  const { model, contracts } = await needing(`The configuration of ${subject}`, 'its own commit', async () =>
    readDeclared(record.model, (path) => readFileSync(join(worktree, path), 'utf8')),
  );
  const folder = await makeFolders(root);
  const network = networkOf(policy);
  const data = {
    ...{ datasets: model.datasets, contracts, dataFolder: folder.data, dataUrl: policy.data, network },
    listing: await readTree(worktree, record.lineage.codeCommit),
  };
  const readBlob = async ({ path }: { readonly path: string }) => readFile(join(worktree, path));
  const datasets = await needing(`The training data of ${subject}`, policy.data, () =>
    fetchDatasets(data, { readBlob, log: deps.log }),
  );
  const remote = openRemote(policy.data, network);
  const now = await rerunTraining(
    {
      ...{ run, model, worktree, dataFolder: folder.data, datasets, remote },
      ...{ outputFolder: folder.model, scratch: folder.scratch, env: inputs.env },
    },
    deps,
  );
  const scores =
    inputs.predictions && now.artifact !== null
      ? await scoreAgain({
          ...{ record, subject, model, worktree, modelFile: join(folder.model, now.artifact.name) },
          ...{ store: prepared.store, storeUrl: policy.store, remote, dataUrl: policy.data },
          ...{ folder: folder.scores, path: inputs.env.PATH, log: deps.log },
        })
      : null;
  const version = {
    ...{ model: record.model, version: record.version, commit: record.lineage.codeCommit },
    artifactDigest: record.artifact.digest,
  };
  return compareReproduction(version, run, now, tolerance, scores);
}

async function makeFolders(root: string) {
  const folders = {
    data: join(root, 'data'),
    model: join(root, 'model'),
    scratch: join(root, 'scratch'),
    scores: join(root, 'scores'),
  };
  for (const each of Object.values(folders)) await mkdir(each, { recursive: true });
  return folders;
}

/** The run record by the digest that the ledger names; it must be of this model, commit and model file. */
async function readRun(
  { record, policy }: ReproduceInputs,
  store: Store,
  folder: string,
): Promise<RunRecord> {
  const subject = subjectOf(record);
  const file = await needing(`The run record of ${subject}`, policy.store, () =>
    store.get(record.runRecordDigest, folder),
  );
  const run = parseRunRecord(await readFile(file), 'run.json');
  const agrees =
    run.model === record.model &&
    run.commit === record.lineage.codeCommit &&
    run.artifact?.digest === record.artifact.digest;
  if (agrees) return run;
  throw new InputError('REPRODUCE_RECORD', `The run record of ${subject} is of another run`, {
    hint: 'Run "gatehouse verify": ledger and run record name different commits or model files.',
  });
}

/** What the code printed, named or claimed may hold a secret of this machine: the report is read by everybody. */
function cleanReport(found: Reproduction, env: Readonly<NodeJS.ProcessEnv>): Reproduction {
  const secrets = listSecrets(env);
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return hideSecrets(value, secrets);
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, clean(item)]));
  };
  return clean(found) as Reproduction;
}

function subjectOf({ model, version }: VersionRecord): string {
  return `${model} v${version}`;
}

function refuseTolerance(): InputError {
  return new InputError('REPRODUCE_TOLERANCE', 'The tolerance is no number of 0 or more', {
    hint: 'Give one, for example 0.001.',
  });
}
