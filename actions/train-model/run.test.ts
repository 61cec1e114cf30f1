import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeTools } from '../../adapters/cluster/cluster.fixture.ts';
import { writePointer } from '../../adapters/dvc/pointer.ts';
import { openRemote } from '../../adapters/dvc/remote.ts';
import type { Contract } from '../../core/config/contract.ts';
import { toDriftRules } from '../../core/config/drift-file.ts';
import type { ModelConfig } from '../../core/config/model.ts';
import { makeTrain } from '../../core/config/train.fixture.ts';
import type { TrainConfig } from '../../core/config/train.ts';
import { digestDataset } from '../../core/dataset/digest.ts';
import type { ListedFile } from '../../core/dataset/files.ts';
import { parseRunRecord } from '../../core/evidence/run-record.ts';
import { canonicalJson, digestBytes } from '../../core/json/canonical.ts';
import { makeAttempt } from '../../core/training/attempt.fixture.ts';
import { requireDone } from './require-done.ts';
import { runTraining } from './run.ts';
import type { TrainingDeps, TrainingInputs } from './training.ts';

let folder: string;
let log: string[];
let left: string[][];
let pointer: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-train-'));
  for (const name of ['remote', 'work']) await mkdir(join(folder, name));
  for (const words of ['init -q', '-c user.name=t -c user.email=t@example.test commit -q --allow-empty -m x'])
    execFileSync('git', words.split(' '), { cwd: join(folder, 'work') });
  await writeFile(join(folder, 'jan.csv'), 'a\n1\n');
  pointer = writePointer({
    out: 'jan.csv',
    ...(await openRemote(`file://${folder}/remote`).push(join(folder, 'jan.csv'))),
  });
  log = [];
  left = [];
});
afterEach(() => rm(folder, { recursive: true }));

const nobody = { users: [], teams: [] };
function modelOf(command: string, timeoutMinutes = 1, own: Partial<TrainConfig> = {}): ModelConfig {
  const train = makeTrain({
    ...own,
    command,
    artifact: 'out/model.json',
    metrics: 'out/metrics.json',
    timeoutMinutes,
  });
  const labels = { url: 'https://labels.test', audience: 'x', sha256: 'a'.repeat(64), column: 'late' };
  const heldOut = { features: 'data/held.csv', key: 'row', labels };
  const about = {
    description: 'x',
    limitations: 'x',
    featureVersion: 'unknown',
    servingImage: 'unknown',
    fallback: 'x',
  };
  const predict = { command: 'x', timeoutMinutes: 1 };
  const lists = { datasets: ['flights'], paths: ['**'], gates: [], endpoints: ['eu'] };
  return {
    version: 1,
    model: 'm',
    task: 'binary-classification',
    owners: nobody,
    risk: 'limited',
    ...lists,
    train,
    predict,
    heldOut,
    ...about,
  };
}
const contract: Contract = {
  version: 1,
  dataset: 'flights',
  description: 'x',
  owner: nobody,
  files: ['data/*.dvc', 'data/plain.csv'],
  columns: [],
  rules: [],
  examples: 3,
  drift: toDriftRules(undefined),
  derivedFrom: [],
  rows: { min: 1 },
  access: ['*'],
  expires: '2030-01-01',
  source: 'x',
  legalBasis: 'x',
  approvedBy: 'x',
};
const good =
  'mkdir -p out && cat "$GATEHOUSE_DATA"/data/*.csv > out/model.json && echo \'{"auc": 0.65}\' > out/metrics.json';

