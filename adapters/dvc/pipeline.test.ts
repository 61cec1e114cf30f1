import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseLock, updateLock } from '../../core/dvc/lock.ts';
import { type DvcMap, type DvcNode, textOf, toMap } from '../../core/dvc/node.ts';
import { listStages } from '../../core/dvc/stage-list.ts';
import { orderStages } from '../../core/dvc/stage-order.ts';
import { judgeStage } from '../../core/dvc/stage-state.ts';
import { type CommandEnd, runTeamCommand } from '../process/team-command.ts';
import { type PipelineResult, planPipeline, runPipeline } from './pipeline.ts';
import { writePointer } from './pointer.ts';
import { openRemote } from './remote.ts';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
let root: string;
let workspace: string;
let ran: string[];
const write = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(join(workspace, path)), { recursive: true });
  await writeFile(join(workspace, path), text);
};
const read = (path: string): Promise<string> => readFile(join(workspace, path), 'utf8');
const run = (
  file = 'dvc.yaml',
  remote: string | null = null,
  all = false,
): Promise<PipelineResult<CommandEnd>> => {
  ran = [];
  return runPipeline({
    ...{ file, workspace, remote: remote === null ? null : openRemote(`file://${remote}`), log: () => {} },
    all,
    runCommand: (text, folder) => {
      ran.push(text);
      return runTeamCommand({ text, folder, env: process.env, timeoutMs: 5_000, log: () => {} });
    },
  });
};
const outcomes = ({ stages }: PipelineResult<CommandEnd>) =>
  stages.map(({ name, action, reasons }) => [name, action, ...reasons]);

const pipeline = `# ours
stages:
  prepare:
    cmd: mkdir -p data/clean && sort data/x.csv > data/clean/a && echo b > data/clean/b
    deps: [data/x.csv]
    outs: [data/clean]
  train:
    cmd:
    - cat data/clean/a > model.txt && echo \${train.lr} >> model.txt && chmod +x model.txt
    - wc -l < model.txt | tr -d ' ' > m.json
    deps: [data/clean]
    params: [train.lr]
    outs: [model.txt]
    metrics: [{m.json: {cache: false}}]
`;
/** As DVC 3 writes it: keys, order, list of commands, sizes, the executable bit. Digests by md5sum and Python's json. */
const lock = `schema: '2.0'
stages:
  prepare:
    cmd: mkdir -p data/clean && sort data/x.csv > data/clean/a && echo b > data/clean/b
    deps:
    - path: data/x.csv
      hash: md5
      md5: cb0e93933b5e2202825f38da7587cf07
      size: 4
    outs:
    - path: data/clean
      hash: md5
      md5: 14759929694c81a5038939d0965cf0e9.dir
      size: 6
      nfiles: 2
  train:
    cmd:
    - cat data/clean/a > model.txt && echo 0.1 >> model.txt && chmod +x model.txt
    - wc -l < model.txt | tr -d ' ' > m.json
    deps:
    - path: data/clean
      hash: md5
      md5: 14759929694c81a5038939d0965cf0e9.dir
      size: 6
      nfiles: 2
    params:
      params.yaml:
        train.lr: 0.1
    outs:
    - path: m.json
      hash: md5
      md5: 6d7fce9fee471194aa8b5b6e47267f03
      size: 2
    - path: model.txt
      hash: md5
      md5: 44e63bb68c58f807f01b1c5a98c02cec
      size: 8
      isexec: true
`;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'gatehouse-pipeline-'));
  workspace = join(root, 'work');
  await mkdir(join(workspace, '.git'), { recursive: true });
  await write('dvc.yaml', pipeline);
  await write('params.yaml', 'train:\n  lr: 0.1\n');
  await write('data/x.csv', '2\n1\n');
});
afterEach(() => rm(root, { recursive: true }));

