import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeTrain } from '../../core/config/train.fixture.ts';
import { makeClock, writeTools } from './cluster.fixture.ts';
import { openClusterTraining } from './cluster-training.ts';
import { collectOutputs } from './collect.ts';

let folder: string;
let workspace: string;
let shared: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-training-'));
  [workspace, shared] = [join(folder, 'checkout'), join(folder, 'mnt')];
  for (const path of [workspace, shared]) await mkdir(path);
  await writeFile(join(workspace, 'seed.txt'), '7');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Plays a cluster of this machine alone: sbatch runs the script at once, with nothing of the runner's environment. */
const slurm = {
  sbatch: `cat > script
    for one in "$@"; do case $one in --output=*) log=\${one#--output=} ;; esac; done
    if env -i PATH="$PATH" bash script > "$log" 2>&1; then echo 'COMPLETED|None' > state; else echo 'FAILED|x' > state; fi
    echo 7`,
  squeue: 'cat state',
  sacct: 'echo "FAILED|3:0"',
  scancel: 'true',
};

async function open(command: string, tools: Readonly<Record<string, string>> = slurm) {
  const cluster = { kind: 'slurm', options: [], shared: { folder: shared, seenAs: shared } } as const;
  const train = { ...makeTrain({ command, metrics: 'out/m.json', environment: ['NCCL_DEBUG'] }), cluster };
  const { env, calls } = await writeTools(folder, tools);
  const clock = makeClock(0.001);
  const training = await openClusterTraining(train, {
    ...{ runId: 5, runAttempt: 1, part: 'churn', workspace, env, clock },
    network: { hosts: [], privateHosts: [] },
    read: () => '',
  });
  const log: string[] = [];
  const cancel = new AbortController().signal;
  const run = (number: number, own: Readonly<Record<string, string>> = {}) =>
    training.run({
      number,
      env: { ...env, TOKEN: 'x', ...own },
      timeoutMs: 60_000,
      log: (line) => log.push(line),
      cancel,
    });
  const asked = async () => (await readFile(calls, 'utf8')).trim().split('\n');
  return { training, train, clock, run, log, asked };
}

describe('a training that an engine does', () => {
  it('works in a copy with its data, and model, metrics and log come back', async () => {
    const { training, train, clock, run, log, asked } = await open(
      'mkdir -p out; cat "$GATEHOUSE_DATA/a" seed.txt > out/model.json; echo "{}" > out/m.json; echo at $(pwd) with $NCCL_DEBUG $TOKEN',
    );
    const { here, root } = training.folder;
    await writeFile(join(here.data, 'a'), 'weights');
    expect(await run(1, { NCCL_DEBUG: 'INFO' })).toMatchObject({ outcome: 'done' });
    expect(log).toContain(`at ${here.work} with INFO`);
    const output = join(folder, 'output');
    await mkdir(output);
    expect(await collectOutputs(here.work, train, output, clock)).toMatchObject({
      artifact: { name: 'model.json', sizeBytes: 8 },
      metrics: { metrics: {} },
    });
    expect(root.here).toMatch(/gatehouse-5-1-0-[0-9a-f]{8}$/);
    expect((await asked()).at(-1)).toBe('scancel 7');
    await training.folder.remove();
    expect(await readdir(shared)).toEqual([]);
  });

  it('tries again in the same folder, under another name, and a failure has its exit code', async () => {
    const { run, asked } = await open('test -e kept || { touch kept; exit 3; }; mkdir -p out');
    expect(await run(1)).toMatchObject({ outcome: 'failed', how: 'FAILED (3:0)' });
    expect(await run(2)).toMatchObject({ outcome: 'done' });
    const names = (await asked()).flatMap((line) => /--job-name=(\S+)/.exec(line)?.[1] ?? []);
    expect(names.map((name) => name.slice(0, -9))).toEqual(['gatehouse-5-1-1', 'gatehouse-5-1-2']);
  });

  it('gets paths as the engine sees them, and of the environment only what is ours or declared', async () => {
    const { training, run } = await open('true', {
      ...slurm,
      sbatch: 'cat > script; echo "COMPLETED|None" > state; echo 7',
    });
    // The folder is told as seen from elsewhere: nothing runs there.
    const { root, here } = training.folder;
    Object.assign(root, { there: '/seen' });
    await run(1, { GATEHOUSE_CHECKPOINT: join(here.work, 'kept'), GATEHOUSE_SEED: '7', OTHER: '1' });
    const script = await readFile(join(folder, 'script'), 'utf8');
    expect(script).toContain("export GATEHOUSE_CHECKPOINT='/seen/work/kept'");
    expect(script.match(/(?<=^export )\w+/gm)?.sort()).toEqual([
      'GATEHOUSE_CHECKPOINT',
      'GATEHOUSE_DATA',
      'GATEHOUSE_OUTPUT',
      'GATEHOUSE_SEED',
      'SLURM_EXPORT_ENV',
    ]);
  });
});
