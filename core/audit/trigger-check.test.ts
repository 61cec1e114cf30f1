import { describe, expect, it } from 'vitest';
import type { RollbackTrigger } from '../config/rollback-trigger.ts';
import { buildTriggerEvidence, parseTriggerEvidence } from '../evidence/trigger-evidence.ts';
import { digestBytes } from '../json/canonical.ts';
import { omar, rosa } from '../policy/decision.fixture.ts';
import type { LedgerEvent, Transaction } from '../registry/ledger.ts';
import { findRollbackTargets } from '../registry/rollback-target.ts';
import { decideTrigger, type TriggerFacts } from '../registry/trigger-rollback.ts';
import {
  begin,
  errors,
  factsOf,
  fire,
  observation,
  problems,
  promoteWatched,
  sha,
  verify,
} from './emergency.fixture.ts';
import { forge, transactionsOf } from './forgery.fixture.ts';
import { linesOf } from './history.ts';

describe('a return by itself', () => {
  const story = begin();
  promoteWatched(story);
  const before = story.state();
  fire(story);

  it('rests on the promotion that approved it in advance, and is proven with its evidence', () => {
    expect(verify(story).findings).toEqual([]);
    expect(before.endpoints.get('eu')).toMatchObject({ champion: 2, previous: 1, triggers: [errors] });
    const serving = story.state().endpoints.get('eu');
    expect(serving).toMatchObject({ champion: 1, previous: null });
    expect(serving?.triggers).toBeUndefined();
    const last = transactionsOf(story.files).at(-1);
    expect(last?.events[0]?.data).toMatchObject({
      type: 'VersionRolledBack',
      trigger: { authority: 'pre-approved', promotion: before.endpoints.get('eu')?.by.seq, observed: 0.031 },
    });
    expect(linesOf(last?.events ?? [])[0]?.because).toBe(
      'replaces v2 by itself: trigger errors, error-rate 0.031 is above 0.02; approved in advance by event 5',
    );
    expect(story.files.get('models/flight-delay/state.yml')).toContain('how: rolled back by trigger');
  });

  it('happens once a promotion, and the version that it removed is no target any more', () => {
    expect(
      decideTrigger(parseTriggerEvidence(buildTriggerEvidence(observation(story))), factsOf(story)),
    ).toHaveProperty('findings');
    expect(findRollbackTargets(story.snapshot.states, 'eu', null)).toEqual([]);
    // Promoted again through all gates it may serve, and is still nobody's version to return to.
    const state = story.state();
    expect(state.versions.get(2)).toMatchObject({ stage: 'archived', removedByTrigger: true });
    story.move([{ version: 2 }]);
    story.propose();
    story.move([{ version: 3 }]);
    expect(story.state().endpoints.get('eu')).toMatchObject({ champion: 3, previous: null });
  });

  it('a version that a trigger removed at one endpoint is no target at another', () => {
    const two = begin();
    promoteWatched(two);
    two.move([{ version: 2, endpoint: 'us' }]);
    two.propose();
    two.move([{ version: 3, endpoint: 'us' }]);
    expect(two.state().endpoints.get('us')).toMatchObject({ champion: 3, previous: 2 });
    fire(two);
    expect(two.state().endpoints.get('us')).toMatchObject({ champion: 3, previous: null });
    expect(verify(two).findings).toEqual([]);
  });

  const now = begin();
  promoteWatched(now);
  it.each<[string, object, Partial<TriggerFacts>, string]>([
    ['a value inside the limit', { observed: 0.02 }, {}, 'receipt/trigger'],
    ['another limit', { trigger: { ...errors, above: 0.01 } }, {}, 'receipt/trigger'],
    ['a trigger that was not declared', { trigger: { ...errors, name: 'drift' } }, {}, 'receipt/trigger'],
    ['another version', { version: 1 }, {}, 'receipt/champion'],
    ['other bytes', { artifactDigest: digestBytes('x') }, {}, 'receipt/artifact'],
    ['another endpoint', { endpoint: 'us' }, {}, 'receipt/champion'],
    ['another repository', { repositoryId: 7002 }, {}, 'receipt/repository-id'],
    ['another run', { runId: 901 }, {}, 'receipt/run'],
    ['another attempt', { runAttempt: 2 }, {}, 'receipt/run-attempt'],
    ['another commit', { headSha: 'b'.repeat(40) }, {}, 'receipt/head'],
    [
      'the time before it served',
      { from: '2026-11-21T10:03:00Z', until: '2026-11-21T10:04:00Z' },
      {},
      'receipt/time',
    ],
    ['a longer window', { until: '2026-11-21T10:30:00Z' }, {}, 'receipt/window'],
    [
      'an observation of yesterday',
      {},
      { run: { ...factsOf(now).run, startedAt: '2026-11-22T10:21:00Z', updatedAt: '2026-11-22T10:22:00Z' } },
      'receipt/expired',
    ],
    [
      'a time to come',
      { from: '2026-11-21T11:20:00Z', until: '2026-11-21T11:21:00Z' },
      {},
      'receipt/expired',
    ],
    ['bytes that are gone', {}, { stored: false }, 'receipt/bytes'],
    [
      'a withdrawn version to return to',
      {},
      { barred: [{ code: 'target/withdrawn', severity: 'fail', message: 'm', fix: 'f' }] },
      'target/withdrawn',
    ],
    ['a model that the ledger does not know', {}, { state: null }, 'receipt/model'],
  ])('%s moves nothing', (_, fields, facts, code) => {
    const evidence = parseTriggerEvidence(buildTriggerEvidence(observation(now, fields)));
    const decided = decideTrigger(evidence, factsOf(now, facts));
    expect('findings' in decided && decided.findings.map((each) => each.code)).toContain(code);
  });

  it('a number that is none has no evidence, and evidence with one cannot be read', () => {
    expect(() => buildTriggerEvidence(observation(now, { observed: Number.NaN }))).toThrow('no number');
    const text = buildTriggerEvidence(observation(now));
    expect(() => parseTriggerEvidence(text.replace('0.031', 'NaN'))).toThrow();
    expect(() => parseTriggerEvidence(text.replace('"v":1', '"v":1,"x":1'))).toThrow();
    expect(() => parseTriggerEvidence(`${text} `)).toThrow();
    const empty = { from: '2026-11-21T10:21:00Z', until: '2026-11-21T10:21:00Z' };
    expect(() => buildTriggerEvidence(observation(now, empty))).toThrow('empty window');
  });

  it.each<[string, (last: Transaction) => Transaction]>([
    ['without evidence', (last) => ({ ...last, sealed: [] })],
    [
      'with other evidence',
      (last) => ({
        ...last,
        sealed: [{ text: buildTriggerEvidence(observation(now, { observed: 0.5 })), token: 'a', jwk: {} }],
      }),
    ],
    ['by a person', (last) => ({ ...last, events: last.events.map((event) => ({ ...event, actor: omar })) })],
    [
      'with approvals of its own',
      (last) => ({ ...last, events: last.events.map((event) => ({ ...event, approvals: [fact] })) }),
    ],
    ['of a value inside the limit', (last) => ({ ...last, events: last.events.map(inside) })],
  ])('one that is forged %s is found', (_, edit) => {
    const own = begin();
    promoteWatched(own);
    fire(own);
    const all = transactionsOf(own.files);
    const [last] = all.slice(-1);
    if (last === undefined) throw new Error('no entry');
    try {
      expect(problems(forge([...all.slice(0, -1), edit(last)]))).not.toEqual([]);
    } catch (error) {
      expect(error).toMatchObject({ code: 'LEDGER_EVENT_ILLEGAL' });
    }
  });

  it('a promotion that hides or adds what may undo it is found', () => {
    const own = begin();
    promoteWatched(own);
    const all = transactionsOf(own.files);
    const edited = (triggers: readonly RollbackTrigger[] | undefined) =>
      all.map((transaction, at) =>
        at < all.length - 1
          ? transaction
          : { ...transaction, events: transaction.events.map((event) => withTriggers(event, triggers)) },
      );
    for (const triggers of [undefined, [{ ...errors, above: 0.5 }]])
      expect(problems(forge(edited(triggers))).join()).toContain('approves other triggers in advance');
  });
});

const fact = {
  ...{ reviewId: 1, reviewer: rosa, role: 'owner', commit: sha(1), submittedAt: '2026-11-21T10:00:00Z' },
  ...{ checkRunId: 1, checkCompletedAt: '2026-11-21T09:00:00Z' },
};

function inside(event: LedgerEvent): LedgerEvent {
  const { data } = event;
  if (data.type !== 'VersionRolledBack' || data.trigger === undefined) return event;
  return { ...event, data: { ...data, trigger: { ...data.trigger, observed: 0.01 } } };
}

function withTriggers(event: LedgerEvent, triggers: readonly RollbackTrigger[] | undefined): LedgerEvent {
  const { data } = event;
  if (data.type !== 'VersionPromoted') return event;
  const { triggers: _, ...rest } = data;
  return { ...event, data: { ...rest, ...(triggers === undefined ? {} : { triggers }) } };
}
