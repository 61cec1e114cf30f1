import { runAction } from '../../adapters/actions/boundary.ts';
import { makeFolder, openReader } from '../../adapters/actions/job.ts';
import { input, needInput, setOutputs } from '../../adapters/actions/toolkit.ts';
import { openEngine } from '../../adapters/engine/open.ts';
import { run } from './run.ts';

await runAction(async () => {
  const { reader } = openReader();
  const engine = {
    path: input('engine-path'),
    toolCache: process.env.RUNNER_TOOL_CACHE ?? null,
    registry: input('engine-registry'),
    offline: input('offline') === 'true',
  };
  const folder = makeFolder('answers');
  await run(
    {
      plan: needInput('plan'),
      partition: needInput('partition'),
      keys: needInput('keys-folder'),
      folder,
    },
    { reader, openEngine: () => openEngine(engine, { workdir: makeFolder('engine') }) },
  );
  setOutputs({ verdict: 'compared', 'answers-folder': folder });
});
