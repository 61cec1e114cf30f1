import { describe, expect, it } from 'vitest';
import { nextTrials } from './next-trials.ts';
import { makeSearch } from './search.fixture.ts';
import { digestSearch, parsePlan, parseTrial, renderPlan, type SearchPlan } from './search-plan.ts';

const search = makeSearch({
  method: 'halving',
  space: { rate: { from: 0.001, to: 1, scale: 'log' }, kind: ['a', true, 3] },
  resource: { name: 'epochs', least: 1, most: 9 },
});
const { trials } = nextTrials(search, []);
const plan: SearchPlan = {
  v: 1,
  model: 'growth/churn',
  searchDigest: digestSearch(search),
  round: 2,
  trials,
};
const [first] = trials;
const handed = { round: 2, ...first };

describe('the plan of a round', () => {
  it('is read as it was written, whole and trial by trial', () => {
    expect(parsePlan(renderPlan(plan), 'plan.json')).toEqual(plan);
    expect(parseTrial(JSON.stringify(handed), 'the input "trial"')).toEqual(handed);
  });

  it.each<readonly [string, object]>([
    ['a trial 0', { number: 0 }],
    ['a value that is a list', { parameters: { rate: [1] } }],
    ['no resource, and nothing that says so', { resource: undefined }],
    ['a resource of nothing', { resource: 0 }],
    ['an artifact of somebody else', { resumeFrom: 'gatehouse-model' }],
    ['a path', { resumeFrom: 'gatehouse-trial-1-2/../x' }],
    ['an unknown key', { secret: 1 }],
  ])('refuses %s', (_, own) => {
    const refused = expect.objectContaining({ code: 'SEARCH_PLAN' });
    expect(() => parseTrial(JSON.stringify({ ...handed, ...own }), 'x')).toThrow(refused);
    const all = JSON.stringify({ ...plan, trials: [{ ...first, ...own }] });
    expect(() => parsePlan(all, 'x')).toThrow(refused);
  });

  it('refuses what is no JSON, what has a key twice, and what has no end', () => {
    const refused = expect.objectContaining({ code: 'SEARCH_PLAN' });
    for (const text of ['', '{', '{"v":1,"v":1}', '[]', `"${'x'.repeat(5_000_000)}"`]) {
      expect(() => parsePlan(text, 'x')).toThrow(refused);
      expect(() => parseTrial(text, 'x')).toThrow(refused);
    }
  });

  it('has another digest for another search', () => {
    expect(digestSearch(makeSearch({ trials: 9 }))).not.toBe(digestSearch(makeSearch({ trials: 8 })));
  });
});
