import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { downloadArtifact } from '../../adapters/actions/artifact.ts';
import { runAction } from '../../adapters/actions/boundary.ts';
import { readRunFacts } from '../../adapters/actions/event.ts';
import { makeFolder } from '../../adapters/actions/job.ts';
import { failStep, input, needInput, say, setOutputs, writeSummary } from '../../adapters/actions/toolkit.ts';
import { type ArtifactUploader, openArtifactUploader } from '../../adapters/artifact/upload.ts';
import { listRunArtifacts } from '../../adapters/checkpoint/run-artifacts.ts';
import { readTree, resolveRef } from '../../adapters/git/read.ts';
import { openCancelSignal } from '../../adapters/process/cancel-signal.ts';
import { hideSecrets, listSecrets } from '../../adapters/process/environment.ts';
import { readDeclared } from '../../adapters/training/declared.ts';
import { leaveText } from '../../adapters/training/leave-text.ts';
import { openProgressShelf, type ProgressShelf } from '../../adapters/training/progress-shelf.ts';
import { GatehouseError, InputError } from '../../core/error/error.ts';
import { renderSummary } from '../../core/report/summary.ts';
import { parseTrial } from '../../core/search/search-plan.ts';
import { openAttemptKeeper } from './attempt-keeper.ts';
import { requireDone } from './require-done.ts';
import { runTraining } from './run.ts';
import type { Training, TrainingDeps, TrainingInputs } from './training.ts';

const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
const temporary = process.env.RUNNER_TEMP ?? tmpdir();
/** The app may look again and again for so long; checkpoints are of no use after their run. */
const retentionDays = 3;
const lookMs = 1_000;

await runAction(async () => {
  const inputs = await readInputs();
  const cancelled = openCancelSignal();
  try {
    const training = await runTraining(inputs, openDeps(inputs, cancelled.signal));
    const { record, lastLines } = training;
    setOutputs({ folder: inputs.outputFolder, 'artifact-digest': record.artifact?.digest ?? '' });
    await writeSummary(renderSummary({ kind: 'training', record, lastLines }));
    failUnlessDone(training);
  } finally {
    cancelled.close();
  }
});

/** The summary has told it: here it becomes a red step, an annotation, and the verdict. */
function failUnlessDone(training: Training): void {
  try {
    requireDone(training);
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    setOutputs({ verdict: 'not evaluated' });
    failStep(`${error.code}: ${error.message}. Fix: ${error.hint}`);
  }
}

async function readInputs(): Promise<TrainingInputs> {
  const { runId, runAttempt, event } = readRunFacts();
  const modelName = needInput('model');
  const trial = input('trial');
  const commit = await resolveRef(workspace, 'HEAD');
  if (commit === null) {
    throw new InputError('CHECKOUT_MISSING', `${workspace} holds no commit`, {
      hint: 'Put actions/checkout before this step, with ref: the head of the pull request.',
    });
  }
  return {
    modelName,
    ...readDeclared(modelName, (path) => readFileSync(join(workspace, path), 'utf8')),
    listing: await readTree(workspace, commit),
    commit,
    workspace,
    dataFolder: makeFolder('data'),
    outputFolder: makeFolder('model'),
    tempFolders: [...new Set([temporary, tmpdir()])],
    runId,
    runAttempt,
    trigger: event,
    runner: process.env.RUNNER_NAME ?? '',
    trial: trial === '' ? null : parseTrial(trial, 'the input "trial"'),
    resumeFolder: join(temporary, 'gatehouse-resume'),
    env: process.env,
  };
}

function openDeps(inputs: TrainingInputs, cancel: AbortSignal): TrainingDeps {
  const now = (): Date => new Date();
  const uploader = openUploader();
  const { repository, apiUrl } = readRunFacts();
  const api = { apiUrl, repository, token: input('token') };
  const reader = {
    list: () => listRunArtifacts(api, inputs.runId),
    download: (id: number, file: string) => downloadArtifact(api, id, file),
    log: say,
  };
  return {
    leaveFile: async (name, file) => {
      if (uploader === null) return;
      await leaveText(workspace, `${name}-${inputs.runAttempt}`, file, { uploader, log: say });
    },
    readBlob: async ({ path }) => readFileSync(join(workspace, path)),
    now,
    // Cancelled: what waits ends, and the loop sees why.
    wait: (ms) => wait(ms, undefined, { signal: cancel }).catch(() => undefined),
    log: say,
    cancel,
    lookMs,
    shelf: uploader === null ? null : openShelf(inputs, uploader),
    openKeeper: (site) =>
      openAttemptKeeper(site, { uploader, reader, scratch: makeFolder('checkpoint'), now, log: say }),
  };
}

function openUploader(): ArtifactUploader | null {
  const found = openArtifactUploader(process.env, { now: () => new Date(), retentionDays });
  if (found.kind === 'uploader') return found.uploader;
  say(`No live progress and no checkpoint outside this machine: ${found.because}`);
  return null;
}

function openShelf(inputs: TrainingInputs, uploader: ArtifactUploader): ProgressShelf | null {
  // A search has a matrix of trainings, whose names would meet; no check waits for one of them.
  if (inputs.trial !== null) return null;
  const secrets = listSecrets(process.env);
  return openProgressShelf(inputs.runAttempt, {
    upload: (name, files) =>
      uploader.upload(
        name,
        Object.entries(files).map(([file, text]) => ({ kind: 'text', name: file, text })),
      ),
    remove: (name) => uploader.remove(name),
    now: Date.now,
    hide: (text) => hideSecrets(text, secrets),
    log: say,
  });
}
