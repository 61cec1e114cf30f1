import { expect, test } from 'vitest';
import { tellStory } from '../audit/ledger.fixture.ts';
import { answerState } from '../registry/past-answer.ts';
import { diffVersions } from '../registry/version-diff.ts';
import { renderModelCard } from './card.ts';
import { trustBlock } from './ledger-trust.ts';
import { modelAnswerBlocks } from './model-answer-blocks.ts';
import { plainMarkdown } from './plain-markdown.ts';
import { diffBlocks, listBlocks, servedBlocks } from './registry-blocks.ts';
import { renderText } from './text.ts';

const hostile = '\u001b[2Jclean\r\n  fake  row\u202e';
const state = tellStory().state('flight-delay');
const answer = answerState(state);
if (answer === null) throw new Error('the story has no version');
/** Everything that a terminal would obey, and what turns the direction of a line. */
const unsafe = /[^\P{C}\n]/u;

test('texts of a record cannot steer the terminal or begin a line', () => {
  const { record } = answer;
  const forged = {
    ...record,
    description: hostile,
    limitations: hostile,
    risk: hostile,
    servingImage: hostile,
    owners: { users: [hostile], teams: [] },
    metrics: record.metrics.map((metric) => ({ ...metric, metric: hostile })),
    gates: record.gates.map((gate) => ({ ...gate, found: hostile })),
  };
  const text = renderText(modelAnswerBlocks({ ...answer, record: forged }, null));
  expect(text).toContain('[2Jclean fake row');
  expect(text).not.toMatch(unsafe);
  expect(text).not.toMatch(/^ {2}fake/m);
  expect(text.split('\n')).toHaveLength(renderText(modelAnswerBlocks(answer, null)).split('\n').length);
  const facts = diffVersions(record, forged);
  expect(renderText(diffBlocks('flight-delay', [1, 1], facts))).not.toMatch(unsafe);
});

test('nothing to say is said in words', () => {
  expect(renderText(listBlocks([]))).toBe('No model is registered.');
  expect(renderText(servedBlocks(['Serves at eu'], []))).toBe('Serves at eu: nothing.');
  expect(renderText(diffBlocks('churn', [1, 2], []))).toBe('churn, v1 against v2: no fact differs');
});

test('one line says whether the ledger was verified, up to where it is anchored, and where it was read', () => {
  const read = { ref: 'ledger', commit: 'abc', size: 14, root: null };
  const proven = { commit: 'abc', size: 11, anchored: 9, at: '2026-11-21T10:00:00Z' };
  const lines = (['proven', 'outgrown', 'none'] as const).map((proof) =>
    renderText([trustBlock({ ...read, proof, proven: proof === 'none' ? null : proven })]),
  );
  const toProve =
    'To prove it: gatehouse verify --github URL --app ID, or --anchor SIZE:ROOT from the check gatehouse of the newest merge commit; --prove here takes the same.';
  expect(lines).toEqual([
    'Proven by gatehouse verify on 2026-11-21 10:00 UTC: 9 entries of 11 anchored. Read from ledger at abc.',
    `Not proven: 11 entries were on 2026-11-21 10:00 UTC, 9 anchored; 3 entries since then, and every file, are read as they lie there. ${toProve} Read from ledger at abc.`,
    `Not proven: 14 entries as they lie there, no anchor looked at. ${toProve} Read from ledger at abc.`,
  ]);
});

test('a card comes out byte by byte, a forged one without what steers a terminal', () => {
  const card = renderModelCard(state, 1);
  expect(plainMarkdown(card)).toBe(card);
  expect(plainMarkdown(`${card}${hostile}`)).toBe(`${card}[2Jclean\n  fake  row`);
});
