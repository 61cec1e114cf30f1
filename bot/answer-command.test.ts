import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseWaiver } from '../core/config/waiver-file.ts';
import { replyMarker } from '../core/report/command-reply.ts';
import { type BotBench, fullName, startBotBench } from '../test/bot/bench.ts';
import { playJudge } from '../test/bot/judge.ts';
import { answerCommand, answerTooMany } from './answer-command.ts';
import { askersOf } from './commands/asked-branch.ts';
import { evaluate } from './evaluate.ts';
import type { LedgerBook } from './ledger/ledger-book.ts';

describe('/gatehouse run on a pull request from a fork', () => {
  let bench: BotBench;
  let number = 0;
  let older = '';
  let head = '';
  const say = async (login: string, body: string, on = number): Promise<number> => {
    const token = login === 'mia' ? stranger : (bench.tokens[login] ?? '');
    const { body: comment } = await bench.bench.call(
      token,
      'POST',
      `/repos/${fullName}/issues/${on}/comments`,
      { body },
    );
    return Number(comment.id);
  };
  let stranger = '';
  const replies = async (on = number) =>
    (await bench.comments(on)).filter(({ login }) => login === 'gatehouse[bot]').map(({ body }) => body);
  const ask = async (login: string, body: string, on = number) => {
    const before = (await replies(on)).length;
    await answerCommand(bench.newDeps(), await say(login, body, on));
    const after = await replies(on);
    return after.length === before ? null : (after.at(-1) ?? null);
  };

  beforeAll(async () => {
    bench = await startBotBench();
    const { hub } = bench;
    stranger = hub.createUser('mia').token;
    await hub.fork(fullName, 'mia');
    older = await bench.bench.push('mia/flights', 'mia', 'better', {
      'models/flight-delay/params.json': '{"a":1}\n',
    });
    head = await bench.bench.push('mia/flights', 'mia', 'better', {
      'models/flight-delay/params.json': '{"a":2}\n',
    });
    const opened = await bench.bench.call(stranger, 'POST', `/repos/${fullName}/pulls`, {
      title: 'Better',
      head: 'mia:better',
      base: 'main',
    });
    number = Number(opened.body.number);
  });
  afterAll(async () => {
    const { violations } = bench.hub;
    await bench.close();
    expect(violations).toEqual([]);
  });

  it('gives a maintainer the commands that take over exactly this commit', async () => {
    for (const name of [head, head.slice(0, 7)]) {
      const reply = await ask('ben', `I read it.\n/gatehouse run ${name}`);
      expect(reply).toContain(`${head}:refs/heads/take-over/${number}-${head.slice(0, 12)}`);
    }
  });

  it('says once that there were too many, and only to who may ask', async () => {
    for (const login of ['ben', 'mia']) {
      const comment = await say(login, '/gatehouse help');
      const before = (await replies()).length;
      for (let each = 0; each < 2; each += 1) await answerTooMany(bench.newDeps(), comment);
      const added = (await replies()).slice(before);
      expect(added).toHaveLength(login === 'ben' ? 1 : 0);
      expect(JSON.stringify(added)).toContain(login === 'ben' ? 'too many commands' : '[]');
    }
  });

  it('refuses an older commit, an unknown one and what is none, and says which is the newest', async () => {
    for (const [name, part] of [
      [older, 'is not the newest commit'],
      ['0123456', 'is no commit of this pull request'],
      ['better', 'is no commit: write'],
      ['', 'Name the commit'],
    ] as const) {
      const reply = await ask('ben', `/gatehouse run ${name}`);
      expect(reply).toContain(part);
      expect(reply).toContain(head);
      expect(reply).not.toContain('git push');
    }
  });

  it('reacts within the answer: seen, then done or not understood; to strangers and edited comments nothing', async () => {
    const reactions = async (id: number) => {
      const path = `/repos/${fullName}/issues/comments/${id}/reactions`;
      const { body } = await bench.bench.call(bench.tokens.ada ?? '', 'GET', path);
      return (body as unknown as { content: string }[]).map(({ content }) => content);
    };
    const reactionsTo = async (login: string, body: string) => {
      const id = await say(login, body);
      await answerCommand(bench.newDeps(), id);
      await answerCommand(bench.newDeps(), id);
      return reactions(id);
    };
    expect(await reactionsTo('ben', '/gatehouse help')).toEqual(['eyes', 'rocket']);
    expect(await reactionsTo('ben', '/gatehouse retry')).toEqual(['eyes', 'rocket']);
    expect(await reactionsTo('ben', '/gatehouse hlep')).toEqual(['eyes', 'confused']);
    expect(await reactionsTo('ben', '/gatehouse run 0123456')).toEqual(['eyes', 'confused']);
    expect(await reactionsTo('mia', '/gatehouse help')).toEqual([]);
    const id = await say('ben', 'nothing');
    bench.hub.clock.advance(2);
    const path = `/repos/${fullName}/issues/comments/${id}`;
    await bench.bench.call(bench.tokens.ada ?? '', 'PATCH', path, { body: '/gatehouse help' });
    await answerCommand(bench.newDeps(), id);
    expect(await reactions(id)).toEqual([]);
  });

  it('is silent to whoever may not push here, whatever is asked', async () => {
    bench.hub.addCollaborator(fullName, 'zoe', 'read');
    for (const login of ['mia', 'zoe'])
      for (const body of [`/gatehouse run ${head}`, '/gatehouse rnu', '/gatehouse run'])
        expect(await ask(login, body)).toBeNull();
    bench.hub.addCollaborator(fullName, 'eve', 'triage');
    expect(await ask('eve', `/gatehouse run ${head}`)).toBeNull();
  });

  it('asks what was meant by a typo', async () => {
    expect(await ask('ben', '/gatehouse rnu 123')).toContain('Did you mean "run"?');
  });

  it('answers each comment once, however often its event comes, and nothing that asks for nothing', async () => {
    const id = await say('ben', `/gatehouse run ${head}`);
    const before = (await replies()).length;
    for (let times = 0; times < 3; times += 1) await answerCommand(bench.newDeps(), id);
    expect((await replies()).length).toBe(before + 1);
    for (const body of ['/gatehouse', '/gatehouse retry', 'LGTM', 'try /gatehouse run it'])
      expect(await ask('ben', body)).toBeNull();
  });

  it('looks again for a comment that GitHub does not show yet, and says nothing of one that is gone', async () => {
    const deps = bench.newDeps();
    await expect(answerCommand(deps, 999_999)).rejects.toMatchObject({ code: 'COMMENT_NOT_SHOWN' });
    bench.hub.clock.advance(59);
    await expect(answerCommand(deps, 999_999)).rejects.toMatchObject({ code: 'COMMENT_NOT_SHOWN' });
    bench.hub.clock.advance(1);
    expect(await answerCommand(deps, 999_999)).toBe(false);
    expect((await replies()).at(-1)).not.toContain('999999');
  });

  it('needs nothing on a branch of the repository: that trains by itself', async () => {
    const own = await bench.push('ben', 'own', { 'models/flight-delay/params.json': '{"b":1}\n' });
    const pull = await bench.openPull('ben', 'own');
    expect(await ask('ben', `/gatehouse run ${own}`, pull)).toContain('trains by itself');
  });

  it('changes neither branches nor runs', async () => {
    const git = bench.hub.git(bench.hub.repository(fullName));
    expect(await git.resolve('refs/heads/own')).not.toBeNull();
    expect(await git.resolve(`refs/heads/take-over/${number}-${head.slice(0, 12)}`)).toBeNull();
    expect(bench.service.runs.size).toBe(0);
  });
});

