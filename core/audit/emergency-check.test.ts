import { describe, expect, it, test } from 'vitest';
import {
  ask,
  byGovernors,
  emergency,
  emergencyPolicy,
  emergencyRequest,
} from '../policy/break-glass.fixture.ts';
import { decide } from '../policy/decide.ts';
import { omar, requestOf, reviewOf, stageMove } from '../policy/decision.fixture.ts';
import { breakGlassNoteOf } from '../policy/emergency-note.ts';
import type { LedgerEvent, Transaction } from '../registry/ledger.ts';
import { toLedgerFacts } from '../registry/ledger-facts.ts';
import { parseStateFile, readStateSlowly } from '../registry/state-file.ts';
import {
  append,
  begin,
  breakTheGlass,
  given,
  problems,
  promoteWatched,
  review,
  timeOf,
  toEu,
  verify,
} from './emergency.fixture.ts';
import { forge, transactionsOf } from './forgery.fixture.ts';
import { linesOf } from './history.ts';

describe('an emergency in the ledger', () => {
  const story = begin();
  breakTheGlass(story);

  it('is an event of the same transaction, proven with it', () => {
    expect(verify(story).findings).toEqual([]);
    const last = transactionsOf(story.files).at(-1);
    expect(last?.events.map(({ data }) => data.type)).toEqual([
      ...['VersionPromoted', 'VersionArchived', 'BreakGlassUsed'],
    ]);
    expect(last?.events[2]?.data).toEqual({
      ...{ type: 'BreakGlassUsed', version: 2, endpoint: 'eu', by: 'ben', past: ['judgement', 'approvals'] },
      reason: ask.reason,
      ...{ expiresAt: '2026-11-21T13:00:00Z', reviewBy: '2026-11-22T10:04:00Z' },
    });
    expect(last?.events[2]?.approvals).toHaveLength(2);
    expect(JSON.stringify(last)).not.toContain('eu answers nothing');
  });

  it('is told in words wherever the stay is told, by either reader of the state', () => {
    const text = story.files.get('models/flight-delay/state.yml') ?? '';
    expect(text).toContain('how: promoted by break-glass');
    expect(readStateSlowly(text, 'state.yml')).toEqual(parseStateFile(text, 'state.yml', 'flight-delay'));
    const lines = linesOf(verify(story).events).slice(-1);
    expect(lines).toMatchObject([{ what: 'by break-glass', version: 2, endpoint: 'eu' }]);
    expect(lines[0]?.because).toBe(
      'asked for by ben, past judgement, approvals; review due 2026-11-22T10:04:00Z',
    );
  });

  it('of a rollback, whose quorum nobody filled, it says that too', () => {
    const own = begin();
    promoteWatched(own);
    const change = emergencyRequest({ moves: [stageMove({ version: 1, from: 'archived', rollback: true })] });
    const asked = { asked: { ...ask, production: { eu: 1 } }, uses: [] };
    const input = byGovernors(
      given(own, emergency({ change, breakGlass: asked, stored: [{ version: 1, present: true }] })),
    );
    const decision = decide(input);
    expect(decision).toMatchObject({ kind: 'allowed', passedOver: ['approvals'] });
    const note = breakGlassNoteOf(input, decision);
    if (note === null) throw new Error('no emergency');
    const command = { ...toEu(1, 2), from: 'archived', rollback: true, breakGlass: note } as const;
    append(own, command, { decisionInput: input, approvals: decision.counted });
    expect(verify(own).findings).toEqual([]);
    expect(own.files.get('models/flight-delay/state.yml')).toContain('how: rolled back by break-glass');
  });

  it('waits for one review, which governors bring, and which is recorded once', () => {
    const own = begin();
    breakTheGlass(own);
    expect(own.state().breakGlass).toMatchObject([{ version: 2, pullRequest: 4, reviewed: false }]);
    review(own, 4);
    expect(verify(own).findings).toEqual([]);
    expect(own.state().breakGlass).toMatchObject([{ reviewed: true }]);
    expect(() => review(own, 4)).toThrow('used no break-glass');
  });

  const usedOf = (transaction: Transaction, edit: (data: object) => object): Transaction => ({
    ...transaction,
    events: transaction.events.map((event) =>
      event.data.type === 'BreakGlassUsed'
        ? { ...event, data: edit(event.data) as LedgerEvent['data'] }
        : event,
    ),
  });

  it.each<[string, (last: Transaction) => Transaction]>([
    ['hidden', (last) => ({ ...last, events: last.events.slice(0, 2) })],
    ['asked for by somebody else', (last) => usedOf(last, (data) => ({ ...data, by: 'rita' }))],
    ['past fewer rules', (last) => usedOf(last, (data) => ({ ...data, past: [] }))],
    ['reviewed later', (last) => usedOf(last, (data) => ({ ...data, reviewBy: '2027-11-22T10:04:00Z' }))],
    ['of another endpoint', (last) => usedOf(last, (data) => ({ ...data, endpoint: 'us' }))],
    ['after its end', (last) => usedOf(last, (data) => ({ ...data, expiresAt: '2026-11-21T10:04:00Z' }))],
  ])('one that is %s is found, with all hashes made right', (_, edit) => {
    const all = transactionsOf(story.files);
    const [last] = all.slice(-1);
    if (last === undefined) throw new Error('no entry');
    try {
      expect(problems(forge([...all.slice(0, -1), edit(last)]))).not.toEqual([]);
    } catch (error) {
      // What cannot even be folded cannot be forged this way.
      expect(error).toMatchObject({ code: 'LEDGER_EVENT_ILLEGAL' });
    }
  });

  it('a decision that was not told of one is found', () => {
    const own = begin();
    breakTheGlass(own);
    const { breakGlass: _, ...input } = emergency({ stored: [{ version: 1, present: true }] });
    const back = { ...input, policy: emergencyPolicy, judgement: null };
    const change = requestOf({ moves: [stageMove({ version: 1, from: 'archived', rollback: true })] });
    const told = { ...back, change, now: timeOf(5), ledger: toLedgerFacts(change, own.state()) };
    const approved = { ...told, reviews: [reviewOf(omar, ['owner'], told)] };
    const decision = decide(approved);
    const command = { ...toEu(1, 2), from: 'archived', rollback: true } as const;
    append(own, command, { decisionInput: approved, approvals: decision.counted });
    expect(problems(own.files)).toEqual([
      expect.stringContaining('it was not told of every emergency of this model'),
    ]);
  });

  test('a promotion that says it was one is found', () => {
    const plain = begin();
    plain.move([{ version: 2 }]);
    const all = transactionsOf(plain.files);
    const [last] = all.slice(-1);
    const used = transactionsOf(story.files).at(-1)?.events[2];
    if (last === undefined || used === undefined) throw new Error('no entry');
    const first = last.events[0];
    const note = {
      ...used,
      at: first?.at ?? '',
      operation: first?.operation ?? '',
      source: first?.source ?? used.source,
    };
    const approvals = first?.approvals ?? [];
    const forged = forge([
      ...all.slice(0, -1),
      { ...last, events: [...last.events, { ...note, approvals }] },
    ]);
    expect(problems(forged).join()).toContain('it says that the glass was broken, and it was not');
  });
});
