import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parsePolicy } from '../core/config/policy-file.ts';
import { appKey } from '../core/config/seal-key.fixture.ts';
import { check } from './clone.fixture.ts';
import type { Ask, InitWorld } from './commands/init.ts';
import { initCommand } from './commands/init.ts';
import { openInstalled } from './engine.ts';
import { runProgram } from './program.ts';

let dir = '';
const git = (...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.test', ...args], {
    cwd: dir,
    encoding: 'utf8',
    stdio: 'pipe',
  });
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
};
const read = (path: string): string => readFileSync(join(dir, path), 'utf8');
/** Every new or changed path with its bytes. */
const state = (): readonly string[] =>
  git('ls-files', '--cached', '--others', '--exclude-standard')
    .split('\n')
    .filter((path) => path !== '')
    .map((path) => `${path}\n${read(path)}`);

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gatehouse-init-'));
  git('init', '--quiet', '--initial-branch=main');
  git('remote', 'add', 'origin', 'git@github.com:acme/churner.git');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function init(args: readonly string[], own: Partial<InitWorld> = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const world: InitWorld = {
    open: openInstalled,
    ask: () => ({ ask: null, close: () => undefined }),
    findPin: () => Promise.resolve(null),
    ...own,
  };
  const code = await runProgram(
    ['init', ...args],
    {
      ...{ cwd: dir, env: {}, now: () => '2026-11-21T10:00:00Z' },
      print: (text) => out.push(text),
      complain: (text) => err.push(text),
    },
    [initCommand(world)],
  );
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** Runs it twice: the second run changes no byte, and the check passes. */
async function initTwice(): Promise<readonly string[]> {
  const before = new Set(state());
  expect(await init(['--yes'])).toMatchObject({ code: 0 });
  const after = state();
  // What was there is there still, byte by byte.
  expect([...before].filter((entry) => !after.includes(entry))).toEqual([]);
  const { code, out } = await check(dir);
  expect([code, out.split('\n')[0]]).toEqual([0, expect.stringContaining('nothing to mend')]);
  expect(await init(['--yes'])).toMatchObject({
    code: 0,
    err: expect.stringContaining('nothing new to propose'),
  });
  expect(state()).toEqual(after);
  return after.filter((entry) => !before.has(entry)).map((entry) => entry.split('\n')[0] ?? '');
}

const table = [
  'id,age,churned',
  ...Array.from({ length: 60 }, (_, at) => `${at},${20 + at},${at % 2}`),
  '',
].join('\n');

describe('gatehouse init --yes', () => {
  test('an empty repository', async () => {
    expect(await initTwice()).toEqual(['.github/gatehouse.yml', '.github/workflows/gatehouse.yml']);
  });

  test('a DVC project, with data that git ignores', async () => {
    write(
      'dvc.yaml',
      'stages:\n  train:\n    cmd: python train.py\n    deps: [data/train.csv]\n    outs: [churn.pkl]\n',
    );
    write('data/train.csv', table);
    write(
      'data/train.csv.dvc',
      `outs:\n- md5: ${'a'.repeat(32)}\n  size: 9\n  hash: md5\n  path: train.csv\n`,
    );
    write('.gitignore', '/data/train.csv\n');
    expect(await initTwice()).toEqual([
      '.github/gatehouse.yml',
      '.github/workflows/gatehouse.yml',
      'datasets/train.yml',
      'models/churn/model.yml',
      'models/churn/stages.yml',
    ]);
    expect(read('datasets/train.yml')).toContain('expires: "2027-02-19"');
    expect(read('datasets/train.yml')).toContain('{ name: id, type: integer');
  });

  test('with the public key of the app: results are sealed from the first one on', async () => {
    write('src/train_churn.py', '');
    const { key } = appKey();
    expect(await init(['--yes', '--seal-to', 'no key'])).toMatchObject({
      ...{ code: 2, err: expect.stringContaining('--seal-to') },
    });
    await init(['--yes', '--seal-to', key.spki]);
    expect(parsePolicy(read('.github/gatehouse.yml'), 'p').evidence).toEqual({ sealTo: [key] });
  });

  test('plain scripts, with a table of Git LFS that was not fetched', async () => {
    write('src/train_churn.py', '');
    write('data/a.csv', 'version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n');
    expect(await initTwice()).toHaveLength(2);
    expect((await init(['--yes'])).out).toContain('The data of a is not here');
  });

  test('a repository that is set up, with a file of a form that nobody can read', async () => {
    cpSync(join(import.meta.dirname, '../fixtures/flights'), dir, { recursive: true });
    for (const [path, from, to] of [
      ['.github/gatehouse.yml', '__STORE__', 'file:///srv/store'],
      ['.github/gatehouse.yml', '__DATA__', 'file:///srv/data'],
      ['models/flight-delay/model.yml', '__LABELS__', 'https://labels.example.test/x.csv'],
      ['models/flight-delay/model.yml', '__LABELS_SHA256__', 'a'.repeat(64)],
    ] as const) {
      write(path, read(path).replace(from, to));
    }
    expect(await initTwice()).toEqual([]);
    write('models/flight-delay/model.yml', 'not: [yaml');
    const before = state();
    expect(await init(['--yes'])).toMatchObject({ code: 1, err: expect.stringContaining('model.yml') });
    expect(state()).toEqual(before);
  });

  test('never follows a link that stands where a file would go', async () => {
    mkdirSync(join(dir, '.github'));
    symlinkSync('/etc/hostname', join(dir, '.github/gatehouse.yml'));
    await init(['--yes']);
    expect(git('ls-files', '--others')).toContain('.github/workflows/gatehouse.yml');
    expect(readFileSync(join(dir, '.github/gatehouse.yml'), 'utf8')).not.toContain('preset');
  });
});

describe('gatehouse init', () => {
  const answer = (texts: readonly string[]): Pick<InitWorld, 'ask'> & { readonly asked: string[] } => {
    const asked: string[] = [];
    const ask: Ask = (question) => {
      asked.push(question);
      return Promise.resolve(texts[asked.length - 1] ?? '');
    };
    return { asked, ask: () => ({ ask, close: () => asked.push('closed') }) };
  };

  test('asks seven questions, says what is possible, and takes the answers', async () => {
    const world = answer([
      'strict',
      'regulated',
      `acme/gate@${'b'.repeat(40)}`,
      '@rita acme/ml',
      '',
      'self-hosted a100',
    ]);
    expect(await init([], world)).toMatchObject({
      code: 0,
      err: expect.stringContaining('small-team, team or regulated'),
    });
    expect(world.asked).toHaveLength(9);
    const policy = read('.github/gatehouse.yml');
    expect(policy).toContain('preset: regulated');
    expect(policy).toContain('reviewer: { users: [rita], teams: [acme/ml] }');
    expect(policy).toContain(`shas: ["${'b'.repeat(40)}"]`);
    expect(read('.github/workflows/gatehouse.yml')).toContain('runs-on: [self-hosted, a100]');
  });

  test('gives up after three answers that are none, and writes nothing', async () => {
    expect(await init([], answer(['a', 'b', 'c']))).toMatchObject({
      code: 2,
      err: expect.stringContaining('INIT_ANSWER'),
    });
    expect(state()).toEqual([]);
  });

  test('asks nobody where nobody is, and writes nothing unless it is told to', async () => {
    expect(await init([])).toMatchObject({ code: 2, err: expect.stringContaining('gatehouse init --yes') });
    expect(await init(['--yes', '--preset', 'strict'])).toMatchObject({ code: 2 });
    expect(await init(['--yes', '--from', 'acme/gatehouse@v1'])).toMatchObject({ code: 2 });
    const from = ['--from', `corp/gate@${'c'.repeat(40)}`];
    expect(await init(['--dry-run', ...from])).toMatchObject({
      code: 0,
      out: expect.stringContaining(`uses: corp/gate/.github/workflows/validate-data.yml@${'c'.repeat(40)}`),
    });
    expect((await init(['--markdown', ...from])).out).toMatch(/^## Set up Gatehouse/);
    expect(state()).toEqual([]);
  });
});
