import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotBench, fullName, startBotBench } from '../test/bot/bench.ts';
import { answerCommand } from './answer-command.ts';

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
    for (const body of ['/gatehouse', 'LGTM', 'try /gatehouse run it'])
      expect(await ask('ben', body)).toBeNull();
  });

  it('says nothing of a comment that is gone', async () => {
    await answerCommand(bench.newDeps(), 999_999);
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