async function train(
  command: string,
  more: Partial<TrainingInputs> = {},
  timeoutMinutes?: number,
  deps: Partial<TrainingDeps> = {},
) {
  const files = [
    ['data/jan.csv.dvc', pointer],
    ['data/plain.csv', 'a\n2\n'],
  ].map(([path = '', text = '']) => ({
    path,
    mode: '100644',
    blob: createHash('sha1').update(text).digest('hex'),
    text,
  }));
  const inputs: TrainingInputs = {
    modelName: 'flight-delay',
    model: modelOf(command, timeoutMinutes),
    contracts: [contract],
    listing: new Map(files.map(({ text: _, ...file }) => [file.path, file])),
    commit: 'c'.repeat(40),
    workspace: join(folder, 'work'),
    dataFolder: join(folder, 'data'),
    dataUrl: `file://${folder}/remote`,
    network: { hosts: [], privateHosts: [] },
    outputFolder: join(folder, 'gatehouse-model'),
    runId: 7,
    runAttempt: 2,
    trigger: 'pull_request',
    runner: 'gpu-1',
    tempFolders: [],
    prices: undefined,
    trial: null,
    resumeFolder: join(folder, 'resume'),
    env: { PATH: process.env.PATH, HOME: folder },
    ...more,
  };
  let time = Date.UTC(2026, 10, 21);
  const training = await runTraining(inputs, {
    readBlob: async ({ path }: ListedFile) =>
      Buffer.from(files.find((file) => file.path === path)?.text ?? ''),
    now: () => {
      time += 1500;
      return new Date(time);
    },
    log: (line) => log.push(line),
    wait: async () => undefined,
    cancel: new AbortController().signal,
    lookMs: 20,
    shelf: null,
    openKeeper: null,
    leaveFile: async (name, file) => void left.push([name, file]),
    ...deps,
  });
  requireDone(training);
  return training.record;
}

describe('a training run', () => {
  it('gets its data under the paths of the repository, and is recorded with the model file', async () => {
    const record = await train(good);
    const model = 'a\n1\na\n2\n';
    const output = join(folder, 'gatehouse-model');
    expect((await readdir(output)).sort()).toEqual(['model.json', 'run.json']);
    expect(await readFile(join(output, 'model.json'), 'utf8')).toBe(model);
    expect(await readFile(join(output, 'run.json'), 'utf8')).toBe(canonicalJson(record));
    expect(record).toMatchObject({
      grade: 'claimed',
      model: 'flight-delay',
      commit: 'c'.repeat(40),
      runId: 7,
      runAttempt: 2,
      runner: 'gpu-1',
      machine: { gpus: [] },
      attempts: [{ number: 1, outcome: 'done', how: 'exit code 0' }],
      outcome: 'done',
      changedFiles: [],
      parameters: {},
      metrics: { auc: 0.65 },
      artifact: { digest: digestBytes(model), sizeBytes: model.length, name: 'model.json' },
    });
    const md5 = createHash('md5').update('a\n1\n').digest('hex');
    const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');
    const facts = [
      { path: 'data/jan.csv.dvc', md5, blob: sha1(pointer), sizeBytes: 4 },
      { path: 'data/plain.csv', md5: null, blob: sha1('a\n2\n'), sizeBytes: 4 },
    ];
    expect(record.datasets).toEqual([{ dataset: 'flights', dataDigest: digestDataset(facts) }]);
  });

  it('records parameters that the command leaves in its output folder', async () => {
    const record = await train(
      `${good} && echo '{"depth": 3, "kind": "tree", "fast": true}' > "$GATEHOUSE_OUTPUT/parameters.json"`,
    );
    expect(record.parameters).toEqual({ depth: 3, kind: 'tree', fast: true });
  });

  it('streams its log, and nothing in it is a command to the runner', async () => {
    await train(`echo one; echo "::error::two" >&2; ${good}`);
    const start = log.findIndex((line) => line.startsWith('::stop-commands::'));
    const word = log[start]?.slice('::stop-commands::'.length);
    expect(log.at(-1)).toBe(`::${word}::`);
    expect(log.slice(start + 1, -1).sort()).toEqual(['::error::two', 'one']);
  });
});

describe('a training that the machine cannot do', () => {
  it('is refused before anything is fetched, with what was found', async () => {
    const model = modelOf('touch started', 1, { needs: { gpus: 0, memoryGib: 900_000 } });
    await expect(train('', { model, dataUrl: 'file:///nowhere' })).rejects.toMatchObject({
      kind: 'service',
      code: 'MACHINE_UNFIT',
      message: expect.stringContaining('The command was not started'),
      findings: [expect.objectContaining({ code: 'training/memory' })],
    });
    expect(await readdir(join(folder, 'work'))).toEqual(['.git']);
  });
});

