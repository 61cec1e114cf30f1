import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeTrain } from '../../core/config/train.fixture.ts';
import { cleanRecord } from '../../core/evidence/clean-record.ts';
import { makeRunRecord } from '../../core/evidence/run-record.fixture.ts';
import { canonicalJson, digestBytes } from '../../core/json/canonical.ts';
import { hideSecrets, listSecrets } from '../process/environment.ts';
import { type CaptureInputs, captureEnvironment } from './capture.ts';
import { askContainer } from './container-software.ts';
import { captureSoftware } from './software.ts';

let root: string;
let work: string;
let bin: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'gatehouse-environment-')));
  work = join(root, 'work');
  bin = join(root, 'bin');
  mkdirSync(bin);
  mkdirSync(work);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(work, path)), { recursive: true });
  writeFileSync(join(work, path), text);
}
function program(file: string, script: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}
const git = (...words: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...words], {
    cwd: work,
    stdio: 'pipe',
  });
function commit(): void {
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'all');
}
const path = () => `${bin}:/usr/bin:/bin`;
const capture = (train: Parameters<typeof makeTrain>[0] = {}, more: Partial<CaptureInputs> = {}) =>
  captureEnvironment({
    workspace: work,
    modelName: 'm',
    train: makeTrain(train),
    env: { PATH: path() },
    ...more,
  });

describe('captureEnvironment', () => {
  it('tells tracked files that are not as in the commit, and no others', async () => {
    for (const name of ['kept', 'changed', 'gone', 'staged ü']) put(name, 'a');
    commit();
    expect((await capture()).changedFiles).toEqual([]);
    put('changed', 'b');
    put('untracked', 'a');
    put('staged ü', 'b');
    git('add', 'staged ü');
    rmSync(join(work, 'gone'));
    const { changedFiles, notes } = await capture();
    expect(changedFiles).toEqual(['changed', 'gone', 'staged ü']);
    expect(notes).toEqual(['not as in the commit: changed, gone, staged ü']);
  });

  it('starts no program that an earlier command wrote into the settings of the repository', async () => {
    put('kept', 'a');
    commit();
    program(join(root, 'spy'), `touch ${root}/started`);
    git('config', 'core.fsmonitor', join(root, 'spy'));
    put('kept', 'b');
    expect((await capture()).changedFiles).toEqual(['kept']);
    expect(existsSync(join(root, 'started'))).toBe(false);
  });

  it('digests lock files: those that are named, and well-known ones beside the model and at the root', async () => {
    put('requirements.txt', 'numpy==2');
    put('models/m/uv.lock', 'uv');
    put('models/other/uv.lock', 'other');
    put('deps/own.lock', 'own');
    writeFileSync(join(root, 'secret'), 'secret');
    symlinkSync(join(root, 'secret'), join(work, 'poetry.lock'));
    commit();
    expect((await capture({ lockFiles: ['deps/own.lock', 'requirements.txt'] })).lockFiles).toEqual([
      { path: 'deps/own.lock', digest: digestBytes('own') },
      { path: 'models/m/uv.lock', digest: digestBytes('uv') },
      { path: 'requirements.txt', digest: digestBytes('numpy==2') },
    ]);
    for (const named of ['no.lock', 'poetry.lock', 'deps', '../secret'])
      await expect(capture({ lockFiles: [named] })).rejects.toMatchObject({
        kind: 'input',
        code: 'LOCK_FILE',
      });
  });

  it('reads parameter files flat; a trial and what the command wrote win', async () => {
    put('params.yaml', 'train: { lr: 0.1, layers: [8, 4] }\nday: 2026-01-01\nseed: 7\n');
    put('params.json', '{"seed": 8, "depth": 3}');
    commit();
    const parameters = ['params.yaml', 'params.json'];
    const { readParameters } = await capture(
      { parameters },
      { trial: { parameters: { depth: 5, 'train.lr': 0.2 } } },
    );
    const files = {
      'train.lr': 0.2,
      'train.layers': '[8, 4]',
      day: '2026-01-01',
      seed: 7,
      'params.json:seed': 8,
      depth: 5,
    };
    expect(await readParameters(bin)).toEqual(files);
    writeFileSync(join(bin, 'parameters.json'), '{"depth": 6, "best": {"epoch": 2}}');
    expect(await readParameters(bin)).toEqual({ ...files, depth: 6, 'best.epoch': 2 });
    for (const [name, text] of [
      ['no.yaml', null],
      ['a.yaml', 'a: ['],
      ['b.yaml', 'a: !!js/function "x"'],
    ] as const) {
      if (text !== null) put(name, text);
      await expect(capture({ parameters: [name] })).rejects.toMatchObject({ code: 'PARAMETERS_INVALID' });
    }
    put('c.json', '{"a": NaN}');
    await expect(capture({ parameters: ['c.json'] })).rejects.toMatchObject({ code: 'JSON_INVALID' });
  });

  it('has the variables that model.yml names and that are set', async () => {
    put('a', 'a');
    commit();
    const env = { PATH: path(), OMP_NUM_THREADS: '4', OTHER: 'x' };
    const { environment } = await capture(
      { environment: ['OMP_NUM_THREADS', 'NOT_SET', 'toString'] },
      { env },
    );
    expect(environment).toEqual({ OMP_NUM_THREADS: '4' });
  });
});

