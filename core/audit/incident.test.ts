import { describe, expect, it } from 'vitest';
import { correctionsOf, incidentsOf, repositoryBook } from '../registry/incident.ts';
import { parseIncidentsFile } from '../registry/incidents-file.ts';
import { frontPagePath, incidentsPath } from '../registry/layout.ts';
import type { LedgerEvent } from '../registry/ledger.ts';
import { incidentBlocks } from '../report/incident-blocks.ts';
import { verificationBlocks } from '../report/ledger-blocks.ts';
import { ledgerRenderersFor } from '../report/ledger-renderers.ts';
import { renderText } from '../report/text.ts';
import { forge, transactionsOf } from './forgery.fixture.ts';
import { linesOf } from './history.ts';
import { options, type Story, tellStory } from './ledger.fixture.ts';
import { verifyLedger } from './verify.ts';

const pages = ledgerRenderersFor('own');
const merge = 'a'.repeat(40);
const base = 'b'.repeat(40);
const open = {
  kind: 'open-incident',
  reason: 'waiting',
  model: 'flight-delay',
  baseRef: 'main',
  base,
  codes: ['gate/failed'],
} as const;
const correction = {
  kind: 'correct-ledger',
  ...{ restored: 'c'.repeat(40), size: 11, found: 'd'.repeat(40), foreign: ['d'.repeat(40)] },
  codes: ['ledger/stranger'],
} as const;

function told(): Story {
  const story = tellStory('own', pages);
  story.note(open, { pullRequest: 9, mergeSha: merge });
  story.note({ ...open, reason: 'pushed past', model: null }, { pullRequest: 0, mergeSha: base });
  story.note({ kind: 'close-incident', incident: 0, because: 'aligned' });
  story.note(correction);
  return story;
}
const verify = (files: ReadonlyMap<string, string>, story: Story) =>
  verifyLedger(files, [story.anchor], { ...options, renderers: pages });

describe('what went past the gate', () => {
  const story = told();
  const { states } = story.snapshot;

  it('is told by the ledger, open or closed, and the ledger is proven with it', () => {
    expect(verify(story.files, story).findings).toEqual([]);
    expect(incidentsOf(states)).toMatchObject([
      { number: 0, pullRequest: 9, commit: merge, reason: 'waiting', closed: { because: 'aligned' } },
      { number: 1, pullRequest: null, commit: base, reason: 'pushed past', closed: null },
    ]);
    expect(correctionsOf(states)).toMatchObject([{ number: 3, size: 11, foreign: ['d'.repeat(40)] }]);
  });

  it('is no model: it has no state and no card, and moves nothing', () => {
    const before = tellStory('own', pages);
    const added = [...story.files.keys()].filter((path) => !before.files.has(path));
    expect(added.filter((path) => !path.startsWith('audit/'))).toEqual([]);
    const versions = (of: Story) => [...of.state().versions].map(([number, { stage }]) => [number, stage]);
    expect(versions(story)).toEqual(versions(before));
    expect(story.state().endpoints.get('eu')?.champion).toBe(1);
    const page = story.files.get(frontPagePath('own')) ?? '';
    expect(page).toContain('2 models, 3 versions, 1 endpoint served');
    expect(page).toContain('Open incidents');
    expect(page).toContain('pushed to the base branch without a pull request');
    expect(page).not.toContain(repositoryBook);
  });

  it('leaves a ledger without incidents as it was', () => {
    const before = tellStory('own', pages);
    expect(before.files.has(incidentsPath)).toBe(false);
    expect(before.files.get(frontPagePath('own'))).not.toContain('ncident');
  });

  it('can be read back from the file of a clone, and is told with who mends it', () => {
    const file = parseIncidentsFile(story.files.get(incidentsPath) ?? '', incidentsPath);
    const [first] = incidentsOf(states);
    expect(file.incidents[0]).toEqual(first);
    expect(file.corrections).toEqual(correctionsOf(states));
    const text = (all: boolean) => renderText(incidentBlocks(file.incidents, file.corrections, all));
    expect(text(false)).toContain('1 open incident, 1 closed, 1 correction of the ledger');
    expect(text(false)).toContain('the governors and whoever pushed');
    expect(text(false)).not.toContain('#9');
    expect(text(true)).toContain('the file says what the ledger says');
    expect(text(false)).toContain('dddddddddddd');
  });

  it('is named by verify, whose proof it does not hold up', () => {
    const text = renderText(verificationBlocks(verify(story.files, story)));
    expect(text).toContain('the ledger is what its entries say');
    expect(text).toContain('Correction 3');
    expect(text).toContain('Not written by the app: dddddddddddd');
  });

  it('stands in the history of the repository', () => {
    const events = verify(story.files, story).events.filter(({ stream }) => stream.endsWith(repositoryBook));
    expect(linesOf(events).map(({ what }) => what)).toEqual([
      'not recorded',
      'not recorded',
      'incident closed',
      'ledger corrected',
    ]);
  });
});

describe('what nobody could have written', () => {
  const story = told();
  const forged = (change: (event: LedgerEvent) => Partial<LedgerEvent>): string => {
    const transactions = transactionsOf(story.files);
    const last = transactions.at(-1);
    if (last === undefined) throw new Error('no transaction');
    const events = last.events.map((event) => ({ ...event, ...change(event) }));
    try {
      return verify(forge([...transactions.slice(0, -1), { ...last, events }], pages), story)
        .findings.map(({ code, message }) => `${code} ${message}`)
        .join('\n');
    } catch (error) {
      return String(error);
    }
  };

  it.each<[string, (event: LedgerEvent) => Partial<LedgerEvent>, string]>([
    [
      'the end of an incident that is closed',
      () => ({ data: { type: 'IncidentClosed', incident: 0, because: 'mended' } }),
      'closed already',
    ],
    [
      'the end of an incident that never was',
      () => ({ data: { type: 'IncidentClosed', incident: 7, because: 'mended' } }),
      'no incident 7',
    ],
    [
      'a model in the book of the repository',
      () => ({ data: { type: 'Correction', ofSeq: 0, reason: 'x' } }),
      'no model is in this stream',
    ],
    [
      'an approval of it',
      ({ data }) => ({
        data,
        approvals: transactionsOf(story.files)[0]?.events[0]?.approvals ?? [],
      }),
      'nobody approves',
    ],
  ])('%s', (_, change, words) => {
    expect(forged(change)).toContain(words);
  });

  it('is refused before it is written', () => {
    expect(() => story.note({ kind: 'close-incident', incident: 0, because: 'mended' })).toThrow(/closed/);
    expect(() => story.note(open, { pullRequest: 9, mergeSha: merge })).toThrow(/in the ledger already/);
    expect(() => story.note({ ...open, codes: ['Words of a person'] })).toThrow(/codes/);
  });
});

it('an incident in the stream of a model is illegal', () => {
  const story = tellStory('own', pages);
  const [first] = transactionsOf(story.files);
  if (first === undefined) throw new Error('no transaction');
  const { kind: _, ...data } = open;
  const events = first.events.slice(0, 1).map((event) => ({
    ...event,
    data: { type: 'MergeNotRecorded' as const, ...data },
  }));
  expect(() => forge([{ ...first, events }], pages)).toThrow(/kept in _repository/);
});
