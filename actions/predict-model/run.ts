import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { PullRequestEvent } from '../../adapters/actions/event.ts';
import type { GitHubReader } from '../../adapters/github/reader.ts';
import type { Proposal, ProposalCommits } from '../../adapters/proposal/read-proposal.ts';
import { type GovernedScoring, readGovernedScoring } from '../../adapters/scoring/governed-scoring.ts';
import { takeModel, takeRows } from '../../adapters/scoring/handed-files.ts';
import { makeSetInputs } from '../../adapters/scoring/set-inputs.ts';
import { modelPath } from '../../core/config/layout.ts';
import type { ModelConfig } from '../../core/config/model.ts';
import { parseModelConfig } from '../../core/config/model-file.ts';
import { InputError } from '../../core/error/error.ts';
import { shapeOf } from '../../core/evaluation/predicted-shape.ts';
import { readPredicted } from '../../core/evaluation/read-predicted.ts';
import { refuse } from '../../core/evaluation/refusal.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import { runPredict } from './predict-command.ts';

export interface PredictInputs {
  readonly model: string;
  /** The challenger's bytes in the store; null when a champion is scored. */
  readonly artifactDigest: Digest | null;
  /** The champion to score; null when the challenger is scored. */
  readonly championVersion: number | null;
  /** The artifact of the storing job, unpacked. Its bytes are verified: any job of the run can upload. */
  readonly scoringFolder: string;
  readonly pull: PullRequestEvent;
  /** The checkout in which the command runs: the head, or the champion's recorded commit. */
  readonly workspace: string;
}

export interface PredictDeps {
  readonly github: Pick<GitHubReader, 'pull' | 'file'>;
  proposal(commits: ProposalCommits): Promise<Pick<Proposal, 'commits' | 'catalogue' | 'state'>>;
  /** The only variables of the runner that the command sees. */
  readonly environment: { readonly PATH: string; readonly HOME: string };
  /** An empty folder of this job, outside the workspace. */
  readonly folder: string;
  readonly print: (line: string) => void;
}

export interface PredictOutputs {
  /** Holds predictions.csv, and `sets/<name>.csv` for each other set that was scored. */
  readonly folder: string;
  readonly file: string;
  readonly rows: number;
}

/**
 * Scores the held-out rows and the other sets with one model by the team's own command, which sees no token, no secret and
 * no label. Asks neither store nor data remote: this job runs code of the pull request and has no key.
 * @throws InputError JUDGE_..., PREDICT_..., PREDICTIONS_INVALID; ServiceError from GitHub
 */
export async function run(inputs: PredictInputs, deps: PredictDeps): Promise<PredictOutputs> {
  const { base } = await deps.github.pull(inputs.pull.number);
  const proposal = await deps.proposal({ baseRef: base.ref, base: base.sha, head: inputs.pull.headSha });
  const plan = await describeScoring(inputs, proposal, deps);
  const folders = await makeFolders(deps.folder);
  const model = join(folders.model, plan.artifactName);
  await takeModel(inputs.scoringFolder, plan.artifactDigest, model);
  const features = join(folders.input, 'features.csv');
  await takeRows(inputs.scoringFolder, 'features', plan.scoring.features, features);
  // All inputs are made before the command runs for the first time: afterwards the machine is the pull request's.
  const sets = await makeSetInputs({
    ...{ config: plan.config, scoring: plan.scoring, features },
    ...{ handed: inputs.scoringFolder, folder: folders.input },
  });
  const score = async (name: string, input: string): Promise<Uint8Array> => {
    const output = join(await makeFolder(folders.runs, name), 'predictions.csv');
    return runPredict({ model, input, output }, { ...plan, ...deps, workspace: inputs.workspace });
  };
  const content = await score('held-out', features);
  const { keys } = readPredicted(content, 'predictions.csv', shapeOf(plan.config));
  const file = join(folders.output, 'predictions.csv');
  await writeFile(file, content);
  for (const { name, input } of sets) {
    deps.print(`Gatehouse: scoring the set ${name}`);
    const scored = await scoreSet(name, () => score(name, input), deps);
    if (scored !== null) await writeFile(join(folders.sets, `${name}.csv`), scored);
  }
  return { folder: folders.output, file, rows: keys.length };
}

