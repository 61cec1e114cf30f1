import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestBytes } from '../../core/json/canonical.ts';
import {
  type Checkpoint,
  checkpointArtifactName,
  digestCheckpoint,
  renderCheckpoint,
} from '../../core/training/checkpoint.ts';
import { type RestoreRequest, restoreCheckpoint } from './restore.ts';
import { openCheckpointSaver } from './save.ts';
import { openShelf, type Shelf } from './shelf.fixture.ts';

let root: string;
let workspace: string;
let shelf: Shelf;
let lines: string[];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'restore-'));
  workspace = join(root, 'work');
  for (const one of ['work', 'shelf', 'saved']) mkdirSync(join(root, one));
  shelf = openShelf(join(root, 'shelf'));
  lines = [];
});
afterEach(() => rmSync(root, { recursive: true }));

const restore = (own: Partial<RestoreRequest> = {}) =>
  restoreCheckpoint(
    {
      key: 'churn',
      runId: 5,
      workspace,
      folder: 'out/ckpt',
      scratch: join(root, 'scratch'),
      delaysMs: [1, 1],
      ...own,
    },
    { list: shelf.list, download: shelf.download, log: (line) => lines.push(line) },
  );
const at = (path: string): string => join(workspace, 'out/ckpt', path);
const heardAt = '2026-06-01T10:00:00.000Z';

/** Saves files as an earlier job of the run did. */
async function save(files: Readonly<Record<string, string>>, runAttempt = 1, key = 'churn') {
  const folder = join(root, 'saved', `${key}-${runAttempt}`);
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const saver = openCheckpointSaver({
    ...{
      workspace: root,
      folder,
      scratch: join(root, 'copies'),
      key,
      runId: 5,
      runAttempt,
      everyMs: 1,
      uploader: shelf.uploader,
    },
    ...{ now: () => new Date(heardAt), log: () => undefined, restored: null },
    attempts: () => ({ v: 1, runId: 5, ended: [], open: null, heardAt }),
  });
  return saver.save();
}

/** Puts a checkpoint there whose zip or description is not what it should be. */
async function forge(
  files: Readonly<Record<string, string>>,
  own: Partial<Checkpoint> = {},
  more: Zippable = {},
) {
  const listed = Object.entries(files).map(([path, text]) => ({
    ...{ path, sizeBytes: text.length, digest: digestBytes(text) },
  }));
  const checkpoint: Checkpoint = {
    ...{
      v: 1,
      runId: 5,
      runAttempt: 9,
      number: 1,
      savedAt: heardAt,
      digest: digestCheckpoint(listed),
      files: listed,
    },
    ...own,
  };
  const stored = Object.values(files).map((text, index) => [`f000${index + 1}`, strToU8(text)] as const);
  await shelf.put(
    checkpointArtifactName('churn', { ...checkpoint, runAttempt: 9, number: shelf.names().length + 1 }),
    zipSync({
      'checkpoint.json': strToU8(
        renderCheckpoint({ ...checkpoint, number: own.number ?? shelf.names().length + 1 }),
      ),
      ...Object.fromEntries(stored),
      ...more,
    }),
  );
}

