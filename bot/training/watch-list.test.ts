import { expect, it } from 'vitest';
import { freshState } from './light-look.ts';
import type { TrainingWatch } from './watch.ts';
import { WatchList } from './watch-list.ts';

const minute = 60_000;
const watch = (number: number, attempt = 1): TrainingWatch => ({
  ...{ number, headSha: 'a'.repeat(40), run: { id: 8812, attempt } },
  ...{ queueMinutes: 30, runsOn: [], earlierDurationsMs: [] },
});
const keys = (list: WatchList<string>, now: number) => list.takeDue(now).map(([key]) => key);

it('gives each at once, then once a minute, however often the whole pull request is looked at', () => {
  const list = new WatchList<string>();
  list.put('#7', 'x', watch(7), 0);
  expect(keys(list, 0)).toEqual(['#7']);
  list.put('#7', 'x', watch(7), 1000);
  expect(keys(list, minute - 1)).toEqual([]);
  expect(keys(list, minute)).toEqual(['#7']);
});

it('forgets what trains no more', () => {
  const list = new WatchList<string>();
  list.put('#7', 'x', watch(7), 0);
  list.put('#7', 'x', null, 0);
  expect(keys(list, minute)).toEqual([]);
});

it('keeps what is known of a run, but not what its check says, and nothing of another attempt', () => {
  const list = new WatchList<string>();
  const [first, again] = [watch(7), watch(7)];
  list.put('#7', 'x', first, 0);
  list.looked('#7', first, { ...freshState, artifact: 3, shown: 'a' });
  list.put('#7', 'x', again, 0);
  list.looked('#7', first, { ...freshState, artifact: 1 });
  expect(list.takeDue(minute)[0]?.[1].state).toEqual({ ...freshState, artifact: 3, shown: null });
  list.put('#7', 'x', watch(7, 2), 0);
  expect(list.takeDue(2 * minute)[0]?.[1].state).toEqual(freshState);
});

it('spreads many: no more than ten looks a minute', () => {
  const list = new WatchList<string>();
  for (let number = 1; number <= 50; number += 1) list.put(`#${number}`, 'x', watch(number), 0);
  expect(keys(list, 0)).toHaveLength(50);
  expect(keys(list, 4 * minute)).toHaveLength(0);
  expect(keys(list, 5 * minute)).toHaveLength(50);
});