describe('attempts', () => {
  const breaksOnce = `
    mkdir -p "$GATEHOUSE_CHECKPOINT"
    echo "gatehouse: epoch=$(( $(cat "$GATEHOUSE_CHECKPOINT/epoch" 2>/dev/null || echo 0) + 1 ))/2 loss=0.5"
    if [ ! -f "$GATEHOUSE_CHECKPOINT/epoch" ]; then echo 1 > "$GATEHOUSE_CHECKPOINT/epoch"; kill -9 $$; fi
    ${good}`;
  const retry: TrainConfig['retry'] = { attempts: 2, backoffSeconds: 3, causes: ['killed'] };
  const checkpoint = { folder: 'kept', everyMinutes: 1 };

  it('go on where the last one stopped, and each is in the record', async () => {
    const waits: number[] = [];
    const record = await train('', { model: modelOf(breaksOnce, 1, { retry, checkpoint }) }, 1, {
      wait: async (ms) => void waits.push(ms),
    });
    expect(record.attempts.map(({ number, outcome }) => [number, outcome])).toEqual([
      [1, 'killed'],
      [2, 'done'],
    ]);
    expect(record.history).toMatchObject([{ epoch: 2, epochs: 2, metrics: { loss: 0.5 } }]);
    expect(waits).toEqual([3000]);
  });

  it('are told to a further job, with the checkpoint: one that was lost counts, and the number goes on', async () => {
    const digest = digestBytes('kept');
    const told: unknown[] = [];
    const lost = makeAttempt({ number: 1, outcome: 'lost-runner' });
    const record = await train('', { model: modelOf(good, 1, { retry, checkpoint }) }, 1, {
      openKeeper: () => ({
        restore: async () => ({ digest, attempts: [lost] }),
        begin: async (attempt) => void told.push(['begin', attempt.number, attempt.resumedFrom]),
        look: async () => null,
        end: async (attempt, isOver) => {
          told.push(['end', attempt.number, isOver]);
          return null;
        },
      }),
    });
    expect(told).toEqual([
      ['begin', 2, digest],
      ['end', 2, true],
    ]);
    expect(record.attempts).toMatchObject([lost, { number: 2, outcome: 'done', resumedFrom: digest }]);
  });

  it('never begin by emptying a folder of the commit', async () => {
    const model = modelOf(good, 1, { retry, checkpoint: { folder: 'data', everyMinutes: 1 } });
    await expect(train('', { model })).rejects.toMatchObject({
      code: 'CHECKPOINT_FOLDER',
      message: expect.stringContaining('data/jan.csv.dvc'),
    });
  });

  it('end when the code failed, and the record of that lies there', async () => {
    await expect(train('', { model: modelOf('exit 1', 1, { retry }) })).rejects.toMatchObject({
      code: 'TRAIN_FAILED',
    });
    const record = parseRunRecord(await readFile(join(folder, 'gatehouse-model', 'run.json')), 'run.json');
    expect(record).toMatchObject({ outcome: 'failed', artifact: null, attempts: [{ number: 1 }] });
  });
});

