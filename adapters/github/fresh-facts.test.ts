import { Octokit } from '@octokit/rest';
import { describe, expect, it } from 'vitest';
import { FreshFacts } from './fresh-facts.ts';
import { createWriter } from './octokit-writer.ts';
import type { CheckRunFacts } from './reader.ts';
import { ReaderMemory } from './reader-memory.ts';
import type { CompletedCheck } from './writer.ts';

const sha = 'a'.repeat(40);
const identity = { appId: 5, botId: 6, botLogin: 'gatehouse[bot]' };

const check = (externalId: string, name = 'gatehouse'): CompletedCheck => ({
  ...{ name, headSha: sha, externalId, conclusion: 'success' },
  output: { title: 'T', summary: 'S', text: '', annotations: [] },
});
const seen = (id: number, externalId: string): CheckRunFacts => ({
  ...{ id, name: 'gatehouse', headSha: sha, status: 'completed', conclusion: 'success', externalId },
  ...{ startedAt: null, completedAt: null, title: 'T', summary: 'S', text: '', annotations: 0 },
});

/** A writer that remembers what a look saw, over a GitHub that has nothing, and the calls it makes. */
function writerWith(look: (memory: ReaderMemory) => void, fails = false) {
  const calls: string[] = [];
  const fetch = async (input: string, { method = 'GET', body }: RequestInit): Promise<Response> => {
    const { pathname } = new URL(input);
    calls.push(`${method} ${pathname.split('/').slice(4).join('/')}`);
    const status = method !== 'GET' && fails ? 502 : 200;
    const run = {
      id: 7,
      name: 'gatehouse',
      head_sha: sha,
      status: 'completed',
      ...JSON.parse(String(body ?? '{}')),
    };
    const nothing = pathname.endsWith('/comments') ? [] : { total_count: 0, check_runs: [] };
    return new Response(JSON.stringify(method === 'GET' ? nothing : run), {
      status,
      headers: { 'content-type': 'application/json' },
    });
  };
  const silent = () => undefined;
  const client = new Octokit({
    request: { fetch },
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  const memory = new ReaderMemory();
  look(memory);
  return { writer: createWriter(client, { owner: 'acme', repo: 'flights' }, identity, memory), calls };
}

const reads = `GET commits/${sha}/check-runs`;

describe('a check that a look has just seen', () => {
  const withCheck = (memory: ReaderMemory) => memory.fresh.putChecks(sha, 'gatehouse', [seen(7, 'old')]);

  it('is written over without being read once more, and what was written is known', async () => {
    const { writer, calls } = writerWith(withCheck);
    expect(await writer.upsertCheck(check('new'))).toBe('updated');
    expect(await writer.upsertCheck(check('new'))).toBe('unchanged');
    expect(calls).toEqual(['PATCH check-runs/7']);
  });

  it('is left alone when it says the same', async () => {
    const { writer, calls } = writerWith(withCheck);
    expect(await writer.upsertCheck(check('old'))).toBe('unchanged');
    expect(calls).toEqual([]);
  });

  it('is read before another is made, for somebody else may have made it', async () => {
    const { writer, calls } = writerWith((memory) => memory.fresh.putChecks(sha, 'gatehouse', []));
    expect(await writer.upsertCheck(check('new'))).toBe('created');
    expect(calls).toEqual([reads, 'POST check-runs']);
  });

  it('is unknown after a write whose answer was lost', async () => {
    const { writer, calls } = writerWith(withCheck, true);
    await expect(writer.upsertCheck(check('new'))).rejects.toThrow();
    await expect(writer.upsertCheck(check('new'))).rejects.toThrow();
    expect(calls.slice(0, 3)).toEqual(['PATCH check-runs/7', reads, 'POST check-runs']);
  });
});

describe('a check that is left once', () => {
  const marked =
    (name: string, ...ids: string[]) =>
    (memory: ReaderMemory) =>
      memory.fresh.putMarks(
        `${sha} ${name}`,
        ids.map((id, at) => seen(at + 1, id)),
      );

  it('is not left again where the look saw it', async () => {
    const { writer, calls } = writerWith(marked('gatehouse evidence', 'sha256:x'));
    expect(await writer.createFixedCheck(check('sha256:x', 'gatehouse evidence'))).toBe('unchanged');
    expect(calls).toEqual([]);
  });

  it('is looked for before it is made, but for an anchor, which says the same twice', async () => {
    const evidence = writerWith(marked('gatehouse evidence'));
    expect(await evidence.writer.createFixedCheck(check('sha256:x', 'gatehouse evidence'))).toBe('created');
    expect(evidence.calls).toEqual([reads, 'POST check-runs']);
    const anchor = writerWith(marked('gatehouse', 'anchor:1:sha256:x'));
    expect(await anchor.writer.createFixedCheck(check('anchor:2:sha256:y'))).toBe('created');
    expect(await anchor.writer.createFixedCheck(check('anchor:2:sha256:y'))).toBe('unchanged');
    expect(anchor.calls).toEqual(['POST check-runs']);
  });
});

describe('a comment that a look has just seen', () => {
  const marker = '<!-- gatehouse:proposal:flight-delay; -->';
  const withComment = (authorId: number) => (memory: ReaderMemory) =>
    memory.fresh.putComments(3, [{ id: 11, authorId, body: `${marker}\nold` }]);

  it('is edited without being read once more', async () => {
    const { writer, calls } = writerWith(withComment(identity.botId));
    expect(await writer.upsertComment(3, `${marker}\nnew`)).toBe('updated');
    expect(await writer.upsertComment(3, `${marker}\nnew`)).toBe('unchanged');
    expect(calls).toEqual(['PATCH issues/comments/11']);
  });

  it('is none of ours when another bot wrote it, and is looked for before it is posted', async () => {
    const { writer, calls } = writerWith(withComment(99));
    expect(await writer.upsertComment(3, `${marker}\nnew`)).toBe('created');
    expect(calls).toEqual(['GET issues/3/comments', 'POST issues/3/comments']);
  });
});

describe('what this process made while GitHub does not list it yet', () => {
  const name = 'gatehouse evidence';

  it('is not made again, whatever a later look was told', async () => {
    const memory: ReaderMemory[] = [];
    const { writer, calls } = writerWith((given) => memory.push(given));
    await writer.createFixedCheck(check('sha256:x', name));
    await writer.upsertCheck(check('decided'));
    memory[0]?.fresh.putMarks(`${sha} ${name}`, []);
    memory[0]?.fresh.putChecks(sha, 'gatehouse', []);
    expect(await writer.createFixedCheck(check('sha256:x', name))).toBe('unchanged');
    expect(await writer.upsertCheck(check('decided'))).toBe('unchanged');
    memory[0]?.fresh.forgetChecks(sha, name);
    expect(await writer.createFixedCheck(check('sha256:x', name))).toBe('unchanged');
    expect(calls.filter((call) => call === 'POST check-runs')).toHaveLength(2);
  });

  it('is answered once: a command that comes again is not carried out again', async () => {
    const { writer, calls } = writerWith(() => undefined);
    const marker = '<!-- gatehouse-reply:5; -->';
    let times = 0;
    const answer = async () => {
      times += 1;
      return `${marker}\nDone`;
    };
    expect(await writer.answerComment(3, marker, answer)).toBe('created');
    expect(await writer.answerComment(3, marker, answer)).toBe('unchanged');
    expect([times, calls.filter((call) => call.startsWith('POST'))]).toEqual([1, ['POST issues/3/comments']]);
  });

  it('is added for a minute, and only where it is missing', () => {
    let nowMs = 0;
    const fresh = new FreshFacts(() => nowMs);
    fresh.addMadeCheck(seen(7, 'old'));
    expect(fresh.withMadeChecks(sha, 'gatehouse', [seen(9, 'x')]).map(({ id }) => id)).toEqual([7, 9]);
    expect(fresh.withMadeChecks(sha, 'gatehouse', [seen(7, 'now')])).toEqual([seen(7, 'now')]);
    expect(fresh.withMadeChecks(sha, 'other', [])).toEqual([]);
    fresh.addMadeComment(3, { id: 5, authorId: 6, body: 'b' });
    fresh.forgetMadeComment(3, 5);
    expect(fresh.withMadeComments(3, [])).toEqual([]);
    nowMs = 60_000;
    expect(fresh.withMadeChecks(sha, 'gatehouse', [])).toEqual([]);
  });
});

describe('FreshFacts', () => {
  it('knows for half a minute, and no clock that runs backwards makes it longer', () => {
    let nowMs = 1_000;
    const fresh = new FreshFacts(() => nowMs);
    fresh.putComments(3, []);
    nowMs += 29_999;
    expect(fresh.comments(3)).toEqual([]);
    nowMs += 1;
    expect(fresh.comments(3)).toBeUndefined();
    nowMs = Number.NaN;
    expect(fresh.comments(3)).toBeUndefined();
  });

  it('keeps the newest only', () => {
    const fresh = new FreshFacts(() => 0);
    for (let pull = 1; pull <= 600; pull += 1) fresh.putComments(pull, []);
    expect([fresh.comments(1), fresh.comments(600)]).toEqual([undefined, []]);
  });
});
