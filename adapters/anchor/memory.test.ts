import { afterEach, beforeEach, expect, it } from 'vitest';
import { options, tellStory } from '../../core/audit/ledger.fixture.ts';
import { emptyHead, extendHead } from '../../core/audit/merkle.ts';
import { parseRemembered, type RememberedHead, renderRemembered } from '../../core/audit/remembered.ts';
import { verifyLedger } from '../../core/audit/verify.ts';
import { ServiceError } from '../../core/error/error.ts';
import type { ArtifactUploader } from '../artifact/upload.ts';
import { type AnchorServer, type Artifact, acme, startAnchorServer } from './anchor-server.fixture.ts';
import { type MemoryPlace, memoryName, openMemory } from './memory.ts';

const story = tellStory();
const hashes = verifyLedger(story.files, story.anchors, options).events.map(({ hash }) => hash);
const headAt = (size: number) => ({
  ...extendHead(emptyHead, hashes.slice(0, size)),
  branch: 'gatehouse-ledger',
  commit: 'd'.repeat(40),
});
const memoryAt = (size: number, fields: Partial<RememberedHead> = {}): string => {
  const { root, frontier, branch, commit } = headAt(size);
  const at = '2026-11-20T10:00:00Z';
  return renderRemembered({
    ...{
      kind: 'RememberedLedger',
      v: 1,
      repositoryId: 7,
      branch,
      commit,
      size,
      root,
      frontier,
      at,
      ...fields,
    },
  });
};

let server: AnchorServer;
const uploads: { readonly name: string; readonly text: string }[] = [];
const uploader: ArtifactUploader = {
  upload: async (name, [file]) => {
    uploads.push({ name, text: file?.kind === 'text' ? file.text : '' });
    return { id: 1, name, digest: `sha256:${'0'.repeat(64)}`, sizeBytes: 1 };
  },
  remove: async () => undefined,
};
beforeEach(async () => {
  server = await startAnchorServer();
  uploads.length = 0;
});
afterEach(() => server.close());

const open = (fields: Partial<MemoryPlace> = {}) =>
  openMemory({
    ...{ client: server.client, name: acme, repositoryId: 7, defaultBranch: 'main', ref: 'refs/heads/main' },
    commits: async () => ['e'.repeat(40), 'c'.repeat(40)],
    uploader,
    now: () => new Date('2026-11-21T10:00:00Z'),
    ...fields,
  });
const sizesOf = async () => (await open().recall()).remembered.map(({ size }) => size);
const hold = (...artifacts: readonly Partial<Artifact>[]) => {
  server.artifacts.push(
    ...artifacts.map((artifact, at) => ({ id: at + 1, text: memoryAt(11), ...artifact })),
  );
};

it('three of the newest are recalled, so that a newer one that says less pushes none out', async () => {
  hold({ text: memoryAt(2) }, { text: memoryAt(11) }, { text: memoryAt(3) }, { text: memoryAt(2) });
  expect(await sizesOf()).toEqual([2, 3, 11]);
});

it.each<[string, Partial<Artifact>]>([
  ['of a pull request', { run: { head_branch: 'feature' } }],
  ['of a fork that calls its branch main', { run: { head_repository_id: 8 } }],
  ['of a tag with the name of the branch', { run: { head_sha: 'f'.repeat(40) } }],
  ['of a run that nobody knows', { run: null }],
  ['that has expired', { expired: true }],
  ['that is no memory by its size', { size: 100_000 }],
  ['of another repository', { text: memoryAt(11, { repositoryId: 8 }) }],
])('an artifact %s is not listened to', async (_, artifact) => {
  hold(artifact);
  expect(await sizesOf()).toEqual([]);
});

it.each<[string, Partial<Artifact>]>([
  ['nothing that reads', { text: 'x' }],
  ['a root that is none of its frontier', { text: memoryAt(11).replace('"size":11', '"size":10') }],
  ['another file', { files: { 'other.json': '{}' } }],
  ['two files', { files: { 'ledger-memory.json': memoryAt(11), 'x.json': '{}' } }],
])('an artifact of the default branch with %s is not taken for none', async (_, artifact) => {
  hold(artifact);
  await expect(open().recall()).rejects.toMatchObject({ kind: 'input' });
});

it('a job that may not list artifacts is told what it lacks; GitHub down is no answer', async () => {
  server.fail.set('GET /repos/acme/flights/actions/artifacts', 403);
  const { remembered, notes } = await open().recall();
  expect([remembered, notes[0]?.code, notes[0]?.severity]).toEqual([[], 'ledger/memory-unread', 'warn']);
  server.fail.set('GET /repos/acme/flights/actions/artifacts', 500);
  await expect(open().recall()).rejects.toMatchObject({ kind: 'service' });
});

it('keeps a head that grew, on the default branch alone, and again after a month', async () => {
  hold({ text: memoryAt(9) });
  const keep = async (size: number, fields: Partial<MemoryPlace> = {}) => {
    const memory = open(fields);
    await memory.recall();
    return memory.keep(headAt(size));
  };
  expect(await keep(9)).toBeNull();
  expect(await keep(11, { ref: 'refs/heads/feature' })).toBeNull();
  expect(await keep(11, { ref: 'refs/tags/main' })).toBeNull();
  expect(await keep(11, { ref: 'refs/pull/3/merge' })).toBeNull();
  expect(await keep(11, { uploader: null })).toBeNull();
  expect(uploads).toEqual([]);
  await keep(11);
  await keep(9, { now: () => new Date('2026-12-21T10:00:00Z') });
  expect(uploads.map(({ name, text }) => [name, parseRemembered(text, 'm').size])).toEqual([
    [memoryName, 11],
    [memoryName, 9],
  ]);
});

it('a memory that could not be left is a note: the proof stands without it', async () => {
  const upload = async () => {
    throw new ServiceError('ARTIFACT_UPLOAD', 'the name is taken', { hint: 'x' });
  };
  const note = await open({ uploader: { ...uploader, upload } }).keep(headAt(11));
  expect(note).toMatchObject({ severity: 'note', code: 'ledger/artifact-upload' });
});