describe('a pipeline', () => {
  const write = (path: string, text: string) => writeFile(join(folder, 'work', path), text);

  it('runs the stages that changed, tells why, and leaves its lock', async () => {
    await write('params.yaml', 'train: { depth: 3 }\n');
    await write(
      'dvc.yaml',
      [
        'stages:',
        '  prepare: { cmd: echo rows > rows.txt, outs: [rows.txt] }',
        '  train:',
        '    cmd: mkdir -p out && cp rows.txt out/model.json && echo "{}" > out/metrics.json',
        '    deps: [rows.txt]',
        '    params: [train.depth]',
        '    outs: [out/model.json, out/metrics.json]',
        '',
      ].join('\n'),
    );
    const model = modelOf('exit 9', 1, { pipeline: 'dvc.yaml' });
    const phasesOf = async () => (await train('', { model })).phases.map(({ name }) => name);
    const first = await phasesOf();
    expect(first.filter((name) => name.startsWith('stage'))).toEqual([
      expect.stringMatching(/^stage prepare: ran \(/),
      expect.stringMatching(/^stage train: ran \(/),
    ]);
    expect(left).toEqual([['gatehouse-dvc-lock', join(folder, 'work', 'dvc.lock')]]);
    await write('params.yaml', 'train: { depth: 4 }\n');
    const second = (await phasesOf()).filter((name) => name.startsWith('stage'));
    expect(second[0]).toMatch(/^stage prepare: skipped/);
    expect(second[1]).toMatch(/^stage train: ran .*train\.depth/);
  });
});

describe('an engine', () => {
  it('does the work in a shared folder, and its results are recorded as any others', async () => {
    const shared = join(folder, 'mnt');
    await mkdir(shared);
    // It runs the script at once, with nothing of the runner's environment.
    const sbatch = `cat > script
      for one in "$@"; do case $one in --output=*) log=\${one#--output=} ;; esac; done
      if env -i PATH="$PATH" bash script > "$log" 2>&1; then echo 'COMPLETED|None' > state; else echo 'FAILED|x' > state; fi
      echo 7`;
    const tools = { sbatch, squeue: 'cat state', sacct: 'echo "FAILED|3:0"', scancel: 'true' };
    const { env } = await writeTools(folder, tools);
    const cluster = { kind: 'slurm', options: [], shared: { folder: shared, seenAs: shared } } as const;
    const record = await train('', { model: modelOf(good, 1, { cluster }), env });
    expect(record).toMatchObject({
      outcome: 'done',
      metrics: { auc: 0.65 },
      artifact: { digest: digestBytes('a\n1\na\n2\n') },
      usage: null,
    });
    expect(await readdir(shared)).toEqual([]);
  });
});

describe('what the command is given', () => {
  const show = `${good}; env | grep ^GATEHOUSE_ > out/model.json; cat "$GATEHOUSE_PARAMETERS" >> out/model.json`;
  const trial = {
    ...{ number: 3, round: 1, rung: 0, resource: 4, resumeFrom: null },
    parameters: { depth: 5, kind: 'tree' },
  };

  it('is the seed, named variables, and the parameters of a trial, all in the record too', async () => {
    const model = modelOf(show, 1, { seed: 11, environment: ['OMP_NUM_THREADS', 'NOT_SET'] });
    const env = { PATH: process.env.PATH, OMP_NUM_THREADS: '2' };
    const record = await train('', { model, env, trial });
    const seen = await readFile(join(folder, 'gatehouse-model', 'model.json'), 'utf8');
    expect(seen).toContain('GATEHOUSE_SEED=11\n');
    expect(seen).toContain('GATEHOUSE_RESOURCE=4\n');
    expect(seen).toContain('{"depth":5,"kind":"tree"}');
    expect(record).toMatchObject({
      seed: 11,
      environment: { OMP_NUM_THREADS: '2' },
      parameters: { depth: 5, kind: 'tree' },
    });
  });
});

describe('secrets', () => {
  const planted = {
    GITHUB_TOKEN: 'plantedtoken-github',
    ACTIONS_RUNTIME_TOKEN: 'plantedtoken-runtime',
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://plantedtoken-url',
    INPUT_TOKEN: 'plantedtoken-input',
    AWS_SECRET_ACCESS_KEY: 'plantedtoken-aws',
    CUDA_API_KEY: 'plantedtoken-cuda',
    GITHUB_ENV: '/plantedtoken/env',
    NODE_OPTIONS: '--plantedtoken',
  };

  it('are not in the environment of the command', async () => {
    const env = { PATH: process.env.PATH, CUDA_VISIBLE_DEVICES: '0', ...planted };
    await train(`${good} && env > out/model.json`, { env });
    const seen = await readFile(join(folder, 'gatehouse-model', 'model.json'), 'utf8');
    expect(seen).not.toContain('plantedtoken');
    expect(seen).toContain('CUDA_VISIBLE_DEVICES=0');
    expect(seen).toContain('GATEHOUSE_DATA=');
  });

  it('are never in the record, wherever the command writes them', async () => {
    const env = {
      PATH: process.env.PATH,
      ...planted,
      HTTPS_PROXY: 'http://me:plantedtoken-proxy@proxy.test',
    };
    const github = `ghp_${'a'.repeat(36)}`;
    const values = [
      planted.GITHUB_TOKEN,
      'me:plantedtoken-proxy',
      github,
      `https://u:${planted.AWS_SECRET_ACCESS_KEY}@host`,
    ];
    const parameters = JSON.stringify({ ...values, [planted.INPUT_TOKEN]: 1 });
    const command = `echo '${parameters}' > "$GATEHOUSE_OUTPUT/parameters.json"; : ${github} ${planted.GITHUB_TOKEN}; ${good}; echo '{"${planted.GITHUB_TOKEN}": 1}' > out/metrics.json`;
    await train(command, { env, runner: planted.GITHUB_TOKEN });
    const record = await readFile(join(folder, 'gatehouse-model', 'run.json'), 'utf8');
    expect(record).not.toMatch(/plantedtoken|ghp_/);
    expect(record).toContain('***');
  });
});

describe('a command that fails', () => {
  it('is told with its exit code', async () => {
    await expect(train('exit 3')).rejects.toMatchObject({
      kind: 'input',
      code: 'TRAIN_FAILED',
      message: expect.stringContaining('exit code 3'),
    });
    await expect(train('false | true')).rejects.toMatchObject({ code: 'TRAIN_FAILED' });
    await expect(train('kill -9 $$')).rejects.toMatchObject({ message: expect.stringContaining('SIGKILL') });
  });

  it('is ended at its time limit with everything that it started', async () => {
    const started = performance.now();
    const command = '(trap "" TERM; sleep 300 & echo "child $!"; wait) & echo "child $!"; sleep 300';
    await expect(train(command, {}, 0.01)).rejects.toMatchObject({ code: 'TRAIN_TIMEOUT' });
    expect(performance.now() - started).toBeLessThan(9_000);
    await wait(50);
    const children = log.filter((line) => line.startsWith('child')).map((line) => Number(line.slice(6)));
    expect(children).toHaveLength(2);
    for (const pid of children) expect(await isRunning(pid)).toBe(false);
  });

  it('leaves nothing running behind its back', async () => {
    await train(`sleep 300 & echo "child $!"; ${good}`);
    await wait(50);
    const pid = Number(log.find((line) => line.startsWith('child'))?.slice(6));
    expect(await isRunning(pid)).toBe(false);
  });
});

/** A killed process may wait for its parent as a zombie: that is not running. */
async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null);
  return stat !== null && !/\) [ZX] /.test(stat);
}

