import type { SearchConfig } from '../config/search.ts';
import { toSearch } from '../config/search-file.ts';
import { searchSchema } from '../config/search-schema.ts';
import { nextTrials } from './next-trials.ts';
import type { FinishedTrial, PlannedTrial } from './trial.ts';

type Written = Parameters<typeof searchSchema.parse>[0] & object;

/** A search as model.yml would say it; what is not given is random over one range. */
export function makeSearch(own: Written = {}): SearchConfig {
  const usual = { method: 'random', space: { x: { from: 0, to: 1 } }, trials: 8 };
  return toSearch(searchSchema.parse({ ...usual, metric: 'loss', goal: 'minimize', ...own }));
}

/** How a training of a planned trial ended. */
export function finish(trial: PlannedTrial, round: number, own: Partial<FinishedTrial> = {}): FinishedTrial {
  const { number, rung, parameters, resource } = trial;
  const usual = { state: 'done', how: 'done', value: 0, hours: 1, cost: null } as const;
  return { number, rung, round, parameters, resource, ...usual, ...own };
}

/** Plays a whole search. @param judge what became of a training: its metric, or more */
export function play(
  search: SearchConfig,
  judge: (trial: PlannedTrial, round: number) => number | Partial<FinishedTrial>,
): { readonly finished: readonly FinishedTrial[]; readonly rounds: readonly (readonly PlannedTrial[])[] } {
  const finished: FinishedTrial[] = [];
  const rounds: (readonly PlannedTrial[])[] = [];
  for (let next = nextTrials(search, finished); !next.done; next = nextTrials(search, finished)) {
    rounds.push(next.trials);
    for (const trial of next.trials) {
      const end = judge(trial, rounds.length);
      finished.push(finish(trial, rounds.length, typeof end === 'number' ? { value: end } : end));
    }
    if (rounds.length > 5000) throw new Error('the search does not end');
  }
  return { finished, rounds };
}
