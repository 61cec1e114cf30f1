import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestBytes } from '../json/canonical.ts';
import {
  type Checkpoint,
  type CheckpointFile,
  checkpointArtifactName,
  digestCheckpoint,
  isCheckpointPath,
  parseCheckpoint,
  parseCheckpointName,
  renderCheckpoint,
  sortCheckpointFiles,
  storedName,
  trainingKey,
} from './checkpoint.ts';

const file = (path: string, text = path): CheckpointFile => ({
  path,
  sizeBytes: text.length,
  digest: digestBytes(text),
});
const make = (files: readonly CheckpointFile[], own: Partial<Checkpoint> = {}): Checkpoint => ({
  ...{ v: 1, runId: 5, runAttempt: 2, number: 3, savedAt: '2026-06-01T10:00:00.000Z' },
  ...{ digest: digestCheckpoint(files), files },
  ...own,
});
const refused = expect.objectContaining({ code: 'CHECKPOINT_BROKEN' });

describe('a checkpoint', () => {
  it('is read as it was written', () => {
    const checkpoint = make([file('epoch-3/model.pt'), file('epoch-3/optimizer.pt'), file('state.json')]);
    expect(parseCheckpoint(renderCheckpoint(checkpoint))).toEqual(checkpoint);
  });

  it('has one digest in whatever order its files were listed', () => {
    const some = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { minLength: 1 });
    fc.assert(
      fc.property(some, fc.nat(), (paths, turn) => {
        const files = paths.map((path) => file(path));
        const turned = [...files.slice(turn % files.length), ...files.slice(0, turn % files.length)];
        expect(digestCheckpoint(sortCheckpointFiles(turned))).toBe(
          digestCheckpoint(sortCheckpointFiles(files)),
        );
      }),
    );
  });

  it.each<readonly [string, string]>([
    ['no JSON', 'x'],
    ['no object', '[]'],
    ['no files', renderCheckpoint(make([]))],
    ['another version', renderCheckpoint({ ...make([file('a')]), v: 2 as 1 })],
    ['another digest', renderCheckpoint({ ...make([file('a')]), digest: digestBytes('x') })],
    ['files that are not in order', renderCheckpoint(make([file('b'), file('a')]))],
    ['a path twice', renderCheckpoint(make([file('a'), file('a')]))],
    ['a file that is a folder too', renderCheckpoint(make([file('a'), file('a/b')]))],
    ['a path that leaves', renderCheckpoint(make([file('../a')]))],
    ['a size that is none', renderCheckpoint(make([{ ...file('a'), sizeBytes: -1 }]))],
    ['one field more', renderCheckpoint({ ...make([file('a')]), more: 1 } as Checkpoint)],
  ])('is refused: %s', (_, text) => {
    expect(() => parseCheckpoint(text)).toThrow(refused);
  });
});

describe('isCheckpointPath', () => {
  it.each([
    '',
    '/',
    '/etc/passwd',
    'a//b',
    'a/',
    './a',
    'a/../b',
    '..',
    'a\\b',
    'a\nb',
    'a\u0000',
    '\ud800',
    'x'.repeat(501),
  ])('refuses %j', (path) => expect(isCheckpointPath(path)).toBe(false));
  it.each(['a', '.hidden', 'a/b c/é.pt', '...', 'C:a'])('takes %j', (path) =>
    expect(isCheckpointPath(path)).toBe(true),
  );
});

describe('names', () => {
  it('tell trainings of one run apart', () => {
    const checkpoint = make([file('a')]);
    const name = checkpointArtifactName(trainingKey('growth/churn', 2), checkpoint);
    expect(name).toBe(`gatehouse-checkpoint-growth.churn.2-2-3-${checkpoint.digest.slice(7, 23)}`);
    expect(parseCheckpointName('growth.churn.2', name)).toEqual({
      ...{ runAttempt: 2, number: 3, start: checkpoint.digest.slice(7, 23) },
    });
    expect(parseCheckpointName('growth.churn', name)).toBe(null);
    expect(trainingKey('churn', null)).toBe('churn');
    expect(parseCheckpointName('churn', checkpointArtifactName('churn-2', checkpoint))).toBe(null);
  });

  it('of one training are never read as those of another', () => {
    const key = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/);
    const checkpoint = make([file('a')]);
    fc.assert(
      fc.property(key, key, (own, other) => {
        const read = parseCheckpointName(other, checkpointArtifactName(own, checkpoint));
        expect(read !== null).toBe(own === other);
      }),
    );
  });

  it('inside the artifact are plain', () => {
    expect([0, 999].map(storedName)).toEqual(['f0001', 'f1000']);
  });
});