describe('captureSoftware', () => {
  const answer = (version: string, ...packages: readonly (readonly unknown[])[]) =>
    `echo '${JSON.stringify({ version, packages })}'`;

  it('asks the programs that the command finds, and lists packages sorted, each once', async () => {
    program(join(bin, 'node'), 'echo v22.1.0');
    program(
      join(bin, 'python3'),
      `echo noise; ${answer('3.12.1', ['torch', '2.5'], ['numpy', '2.1'], ['torch', '2.5'], [null, '1'], ['odd', null], [])}`,
    );
    program(join(bin, 'Rscript'), "printf '4.4.1 \\nrpart\\t4.1.23\\n'");
    const conda = join(root, 'conda');
    mkdirSync(join(conda, 'conda-meta'), { recursive: true });
    for (const name of ['cuda-toolkit-12.4.1-h0_1.json', 'history'])
      writeFileSync(join(conda, 'conda-meta', name), '');
    expect(await captureSoftware(work, { PATH: path(), CONDA_PREFIX: conda })).toEqual({
      runtimes: { node: 'v22.1.0', python: '3.12.1', r: '4.4.1' },
      packages: [
        ['conda:cuda-toolkit', '12.4.1'],
        ['numpy', '2.1'],
        ['odd', 'unknown'],
        ['r:rpart', '4.1.23'],
        ['torch', '2.5'],
      ],
    });
  });

  it('takes the environment beside the code before that of the machine', async () => {
    program(join(bin, 'python3'), answer('3.9.0'));
    program(join(work, '.venv/bin/python'), answer('3.13.0'));
    expect((await captureSoftware(work, { PATH: bin })).runtimes).toEqual({ python: '3.13.0' });
  });

  it('tells nothing of what is not there, fails or answers something else', async () => {
    expect(await captureSoftware(work, { PATH: bin })).toEqual({ runtimes: {}, packages: [] });
    program(join(bin, 'node'), 'echo "not node"');
    program(join(bin, 'python3'), 'exit 1');
    program(join(bin, 'python'), 'echo "{\\"version\\": 3}"');
    program(join(bin, 'Rscript'), 'echo Error');
    expect(await captureSoftware(work, { PATH: path() })).toEqual({ runtimes: {}, packages: [] });
  });

  it('asks the image when the command ran in one', async () => {
    program(
      join(bin, 'docker'),
      `echo "$*" >> ${root}/calls; case "$*" in *"--entrypoint python3"*) ${answer('3.11.9', ['jax', '0.4'])} ;; *) exit 127 ;; esac`,
    );
    const engine = { kind: 'docker', file: 'docker', env: { PATH: path() } } as const;
    const ask = askContainer(engine, `acme/train@sha256:${'a'.repeat(64)}`, 5);
    // The runner's own environment is none of the container.
    mkdirSync(join(root, 'conda', 'conda-meta'), { recursive: true });
    writeFileSync(join(root, 'conda', 'conda-meta', 'cuda-toolkit-12.4.1-h0_1.json'), '');
    expect(await captureSoftware(work, { PATH: path(), CONDA_PREFIX: join(root, 'conda') }, ask)).toEqual({
      runtimes: { python: '3.11.9' },
      packages: [['jax', '0.4']],
    });
  });

  it('asks a real Python, where there is one, for real packages', async (test) => {
    const found = await captureSoftware(work, process.env);
    test.skip(found.runtimes.python === undefined, 'no Python on this machine');
    expect(found.runtimes.python).toMatch(/^3\.\d+/);
    expect(found.packages.every(([name, version]) => name !== '' && version !== '')).toBe(true);
  });
});

it('leaves no secret of the job in the record, wherever it was planted', async () => {
  const token = 'planted-secret-0123456789';
  const github = `ghp_${'a'.repeat(36)}`;
  const env = {
    PATH: path(),
    MY_API_TOKEN: token,
    OMP_NUM_THREADS: `4 ${token}`,
    HTTPS_PROXY: `http://me:${token}@proxy`,
  };
  put('params.yaml', `a: ${token}\n${github}: 1\n`);
  put('requirements.txt', token);
  put(`${token}.txt`, 'a');
  commit();
  put(`${token}.txt`, 'b');
  program(join(bin, 'python3'), `echo '${JSON.stringify({ version: '3', packages: [[token, github]] })}'`);
  const train = makeTrain({ parameters: ['params.yaml'], environment: ['OMP_NUM_THREADS', 'HTTPS_PROXY'] });
  const captured = await captureEnvironment({ workspace: work, modelName: 'm', train, env });
  const { changedFiles, lockFiles, environment, readSoftware, readParameters } = captured;
  const record = makeRunRecord({
    ...{ changedFiles, lockFiles, environment, runner: `gpu-${token}`, command: `run ${token} ${github}` },
    ...{ ...(await readSoftware()), parameters: await readParameters(bin) },
  });
  expect(canonicalJson(record)).toContain(token);
  const text = canonicalJson(cleanRecord(record, (value) => hideSecrets(value, listSecrets(env))));
  expect(text).not.toContain(token);
  expect(text).not.toContain('ghp_');
});
