import { describe, expect, it } from 'vitest';
import { nextTrials } from '../search/next-trials.ts';
import { rankTrials } from '../search/ranking.ts';
import { makeSearch, play } from '../search/search.fixture.ts';
import { drawParallelCoordinates } from './parallel-coordinates.ts';
import { renderSearch } from './search-report.ts';

const space = {
  rate: { from: 0.001, to: 1, scale: 'log' },
  kind: ['plain', '<img src=x onerror="a()">|@all `'],
};
const search = makeSearch({ method: 'random', space, trials: 12, metric: 'auc', goal: 'maximize' });
const { finished } = play(search, ({ number }) =>
  number === 5
    ? { state: 'failed', value: null, how: 'gpu-out-of-memory' }
    : number === 7
      ? { state: 'lost', value: null, how: 'left no result' }
      : number / 100,
);
const ranked = rankTrials(search, finished);
const next = nextTrials(search, finished);
const text = renderSearch({ model: 'm', search, ranked, next });

describe('renderSearch', () => {
  it('names the best, and shows every trial, those that failed or were lost with the reason', () => {
    expect(text).toContain('### Search: `m` is best with trial 12, `auc` 0.12');
    expect(text).toContain('12 trials: 10 done, 1 failed, 1 lost. All that was to be tried was tried.');
    const rows = text.split('\n').filter((line) => /^\|\s+(?:\d+|–) \|/.test(line));
    expect(rows.map((row) => Number(row.split('|')[2])).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 12 }, (_, at) => at + 1),
    );
    expect(text).toContain('Trial 5 failed: gpu-out');
    expect(text).toContain('Trial 7 was lost: left no result');
    expect(text).toContain('⚠️ lost, 3 trainings');
    expect(text).toContain('claimed by the training command');
  });

  it('escapes what the pull request wrote', () => {
    expect(text).not.toContain('<img');
    expect(text).not.toMatch(/@all/);
  });

  it('says that the rounds did not suffice, and that nothing was evaluated', () => {
    const some = finished.slice(0, 4);
    const unfinished = renderSearch({
      model: 'm',
      search,
      ranked: rankTrials(search, some),
      next: nextTrials(search, some),
    });
    expect(unfinished).toContain('Search, not finished: ');
    expect(unfinished).toMatch(/at least 4 trainings are still to come: add rounds/);
    const failed = finished.filter(({ state }) => state === 'failed');
    expect(renderSearch({ model: 'm', search, ranked: rankTrials(search, failed), next })).toContain(
      '### ⚠️ Not evaluated: no trial of `m` left its `auc`',
    );
  });
});

describe('renderSearch of a search with rungs', () => {
  const halving = makeSearch({
    ...{ method: 'halving', trials: 9, parallel: 9, resource: { name: 'epochs', least: 1, most: 9 } },
    ...{
      space: { ...space, many: { from: 0, to: 1 } },
      metric: 'auc',
      goal: 'maximize',
      budget: { cost: 100 },
    },
  });
  const end = play(halving, ({ number, rung }) =>
    number === 9 && rung === 2
      ? { state: 'failed', value: null, how: 'timed-out', cost: 1 }
      : { value: number / 10, cost: 1 },
  ).finished;

  it('shows how much each got, and that the best one went no further', () => {
    const shown = renderSearch({
      model: 'm',
      search: halving,
      ranked: rankTrials(halving, end),
      next: nextTrials(halving, end),
    });
    expect(shown).toMatch(/\| 1 \| 9 \| 0\.9 \| 3 \|.*✅ done, 3 trainings \|/);
    expect(shown).toContain('Trial 9 went no further: timed-');
  });

  it.each([
    ['budget', 'The budget is spent.'],
    ['cost unknown', 'It ended because nobody knows what a trial cost'],
  ] as const)('says why it ended: %s', (why, words) => {
    const next = { trials: [], done: true, why };
    expect(renderSearch({ model: 'm', search: halving, ranked: [], next })).toContain(words);
  });
});

describe('drawParallelCoordinates', () => {
  const svg = drawParallelCoordinates(search, ranked);
  const lines = svg.match(/<polyline[^>]*>/g) ?? [];
  const pointsOf = (line: string) => (/points="([^"]*)"/.exec(line)?.[1] ?? '').split(' ');

  it('draws a line a trial over an axis a parameter and one for the metric, the best one last and thick', () => {
    expect(lines.length).toBe(12);
    expect(lines.filter((line) => pointsOf(line).length === 3).length).toBe(10);
    expect(
      lines.filter((line) => line.includes('stroke-dasharray')).map((line) => pointsOf(line).length),
    ).toEqual([2, 2]);
    const best = lines.at(-1) ?? '';
    expect(best).toContain('stroke-width="4"');
    // The better end of the metric is on top.
    expect(pointsOf(best)[2]).toBe('380,56');
    expect(svg).toContain('12 trials, the best is number 12 with auc 0.12');
  });

  it('holds no markup but its own, and no coordinate outside the picture', () => {
    expect(svg).not.toContain('<img');
    expect(new Set([...svg.matchAll(/<([a-z]+)/g)].map(([, name]) => name))).toEqual(
      new Set(['svg', 'title', 'rect', 'line', 'text', 'polyline']),
    );
    for (const pair of lines.flatMap(pointsOf)) {
      const [x, y] = pair.split(',').map(Number);
      expect((x ?? -1) >= 0 && (y ?? -1) >= 56 && (y ?? 999) <= 316).toBe(true);
    }
  });

  it('stands without any trial, and with one value for all', () => {
    expect(drawParallelCoordinates(search, [])).toContain('0 trials, none with a value of auc');
    const same = ranked.map((trial) => ({ ...trial, value: 0.5 }));
    expect(drawParallelCoordinates(search, same)).not.toContain('NaN');
  });
});
