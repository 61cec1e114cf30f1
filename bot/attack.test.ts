import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotBench, fullName, startBotBench } from '../test/bot/bench.ts';
import { playJudge } from '../test/bot/judge.ts';
import { evaluate } from './evaluate.ts';

const params = 'models/flight-delay/params.json';

/** What an engineer with branch rights, an admin and a reviewer of his own work try. */
describe('what must not get through', () => {
  let bench: BotBench;
  let count = 0;
  const proposed = async (login = 'ben') => {
    count += 1;
    const branch = `a${count}`;
    await bench.push(login, branch, { [params]: `{"a":${count}}\n` });
    const number = await bench.openPull(login, branch);
    await playJudge(bench, number);
    await evaluate(bench.newDeps(), number);
    return { branch, number };
  };
  const checkOf = async (number: number) =>
    (await bench.checks((await bench.reader.pull(number)).head.sha)).at(-1);

  beforeAll(async () => {
    bench = await startBotBench();
  });
  afterAll(() => bench.close());

  it('an approval by a reviewer who pushed to the branch', async () => {
    const { branch, number } = await proposed();
    await bench.push('eve', branch, { [params]: '{"a":"eve"}\n' });
    await playJudge(bench, number);
    await evaluate(bench.newDeps(), number);
    await bench.approve('eve', number);
    await evaluate(bench.newDeps(), number);
    expect(await checkOf(number)).toMatchObject({ status: 'in_progress' });
    expect((await bench.comments(number))[0]?.body).toMatch(/eve[^\n]*/);
  });

  it('an approval from before a push that changes the model; one from before a README push stays', async () => {
    const { branch, number } = await proposed();
    await bench.approve('rita', number);
    await evaluate(bench.newDeps(), number);
    expect(await checkOf(number)).toMatchObject({ conclusion: 'success' });
    await bench.push('ben', branch, { 'README.md': `Read me ${count}\n` });
    await evaluate(bench.newDeps(), number);
    expect(await checkOf(number)).toMatchObject({ conclusion: 'success' });
    await bench.push('ben', branch, { [params]: '{"a":"other"}\n' });
    await playJudge(bench, number);
    await evaluate(bench.newDeps(), number);
    expect(await checkOf(number)).toMatchObject({ status: 'in_progress' });
  });

  it('an approval given before there was anything to see', async () => {
    count += 1;
    await bench.push('ben', `a${count}`, { [params]: `{"a":${count}}\n` });
    const number = await bench.openPull('ben', `a${count}`);
    await bench.approve('rita', number);
    await playJudge(bench, number);
    await evaluate(bench.newDeps(), number);
    expect(await checkOf(number)).toMatchObject({ status: 'in_progress' });
  });

  it('a comment that copies our marker is neither read nor edited, and never approves', async () => {
    const { number } = await proposed();
    const [ours] = await bench.comments(number);
    const pasted = `${ours?.body.split('\n')[0]}\nApproved by everybody.`;
    const { tokens, bench: hub } = bench;
    await hub.call(tokens.eve ?? '', 'POST', `/repos/${fullName}/issues/${number}/comments`, {
      body: pasted,
    });
    await evaluate(bench.newDeps(), number);
    const after = await bench.comments(number);
    expect(after.map(({ login }) => login)).toEqual(['gatehouse[bot]', 'eve']);
    expect(after[1]?.body).toBe(pasted);
    expect(await checkOf(number)).toMatchObject({ status: 'in_progress' });
  });

  it('a check of the same name by somebody else', async () => {
    const { number } = await proposed();
    const { head } = await bench.reader.pull(number);
    const { hub } = bench;
    const token = hub.issueToken({
      kind: 'job',
      repositoryId: hub.repository(fullName).id,
      permissions: { checks: 'write' },
    });
    await bench.bench.call(token, 'POST', `/repos/${fullName}/check-runs`, {
      name: 'gatehouse evidence',
      head_sha: head.sha,
      external_id: 'sha256:0',
      status: 'completed',
      conclusion: 'success',
    });
    expect(await bench.reader.checkRuns(head.sha, 'gatehouse evidence')).toHaveLength(1);
  });

  it('a base branch that nobody governs', async () => {
    await bench.push('ben', 'weak', { 'notes.txt': 'weak\n' });
    await bench.push('ben', 'onto-weak', { [params]: '{"weak":1}\n' });
    const number = await bench.openPull('ben', 'onto-weak', 'weak');
    await evaluate(bench.newDeps(), number);
    expect(await checkOf(number)).toMatchObject({
      conclusion: 'action_required',
      external_id: 'not governed',
    });
    // The same head against the governed base has the check for itself.
    const governed = await bench.openPull('ben', 'onto-weak', 'main');
    await evaluate(bench.newDeps(), governed);
    await evaluate(bench.newDeps(), number);
    expect(await checkOf(governed)).toMatchObject({ status: 'in_progress' });
  });

  it('a pull request from a fork', async () => {
    const { hub, tokens } = bench;
    await hub.fork(fullName, 'zoe');
    const work = await bench.bench.clone('zoe/flights', 'zoe', tokens.zoe ?? '', 'zoe-fork');
    await bench.bench.git(work, 'checkout', '-q', '-b', 'mine', 'origin/main');
    await bench.bench.commit(work, { [params]: '{"zoe":1}\n' }, 'Mine');
    await bench.bench.git(work, 'push', '-q', 'origin', 'mine');
    const number = await bench.openPull('zoe', 'zoe:mine');
    await evaluate(bench.newDeps(), number);
    expect(await checkOf(number)).toMatchObject({ conclusion: 'failure' });
    expect((await bench.comments(number))[0]?.body).toContain('maintainer');
  });

  it('a policy that the pull request itself weakens', async () => {
    const text = Buffer.from((await bench.reader.file('.github/gatehouse.yml', 'main')) ?? []).toString();
    await bench.push('ben', 'weaker', {
      '.github/gatehouse.yml': text.replace(
        'governor: { users: [ada, omar] }',
        'governor: { users: [ben, ada] }',
      ),
    });
    const number = await bench.openPull('ben', 'weaker');
    await evaluate(bench.newDeps(), number);
    await bench.approve('rita', number);
    await evaluate(bench.newDeps(), number);
    expect(await checkOf(number)).toMatchObject({ status: 'in_progress' });
    await bench.approve('omar', number);
    await evaluate(bench.newDeps(), number);
    expect(await checkOf(number)).toMatchObject({ conclusion: 'success' });
  });

  it('a word taken back after the merge: neither an approval nor an objection', async () => {
    const dismiss = async (login: string, number: number, state: string) => {
      const review = (await bench.reader.reviews(number)).find((each) => each.state === state);
      const route = `/repos/${fullName}/pulls/${number}/reviews/${review?.id}/dismissals`;
      const answer = await bench.bench.call(bench.tokens[login] ?? '', 'PUT', route, { message: 'no' });
      expect(answer.status).toBe(200);
    };
    const approved = (await proposed()).number;
    await bench.approve('rita', approved);
    await bench.merge('ada', approved);
    await dismiss('eve', approved, 'APPROVED');
    await evaluate(bench.newDeps(), approved);
    expect((await bench.comments(approved))[0]?.body).toContain('Written to the ledger');
    const { number } = await proposed();
    await bench.approve('rita', number);
    await bench.approve('eve', number, 'REQUEST_CHANGES');
    await bench.merge('ada', number);
    await dismiss('omar', number, 'CHANGES_REQUESTED');
    await evaluate(bench.newDeps(), number);
    expect((await bench.comments(number))[0]?.body).toContain('Merged, not promoted');
  });

  it('a ledger that somebody with push rights wrote to', async () => {
    const { number } = await proposed();
    await bench.approve('rita', number);
    await evaluate(bench.newDeps(), number);
    await bench.merge('ada', number);
    await evaluate(bench.newDeps(), number);
    const next = await proposed();
    const work = await bench.bench.clone(fullName, 'eve', bench.tokens.eve ?? '', 'eve-ledger');
    await bench.bench.git(work, 'checkout', '-q', 'gatehouse-ledger');
    await bench.bench.commit(work, { 'models/flight-delay/state.yml': 'v: 1\n' }, 'Tidy');
    await bench.bench.git(work, 'push', '-q', 'origin', 'gatehouse-ledger');
    await bench.approve('rita', next.number);
    await evaluate(bench.newDeps(), next.number);
    expect(await checkOf(next.number)).toMatchObject({
      conclusion: 'failure',
      external_id: 'error:LEDGER_FROZEN',
      output: { summary: expect.stringContaining('state.yml') },
    });
  });
});
