import { expect, test } from 'vitest';
import { joinAnswers } from './join-answers.ts';
import { listKeyQuestions, type PartitionAnswer } from './key-question.ts';
import type { CheckPlan } from './plan.ts';

const plan: CheckPlan = {
  columns: [
    { column: 'id', type: 'integer', showValues: true },
    { column: 'name', type: 'text', showValues: false },
  ],
  rules: [
    { name: 'key', kind: 'repeated', columns: ['id'], nulls: 'skip' },
    { name: 'persons', kind: 'repeated', columns: ['id', 'name'], nulls: 'skip' },
    { name: 'label', kind: 'conflicts', label: 'name', features: ['id'] },
    { name: 'small', kind: 'cells', check: { column: 'id', type: 'integer', max: 5, showValues: true } },
  ],
  examples: 2,
  distinct: ['name'],
};
const questions = listKeyQuestions(plan);
const answer = (more: Partial<PartitionAnswer>): PartitionAnswer => ({
  ...{ name: 'key', rows: 0, count: 0, distinct: 0, first: [] },
  ...more,
});
const keyed = [[{ name: 'key', rows: 3 }], [{ name: 'key', rows: 4 }]];
const whole = [
  [
    answer({
      rows: 5,
      count: 2,
      distinct: 3,
      first: [
        [1, 1],
        [1, 4],
      ],
    }),
  ],
  [answer({ rows: 2, count: 1, distinct: 1, first: [[0, 3]] })],
];
const join = (partitions: Parameters<typeof joinAnswers>[2], parts = keyed) =>
  joinAnswers(questions, parts, partitions, [3, 4], plan.examples);

test('no question is asked on a personal or secret column', () => {
  expect(questions.map(({ name }) => name)).toEqual(['key']);
});

test('counts are added, first rows are those of the whole table in order', () => {
  expect(join(whole).get('key')).toEqual({
    distinct: 4,
    tally: {
      count: 3,
      firstRow: 3,
      examples: [],
      rows: [
        { row: 3, cells: [] },
        { row: 4, cells: [] },
      ],
    },
  });
});

test.each<[string, Parameters<typeof joinAnswers>[2], typeof keyed]>([
  ['a row was lost', [[answer({ rows: 4, distinct: 4 })], [answer({ rows: 2, distinct: 2 })]], keyed],
  ['a row came from nowhere', [[answer({ rows: 8, distinct: 8 })]], keyed],
  ['a partition has no answer', [[answer({ rows: 7, distinct: 7 })], []], keyed],
  ['a part has no keys', whole, [[{ name: 'key', rows: 7 }], []]],
  ['a fault has no row', [[answer({ rows: 7, count: 1, distinct: 6 })]], keyed],
  ['a row is in no part', [[answer({ rows: 7, count: 1, distinct: 6, first: [[9, 1]] })]], keyed],
])('there is no answer when %s', (_, partitions, parts) => {
  expect(join(partitions, parts).size).toBe(0);
});
