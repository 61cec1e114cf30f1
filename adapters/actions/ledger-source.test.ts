import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { tellStory } from '../../core/audit/ledger.fixture.ts';
import { ledgerRenderersFor } from '../../core/report/ledger-renderers.ts';
import { policyText } from '../../test/memory/flights.ts';
import { appId, type SmallGitHub, startSmallGitHub } from './github.fixture.ts';
import { openLedgerSource } from './ledger-access.ts';
import { readProvenLedger } from './ledger-source.ts';

const story = tellStory('own', ledgerRenderersFor('own'));
const ledger = Object.fromEntries(story.files);
const main = { '.github/gatehouse.yml': policyText(), 'README.md': '# Ours\n' };
const anchor = `anchor:${story.anchor.size}:${story.anchor.root}`;

let github: SmallGitHub;
beforeEach(async () => {
  github = await startSmallGitHub('push');
  github.held.branches = { main, 'gatehouse-ledger': ledger };
  github.held.anchors = [anchor];
  vi.stubEnv('INPUT_APP-ID', String(appId));
});
afterEach(() => github.close());

test('reads the branch that the policy names, and proves it by the anchor of the app', async () => {
  const { files, layout } = await openLedgerSource().readLedger();
  expect([files.size, layout]).toEqual([story.files.size, 'own']);
  const { verdict, entries } = await readProvenLedger(openLedgerSource(), 'refuse');
  expect([verdict, entries]).toEqual(['pass', 11]);
});

test('on the default branch only the ledger’s own files are taken', async () => {
  const shared = tellStory('shared', ledgerRenderersFor('shared'));
  const policy = `${policyText()}ledger: { branch: main }\n`;
  github.held.branches = {
    main: { ...Object.fromEntries(shared.files), ...main, '.github/gatehouse.yml': policy },
  };
  const { files, layout } = await openLedgerSource().readLedger();
  expect([files.has('README.md'), files.size, layout]).toEqual([false, shared.files.size, 'shared']);
});

test('without an anchor, or with another app’s, nothing is proven', async () => {
  github.held.anchors = [];
  expect(await readProvenLedger(openLedgerSource(), 'refuse')).toMatchObject({ verdict: 'fail' });
  github.held.anchors = [anchor];
  vi.stubEnv('INPUT_APP-ID', '6');
  expect(await readProvenLedger(openLedgerSource(), 'refuse')).toMatchObject({ verdict: 'fail' });
});

test('an edited file is not proven', async () => {
  github.held.branches['gatehouse-ledger'] = { ...ledger, 'README.md': '# Everything is fine\n' };
  expect(await readProvenLedger(openLedgerSource(), 'refuse')).toMatchObject({ verdict: 'fail' });
});

test('no ledger yet, and no policy, are told apart', async () => {
  github.held.branches = { main };
  await expect(openLedgerSource().readLedger()).rejects.toMatchObject({ code: 'LEDGER_NOT_FOUND' });
  github.held.branches = { main: { 'README.md': 'x' } };
  await expect(openLedgerSource().readLedger()).rejects.toMatchObject({ code: 'POLICY_MISSING' });
});

test.each([
  ['', 'APP_ID_MISSING'],
  ['0', 'INPUT_INVALID'],
  ['gatehouse', 'INPUT_INVALID'],
  ['5; 6', 'INPUT_INVALID'],
])('the app id "%s" is refused before anything is read', (id, code) => {
  vi.stubEnv('INPUT_APP-ID', id);
  expect(() => openLedgerSource()).toThrow(expect.objectContaining({ code }));
  expect(github.asked).toEqual([]);
});

test('a job without a token is refused', () => {
  vi.stubEnv('INPUT_TOKEN', '');
  expect(() => openLedgerSource()).toThrow(expect.objectContaining({ code: 'INPUT_MISSING' }));
});
