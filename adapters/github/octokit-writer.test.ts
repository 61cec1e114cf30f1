import { Octokit } from '@octokit/rest';
import { describe, expect, it } from 'vitest';
import { digestBytes } from '../../core/json/canonical.ts';
import { writeMarker, writeState } from '../../core/report/marker.ts';
import { createWriter } from './octokit-writer.ts';
import type { CheckAnnotation } from './writer.ts';

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A GitHub with these comments and check runs; every write is kept. */
function writerOver(state: {
  comments?: unknown[];
  checks?: unknown[];
  annotations?: unknown[];
  graphql?: unknown;
  refStatus?: number;
  pulls?: unknown[];
  /** Carries a write out whose answer is then lost. */
  lose?: (sent: Sent) => void;
}) {
  const writes: Sent[] = [];
  const fetch = async (input: string, init: { method?: string; body?: string }): Promise<Response> => {
    const { pathname } = new URL(input);
    const method = init.method ?? 'GET';
    const json = (body: unknown, status = 200) =>
      new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });
    if (method !== 'GET') {
      const sent = { method, path: pathname, body: JSON.parse(init.body ?? '{}') };
      writes.push(sent);
      state.lose?.(sent);
      if (state.lose !== undefined) return json({ message: 'Server Error' }, 502);
    }
    if (method === 'GET' && pathname.endsWith('/pulls')) return json(state.pulls ?? []);
    if (method === 'GET' && pathname.includes('/git/ref/')) return json({ object: { sha: head } });
    if (pathname === '/graphql') return json(state.graphql);
    if (method === 'GET' && pathname.includes('/git/commits/'))
      return json({ tree: { sha: 'b'.repeat(40) } });
    if (pathname.endsWith('/git/refs')) return json({ object: { sha: 'a' } }, state.refStatus ?? 201);
    if (method === 'GET' && pathname.endsWith('/comments')) return json(state.comments ?? []);
    if (method === 'GET' && pathname.endsWith('/annotations')) return json(state.annotations ?? []);
    if (method === 'GET' && pathname.endsWith('/check-runs'))
      return json({ total_count: state.checks?.length ?? 0, check_runs: state.checks ?? [] });
    return json({ id: 1, sha: 'f'.repeat(40), number: 9 }, method === 'POST' ? 201 : 200);
  };
  const client = new Octokit({
    request: { fetch },
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  const identity = { appId: 5, botId: 55, botLogin: 'gatehouse[bot]' };
  return { writer: createWriter(client, { owner: 'acme', repo: 'flights' }, identity), writes };
}

const head = 'a'.repeat(40);
const body = (text: string, run = 1, attempt = 1, model = 'churn') =>
  [
    writeMarker({ kind: 'proposal', model }),
    text,
    writeState({ v: 1, head, run, attempt, body: digestBytes(text) }),
  ].join('\n');
const comment = (id: number, text: string, author = 55) => ({ id, body: text, user: { id: author } });

describe('upsertComment', () => {
  it('posts when there is none of ours, whatever others pasted', async () => {
    const { writer, writes } = writerOver({ comments: [comment(1, body('old'), 99)] });
    expect(await writer.upsertComment(3, body('new'))).toBe('created');
    expect(writes.map(({ method }) => method)).toEqual(['POST']);
  });

  it('writes nothing when it says the same', async () => {
    const { writer, writes } = writerOver({ comments: [comment(1, `${body('same')}\n`)] });
    expect(await writer.upsertComment(3, body('same'))).toBe('unchanged');
    expect(writes).toEqual([]);
  });

  it('edits its own, and never that of another model whose name begins alike', async () => {
    const { writer, writes } = writerOver({
      comments: [comment(1, body('prod', 1, 1, 'churn-2')), comment(2, body('old'))],
    });
    expect(await writer.upsertComment(3, body('new'))).toBe('updated');
    expect(writes).toMatchObject([{ method: 'PATCH', path: '/repos/acme/flights/issues/comments/2' }]);
  });

  it('keeps the oldest of two and removes the double', async () => {
    const { writer, writes } = writerOver({ comments: [comment(7, body('b')), comment(2, body('a'))] });
    await writer.upsertComment(3, body('new'));
    expect(writes.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toEqual([
      'DELETE 7',
      'PATCH 2',
    ]);
  });

  it('does not let an earlier attempt overwrite a later one', async () => {
    const { writer, writes } = writerOver({ comments: [comment(1, body('second try', 8, 2))] });
    expect(await writer.upsertComment(3, body('first try', 8, 1))).toBe('newer kept');
    expect(writes).toEqual([]);
  });

  it('refuses text without a marker: it could never be found again', async () => {
    await expect(writerOver({}).writer.upsertComment(3, 'hello')).rejects.toMatchObject({
      code: 'COMMENT_WITHOUT_MARKER',
    });
  });
});

const output = { title: 't', summary: 's', text: '', annotations: [] };
const run = (id: number, external: string, status: string, conclusion: string | null, app = 5) => ({
  ...{ id, name: 'gatehouse', app: { id: app }, head_sha: head, status, conclusion, external_id: external },
  ...{ started_at: null, completed_at: null },
  output: { title: 't', summary: 's', text: '', annotations_count: 0 },
});
const wanted = { name: 'gatehouse', headSha: head, externalId: 'x', conclusion: 'success', output } as const;

describe('upsertCheck', () => {
  it('creates, updates in place, and writes nothing when all is said', async () => {
    const fresh = writerOver({});
    expect(await fresh.writer.upsertCheck(wanted)).toBe('created');
    const open = writerOver({ checks: [run(1, 'x', 'in_progress', null)] });
    expect(await open.writer.upsertCheck(wanted)).toBe('updated');
    expect(open.writes).toMatchObject([
      { method: 'PATCH', body: { status: 'completed', conclusion: 'success' } },
    ]);
    const done = writerOver({ checks: [run(1, 'x', 'completed', 'success')] });
    expect(await done.writer.upsertCheck(wanted)).toBe('unchanged');
    expect(done.writes).toEqual([]);
  });

  it('never touches a check of another app, an anchor or a final mark', async () => {
    for (const other of [
      run(1, 'x', 'completed', 'success', 9),
      run(1, 'anchor:2:y', 'completed', 'neutral'),
      run(1, 'not-promoted:3', 'completed', 'failure'),
    ]) {
      const { writer, writes } = writerOver({ checks: [other] });
      expect(await writer.upsertCheck(wanted)).toBe('created');
      expect(writes.map(({ method }) => method)).toEqual(['POST']);
    }
  });

  it('puts a new one over a later anchor, which would stand for the decision otherwise', async () => {
    const { writer } = writerOver({
      checks: [run(1, 'x', 'completed', 'success'), run(2, 'anchor:2:y', 'completed', 'neutral')],
    });
    expect(await writer.upsertCheck(wanted)).toBe('created');
  });

  it('opens a new one instead of reopening a completed one', async () => {
    const { writer, writes } = writerOver({ checks: [run(1, 'x', 'completed', 'success')] });
    const { conclusion: _, ...rest } = wanted;
    expect(await writer.upsertCheck({ ...rest, status: 'in_progress' })).toBe('created');
    expect(writes.map(({ method }) => method)).toEqual(['POST']);
  });

  it('ends the older of two that two processes opened at once, and goes on with the newest', async () => {
    const open = (id: number) => run(id, 'x', 'in_progress', null);
    const doubled = writerOver({ checks: [open(3), run(4, 'anchor:4:r', 'completed', 'neutral'), open(5)] });
    const waiting = {
      name: 'gatehouse',
      headSha: head,
      externalId: 'x',
      status: 'in_progress',
      output,
    } as const;
    expect(await doubled.writer.upsertCheck(waiting)).toBe('unchanged');
    const ended = { path: '/repos/acme/flights/check-runs/3', body: { conclusion: 'cancelled' } };
    expect(doubled.writes).toMatchObject([ended]);
    expect(await doubled.writer.upsertCheck(wanted)).toBe('updated');
    expect(doubled.writes.at(-1)?.path).toBe('/repos/acme/flights/check-runs/5');
    expect(doubled.writes.at(-1)?.body).toMatchObject({ conclusion: 'success' });
  });

  it('leaves no third where two processes left the same anchor, mark or evidence', async () => {
    for (const id of ['anchor:4:r', 'not-promoted:9', 'x']) {
      const both = [1, 2].map((each) => run(each, id, 'completed', 'neutral'));
      const { writer, writes } = writerOver({ checks: both });
      expect(await writer.createFixedCheck({ ...wanted, externalId: id })).toBe('unchanged');
      expect(writes).toEqual([]);
    }
  });

  describe('with annotations, which GitHub only ever adds', () => {
    const annotation = (line: number): CheckAnnotation => ({
      ...{ path: 'a.yml', startLine: line, endLine: line, level: 'failure', title: 'T', message: 'M' },
    });
    const shown = (line: number) => ({
      ...{ path: 'a.yml', start_line: line, end_line: line, annotation_level: 'failure' },
      ...{ title: 'T', message: 'M' },
    });
    const lines = (count: number) => Array.from({ length: count }, (_, index) => annotation(index + 1));
    const asking = (count: number) => ({ ...wanted, output: { ...output, annotations: lines(count) } });
    const showing = (count: number, status = 'in_progress') => ({
      ...run(1, 'x', status, status === 'completed' ? 'success' : null),
      output: { title: 't', summary: 's', text: '', annotations_count: count },
    });
    const sent = (writes: readonly Sent[]) =>
      writes.map(({ method, body }) => {
        const { annotations } = (body.output ?? {}) as { readonly annotations?: readonly unknown[] };
        return `${method} ${annotations?.length ?? '-'}`;
      });

    it('sends fifty a request and at most two hundred', async () => {
      const { writer, writes } = writerOver({});
      await writer.upsertCheck(asking(270));
      expect(sent(writes)).toEqual(['POST 50', 'PATCH 50', 'PATCH 50', 'PATCH 50']);
    });

    it('sends none twice', async () => {
      const annotations = [shown(1), shown(2)];
      const more = writerOver({ checks: [showing(2)], annotations });
      await more.writer.upsertCheck(asking(3));
      expect(sent(more.writes)).toEqual(['PATCH 1']);
      const same = writerOver({ checks: [showing(2, 'completed')], annotations });
      expect(await same.writer.upsertCheck(asking(2))).toBe('unchanged');
      expect(same.writes).toEqual([]);
    });

    it('ends a check that shows what is mended, and opens a new one', async () => {
      const { writer, writes } = writerOver({ checks: [showing(2)], annotations: [shown(1), shown(9)] });
      await writer.upsertCheck(asking(1));
      expect(sent(writes)).toEqual(['PATCH -', 'POST 1']);
      expect(writes[0]?.body).toEqual({ status: 'completed', conclusion: 'cancelled' });
    });
  });

  it('leaves evidence once for each subject', async () => {
    const { writer, writes } = writerOver({ checks: [run(1, 'x', 'completed', 'neutral')] });
    expect(await writer.createFixedCheck({ ...wanted, conclusion: 'neutral' })).toBe('unchanged');
    expect(await writer.createFixedCheck({ ...wanted, externalId: 'y', conclusion: 'neutral' })).toBe(
      'created',
    );
    expect(writes).toHaveLength(1);
  });
});

describe('showProgress', () => {
  const progress = { name: 'gatehouse', headSha: head, title: 'epoch 6', parts: ['**6**'] };
  const shown = '<!-- gatehouse:progress -->\n**6**\n<!-- /gatehouse:progress -->\n\ns';
  const above = (own: ReturnType<typeof run>) => ({
    ...own,
    output: { title: 'epoch 6', summary: shown, text: '', annotations_count: 0 },
  });

  it('sends words alone, so that nothing can be concluded, and none that stand there', async () => {
    const open = writerOver({ checks: [run(1, 'x', 'in_progress', null)] });
    expect(await open.writer.showProgress(progress)).toBe('updated');
    expect(open.writes.map(({ body }) => body)).toEqual([
      { output: { title: 'epoch 6', summary: shown, text: '' } },
    ]);
    const same = writerOver({ checks: [above(run(1, 'x', 'in_progress', null))] });
    expect(await same.writer.showProgress(progress)).toBe('unchanged');
    expect(same.writes).toEqual([]);
  });

  it('takes away what stands there, and nothing else', async () => {
    const nothing = { ...progress, parts: [] };
    const open = writerOver({ checks: [above(run(1, 'x', 'in_progress', null))] });
    expect(await open.writer.showProgress(nothing)).toBe('updated');
    expect(open.writes).toMatchObject([{ body: { output: { summary: 's' } } }]);
    const bare = writerOver({ checks: [run(1, 'x', 'in_progress', null)] });
    expect(await bare.writer.showProgress(nothing)).toBe('unchanged');
  });

  it('leaves every other check as it is', async () => {
    for (const checks of [
      [],
      [run(1, 'x', 'completed', 'success')],
      [run(1, 'x', 'in_progress', null, 9)],
      [run(1, 'anchor:2:y', 'in_progress', null)],
    ]) {
      const { writer, writes } = writerOver({ checks });
      expect(await writer.showProgress(progress)).toBe('kept');
      expect(writes).toEqual([]);
    }
  });

  it('stays while a run may bring the result, unless the decision says something else', async () => {
    const check = {
      name: 'gatehouse',
      headSha: head,
      externalId: 'x',
      status: 'in_progress',
      output,
    } as const;
    const over = (decided: Parameters<ReturnType<typeof writerOver>['writer']['upsertCheck']>[0]) =>
      writerOver({ checks: [above(run(1, 'x', 'in_progress', null))] }).writer.upsertCheck(decided);
    expect(await over({ ...check, keepsProgress: true })).toBe('unchanged');
    expect(await over(check)).toBe('updated');
    expect(await over({ ...check, keepsProgress: true, output: { ...output, summary: 'new' } })).toBe(
      'updated',
    );
    expect(await over(wanted)).toBe('updated');
  });
});

describe('commitOnBranch', () => {
  const commit = {
    branch: 'l',
    expectedHead: head,
    headline: 'h',
    body: 'b',
    files: [
      { path: 'ä.txt', content: 'ö' },
      { path: 'gone', content: null },
    ],
  };

  it('sends whole files, deletions and the head that it expects', async () => {
    const { writer, writes } = writerOver({
      graphql: { data: { createCommitOnBranch: { commit: { oid: 'b'.repeat(40) } } } },
    });
    expect(await writer.commitOnBranch(commit)).toBe('b'.repeat(40));
    expect(writes[0]?.body.variables).toMatchObject({
      input: {
        expectedHeadOid: head,
        fileChanges: {
          additions: [{ path: 'ä.txt', contents: Buffer.from('ö').toString('base64') }],
          deletions: [{ path: 'gone' }],
        },
      },
    });
  });

  it('tells a stale head, which comes inside HTTP 200, from other errors', async () => {
    const stale = {
      data: null,
      errors: [{ type: 'STALE_DATA', message: 'Expected branch to point to "a" but it did not.' }],
    };
    await expect(writerOver({ graphql: stale }).writer.commitOnBranch(commit)).rejects.toMatchObject({
      code: 'LEDGER_MOVED',
      kind: 'conflict',
    });
    const other = { data: null, errors: [{ type: 'FORBIDDEN', message: 'no' }] };
    await expect(writerOver({ graphql: other }).writer.commitOnBranch(commit)).rejects.toMatchObject({
      code: 'GITHUB_WRITE_FAILED',
    });
    await expect(writerOver({ graphql: { data: {} } }).writer.commitOnBranch(commit)).rejects.toMatchObject({
      code: 'GITHUB_WRITE_FAILED',
    });
  });

  it('starts a branch from nothing, and meets one that is there as a conflict', async () => {
    const { writer, writes } = writerOver({});
    const first = { ...commit, parent: null, files: [{ path: 'ä.txt', content: 'ö' }] };
    await writer.startBranch(first);
    expect(writes.find(({ path }) => path.endsWith('/git/commits'))?.body.parents).toEqual([]);
    expect(writes.find(({ path }) => path.endsWith('/git/trees'))?.body).not.toHaveProperty('base_tree');
    await expect(writerOver({ refStatus: 422 }).writer.startBranch(first)).rejects.toMatchObject({
      code: 'LEDGER_MOVED',
    });
  });

  it('starts a branch on top of a commit: the branch comes last, so nobody sees it without the files', async () => {
    const { writer, writes } = writerOver({});
    await writer.startBranch({ ...commit, parent: head, files: [{ path: 'ä.txt', content: 'ö' }] });
    expect(writes.map(({ path }) => path.split('/').at(-1))).toEqual(['trees', 'commits', 'refs']);
    expect(writes[0]?.body).toMatchObject({ base_tree: 'b'.repeat(40), tree: [{ path: 'ä.txt' }] });
    expect(writes[1]?.body.parents).toEqual([head]);
  });
});

describe('a write whose answer was lost', () => {
  const request = { head: 'wish', base: 'main', title: 't', body: 'b' };
  const state = () => {
    const there = { comments: [] as unknown[], checks: [] as unknown[], pulls: [] as unknown[] };
    const lose = ({ path, body: sent }: Sent) => {
      if (path.endsWith('/comments')) there.comments.push(comment(1, String(sent.body)));
      if (path.endsWith('/check-runs')) there.checks.push(run(1, 'x', 'completed', 'success'));
      if (path.endsWith('/pulls')) there.pulls.push({ number: 12 });
    };
    return { ...there, lose };
  };
  const kinds: readonly [string, (writer: ReturnType<typeof writerOver>['writer']) => Promise<unknown>][] = [
    ['comment', (writer) => writer.upsertComment(3, body('new'))],
    ['check', (writer) => writer.upsertCheck(wanted)],
    ['fixed check', (writer) => writer.createFixedCheck(wanted)],
    ['pull request', (writer) => writer.openPull(request)],
    ['branch', (writer) => writer.createBranch('wish', head)],
  ];

  it.each(kinds)('is found again: %s', async (_, write) => {
    const { writer, writes } = writerOver(state());
    await write(writer);
    expect(writes.map(({ method }) => method)).toEqual(['POST']);
  });

  it.each(kinds.slice(0, 4))('has failed where it is not found: %s', async (_, write) => {
    const { writer, writes } = writerOver({ lose: () => undefined });
    await expect(write(writer)).rejects.toMatchObject({ code: 'GITHUB_WRITE_FAILED' });
    expect(writes).toHaveLength(1);
  });
});
