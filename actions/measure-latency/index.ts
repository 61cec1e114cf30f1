import process from 'node:process';
import { runAction } from '../../adapters/actions/boundary.ts';
import { inputDigest, inputNumber } from '../../adapters/actions/input.ts';
import { makeFolder, openJob } from '../../adapters/actions/job.ts';
import { input, needInput, say, setOutputs, writeSummary } from '../../adapters/actions/toolkit.ts';
import { resolveRef } from '../../adapters/git/read.ts';
import { measureRounds } from '../../adapters/load/measure-rounds.ts';
import { probeMachine } from '../../adapters/machine/probe.ts';
import { pickEnvironment } from '../../adapters/process/environment.ts';
import { readAtTip } from '../../adapters/proposal/tip.ts';
import type { LoadMachine } from '../../core/load/latency-record.ts';
import { latencyBlocks } from '../../core/report/latency-blocks.ts';
import { renderMarkdown } from '../../core/report/markdown.ts';
import { type MeasureInputs, run } from './run.ts';

const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();

await runAction(async () => {
  const { run: facts, pull, reader } = openJob();
  const inputs: MeasureInputs = {
    model: needInput('model'),
    challenger: {
      who: 'challenger',
      version: inputNumber('challenger-version'),
      artifactDigest: inputDigest('artifact-digest'),
      folder: needInput('challenger-folder'),
      workspace: input('challenger-workspace') || workspace,
    },
    champion: readChampion(),
    pull,
    runId: facts.runId,
    runAttempt: facts.runAttempt,
  };
  const outputFolder = makeFolder('latency');
  const env = pickEnvironment(process.env, {});
  const { record, recordDigest } = await run(inputs, {
    github: reader,
    proposal: (commits) => readAtTip(reader, commits),
    headOf: (folder) => resolveRef(folder, 'HEAD'),
    machine: () => describeMachine(env),
    measure: measureRounds,
    env,
    engine: `${process.env.GITHUB_ACTION_REPOSITORY || 'gatehouse'}@${process.env.GITHUB_ACTION_REF || 'unknown'}, node ${process.version}`,
    now: () => new Date(),
    print: say,
    folder: makeFolder('served'),
    outputFolder,
  });
  await writeSummary(`${renderMarkdown(latencyBlocks(record))}\n`);
  setOutputs({ folder: outputFolder, 'record-digest': recordDigest });
});

function readChampion(): MeasureInputs['champion'] {
  const version = inputNumber('champion-version');
  if (version === null) return null;
  return {
    who: 'champion',
    version,
    artifactDigest: null,
    folder: needInput('champion-folder'),
    workspace: needInput('champion-workspace'),
  };
}

async function describeMachine(env: NodeJS.ProcessEnv): Promise<LoadMachine> {
  const { os, cpu, cpus, memoryMib, gpus } = await probeMachine(env, workspace);
  const runner = process.env.RUNNER_NAME || 'unknown';
  return { runner, os, cpu, cpus, memoryMib, gpus: gpus.map(({ name }) => name) };
}
