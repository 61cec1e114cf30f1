import { describe, expect, it } from 'vitest';
import { commandOf } from './command.ts';
import { evolve } from './evolve.ts';
import {
  correctionsOf,
  type IncidentCommand,
  incidentCommandOf,
  incidentEventOf,
  incidentsOf,
  isIncidentCommand,
  isIncidentEvent,
  isOpen,
  modelStates,
  repositoryBook,
} from './incident.ts';
import type { LedgerEvent, LedgerEventData, ModelState } from './ledger.ts';
import { propose } from './propose.ts';
import { ada, move, staged, after as stateAfter, write } from './registry.fixture.ts';
import { emptyState } from './stream.ts';

const [merged, base, found, restored] = ['a', 'b', 'c', 'd'].map((each) => each.repeat(40)) as [
  ...[string, string, string, string],
];
const open: IncidentCommand = {
  ...{ kind: 'open-incident', reason: 'waiting', model: 'churn', baseRef: 'main', base },
  codes: ['gate/failed'],
};
const close = (incident: number): IncidentCommand => ({
  ...{ kind: 'close-incident', incident, because: 'taken back' },
});
const correct: IncidentCommand = {
  ...{ kind: 'correct-ledger', restored, size: 4, found, foreign: [found], codes: ['ledger/stranger'] },
};
const book = emptyState(repositoryBook);
const first = write(book, open, 9).state;
const eventOf = (state: ModelState, command: IncidentCommand, merge = 10): LedgerEvent => {
  const [event] = write(state, command, merge).events;
  if (event === undefined) throw new Error('no event');
  return event;
};
const refusal = (code: string, message: string) => expect.objectContaining({ code, message });

describe('an incident', () => {
  it('is kept with all that is known of it, and keeps its number when it ends', () => {
    const source = { repositoryId: 7001, pullRequest: 0, headSha: merged, mergeSha: merged };
    const pushed = evolve(first, { ...eventOf(first, open), source });
    const known = {
      ...{ at: '2026-01-01T00:09:00.000Z', by: ada, reason: 'waiting', model: 'churn', pullRequest: 9 },
      ...{ commit: '9'.padStart(40, '0'), baseRef: 'main', base, codes: ['gate/failed'], closed: null },
    };
    const second = {
      ...{ ...known, number: 1, at: '2026-01-01T00:10:00.000Z', pullRequest: null, commit: merged },
    };
    expect(pushed.incidents).toEqual(
      new Map<number, object>([
        [0, { ...known, number: 0 }],
        [1, second],
      ]),
    );
    const closed = write(pushed, close(0), 11).state;
    const end = { at: '2026-01-01T00:11:00.000Z', because: 'taken back' };
    expect(closed.incidents?.get(0)).toEqual({ ...known, number: 0, closed: end });
    expect(closed.incidents?.get(1)).toEqual(second);
    expect(pushed.incidents?.get(0)?.closed).toBeNull();
    const states = new Map([[repositoryBook, closed]]);
    expect(incidentsOf(states).map(isOpen)).toEqual([false, true]);
    expect(incidentsOf(new Map())).toEqual([]);
    expect(incidentsOf(new Map([[repositoryBook, book]]))).toEqual([]);
  });

  it('ends once, and only when there is one', () => {
    const hint = 'Read the ledger again and look what is open.';
    const refused = (message: string) => expect.objectContaining({ code: 'LEDGER_INCIDENT', message, hint });
    const closed = write(first, close(0), 10).state;
    expect(() => propose(close(0), closed)).toThrow(refused('incident 0 is closed already'));
    expect(() => propose(close(1), first)).toThrow(refused('there is no incident 1'));
    expect(() => propose(close(0), book)).toThrow(refused('there is no incident 0'));
    for (const state of [closed, book]) {
      expect(() => evolve(state, eventOf(first, close(0)))).toThrow(
        expect.objectContaining({ code: 'LEDGER_EVENT_ILLEGAL' }),
      );
    }
  });

  it('is kept in its own stream, where no model is', () => {
    const model = stateAfter(staged('a'));
    const because = 'incidents are kept in _repository, not in flight-delay';
    for (const command of [open, close(0), correct])
      expect(() => propose(command, model)).toThrow(refusal('LEDGER_INCIDENT', because));
    expect(() => evolve(model, eventOf(book, open))).toThrow(
      refusal('LEDGER_EVENT_ILLEGAL', `event 0 of model/_repository (MergeNotRecorded): ${because}`),
    );
    const [registration] = write(emptyState('flight-delay'), staged('a')(), 1).events as [LedgerEvent];
    expect(() => evolve(book, registration)).toThrow('no model is in this stream');
    expect(modelStates([book, model])).toEqual([model]);
  });

  it.each([open, close(0), correct])('of %o is written once, and approved by nobody', (command) => {
    const event = eventOf(first, command);
    const [known = ''] = first.operations;
    expect(() => evolve(first, { ...event, operation: known })).toThrow('it was written before');
    const approvals = [{ reviewId: 1 } as never];
    expect(() => evolve(first, { ...event, approvals })).toThrow('nobody approves what went past the gate');
  });
});

describe('a correction of the ledger', () => {
  it('is kept with what was found and what was put back', () => {
    const corrected = write(write(first, correct, 10).state, correct, 11).state;
    const { kind: _, ...facts } = correct as IncidentCommand & { kind: 'correct-ledger' };
    const all = [10, 11].map((minute) => ({
      ...{ number: minute - 9, at: `2026-01-01T00:${minute}:00.000Z`, ...facts },
    }));
    expect(corrected.corrections).toEqual(all);
    expect(corrected.incidents).toEqual(first.incidents);
    expect(correctionsOf(new Map([[repositoryBook, corrected]]))).toEqual(all);
    expect(correctionsOf(new Map())).toEqual([]);
    expect(correctionsOf(new Map([[repositoryBook, first]]))).toEqual([]);
  });
});

describe('commands and events of the repository', () => {
  it.each<[IncidentCommand, LedgerEventData['type']]>([
    [open, 'MergeNotRecorded'],
    [close(0), 'IncidentClosed'],
    [correct, 'LedgerCorrected'],
  ])('%o is %s, both ways', (command, type) => {
    const { kind: _, ...facts } = command;
    const data = incidentEventOf(command);
    expect(data).toEqual({ type, ...facts });
    expect(incidentCommandOf(data)).toEqual(command);
    expect(commandOf([data])).toEqual(command);
    expect(propose(command, first)).toEqual([data]);
    expect([isIncidentEvent(data), isIncidentCommand(command)]).toEqual([true, true]);
  });

  it('are told from those of models, whatever names a model of objects has', () => {
    const other = { type: 'Correction', ofSeq: 0, reason: 'x' } as const;
    expect(isIncidentEvent(other)).toBe(false);
    expect(isIncidentEvent({ type: 'toString' } as never)).toBe(false);
    expect(isIncidentCommand({ kind: 'correct', ofSeq: 0, reason: 'x' })).toBe(false);
    expect(isIncidentCommand(move({})(stateAfter(staged('a'))))).toBe(false);
  });
});