describe('runPipeline', () => {
  it('runs what never ran, and then only what changed, with the reason', async () => {
    expect(await planPipeline({ file: 'dvc.yaml', workspace })).toMatchObject([
      { name: 'prepare', action: 'run', reasons: ['never run'] },
      { name: 'train', action: 'run', reasons: ['never run', 'upstream stage prepare runs'] },
    ]);
    const first = await run();
    expect(outcomes(first)).toEqual([
      ['prepare', 'ran', 'never run'],
      ['train', 'ran', 'never run'],
    ]);
    expect(first.outputs.map(({ at }) => at)).toEqual(['data/clean', 'model.txt']);
    expect(await read('model.txt')).toBe('1\n2\n0.1\n');

    const kept = await read('dvc.lock');
    expect(outcomes(await run())).toEqual([
      ['prepare', 'skipped', 'nothing changed'],
      ['train', 'skipped', 'nothing changed'],
    ]);
    expect(ran).toEqual([]);
    expect(await read('dvc.lock')).toBe(kept);

    expect(outcomes(await run('dvc.yaml', null, true))).toEqual([
      ['prepare', 'ran', 'every stage is run'],
      ['train', 'ran', 'every stage is run'],
    ]);
    expect(await read('dvc.lock')).toBe(kept);

    await write('params.yaml', 'train:\n  lr: 0.2\n');
    expect(outcomes(await run())).toEqual([
      ['prepare', 'skipped', 'nothing changed'],
      ['train', 'ran', 'command changed', 'params.yaml: train.lr 0.1 -> 0.2'],
    ]);
  });

  it('writes dvc.lock as DVC writes it, and keeps stages that it does not know', async () => {
    await run();
    expect(await read('dvc.lock')).toBe(lock);
    const more = `${lock}  old:\n    cmd: x\n`;
    await write('dvc.lock', more);
    await write('params.yaml', 'train:\n  lr: 1e-1\n  other: 2\n');
    expect(outcomes(await run()).map(([, action]) => action)).toEqual(['skipped', 'skipped']);
    await write('params.yaml', 'train:\n  lr: 5\n');
    await run();
    expect(await read('dvc.lock')).toBe(
      more
        .replace('echo 0.1', 'echo 5')
        .replace('train.lr: 0.1', 'train.lr: 5')
        .replace('44e63bb68c58f807f01b1c5a98c02cec', md5('1\n2\n5\n'))
        .replace('size: 8', 'size: 6'),
    );
    expect((await readdir(workspace)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('does not run what lies behind a stage that made what it made before', async () => {
    await run();
    await write('data/x.csv', '1\n2\n');
    expect(await planPipeline({ file: 'dvc.yaml', workspace })).toMatchObject([
      { action: 'run', reasons: ['deps data/x.csv changed'] },
      { action: 'run', reasons: ['upstream stage prepare runs'] },
    ]);
    expect(outcomes(await run())).toEqual([
      ['prepare', 'ran', 'deps data/x.csv changed'],
      ['train', 'skipped', 'nothing changed: prepare made what it made before'],
    ]);
  });
});

describe('what is missing', () => {
  let remote: string;
  beforeEach(async () => {
    remote = join(root, 'remote');
    await mkdir(remote);
    const { push } = openRemote(`file://${remote}`);
    await run();
    for (const path of ['data/clean', 'model.txt']) await push(join(workspace, path));
    const { md5, sizeBytes } = await push(join(workspace, 'data/x.csv'));
    await write('data/x.csv.dvc', writePointer({ out: 'x.csv', md5, sizeBytes }));
    for (const path of ['data/clean', 'data/x.csv', 'model.txt'])
      await rm(join(workspace, path), { recursive: true });
  });

  it('is fetched by digest: data of a pointer, and outputs of stages that need not run', async () => {
    const result = await run('dvc.yaml', remote);
    expect(outcomes(result).map(([, action]) => action)).toEqual(['skipped', 'skipped']);
    expect(result.stages.map(({ fetched }) => fetched)).toEqual([
      ['data/x.csv', 'data/clean'],
      ['model.txt'],
    ]);
    expect(await read('model.txt')).toBe('1\n2\n0.1\n');
    expect(result.outputs).toEqual([]);
  });

  it('is made again when the remote does not have it, and told when it is damaged', async () => {
    const object = join(remote, 'files', 'md5', '44', 'e63bb68c58f807f01b1c5a98c02cec');
    await writeFile(object, 'evil\n0.1\n');
    await expect(run('dvc.yaml', remote)).rejects.toMatchObject({ code: 'DVC_DIGEST' });
    expect(existsSync(join(workspace, 'model.txt'))).toBe(false);
    await rm(object);
    expect(outcomes(await run('dvc.yaml', remote))).toEqual([
      ['prepare', 'skipped', 'nothing changed'],
      ['train', 'ran', 'output model.txt missing'],
    ]);
    expect(await read('dvc.lock')).toBe(lock);
  });

  it('stops a stage before it starts when it is data that nobody has', async () => {
    await expect(run()).rejects.toMatchObject({
      code: 'DVC_DEPENDENCY',
      message: expect.stringContaining('data/x.csv'),
    });
    expect(ran).toEqual([]);
  });
});

describe('a stage that does not end well', () => {
  it('stops the rest; what ended before it is kept', async () => {
    await write('dvc.yaml', pipeline.replace('wc -l', 'exit 3; wc -l'));
    const result = await run();
    expect(result).toMatchObject({ kind: 'stopped', end: { kind: 'failed', how: 'exit code 3' } });
    expect(outcomes(result).map(([name, action]) => [name, action])).toEqual([
      ['prepare', 'ran'],
      ['train', 'failed'],
    ]);
    expect(await read('dvc.lock')).toBe(lock.slice(0, lock.indexOf('  train:')));
  });

  it('is told when it leaves an output unwritten, even one that lay there before', async () => {
    await write('model.txt', 'old');
    await write('dvc.yaml', 'stages: {train: {cmd: "true", outs: [model.txt]}}\n');
    await expect(run()).rejects.toMatchObject({
      kind: 'input',
      ...{ code: 'DVC_OUTPUT', message: 'The stage train left no model.txt' },
    });
  });
});

describe('what is refused before anything runs', () => {
  it.each([
    ['a lock that a person edited', 'dvc.lock', `# note\n${lock}`, 'DVC_HANDWRITTEN'],
    ['a lock of DVC 1', 'dvc.lock', 'train:\n  cmd: x\n', 'DVC_LOCK'],
    ['a parameter without a value', 'params.yaml', 'x: 1\n', 'DVC_TEMPLATE'],
    ['a cycle', 'dvc.yaml', 'stages: {a: {cmd: x, deps: [a], outs: [a]}}\n', 'DVC_PIPELINE'],
  ])('%s', async (_, path, text, code) => {
    await write(path, text);
    await expect(run()).rejects.toMatchObject({ kind: 'input', code });
    expect(ran).toEqual([]);
  });

  it('a dvc.yaml that is not there, and links that lead out', async () => {
    await expect(run('sub/dvc.yaml')).rejects.toMatchObject({ code: 'FILE_MISSING' });
    await symlink('/etc', join(workspace, 'outside'));
    await write('dvc.yaml', 'stages: {a: {cmd: x, deps: [outside/hostname]}}\n');
    await expect(run()).rejects.toMatchObject({ code: 'DVC_UNSUPPORTED' });
    await write('dvc.yaml', 'stages: {a: {cmd: x, outs: [outside/new]}}\n');
    await expect(run()).rejects.toMatchObject({ code: 'DVC_UNSUPPORTED' });
    await write('dvc.yaml', 'vars: [outside/hostname.yaml]\nstages: {a: {cmd: x}}\n');
    await expect(run()).rejects.toMatchObject({ code: 'DVC_TEMPLATE' });
    expect(ran).toEqual([]);
  });
});

describe('a link that the checkout or a command left', () => {
  it('does not say where missing data is written', async () => {
    const outside = join(root, 'outside');
    const remote = join(root, 'remote');
    for (const folder of [outside, remote]) await mkdir(folder);
    await write('data/keys', 'evil');
    const { push } = openRemote(`file://${remote}`);
    const { md5, sizeBytes } = await push(join(workspace, 'data/keys'));
    await symlink(outside, join(workspace, 'out'));
    await symlink(join(outside, 'file'), join(workspace, 'keys'));
    const stages = (dep: string) => `stages: {a: {cmd: 'true', deps: [${dep}]}}\n`;
    await write('dvc.yaml', stages('keys'));
    await write('keys.dvc', writePointer({ out: 'keys', md5, sizeBytes }));
    await expect(run('dvc.yaml', remote)).rejects.toMatchObject({ code: 'DVC_UNSUPPORTED' });
    const folder = await push(join(workspace, 'data'));
    await write('out.dvc', writePointer({ out: 'out', md5: folder.md5, sizeBytes: folder.sizeBytes }));
    await write('dvc.yaml', stages('out/keys'));
    await expect(run('dvc.yaml', remote)).rejects.toMatchObject({ code: 'DVC_UNSUPPORTED' });
    expect(await readdir(outside)).toEqual([]);
  });

  it('does not say where dvc.lock is written', async () => {
    const outside = join(root, 'outside');
    await mkdir(outside);
    const victim = join(outside, 'profile');
    await writeFile(victim, 'mine');
    await write('sub/dvc.yaml', `stages: {a: {cmd: 'mv ../sub ../was && ln -s ${outside} ../sub'}}\n`);
    await expect(run('sub/dvc.yaml')).rejects.toMatchObject({ code: 'DVC_UNSUPPORTED' });
    expect(await readdir(outside)).toEqual(['profile']);
    await write('dvc.yaml', `stages: {a: {cmd: 'ln -s ${victim} dvc.lock.${process.pid}.tmp'}}\n`);
    await run();
    expect(await readFile(victim, 'utf8')).toBe('mine');
  });

  it('nor does a pipe in the place of a file hold the job', async () => {
    await write(
      'dvc.yaml',
      `stages: {a: {cmd: 'rm params.yaml && mkfifo params.yaml', params: [train.lr]}}\n`,
    );
    await expect(run()).rejects.toMatchObject({ code: 'DVC_UNSUPPORTED' });
    await rm(join(workspace, 'params.yaml'));
    await write('params.yaml', 'train: {lr: 1}\n');
    await write('dvc.yaml', `stages: {a: {cmd: 'mkfifo pipe', outs: [pipe]}}\n`);
    await expect(run()).rejects.toMatchObject({ kind: 'input' });
    await write('dvc.yaml', `stages: {a: {cmd: 'mkdir all && mkfifo all/pipe', outs: [all]}}\n`);
    await expect(run()).rejects.toMatchObject({ kind: 'input' });
  });
});

describe('data of DVC 2', () => {
  it('keeps its recipe while it does not change', async () => {
    await run();
    const old = lock.replace(
      /hash: md5\n {6}md5: cb0e93933b5e2202825f38da7587cf07/,
      'md5: cb0e93933b5e2202825f38da7587cf07',
    );
    await write('dvc.lock', old);
    expect(outcomes(await run()).map(([, action]) => action)).toEqual(['skipped', 'skipped']);
    await rm(join(workspace, 'data/clean'), { recursive: true });
    await run();
    expect(await read('dvc.lock')).toBe(old);
    await write('data/x.csv', '2\n1\n0\n');
    await run();
    expect(await read('dvc.lock')).toContain(`hash: md5\n      md5: ${md5('2\n1\n0\n')}`);
  });
});

/** Real files of a public repository, which are not part of this one. */
const corpus = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'dvc');
const isHere = existsSync(join(corpus, 'INDEX.json'));
if (!isHere) console.log('skipped: the corpus of real DVC files is not beside this repository');

describe.skipIf(!isHere)('real pipelines', () => {
  interface Entry {
    readonly file: string;
    readonly repo: string;
    readonly commit: string;
    readonly path: string;
    readonly kind: string;
  }
  const entries: readonly Entry[] = isHere
    ? JSON.parse(readFileSync(join(corpus, 'INDEX.json'), 'utf8'))
    : [];
  const pairs = entries.flatMap((yaml) => {
    const same = (other: Entry): boolean => other.repo === yaml.repo && other.commit === yaml.commit;
    const found = entries.find((other) => other.kind === 'lock' && yaml.kind === 'yaml' && same(other));
    return found === undefined ? [] : [[yaml.file, found.file] as const];
  });

  it('have nothing to run where all is as their lock says, and are written again byte for byte', () => {
    expect(pairs.length).toBeGreaterThan(3);
    for (const [yaml, file] of pairs) {
      const text = readFileSync(join(corpus, file), 'utf8');
      const { schema, stages } = parseLock(text, file);
      const listed = listStages(readFileSync(join(corpus, yaml), 'utf8'), 'dvc.yaml', () => null);
      for (const { stage } of orderStages(listed, 'dvc.yaml')) {
        const locked = stages.get(stage.name);
        const facts = [...(locked?.dependencies ?? []), ...(locked?.outputs ?? [])];
        const digestOf = (at: string) => facts.find(({ path }) => path === at)?.hash?.value ?? null;
        const parametersOf = () => unflatten(locked?.parameters.get('params.yaml'));
        const state = judgeStage(stage, locked, { digestOf, parametersOf });
        expect(state, `${yaml} ${stage.name}`).toEqual({
          ...{ reasons: [], missingDependencies: [], missingOutputs: [] },
        });
        // DVC writes the locks of DVC 1 anew before it changes them.
        if (locked === undefined || schema !== '2.0') continue;
        const { command, commandIsList } = stage;
        expect(updateLock(text, file, stage.name, { ...locked, command, commandIsList })).toBe(text);
      }
    }
  });

  /** The file that gives these values: `train.lr` in it is `lr` in `train`. */
  function unflatten(flat: DvcMap | undefined): DvcMap {
    const tree: { [key: string]: DvcNode | typeof tree } = {};
    for (const { key, value } of flat?.entries ?? []) {
      const parts = textOf(key).split('.');
      const last = parts.pop() ?? '';
      let at = tree;
      for (const part of parts) {
        at[part] ??= {};
        at = at[part] as typeof tree;
      }
      at[last] = value;
    }
    const toNode = (value: DvcNode | typeof tree): DvcNode =>
      typeof value.kind === 'string'
        ? (value as DvcNode)
        : toMap(Object.fromEntries(Object.entries(value as typeof tree).map(([k, v]) => [k, toNode(v)])));
    return toNode(tree) as DvcMap;
  }
});
