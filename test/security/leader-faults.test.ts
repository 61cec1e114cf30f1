import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../bot/evaluate.ts';
import { Reconciler } from '../../bot/reconcile.ts';
import { type BotBench, fullName, startBotBench } from '../bot/bench.ts';
import { playJudge } from '../bot/judge.ts';

/**
 * What the best known bot of this kind does wrong by its own source and its issues, each played against ours. Merge queues,
 * full queues and lost deliveries have tests of their own: docs/threats.md lists all ten.
 */
describe('faults of the leader, played against ours', () => {
  let bench: BotBench;
  let number = 0;
  const call = (login: string, method: string, path: string, body?: object) =>
    bench.bench.call(bench.tokens[login] ?? '', method, `/repos/${fullName}${path}`, body);
  const look = async () => {
    await evaluate(bench.newDeps(), number);
    return (await bench.checks((await bench.reader.pull(number)).head.sha)).at(-1);
  };
  const passes = { status: 'completed', conclusion: 'success' };
  const waits = { status: 'in_progress' };

  beforeAll(async () => {
    bench = await startBotBench();
    bench.hub.createTeam('acme', 'reviewers', ['rita']);
    const policy = Buffer.from((await bench.reader.file('.github/gatehouse.yml', 'main')) ?? []).toString();
    await bench.push('ada', 'main', {
      '.github/gatehouse.yml': `${policy.replace('{ users: [rita, eve] }', '{ teams: [acme/reviewers] }')}add-when: [{ risk: [high], approvals: { governor: 1 } }]\n`,
    });
    await bench.push('ben', 'proposal', { 'models/flight-delay/params.json': '{"a":1}\n' });
    number = await bench.openPull('ben', 'proposal');
    await playJudge(bench, number);
  });
  afterAll(() => bench.close());

  it('a condition that does not hold takes no requirement away', async () => {
    expect(await look()).toMatchObject(waits);
  });

  it('a comment approves nothing, whatever it says, and neither does one that was edited into a command', async () => {
    for (const body of [':+1:', '👍', 'LGTM, approved', '/approve', '/gatehouse approve'])
      await call('rita', 'POST', `/issues/${number}/comments`, { body });
    const made = await call('rita', 'POST', `/issues/${number}/comments`, { body: 'I shall see.' });
    bench.hub.clock.advance(60);
    await call('rita', 'PATCH', `/issues/comments/${made.body.id}`, { body: ':+1:' });
    await call('ben', 'PATCH', `/pulls/${number}`, { body: ':+1: approved by rita' });
    expect(await look()).toMatchObject(waits);
  });

  it('who loses a role takes the green with them, without any event', async () => {
    await bench.approve('rita', number);
    expect(await look()).toMatchObject(passes);
    const reconciler = new Reconciler();
    expect(await reconciler.list(bench.newDeps(), fullName)).toEqual([number]);
    const [team] = [...bench.hub.world.teams.values()];
    team?.members.clear();
    team?.members.add(bench.hub.account('eve').id);
    // Nothing about the pull request changed, so nobody would look: the whole reconcile of the next hour does.
    bench.hub.clock.advance(3600);
    for (const each of await reconciler.list(bench.newDeps(), fullName))
      await evaluate(bench.newDeps(), each);
    expect((await bench.checks((await bench.reader.pull(number)).head.sha)).at(-1)).toMatchObject(waits);
    team?.members.add(bench.hub.account('rita').id);
    expect(await look()).toMatchObject(passes);
  });

  it('a dismissed request for changes brings no older approval back, whoever dismisses it', async () => {
    bench.hub.clock.advance(60);
    const asked = await call('rita', 'POST', `/pulls/${number}/reviews`, {
      event: 'REQUEST_CHANGES',
      body: 'Not like this.',
    });
    expect(await look()).not.toMatchObject(passes);
    await call('ada', 'PUT', `/pulls/${number}/reviews/${asked.body.id}/dismissals`, { message: 'Seen.' });
    expect(await look()).toMatchObject(waits);
  });

  it('an approval from before a push does not count after it, however old the pushed commit says it is', async () => {
    await bench.approve('rita', number);
    expect(await look()).toMatchObject(passes);
    const work = await bench.bench.clone(fullName, 'ben', bench.tokens.ben ?? '', 'old-commit');
    const { git, commit } = bench.bench;
    await git(work, 'checkout', '-q', 'proposal');
    await commit(work, { 'models/flight-delay/params.json': '{"a":2}\n' }, 'From long ago');
    await git(work, 'commit', '-q', '--amend', '--no-edit', '--date=2020-01-01T00:00:00Z');
    await git(work, 'rebase', '-q', '--force-rebase', '--committer-date-is-author-date', 'HEAD~1');
    expect(await git(work, 'log', '-1', '--format=%cI')).toMatch(/^2020-01-01/);
    await git(work, 'push', '-q', 'origin', 'proposal');
    await playJudge(bench, number);
    expect(await look()).toMatchObject(waits);
  });
});