describe('results that are not as declared', () => {
  const metrics = "echo '{}' > out/metrics.json";
  it.each([
    ['no model file', `mkdir -p out; ${metrics}`, 'ARTIFACT_MISSING'],
    ['an empty model file', `mkdir -p out; : > out/model.json; ${metrics}`, 'ARTIFACT_EMPTY'],
    ['a folder', `mkdir -p out/model.json; ${metrics}`, 'ARTIFACT_KIND'],
    [
      'a link to a file of the runner',
      `mkdir -p out; ln -s /etc/hostname out/model.json; ${metrics}`,
      'ARTIFACT_KIND',
    ],
    [
      'a folder that is a link out of the repository',
      `rm -rf out; ln -s .. out; echo x > out/model.json; ${metrics}`,
      'ARTIFACT_KIND',
    ],
    ['over 2 GiB', `mkdir -p out; truncate -s 2147483649 out/model.json; ${metrics}`, 'FILE_TOO_LARGE'],
    ['no metrics', 'mkdir -p out; echo x > out/model.json', 'METRICS_MISSING'],
    ['metrics that are NaN', `${good}; echo '{"auc": NaN}' > out/metrics.json`, 'JSON_INVALID'],
    ['giant metrics', `${good}; truncate -s 2000000 out/metrics.json`, 'FILE_TOO_LARGE'],
  ])('are refused: %s', async (_, command, code) => {
    await expect(train(command)).rejects.toMatchObject({ kind: 'input', code, hint: expect.any(String) });
    expect(await readdir(join(folder, 'gatehouse-model')).then((names) => names.includes('run.json'))).toBe(
      false,
    );
  });

  it('are not taken from the commit: what lies there before is removed', async () => {
    await mkdir(join(folder, 'work', 'out'));
    await writeFile(join(folder, 'work', 'out', 'model.json'), 'old');
    await writeFile(join(folder, 'work', 'out', 'metrics.json'), '{"auc": 0.99}');
    await expect(train('true')).rejects.toMatchObject({ code: expect.stringMatching(/_MISSING$/) });
  });

  it('never remove a file outside the repository', async () => {
    await mkdir(join(folder, 'precious'));
    await writeFile(join(folder, 'precious', 'model.json'), 'keep');
    await symlink(join(folder, 'precious'), join(folder, 'work', 'out'));
    await expect(train(good)).rejects.toMatchObject({ code: 'ARTIFACT_KIND' });
    expect(await readFile(join(folder, 'precious', 'model.json'), 'utf8')).toBe('keep');
  });
});

describe('data that cannot be had', () => {
  it('stops before the command starts', async () => {
    const gone = train('touch started', { dataUrl: `file://${folder}/gone` });
    await expect(gone).rejects.toMatchObject({ kind: 'service', code: 'STORE_MISSING' });
    await expect(train('touch started', { contracts: [] })).rejects.toMatchObject({
      code: 'DATASET_MISSING',
    });
    await expect(train('touch started', { listing: new Map() })).rejects.toMatchObject({
      code: 'DATASET_FILES',
    });
    expect(await readdir(join(folder, 'work'))).toEqual(['.git']);
  });
});