describe('restoreCheckpoint', () => {
  it('puts back what an earlier job saved, the newest of it, and nothing else', async () => {
    await save({ 'epoch-1/model.pt': 'one' });
    const digest = await save({ 'epoch-2/model.pt': 'two', '.state': '2', empty: '' }, 2);
    await save({ a: 'other training' }, 3, 'churn.1');
    mkdirSync(at(''), { recursive: true });
    writeFileSync(at('left'), 'from an earlier run');
    const restored = await restore();
    expect(restored).toMatchObject({ checkpoint: { digest, runAttempt: 2 }, attempts: { heardAt } });
    expect(readdirSync(at(''), { recursive: true }).sort()).toEqual([
      '.state',
      'empty',
      'epoch-2',
      'epoch-2/model.pt',
    ]);
    expect(readFileSync(at('epoch-2/model.pt'), 'utf8')).toBe('two');
    expect(existsSync(join(root, 'scratch'))).toBe(false);
    expect(lines).toEqual([]);
  });

  it('says that there is none', async () => {
    expect(await restore()).toBe(null);
    await shelf.put('gatehouse-checkpoint-churn-x', new Uint8Array(1));
    expect(await restore()).toBe(null);
    expect(lines).toEqual([]);
  });

  it('tries a download again, then takes the one before', async () => {
    await save({ a: 'one' }, 1);
    await save({ a: 'two' }, 2);
    shelf.failures = 2;
    expect((await restore())?.checkpoint.runAttempt).toBe(2);
    shelf.failures = 3;
    expect((await restore())?.checkpoint.runAttempt).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/^gatehouse-checkpoint-churn-2-1-.*: HTTP 502$/)]);
  });

  const sized = (text: string, sizeBytes: number) => ({ path: 'a', sizeBytes, digest: digestBytes(text) });
  it.each<readonly [string, () => Promise<void>, RegExp]>([
    ['no zip', () => shelf.put(`gatehouse-checkpoint-churn-9-1-${'a'.repeat(16)}`, strToU8('x')), /refused/],
    ['a path outside', () => forge({ '../../../evil': 'x' }), /not used/],
    ['an absolute path', () => forge({ '/tmp/evil': 'x' }), /not used/],
    ['a link', () => forge({}, {}, { f0001: [strToU8('/etc'), { os: 3, attrs: 0o120777 << 16 }] }), /link/],
    ['a path in the zip', () => forge({ a: 'x' }, {}, { '../evil': strToU8('x') }), /no plain file name/],
    ['another file', () => forge({ a: 'x' }, {}, { f0001: strToU8('y') }), /not what its digest says/],
    ['another size', () => forge({ a: 'x' }, {}, { f0001: strToU8('xx') }), /another size/],
    [
      'a bomb',
      () => {
        const files = [sized('', 900_000_000_000)];
        return forge({ a: 'x' }, { files, digest: digestCheckpoint(files) });
      },
      /at most/,
    ],
    [
      'a bomb in the zip',
      () => forge({ a: 'x' }, {}, { f0001: new Uint8Array(3_000_000) }),
      /at most 2000000/,
    ],
    ['of another run', () => forge({ a: 'x' }, { runId: 6 }), /not the one that its name says/],
    ['another number', () => forge({ a: 'x' }, { number: 77 }), /not the one that its name says/],
    ['no description', () => forge({ a: 'x' }, {}, { 'checkpoint.json': strToU8('') }), /not used/],
  ])('passes over a broken one and takes the one before: %s', async (_, make, why) => {
    const digest = await save({ a: 'good' });
    await make();
    const restored = await restore({ limitBytes: 2_000_000 });
    expect(restored?.checkpoint.digest).toBe(digest);
    expect(lines).toEqual([expect.stringMatching(why)]);
    expect(readdirSync(at(''))).toEqual(['a']);
    expect(readdirSync(root).sort()).not.toContain('evil');
    expect(existsSync('/tmp/evil')).toBe(false);
  });

  it('gives up after three, and leaves the folder as it is', async () => {
    await save({ a: 'good' });
    for (let count = 0; count < 3; count += 1) await forge({ a: 'x' }, { runId: 6 });
    mkdirSync(at(''), { recursive: true });
    writeFileSync(at('own'), '');
    expect(await restore()).toBe(null);
    expect(lines).toHaveLength(4);
    expect(readdirSync(at(''))).toEqual(['own']);
  });

  it('takes it where only the attempts cannot be read', async () => {
    await forge({ a: 'x' }, {}, { 'attempts.json': strToU8('{}') });
    expect(await restore()).toMatchObject({ attempts: null });
    expect(lines).toEqual([expect.stringMatching(/attempts\.json is not believed/)]);
  });

  it('never empties a folder outside the repository', async () => {
    await save({ a: 'x' });
    const outside = join(root, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'keep'), '');
    symlinkSync(outside, join(workspace, 'link'));
    writeFileSync(join(workspace, 'file'), '');
    for (const folder of [
      'link',
      'link/deeper',
      '../outside',
      'a/../../outside',
      '.',
      '',
      '.git/hooks',
      '.GIT',
      'file',
    ]) {
      await expect(restore({ folder })).rejects.toMatchObject({ code: 'CHECKPOINT_FOLDER' });
    }
    expect(readdirSync(outside)).toEqual(['keep']);
  });
});
