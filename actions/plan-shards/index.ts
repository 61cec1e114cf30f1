import { runAction } from '../../adapters/actions/boundary.ts';
import { openReader } from '../../adapters/actions/job.ts';
import { readShardCommits } from '../../adapters/actions/shard-job.ts';
import { input, needInput, say, setOutputs } from '../../adapters/actions/toolkit.ts';
import { leastSliceBytes } from '../../core/dataset/shard-plan.ts';
import { run } from './run.ts';

await runAction(async () => {
  const job = openReader();
  const { plan, tasks, partitions, files, sizeBytes } = await run(
    {
      dataset: needInput('dataset'),
      maxShards: input('max-shards'),
      commits: await readShardCommits(job.run, job.reader),
      leastSliceBytes,
      today: new Date().toISOString().slice(0, 10),
    },
    job.reader,
  );
  say(`${plan.dataset}: ${files} files, ${sizeBytes} bytes, ${tasks.length} shards.`);
  setOutputs({
    verdict: 'planned',
    plan: JSON.stringify(plan),
    shards: JSON.stringify(tasks),
    partitions: JSON.stringify(partitions),
  });
});
