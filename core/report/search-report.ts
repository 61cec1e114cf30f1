import type { SearchConfig } from '../config/search.ts';
import type { NextTrials } from '../search/next-trials.ts';
import type { RankedTrial } from '../search/ranking.ts';
import type { TrialState } from '../search/trial.ts';
import type { Block, Phrase, Section } from './block.ts';
import { fitSections } from './budget.ts';
import { counted } from './facts.ts';
import { footer } from './summary-part.ts';

/** As for every summary of ours. */
const summaryLimit = 400_000;

/** How a search stands when its rounds are over. */
export interface SearchResult {
  readonly model: string;
  readonly search: SearchConfig;
  /** Every trial that was planned, the best first. */
  readonly ranked: readonly RankedTrial[];
  /** What would come next; not done: the rounds of the workflow did not suffice. */
  readonly next: Pick<NextTrials, 'trials' | 'done' | 'why'>;
}

const stateWords: Readonly<Record<TrialState, string>> = {
  done: '✅ done',
  failed: '❌ failed',
  lost: '⚠️ lost',
};

/** Renders the summary of a search: every trial is in it, also those that failed or were lost. */
export function renderSearch(result: SearchResult): string {
  return fitSections(
    searchSections(result),
    summaryLimit,
    'search.json in the artifact of this job has every trial.',
  );
}

/** The same as blocks: for the terminal. */
export function searchSections({ model, search, ranked, next }: SearchResult): readonly Section[] {
  const [best] = ranked;
  const name = { code: model };
  const found = best !== undefined && best.value !== null;
  const heading: Phrase = found
    ? [
        next.done ? 'Search: ' : 'Search, not finished: ',
        name,
        ' is best with trial ',
        String(best.number),
        ', ',
        { code: search.metric },
        ` ${best.value}`,
      ]
    : ['⚠️ Not evaluated: no trial of ', name, ' left its ', { code: search.metric }];
  return [
    {
      name: 'headline',
      rank: 0,
      blocks: [
        { kind: 'heading', level: 3, text: heading },
        { kind: 'paragraph', text: countPhrase(ranked, next) },
      ],
    },
    ...(found ? [{ name: 'best parameters', rank: 0, blocks: [bestTable(best)] }] : []),
    { name: 'trials', rank: 1, blocks: [trialTable(search, ranked)] },
    ...missingSections(ranked),
    footer([
      `Method ${search.method}, seed ${search.seed}. Values are claimed by the training command, of its own validation data; the judge compares the proposal on held-out rows.`,
    ]),
  ];
}

function countPhrase(ranked: readonly RankedTrial[], { done, why, trials }: SearchResult['next']): Phrase {
  const count = (state: TrialState) => ranked.filter((trial) => trial.state === state).length;
  const ends = (['done', 'failed', 'lost'] as const)
    .flatMap((state) => (count(state) === 0 ? [] : [`${count(state)} ${state}`]))
    .join(', ');
  const words = {
    complete: 'All that was to be tried was tried.',
    budget: 'The budget is spent.',
    'cost unknown':
      'It ended because nobody knows what a trial cost: the policy has no price for its runner.',
  };
  const end = done
    ? words[why ?? 'complete']
    : `The rounds of the workflow are over, and at least ${counted(trials.length, 'training')} are still to come: add rounds, or raise parallel.`;
  return [`${counted(ranked.length, 'trial')}: ${ends || 'none ran'}. ${end}`];
}

const bestTable = ({ parameters }: RankedTrial): Block => ({
  kind: 'table',
  head: ['Parameter', 'Best value'],
  rows: Object.entries(parameters).map(([name, value]) => [[{ code: name }], [{ code: String(value) }]]),
});

function trialTable({ space, metric, resource }: SearchConfig, ranked: readonly RankedTrial[]): Block {
  // Wide tables are not read: the artifact has all parameters.
  const shown = space.slice(0, 8).map(({ name }) => name);
  return {
    kind: 'table',
    head: ['Rank', 'Trial', metric, ...(resource ? [resource.name] : []), ...shown, 'Hours', 'Ended'],
    align: ['r', 'r', 'r', ...(resource ? ['r' as const] : []), ...shown.map(() => 'l' as const), 'r', 'l'],
    rows: ranked.map((trial, rank) => [
      [trial.value === null ? '–' : String(rank + 1)],
      [String(trial.number)],
      [trial.value === null ? '–' : String(trial.value)],
      ...(resource ? [[String(trial.resource ?? '–')]] : []),
      ...shown.map((name): Phrase => [{ code: String(trial.parameters[name] ?? '') }]),
      [trial.hours.toFixed(2)],
      [`${stateWords[trial.state]}${trial.trainings > 1 ? `, ${trial.trainings} trainings` : ''}`],
    ]),
  };
}

const endWords: Readonly<Record<TrialState, string>> = {
  done: 'went no further',
  failed: 'failed',
  lost: 'was lost',
};

/** Why there is no value, or no better one: beside the table, so that it is cut by nothing. */
function missingSections(ranked: readonly RankedTrial[]): readonly Section[] {
  // One that ended well on a lower rung and failed above is told, too.
  const missing = ranked.filter(({ how }) => how !== 'done');
  if (missing.length === 0) return [];
  const items = missing.map(
    ({ number, state, how }): Phrase => [`Trial ${number} ${endWords[state]}: `, how],
  );
  return [
    {
      name: 'trials that did not end well',
      rank: 0,
      blocks: [
        { kind: 'paragraph', text: [{ strong: 'Trials that did not end well' }] },
        { kind: 'list', items },
      ],
    },
  ];
}
