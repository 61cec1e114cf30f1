import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appKey } from '../core/config/seal-key.fixture.ts';
import type { JudgementEvidence } from '../core/evidence/evidence.ts';
import { digestBytes } from '../core/json/canonical.ts';
import { type BotBench, fullName, startBotBench } from '../test/bot/bench.ts';
import { type JudgeOptions, playJudge, upload } from '../test/bot/judge.ts';
import { openSources } from './deps.ts';
import { evaluate } from './evaluate.ts';
import { gather } from './gather.ts';

const other = digestBytes('something else');
const forge = (change: Partial<JudgementEvidence>): JudgeOptions => ({
  forgeJudgement: (evidence) => ({ ...evidence, ...change }),
});
const forgeOrigin = (change: Partial<JudgementEvidence['origin']>): JudgeOptions => ({
  forgeJudgement: (evidence) => ({ ...evidence, origin: { ...evidence.origin, ...change } }),
});

/** Really signed by the right workflow, but about something else: each is refused, and says what. */
const refusals: readonly (readonly [string, JudgeOptions, RegExp])[] = [
  [
    'a text that was changed after signing',
    { swapText: (text) => text.replace('"pass"', '"fail"') },
    /audience/,
  ],
  ['an untrusted commit of the workflow', { workflowSha: 'f'.repeat(40) }, /workflow commit/],
  ['another pull request', forgeOrigin({ pullRequest: 99 }), /pull request/],
  ['another head', forgeOrigin({ headSha: 'f'.repeat(40) }), /head/],
  ['another base commit', forgeOrigin({ baseSha: 'f'.repeat(40) }), /base commit/],
  ['another repository', forgeOrigin({ repositoryId: 1 }), /repository/],
  ['other content', forgeOrigin({ contentDigest: other }), /content/],
  ['another run', forgeOrigin({ runId: 1 }), /run/],
  ['a later attempt', forgeOrigin({ runAttempt: 2 }), /attempt/],
  ['another model', forge({ model: 'churn' }), /model/],
  ['weaker rules', forge({ rulesDigest: other }), /rules/],
  [
    'an artifact that is not in the store',
    forge({ artifact: { digest: other, sizeBytes: 1, name: 'm' } }),
    /artifact/,
  ],
  ['an artifact of another run', forge({ artifactId: 1 }), /artifact/],
  [
    'another champion',
    forge({ champions: [{ endpoint: 'eu', version: 9, artifactDigest: other }] }),
    /compared with v9 at eu; nothing serves now/,
  ],
  [
    'other held-out rows',
    forge({ heldOut: { featuresDigest: other, labelsDigest: other, rows: 1000 } }),
    /held-out/,
  ],
  ['a verdict that its metrics deny', forge({ verdict: 'fail' }), /verdict/],
  ['another result', forge({ resultDigest: other }), /result/],
];

