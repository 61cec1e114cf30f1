import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FetchAnchors } from './anchors.ts';
import { Clone } from './clone.fixture.ts';
import { cardCommand } from './commands/card.ts';
import { exportCommand } from './commands/export.ts';
import { registryCommand } from './commands/registry.ts';
import { runProgram } from './program.ts';

const noAnchors: FetchAnchors = async () => [];
let clone: Clone;
let anchor = '';
const branch = 'refs/remotes/origin/gatehouse-ledger';

beforeAll(() => {
  clone = new Clone();
  anchor = clone.fetchLedger();
});
afterAll(() => clone.remove());

async function run(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const world = {
    cwd: clone.dir,
    env: {},
    print: (text: string) => out.push(text),
    complain: (text: string) => err.push(text),
    now: () => '2026-11-22T08:00:00.000Z',
  };
  const code = await runProgram(args, world, [
    registryCommand(noAnchors),
    cardCommand(noAnchors),
    exportCommand(noAnchors),
  ]);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const registry = (...args: readonly string[]) => run('registry', ...args);

async function json(...args: readonly string[]) {
  const { code, out, err } = await run(...args, '--json');
  expect({ args, code, err }).toEqual({ args, code: 0, err: '' });
  return JSON.parse(out);
}

test('every question is answered from the clone, and says that nothing was proven', async () => {
  const list = await registry('list');
  expect(list.out).toContain('2 models, 3 versions, 1 endpoint served');
  expect(list.out).toMatch(/flight-delay +v2 +eu v1 +1 production, 1 archived/);
  const show = await registry('show', 'flight-delay');
  for (const text of [
    'flight-delay v1 is in production',
    /eu +v1 +2026-11-21 10:06 UTC +#6 +omar \(owner\)/,
    'flights, 500,000 rows, pass, from vega-datasets',
    /auc +0\.65 +0\.648 to 0\.652 +judged/,
    /approved by +rita \(reviewer\), rosa \(reviewer\)/,
    'Domestic flights only.',
  ])
    expect(show.out).toMatch(text);
  expect((await registry('history', 'flight-delay')).out).toMatch(/rolled back to v1 at eu +replaces v2/);
  expect((await registry('who', 'eu')).out).toMatch(/eu +flight-delay +v1 \(rolled back\)/);
  const diff = await registry('diff', 'flight-delay', 'v1', '2');
  expect(diff.out).toMatch(/made from +model file +ddb\w{9}, [\d,]+ bytes +fa1\w{9}, /);
  expect(diff.out).not.toMatch(/registeredAt|sha256/);
  expect((await registry('diff', 'flight-delay', 'v1', '2', '--all')).out).toMatch(
    /artifact +digest +sha256:ddb\w+ +sha256:fa1/,
  );
  for (const { out, err } of [list, show]) {
    expect(out).toContain('Not proven: 11 entries as they lie there, no anchor looked at.');
    expect(out).toContain(`Read from ${branch} at ${clone.git('rev-parse', branch).trim()}.`);
    expect(err).toBe('');
  }
});

test('the answers as JSON', async () => {
  const ledger = { ref: branch, size: 11, proof: 'none', proven: null };
  expect(await json('registry', 'list')).toMatchObject({
    ledger,
    models: [
      { model: 'churn', newest: 1, serving: [] },
      {
        model: 'flight-delay',
        newest: 2,
        stages: { production: 1 },
        serving: [{ endpoint: 'eu', version: 1 }],
      },
    ],
  });
  expect(await json('registry', 'show', 'flight-delay@v2')).toMatchObject({
    ledger,
    version: 2,
    stage: 'archived',
  });
  expect(await json('registry', 'who', 'eu/flight-delay')).toMatchObject({
    endpoint: 'eu',
    version: 1,
    asOf: null,
  });
  expect((await json('registry', 'history', 'churn')).events).toHaveLength(2);
  const diff = await json('registry', 'diff', 'flight-delay', '1', '2', '--all');
  expect(diff).toMatchObject({ versions: [1, 2] });
  expect(diff.facts.some(({ differs }: { differs: boolean }) => !differs)).toBe(true);
});

test('as of a date: what served, and everything about one model as it was then', async () => {
  expect((await json('registry', 'at', '2026-11-21T10:05:30Z')).served).toMatchObject([
    { endpoint: 'eu', model: 'flight-delay', version: 2, until: '2026-11-21T10:06:00Z' },
  ]);
  expect(await json('registry', 'at', '2026-11-20')).toMatchObject({
    asOf: '2026-11-20T23:59:59.999Z',
    served: [],
  });
  const then = await json('registry', 'at', '2026-11-21T10:02:30Z', 'flight-delay');
  expect(then).toMatchObject({
    version: 1,
    stages: [{ version: 1, stage: 'production' }],
    lastEvent: { seq: 2 },
  });
  const now = await json('registry', 'show', 'flight-delay');
  expect(await json('registry', 'at', '2026-11-21', 'flight-delay')).toEqual({
    ...now,
    asOf: '2026-11-21T23:59:59.999Z',
  });
  expect((await registry('at', '2026-11-20', 'churn')).err).toContain('LEDGER_NO_VERSION_THEN');
});

test('the card is what lies there, or that of any version from the entries', async () => {
  const { out, err } = await run('card', 'flight-delay');
  expect(`${out}\n`).toBe(clone.git('show', `${branch}:models/flight-delay/MODEL_CARD.md`));
  expect(err).toContain('Not proven');
  expect((await run('card', 'flight-delay@v2')).out).toContain(
    '**Stage:** archived since 2026-11-21 10:06 UTC',
  );
});

test('export writes events and versions, as CSV and as JSON Lines', async () => {
  const csv = (await run('export')).out.split('\n');
  expect(csv).toHaveLength(12);
  expect(csv[0]).toMatch(/^model,seq,entry,at,what,/);
  const lines = (await run('export', '--format', 'jsonl', '--model', 'churn')).out.split('\n');
  expect(lines.map((line) => JSON.parse(line).data.type)).toEqual(['VersionRegistered', 'VersionStaged']);
  expect((await run('export', '--what', 'versions')).out.split('\n')).toHaveLength(4);
});

test('wrong input exits with 2 and says how to mend it', async () => {
  const cases: readonly (readonly [readonly string[], RegExp])[] = [
    [['registry', 'show', 'flight-delai'], /LEDGER_UNKNOWN_MODEL[\s\S]*Did you mean flight-delay\?/],
    [['registry', 'show', '../../etc'], /LEDGER_UNKNOWN_MODEL/],
    [['registry', 'show', 'churn@v9'], /LEDGER_UNKNOWN_VERSION[\s\S]*v1/],
    [['registry', 'show', 'churn@x'], /LEDGER_UNKNOWN_VERSION[\s\S]*v7/],
    [['registry', 'who', 'us'], /LEDGER_UNKNOWN_ENDPOINT[\s\S]*Known: eu/],
    [['registry', 'who', 'eu/churn'], /LEDGER_UNKNOWN_ENDPOINT/],
    [['registry', 'at', '2026-02-30'], /DATE_INVALID/],
    [['registry', 'list', '--ledger', 'nope'], /LEDGER_NOT_FOUND/],
    [['export', '--format', 'xml'], /FORMAT_UNKNOWN/],
    [['export', '--what', 'all'], /EXPORT_WHAT/],
    [['export', '--model', 'nope'], /LEDGER_UNKNOWN_MODEL/],
  ];
  for (const [args, message] of cases) {
    const { code, out, err } = await run(...args);
    expect([args, code, out]).toEqual([args, 2, '']);
    expect(err).toMatch(message);
  }
});

test('what went past the gate is listed, open ones alone unless all are asked for', async () => {
  expect((await registry('incidents')).out).toContain('No open incident, 0 closed, 0 corrections');
  const other = new Clone();
  const dir = clone.dir;
  try {
    const [merge, base] = ['a'.repeat(40), 'b'.repeat(40)];
    const open = {
      kind: 'open-incident',
      reason: 'waiting',
      model: 'churn',
      baseRef: 'main',
      base,
      codes: [],
    } as const;
    other.fetchLedger((story) => {
      story.note(open, { pullRequest: 9, mergeSha: merge });
      story.note({ ...open, reason: 'refused' }, { pullRequest: 8, mergeSha: base });
      story.note({ kind: 'close-incident', incident: 1, because: 'taken back' });
    });
    Object.assign(clone, { dir: other.dir });
    const { out } = await registry('incidents');
    expect(out).toContain('1 open incident, 1 closed');
    expect(out).toMatch(
      /0 +2026-11-21 10:07 UTC +merged before it was approved.* churn +#9 +ada +aaaaaaaaaaaa/,
    );
    expect(out).not.toContain('#8');
    expect((await registry('incidents', '--all')).out).toMatch(
      /#8 .*closed on [^\n]+\n.*it no longer stands/,
    );
    expect((await json('registry', 'incidents')).incidents).toMatchObject([{ number: 0, closed: null }]);
    expect((await registry('list')).out).toContain('2 models, 3 versions');
  } finally {
    Object.assign(clone, { dir });
    other.remove();
  }
});

describe('trust', () => {
  const onLedger = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.test', ...args], {
      cwd: clone.dir,
      encoding: 'utf8',
    }).trim();

  /** A commit after `parent` in which one file says something else. */
  function editLedger(path: string, edit: (text: string) => string, parent: string | null = branch): string {
    const env = { ...process.env, GIT_INDEX_FILE: join(clone.dir, '.git', 'draft-index') };
    const git = (...args: readonly string[]) =>
      execFileSync('git', args, { cwd: clone.dir, env, encoding: 'utf8' }).trim();
    git('read-tree', branch);
    const file = join(clone.dir, '.git', 'draft');
    writeFileSync(file, edit(`${clone.git('show', `${branch}:${path}`)}`));
    git('update-index', '--cacheinfo', `100644,${git('hash-object', '-w', file)},${path}`);
    const tree = git('write-tree');
    return onLedger('commit-tree', '-m', 'edit', ...(parent === null ? [] : ['-p', parent]), tree);
  }

  test('what was proven is remembered; what grew since is told apart; a rewritten history is refused', async () => {
    const wrong = await registry('list', '--anchor', `11:sha256:${'0'.repeat(64)}`);
    expect(wrong).toMatchObject({ code: 1, out: '' });
    expect((await registry('list', '--prove', '--anchor', anchor)).out).toContain(
      'Proven by gatehouse verify on 2026-11-22 08:00 UTC: 11 entries of 11 anchored.',
    );
    const proven = (await json('registry', 'show', 'churn')).ledger;
    expect(proven).toMatchObject({ proof: 'proven', proven: { size: 11, anchored: 11 } });
    const commit = clone.git('rev-parse', branch).trim();
    try {
      clone.git(
        'update-ref',
        branch,
        editLedger('README.md', (text) => `${text}x`),
      );
      expect((await registry('list')).out).toContain(
        'Not proven: 11 entries were on 2026-11-22 08:00 UTC, 11 anchored; 0 entries since then, and every file',
      );
      clone.git(
        'update-ref',
        branch,
        editLedger('README.md', (text) => text, null),
      );
      const rewritten = await registry('list');
      expect(rewritten).toMatchObject({ code: 1, out: '' });
      expect(rewritten.err).toContain('LEDGER_REWRITTEN');
    } finally {
      clone.git('update-ref', branch, commit);
    }
  });

  test.each([
    ['endpoints/eu/flight-delay.yml', 'champion: 1', 'champion: 2', ['show', 'flight-delay']],
    ['models/flight-delay/state.yml', "'1': production", "'1': sold", ['list']],
    ['models/flight-delay/state.yml', 'seq: 8', 'seq: 7', ['history', 'flight-delay']],
    ['audit/flight-delay/000/000003.json', '"login":"ada"', '"login":"eve"', ['history', 'flight-delay']],
    ['audit/HEAD.json', '"size":11', '"size":011', ['list']],
  ])('%s with %s as %s gives no answer', async (path, from, to, args) => {
    const forged = editLedger(path, (text) => {
      expect(text).toContain(from);
      return text.replace(from, to);
    });
    const { code, out, err } = await registry(...args, '--ledger', forged);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/LEDGER_(?:FILE_INVALID|UNVERIFIED|ENTRY_INVALID)/);
    expect(err).toContain('fix: ');
  });
});
