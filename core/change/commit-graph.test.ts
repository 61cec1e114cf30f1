import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CommitGraph, findMergeBase } from './commit-graph.ts';

type Parents = Readonly<Record<string, readonly string[]>>;

const graphOf = (parents: Parents): CommitGraph => ({ parentsOf: (sha) => parents[sha] });

/** Ancestors of a commit with itself, by the definition. */
function ancestors(parents: Parents, sha: string): ReadonlySet<string> {
  const found = new Set([sha]);
  for (const each of parents[sha] ?? []) for (const one of ancestors(parents, each)) found.add(one);
  return found;
}

/** All best common ancestors, by git's definition: common ones that are an ancestor of no other common one. */
function bestOf(parents: Parents, one: string, other: string): readonly string[] {
  const others = ancestors(parents, other);
  const common = [...ancestors(parents, one)].filter((sha) => others.has(sha));
  return common.filter((sha) => !common.some((each) => each !== sha && ancestors(parents, each).has(sha)));
}

/** A branch that forked at `root`, while main took another one in. */
const merged: Parents = {
  root: ['older'],
  other: ['root'],
  main: ['root', 'other'],
  first: ['root'],
  head: ['first'],
};

describe('findMergeBase', () => {
  it.each<[string, Parents, string, string, string | null]>([
    ['a fork behind a merge, of whose past nothing is known', merged, 'main', 'head', 'root'],
    ['an ancestor', merged, 'other', 'main', 'other'],
    ['the same commit, though nothing is known of it', {}, 'x', 'x', 'x'],
    [
      'a merged branch that came from somewhere unknown',
      { ...merged, other: ['elsewhere'] },
      'main',
      'head',
      null,
    ],
    ['a commit in between that is not known', { main: ['mid'], head: ['root'] }, 'main', 'head', null],
    [
      'two that are as good',
      { a: ['root'], b: ['root'], x: ['a', 'b'], y: ['b', 'a'], root: [] },
      'x',
      'y',
      null,
    ],
    ['nothing in common', { x: [], y: [] }, 'x', 'y', null],
  ])('%s', (_, parents, one, other, found) => {
    expect(findMergeBase(graphOf(parents), one, other)).toBe(found);
    expect(findMergeBase(graphOf(parents), other, one)).toBe(found);
  });

  it('tells nothing that git would not tell, whatever part of the commits is known', () => {
    const size = 9;
    const commit = (at: number) =>
      at === 0
        ? fc.constant<number[]>([])
        : fc.uniqueArray(fc.integer({ min: Math.max(0, at - 4), max: at - 1 }), { maxLength: 2 });
    const commits = fc.tuple(...Array.from({ length: size }, (_, at) => commit(at)));
    const known = fc.array(fc.boolean(), { minLength: size, maxLength: size });
    const at = fc.integer({ min: 0, max: size - 1 });
    const told = { right: 0, nothing: 0 };
    fc.assert(
      fc.property(commits, known, at, at, (all, isKnown, one, other) => {
        const parents = Object.fromEntries(all.map((each, index) => [`${index}`, each.map(String)]));
        const part = Object.fromEntries(
          Object.entries(parents).filter(([sha]) => isKnown[Number(sha)] === true),
        );
        const best = bestOf(parents, `${one}`, `${other}`);
        const found = findMergeBase(graphOf(part), `${one}`, `${other}`);
        if (found !== null) expect(best).toEqual([found]);
        told[found === null ? 'nothing' : 'right'] += 1;
        // Of all commits it leaves nothing out that git tells.
        const whole = findMergeBase(graphOf(parents), `${one}`, `${other}`);
        expect(whole).toBe(best.length === 1 ? best[0] : null);
      }),
      { numRuns: 2_000, seed: 23 },
    );
    expect(Math.min(told.right, told.nothing)).toBeGreaterThan(300);
  });

  it('gives up where a past is endless', () => {
    const endless: CommitGraph = { parentsOf: (sha) => [`${sha}+`] };
    expect(findMergeBase(endless, 'a', 'b')).toBeNull();
  });
});
