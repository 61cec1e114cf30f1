import { readSearch } from '../../adapters/search/search-declared.ts';
import { readFinished } from '../../adapters/search/search-folder.ts';
import { InputError } from '../../core/error/error.ts';
import { nextTrials } from '../../core/search/next-trials.ts';
import { roundWidth } from '../../core/search/round-width.ts';
import { digestSearch, type HandedTrial, type SearchPlan } from '../../core/search/search-plan.ts';

import type { PlannedTrial } from '../../core/search/trial.ts';

export interface PlanInputs {
  readonly model: string;
  /** As text: from 1, and how many the workflow has. */
  readonly round: string;
  readonly rounds: string;
  /** Where artifacts of earlier rounds were unpacked. */
  readonly folder: string;
  /** Text of a file of the checkout. */
  readonly read: (path: string) => string;
}

export interface PlanOutputs {
  readonly plan: SearchPlan;
  /** One job each. */
  readonly matrix: readonly HandedTrial[];
  readonly parallel: number;
  /** One line for the log. */
  readonly said: string;
}

const mostRounds = 100;
/** UTF-16 counts twice: half of GitHub's limit, with room for `round`. */
const mostOutputCharacters = 450_000;

/**
 * Plans the next round of a search. Runs no code of the repository and reads no metric but what trials claimed.
 * @throws InputError SEARCH_ROUND, SEARCH_MISSING, SEARCH_PLAN, MODEL_NAME, FILE_MISSING, CONFIG_INVALID
 */
export async function run(inputs: PlanInputs): Promise<PlanOutputs> {
  const rounds = parseRound('rounds', inputs.rounds, mostRounds);
  const round = parseRound('round', inputs.round, rounds);
  const { model } = inputs;
  const search = readSearch(model, inputs.read);
  const finished = await readFinished({ folder: inputs.folder, model, search, before: round });
  const width = roundWidth(search, finished, rounds - round + 1);
  const { trials: wanted, why } = nextTrials(search, finished, width);
  const trials = fitOutput(wanted);
  return {
    plan: { v: 1, model, searchDigest: digestSearch(search), round, trials },
    matrix: trials.map((trial) => ({ round, ...trial })),
    parallel: search.parallel,
    said:
      why === null
        ? `Round ${round} of ${rounds}: ${trials.length} trials, ${search.parallel} at once.`
        : `Round ${round} of ${rounds}: nothing to train, ${why}.`,
  };
}

/**
 * What does not fit into an output waits for the next round.
 * @see https://docs.github.com/actions/reference/workflow-syntax-for-github-actions#jobsjob_idoutputs (1 MB a job)
 */
function fitOutput(trials: readonly PlannedTrial[]): readonly PlannedTrial[] {
  let left = mostOutputCharacters;
  const over = trials.findIndex((trial) => {
    left -= JSON.stringify(trial).length;
    return left < 0;
  });
  return over < 0 ? trials : trials.slice(0, Math.max(over, 1));
}

function parseRound(name: string, text: string, most: number): number {
  const round = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (round >= 1 && round <= most) return round;
  throw new InputError('SEARCH_ROUND', `The input "${name}" is "${text}"`, {
    hint: `Give a whole number from 1 to ${most}.`,
  });
}
