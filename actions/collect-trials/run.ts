import { readSearch } from '../../adapters/search/search-declared.ts';
import { readFinished } from '../../adapters/search/search-folder.ts';
import { canonicalJson } from '../../core/json/canonical.ts';
import { drawParallelCoordinates } from '../../core/report/parallel-coordinates.ts';
import { renderSearch } from '../../core/report/search-report.ts';
import { nextTrials } from '../../core/search/next-trials.ts';
import { bestTrial, type RankedTrial, rankTrials } from '../../core/search/ranking.ts';
import { digestSearch } from '../../core/search/search-plan.ts';

export interface CollectInputs {
  readonly model: string;
  /** Where the artifacts of all rounds were unpacked. */
  readonly folder: string;
  /** Text of a file of the checkout. */
  readonly read: (path: string) => string;
}

export interface CollectOutputs {
  readonly verdict: 'found' | 'unfinished' | 'not evaluated';
  readonly best: RankedTrial | null;
  /** Texts by file name, for the artifact. */
  readonly files: Readonly<Record<string, string>>;
  /** Markdown for the job summary. */
  readonly summary: string;
}

/**
 * Ranks what all rounds of a search left. Every trial that was planned is shown, those that failed or were lost too.
 * @throws InputError SEARCH_MISSING, SEARCH_PLAN, MODEL_NAME, FILE_MISSING, CONFIG_INVALID
 */
export async function run({ model, folder, read }: CollectInputs): Promise<CollectOutputs> {
  const search = readSearch(model, read);
  const finished = await readFinished({ folder, model, search, before: Number.POSITIVE_INFINITY });
  const ranked = rankTrials(search, finished);
  const best = bestTrial(search, finished);
  const next = nextTrials(search, finished);
  const record = {
    ...{ v: 1, grade: 'claimed', model, searchDigest: digestSearch(search), search },
    ...{ done: next.done, why: next.why, best: best?.number ?? null, trials: ranked, trainings: finished },
  };
  return {
    verdict: best === null ? 'not evaluated' : next.done ? 'found' : 'unfinished',
    best,
    files: {
      'search.json': canonicalJson(record),
      'parallel-coordinates.svg': drawParallelCoordinates(search, ranked),
      ...(best === null ? {} : { 'best-parameters.json': `${JSON.stringify(best.parameters, null, 2)}\n` }),
    },
    summary: renderSearch({ model, search, ranked, next }),
  };
}