describe('commands about a decision', () => {
  let bench: BotBench;
  const params = 'models/flight-delay/params.json';
  const say = async (login: string, body: string, on: number): Promise<number> => {
    const path = `/repos/${fullName}/issues/${on}/comments`;
    const { body: comment } = await bench.bench.call(bench.tokens[login] ?? '', 'POST', path, { body });
    return Number(comment.id);
  };
  const ask = async (login: string, body: string, on: number) => {
    const id = await say(login, body, on);
    await answerCommand(bench.newDeps(), id);
    const answers = (await bench.comments(on)).filter((one) => one.body.startsWith(replyMarker(id)));
    return answers.map((one) => one.body).join();
  };
  const ledgerHead = () => bench.reader.branchHead('gatehouse-ledger');

  beforeAll(async () => {
    bench = await startBotBench();
  });
  afterAll(async () => {
    const { violations } = bench.hub;
    await bench.close();
    expect(violations).toEqual([]);
  });

  it('shows the decision, asks who can help, and writes neither ledger nor check', async () => {
    const head = await bench.push('ben', 'v1', { [params]: '{"v":1}\n' });
    const number = await bench.openPull('ben', 'v1');
    await playJudge(bench, number);
    await evaluate(bench.newDeps(), number);
    const before = { ledger: await ledgerHead(), checks: await bench.checks(head) };
    const explained = await ask('ben', '/gatehouse explain', number);
    expect(explained).toMatch(/\| 1 \| /);
    expect(explained).toContain('`approvals: 1 × reviewer`');
    expect(explained).toContain('`rita`');
    expect(await ask('ben', '/gatehouse request', number)).toContain('asked already');
    const path = `/repos/${fullName}/pulls/${number}/requested_reviewers`;
    await bench.bench.call(bench.tokens.ada ?? '', 'DELETE', path, { reviewers: ['rita', 'eve'] });
    expect({ ledger: await ledgerHead(), checks: await bench.checks(head) }).toEqual(before);
    expect(await ask('ben', '/gatehouse waive', number)).toContain('waivers/NAME.yml');
    await asksForWaiver(number);
    expect(await ledgerHead()).toBe(before.ledger);
    expect(await ask('ben', '/gatehouse rollback', number)).toContain('Name the endpoint');
    expect(await ask('ben', '/gatehouse rollback eu', number)).toContain('No model has a version recorded');
    await bench.approve('rita', number);
    await bench.merge('ada', number);
    await evaluate(bench.newDeps(), number);
    expect(await ask('ben', '/gatehouse explain', number)).toContain('is closed');
  });

  /** Lists of pull requests are of before what is written now, and hold nothing that is opened now. */
  async function whilePullsAreLate<T>(work: () => Promise<T>): Promise<T> {
    const { lag } = bench.hub;
    lag.begin({ behind: 1, reads: 100, which: ({ path }) => path.endsWith('/pulls') });
    const done = await work();
    expect(lag.late).toBeGreaterThan(0);
    lag.end();
    return done;
  }

  async function asksForWaiver(number: number): Promise<void> {
    const until = 'until 2030-12-31 because "Few rows", @rita: [yet]';
    expect(await ask('ben', `/gatehouse waive auc mn 0.6 ${until}`, number)).toContain('`auc min 0.6`?');
    expect(await ask('ben', '/gatehouse waive auc min 0.6 until soon because x', number)).toContain(
      'Not done',
    );
    const said = await whilePullsAreLate(() => ask('ben', `/gatehouse waive auc min 0.6 ${until}`, number));
    expect(await ask('ben', `/gatehouse waive auc min 0.6 ${until}`, number)).toContain('/pull/');
    const pulls = await bench.reader.pulls({ state: 'open' });
    const [opened, ...others] = pulls.filter(({ title }) => title.startsWith('Waive'));
    expect(others).toEqual([]);
    expect(said).toContain(`/pull/${opened?.number}`);
    expect(opened).toMatchObject({
      title: 'Waive a gate of flight-delay until 2030-12-31',
      author: { login: 'gatehouse[bot]' },
    });
    expect(opened?.body).toContain('`"Few rows", @rita: [yet]`');
    const { id: ben } = bench.hub.account('ben');
    expect(askersOf(opened?.head.ref ?? '')).toEqual([{ id: ben, login: 'ben', kind: 'User' }]);
    const [, name = ''] = /^gatehouse\/waive-(.+)-by-/.exec(opened?.head.ref ?? '') ?? [];
    const path = `waivers/${name}.yml`;
    const text = new TextDecoder().decode(
      (await bench.reader.file(path, opened?.head.sha ?? '')) ?? new Uint8Array(),
    );
    expect(parseWaiver(text, path, name)).toMatchObject({
      model: 'flight-delay',
      gate: 'auc min 0.6',
      reason: '"Few rows", @rita: [yet]',
      by: 'ben',
    });
  }

  it('opens a pull request for a rollback once, whoever asked cannot approve it, and nothing moves', async () => {
    const serving = { champion: 2, previous: 1 };
    const states = new Map([
      ['flight-delay', { endpoints: new Map([['eu', serving]]) }],
      ['other', { endpoints: new Map([['us', serving]]) }],
    ]);
    /** A ledger in which v2 took the place of v1; the rest is as it is. */
    const deps = () => ({
      ...bench.newDeps(),
      book: { read: async () => ({ snapshot: { states } }) } as unknown as LedgerBook,
    });
    const on = await bench.openPull('ben', await branchWith('asking', { 'README.md': 'x\n' }));
    const id = await say('ben', '/gatehouse rollback eu', on);
    const before = await ledgerHead();
    await whilePullsAreLate(() => answerCommand(deps(), id));
    await answerCommand(deps(), id);
    const pulls = await bench.reader.pulls({ state: 'open' });
    const [opened, ...others] = pulls.filter(({ title }) => title.startsWith('Roll back'));
    expect(others).toEqual([]);
    expect(opened).toMatchObject({
      title: 'Roll back flight-delay at eu from v2 to v1',
      author: { login: 'gatehouse[bot]' },
      body: expect.stringContaining('`ben` asked for this'),
    });
    const stages = await bench.reader.file('models/flight-delay/stages.yml', opened?.head.sha ?? '');
    expect(new TextDecoder().decode(stages ?? new Uint8Array())).toBe(
      '# What should serve where.\nproduction: { eu: 1 }\n',
    );
    const { id: ben } = bench.hub.account('ben');
    expect(askersOf(opened?.head.ref ?? '')).toEqual([{ id: ben, login: 'ben', kind: 'User' }]);
    expect(await ledgerHead()).toBe(before);
    const replies = (await bench.comments(on)).filter(({ body }) => body.startsWith(replyMarker(id)));
    expect(replies).toHaveLength(1);
    expect(replies[0]?.body).toContain(`/pull/${opened?.number}`);
  });

  async function branchWith(name: string, files: Readonly<Record<string, string>>): Promise<string> {
    await bench.push('ben', name, files);
    return name;
  }
});
