import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { digestBytes } from '../../core/json/canonical.ts';
import { baseFiles, policyText } from '../../test/memory/flights.ts';
import { servePlace } from '../store/server.fixture.ts';
import { commitOf, type SmallGitHub, startSmallGitHub } from './github.fixture.ts';
import { openGovernedStore } from './governed-store.ts';
import { openReader } from './job.ts';

let github: SmallGitHub;
let commits: { baseRef: string; base: string; head: string };
beforeEach(async () => {
  github = await startSmallGitHub();
  mkdirSync(join(github.folder, 'governed'));
  const base = { ...baseFiles({ labelsSha256: 'a'.repeat(64) }) };
  const main = { ...base, '.github/gatehouse.yml': policyText(`file://${github.folder}/governed`) };
  const evil = { ...base, '.github/gatehouse.yml': policyText(`file://${github.folder}/evil`) };
  github.held.branches = { main, topic: evil };
  // The base that the event names is old; the tip of the branch governs.
  commits = { baseRef: 'main', base: 'd'.repeat(40), head: commitOf(evil) };
});
afterEach(() => github.close());

const store = () => openGovernedStore(openReader().reader);
const bytes = Buffer.from('a model');
const digest = digestBytes(bytes);

test('nothing is read or written before the policy is known', async () => {
  for (const use of [
    () => store().get(digest),
    () => store().putBytes(bytes),
    () => store().sizeOf(digest),
    () => store().copyFromStore(digest, join(github.folder, 'x')),
  ]) {
    await expect(use()).rejects.toMatchObject({ code: 'STORE_UNKNOWN' });
  }
});

test('the store is the one that the tip of the base branch names, never the pull request’s', async () => {
  const opened = store();
  const proposal = await opened.proposal(commits);
  expect(proposal.policy.store).toBe(`file://${github.folder}/governed`);
  expect(await opened.putBytes(bytes)).toBe(digest);
  const file = join(github.folder, 'governed/sha256', digest.slice(7, 9), digest.slice(9));
  expect(readFileSync(file, 'utf8')).toBe('a model');
  expect(Buffer.from(await opened.get(digest)).toString()).toBe('a model');
  expect(await opened.sizeOf(digest)).toBe(bytes.length);
  await opened.copyFromStore(digest, join(github.folder, 'copy'));
  expect(readFileSync(join(github.folder, 'copy'), 'utf8')).toBe('a model');
});

test('what the store does not have has no size; what it has wrongly is an error', async () => {
  const opened = store();
  await opened.proposal(commits);
  expect(await opened.sizeOf(digest)).toBe(null);
  await expect(opened.get(digest)).rejects.toMatchObject({ code: 'STORE_ABSENT' });
  const folder = join(github.folder, 'governed/sha256', digest.slice(7, 9));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, digest.slice(9)), 'another model');
  await expect(opened.sizeOf(digest)).rejects.toMatchObject({ kind: expect.any(String) });
  await expect(opened.get(digest)).rejects.toThrow();
});

test('a base without a policy, or that the policy does not name, opens no store', async () => {
  const { main = {}, topic = {} } = github.held.branches;
  const { '.github/gatehouse.yml': _, ...bare } = main;
  github.held.branches = { main: bare, topic };
  await expect(store().proposal(commits)).rejects.toMatchObject({ code: 'POLICY_MISSING' });
  github.held.branches = { main, topic };
  await expect(store().proposal({ ...commits, baseRef: 'topic' })).rejects.toMatchObject({
    code: 'BASE_NOT_GOVERNED',
  });
});

test('a bucket is opened with the keys of the step, and without them refuses to be', async () => {
  const bucket = await servePlace({ id: 'AKIDTEST', secret: 'planted-secret', region: 'eu-central-1' });
  try {
    const files = { ...github.held.branches.main };
    files['.github/gatehouse.yml'] = policyText(`s3+${bucket.origin}/models/kept`);
    github.held.branches.main = files;
    vi.stubEnv('AWS_REGION', 'eu-central-1');
    vi.stubEnv('GATEHOUSE_STORE_ACCESS_KEY_ID', 'AKIDTEST');
    vi.stubEnv('GATEHOUSE_STORE_SECRET_ACCESS_KEY', 'planted-secret');
    const opened = store();
    await opened.proposal(commits);
    expect(await opened.putBytes(bytes)).toBe(digest);
    expect([...bucket.kept.values()].map(String)).toEqual(['a model']);
    vi.stubEnv('GATEHOUSE_STORE_ACCESS_KEY_ID', '');
    vi.stubEnv('GATEHOUSE_STORE_SECRET_ACCESS_KEY', '');
    const keyless = store();
    await keyless.proposal(commits);
    await expect(keyless.get(digest)).rejects.toMatchObject({
      kind: 'service',
      message: expect.stringMatching(/HTTP 403.*without credentials/),
    });
  } finally {
    bucket.close();
  }
});