/**
 * A set that the command cannot score is left out, and the judge says so: that a model breaks on a missing value is a
 * result, and must not hide what it did on the held-out rows.
 */
async function scoreSet(
  name: string,
  score: () => Promise<Uint8Array>,
  { print }: PredictDeps,
): Promise<Uint8Array | null> {
  try {
    return await score();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    print(`Gatehouse: the set ${name} is left out. ${error.message}`);
    return null;
  }
}

interface Scoring {
  readonly artifactDigest: Digest;
  readonly artifactName: string;
  readonly command: string;
  readonly timeoutMinutes: number;
  /** Of the commit that governs: what the predictions must look like and what is scored. */
  readonly config: ModelConfig;
  readonly scoring: GovernedScoring;
}

type Read = Pick<Proposal, 'commits' | 'catalogue' | 'state'>;

async function describeScoring(inputs: PredictInputs, proposal: Read, deps: PredictDeps): Promise<Scoring> {
  const governing = proposal.catalogue.models.get(inputs.model);
  if (!governing) throw unknownModel(inputs.model);
  const { config } = governing;
  const scoring = await readGovernedScoring(config, proposal.commits[governing.from], deps.github);
  const shared = { config, scoring };
  if (inputs.championVersion === null) {
    const own = await readHeadConfig(inputs, proposal, deps);
    return { ...describeChallenger(inputs.artifactDigest, own), ...shared };
  }
  return { ...describeChampion(inputs.championVersion, proposal, inputs.model, config), ...shared };
}

function describeChallenger(artifactDigest: Digest | null, { predict, train }: ModelConfig) {
  if (artifactDigest === null) {
    throw refuse(
      'predict/artifact-missing',
      'No artifact digest was handed over',
      'Pass the output artifact-digest of the job that stored the artifact.',
    );
  }
  return { artifactDigest, artifactName: basename(train.artifact), ...predict };
}

/** The champion is scored by what the ledger recorded: its bytes, its command. Not one byte is of the pull request. */
function describeChampion(version: number, { state }: Read, model: string, config: ModelConfig) {
  // The state is of the model that the pull request changes, whatever name the caller passes.
  const record = state?.model === model ? state.versions.get(version)?.record : undefined;
  if (!record) {
    throw refuse(
      'predict/version-unknown',
      `The ledger has no version ${version}`,
      'Pass the output champion-version of the job that stored the artifact.',
    );
  }
  return {
    artifactDigest: record.artifact.digest,
    artifactName: basename(record.artifact.name),
    command: record.predictCommand,
    timeoutMinutes: config.predict.timeoutMinutes,
  };
}

/** The challenger is scored by its own command: that of the head. */
async function readHeadConfig(
  inputs: PredictInputs,
  { commits }: Read,
  deps: PredictDeps,
): Promise<ModelConfig> {
  const path = modelPath(inputs.model);
  const content = await deps.github.file(path, commits.head);
  if (content === null) throw unknownModel(inputs.model);
  return parseModelConfig(new TextDecoder().decode(content), path, inputs.model);
}

async function makeFolders(folder: string) {
  const folders = {
    model: join(folder, 'model'),
    input: join(folder, 'input'),
    // The command writes here: what else it leaves beside its output is not uploaded.
    runs: join(folder, 'runs'),
    output: join(folder, 'output'),
    sets: join(folder, 'output', 'sets'),
  };
  for (const each of Object.values(folders)) await mkdir(each, { recursive: true });
  return folders;
}

async function makeFolder(parent: string, name: string): Promise<string> {
  const folder = join(parent, name);
  await mkdir(folder);
  return folder;
}

function unknownModel(model: string) {
  return refuse(
    'judge/model-unknown',
    `There is no ${modelPath(model)} at the commit that governs`,
    'Add the file, or correct the name that the workflow passes.',
  );
}