describe('evidence that is not believed', () => {
  let bench: BotBench;
  let number = 0;
  let head = '';

  beforeAll(async () => {
    bench = await startBotBench();
    head = await bench.push('ben', 'forged', { 'models/flight-delay/params.json': '{"n":1}\n' });
    number = await bench.openPull('ben', 'forged');
  });
  afterAll(() => bench.close());

  it('is refused with its reason, each of them', async () => {
    for (const [, options] of refusals) await playJudge(bench, number, { ...options, parts: ['judgement'] });
    const deps = bench.newDeps();
    const { evidence } = await gather(openSources(deps), await bench.reader.pull(number));
    expect(evidence.judgement).toBeNull();
    // Newest run first.
    const messages = evidence.refusals.map(({ message }) => message).reverse();
    expect(messages).toHaveLength(refusals.length);
    for (const [at, [name, , reason]] of refusals.entries())
      expect({ name, message: messages[at] }).toEqual({ name, message: expect.stringMatching(reason) });
  });

  it('fails the check, tells on the pull request, and leaves nothing to approve', async () => {
    await evaluate(bench.newDeps(), number);
    expect(await bench.checks(head)).toMatchObject([{ conclusion: 'failure' }]);
    expect(await bench.checks(head, 'gatehouse evidence')).toEqual([]);
    expect((await bench.comments(number))[0]?.body).toContain('`receipt/model`');
  });

  it('does not stand in the way of the honest one beside it, not even under the same name', async () => {
    const run = await playJudge(bench, number, { status: 'in_progress' });
    run.attempt += 1; // a second attempt may upload the same name again
    await upload(bench, run, 'gatehouse-evidence-judgement', {
      'evidence.json': '{}',
      'receipt.jwt': 'a.b.c',
    });
    run.attempt -= 1;
    bench.service.moveRun(run, 'completed', 'success');
    await evaluate(bench.newDeps(), number);
    expect(await bench.checks(head, 'gatehouse evidence')).toHaveLength(1);
  });

  it('counts with the attempt in which its job ran, when only failed jobs ran again', async () => {
    const again = await bench.push('ben', 'again', { 'models/flight-delay/params.json': '{"n":3}\n' });
    const pull = await bench.openPull('ben', 'again');
    const run = await playJudge(bench, pull, {});
    const [startedAt, updatedAt] = [run.startedAt, run.updatedAt];
    bench.hub.clock.advance(7200);
    run.attempt = 2;
    run.startedAt = bench.hub.clock.now();
    run.updatedAt = run.startedAt;
    // GitHub tells of no such attempt: then the newest alone is believed.
    await evaluate(bench.newDeps(), pull);
    expect(await bench.checks(again, 'gatehouse evidence')).toEqual([]);
    const { triggeringActor, referenced } = run;
    run.earlier.set(1, {
      ...{ attempt: 1, status: 'completed', conclusion: 'failure', startedAt, updatedAt },
      ...{ triggeringActor, referenced },
    });
    await evaluate(bench.newDeps(), pull);
    expect(await bench.checks(again, 'gatehouse evidence')).toHaveLength(1);
  });

  it('is opened where it is sealed to the app, and told where it is sealed to somebody else', async () => {
    const sealed = await bench.push('ben', 'sealed', { 'models/flight-delay/params.json': '{"n":4}\n' });
    const pull = await bench.openPull('ben', 'sealed');
    await playJudge(bench, pull, { sealTo: appKey('other').key });
    await evaluate(bench.newDeps(), pull);
    expect(await bench.checks(sealed, 'gatehouse evidence')).toEqual([]);
    expect((await bench.comments(pull))[0]?.body).toContain('`evidence/sealed`');
    await playJudge(bench, pull, { enveloped: true, auc: 0.68 });
    await evaluate(bench.newDeps(), pull);
    expect(await bench.checks(sealed, 'gatehouse evidence')).toHaveLength(1);
    expect((await bench.comments(pull))[0]?.body).toContain('0.68');
    expect((await bench.comments(pull))[0]?.body).not.toContain('`evidence/sealed`');
  });

  it('counts what heads read that were replaced before anybody looked, a force-push included', async () => {
    const looks = async () => {
      const ledger = await bench.reader.ledgerFiles('gatehouse-ledger');
      return Number(
        /looks: (\d+)/.exec((await ledger?.read('models/flight-delay/state.yml')) ?? '')?.[1] ?? 0,
      );
    };
    const before = await looks();
    const file = 'models/flight-delay/params.json';
    const lost = await bench.push('ben', 'replaced', { [file]: '{"n":5}\n' });
    const pull = await bench.openPull('ben', 'replaced');
    await playJudge(bench, pull, { enveloped: true, auc: 0.61, bytes: 'five' });
    const second = await bench.push('ben', 'replaced', { [file]: '{"n":6}\n' });
    await playJudge(bench, pull, { enveloped: true, auc: 0.62, bytes: 'six' });
    await bench.push('ben', 'replacing', { [file]: '{"n":7}\n' });
    const clone = await bench.bench.clone(fullName, 'ben', bench.tokens.ben ?? '', 'forced');
    await bench.bench.git(clone, 'push', '-q', '-f', 'origin', 'origin/replacing:refs/heads/replaced');
    const kept = (await bench.reader.pullCommits(pull)).map(({ sha }) => sha);
    expect(kept).not.toContain(lost);
    await playJudge(bench, pull, { enveloped: true, auc: 0.63, bytes: 'seven' });
    await evaluate(bench.newDeps(), pull);
    expect(await looks()).toBe(before + 3);
    const { looks: found, judgement } = (
      await gather(openSources(bench.newDeps()), await bench.reader.pull(pull))
    ).evidence;
    expect(judgement?.evidence.comparisons[0]?.metrics[0]?.challenger).toBe(0.63);
    expect(found.map(({ evidence }) => evidence.origin.headSha).sort()).toEqual([lost, second].sort());
    // The same question asked again and answered better, sealed: the first answer stands and it costs nothing.
    await playJudge(bench, pull, { enveloped: true, auc: 0.9, bytes: 'seven' });
    await evaluate(bench.newDeps(), pull);
    expect(await looks()).toBe(before + 3);
    const [comment] = await bench.comments(pull);
    expect(comment?.body).toContain('0.63');
    expect(comment?.body).not.toContain('0.9 ');
  });

  it('and an honest one that fails blocks the merge', async () => {
    const failing = await bench.push('ben', 'worse', { 'models/flight-delay/params.json': '{"n":2}\n' });
    const worse = await bench.openPull('ben', 'worse');
    await playJudge(bench, worse, { auc: 0.55 });
    await evaluate(bench.newDeps(), worse);
    expect(await bench.checks(failing)).toMatchObject([{ conclusion: 'failure' }]);
  });
});
