import { describe, expect, it } from 'vitest';
import type { SearchResource } from '../config/search.ts';
import { type Bracket, bracketsOf, deepestRung } from './bracket.ts';
import { makeSearch } from './search.fixture.ts';

const resource: SearchResource = { name: 'epochs', least: 1, most: 81, reduction: 3 };
const brackets = (method: 'halving' | 'hyperband', trials: number, given = resource) =>
  bracketsOf({ ...makeSearch({ method, resource: given, trials }), resource: given }, trials);
const table = (all: readonly Bracket[]) =>
  all.map(({ rungs }) => rungs.map(({ trials, resource: each }) => `${trials}@${each}`).join(' '));
const costOf = ({ rungs }: Bracket) => rungs.reduce((sum, rung) => sum + rung.trials * rung.resource, 0);

describe('hyperband', () => {
  it('shares out as the table of the paper says: R = 81, eta = 3', () => {
    const all = brackets('hyperband', 81 + 27 + 9 + 6 + 5);
    expect(table(all)).toEqual([
      '81@1 27@3 9@9 3@27 1@81',
      '27@3 9@9 3@27 1@81',
      '9@9 3@27 1@81',
      '6@27 2@81',
      '5@81',
    ]);
    // No bracket costs more than (s_max + 1) R = 405, counted as the paper does: every rung from the beginning.
    expect(all.map(costOf)).toEqual([405, 324, 243, 324, 405]);
    expect(all.map(({ first }) => first)).toEqual([1, 82, 109, 118, 124]);
  });

  it('begins again when more trials are asked for, and takes the rest in the last bracket', () => {
    const small = { ...resource, most: 9 };
    expect(table(brackets('hyperband', 15 + 9 + 2, small))).toEqual([
      ...['9@1 3@3 1@9', '3@3 1@9', '3@9'],
      ...['9@1 3@3 1@9', '2@9'],
    ]);
  });
});

describe('halving', () => {
  it('has as many rungs as its trials fill, the last one with all of the resource', () => {
    expect(table(brackets('halving', 81))).toEqual(['81@1 27@3 9@9 3@27 1@81']);
    expect(table(brackets('halving', 16))).toEqual(['16@9 5@27 1@81']);
    expect(table(brackets('halving', 2))).toEqual(['2@81']);
    expect(table(brackets('halving', 200))).toEqual(['200@1 66@3 22@9 7@27 2@81']);
  });

  it('rounds epochs, keeps fractions, and never leaves least and most', () => {
    expect(table(brackets('halving', 8, { ...resource, least: 3, most: 20, reduction: 2 }))).toEqual([
      '8@5 4@10 2@20',
    ]);
    expect(table(brackets('halving', 4, { ...resource, least: 0.25, most: 1, reduction: 2 }))).toEqual([
      '4@0.25 2@0.5 1@1',
    ]);
  });

  it.each([2, 3, 4, 5, 6, 7, 8, 9, 10])('finds the deepest rung of exact powers of %i', (reduction) => {
    for (const depth of [1, 2, 3, 5])
      expect(deepestRung({ ...resource, reduction, most: reduction ** depth })).toBe(depth);
  });
});
