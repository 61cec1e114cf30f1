import { runAction } from '../../adapters/actions/boundary.ts';
import { makeFolder, openReader } from '../../adapters/actions/job.ts';
import { failStep, input, needInput, say, setOutputs } from '../../adapters/actions/toolkit.ts';
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
  const [folder, keys] = [makeFolder('shard'), makeFolder('keys')];
  const { number, parts, failures } = await run(
    { plan: needInput('plan'), shard: needInput('shard'), workdir: makeFolder('data'), folder, keys },
    { reader, openEngine: () => openEngine(engine, { workdir: makeFolder('engine') }), say },
  );
  say(`Shard ${number}: ${parts.length} files measured.`);
  const hasKeys = parts.some((part) => part.keys.length > 0);
  const lost = failures.find(({ evaluated }) => !evaluated);
  setOutputs({
    verdict: lost ? 'not evaluated' : failures.length > 0 ? 'data invalid' : 'measured',
    'shard-folder': folder,
    'keys-folder': hasKeys ? keys : '',
  });
  for (const { findings } of failures) for (const { message, fix } of findings) say(`${message} Fix: ${fix}`);
  // The job can be run again; damaged data stays damaged, and the merge says so.
  if (lost) failStep(`${lost.findings[0]?.message ?? lost.path} ${lost.findings[0]?.fix ?? ''}`);
});
