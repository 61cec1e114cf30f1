import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SearchConfig } from '../../core/config/search.ts';
import { InputError } from '../../core/error/error.ts';
import { maxRunRecordBytes, parseRunRecord } from '../../core/evidence/run-record.ts';
import { digestSearch, parsePlan, type SearchPlan } from '../../core/search/search-plan.ts';
import { type FinishedTrial, type PlannedTrial, trialArtifact } from '../../core/search/trial.ts';
import { endTrial, type TrialRemains } from '../../core/search/trial-end.ts';

export interface SearchFolder {
  /** Where the artifacts `gatehouse-trial-*` of the run were unpacked, one folder each. Need not be there. */
  readonly folder: string;
  readonly model: string;
  readonly search: SearchConfig;
  /** Rounds before this one are read: a job that runs again must not see what came after it. */
  readonly before: number;
}

/**
 * Reads how the trainings of earlier rounds ended. What was planned and left nothing is lost.
 * @throws InputError SEARCH_PLAN for a plan that is none, of another search, or of a round that is there twice or missing
 */
export async function readFinished(inputs: SearchFolder): Promise<readonly FinishedTrial[]> {
  const plans = await readPlans(inputs);
  const finished: FinishedTrial[] = [];
  for (const { round, trials } of plans) {
    for (const planned of trials) {
      const remains = await readRemains(inputs, round, planned);
      finished.push(endTrial(planned, round, remains, inputs.search.metric));
    }
  }
  return finished;
}

async function readPlans({ folder, model, search, before }: SearchFolder): Promise<readonly SearchPlan[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((entry) => entry.isDirectory() && /^gatehouse-trial-plan-\d{1,3}$/.test(entry.name))
    .map(({ name }) => name);
  // A single artifact may be unpacked into the folder itself.
  const sources = entries.some(({ name }) => name === 'plan.json') ? ['.', ...names] : names;
  const plans: SearchPlan[] = [];
  for (const name of sources) {
    const source = `${name}/plan.json`;
    const plan = parsePlan(await readFile(join(folder, source), 'utf8').catch(() => ''), source);
    if (plan.model !== model || plan.searchDigest !== digestSearch(search))
      throw refuse(`${source} is of another search than train.search of ${model}`);
    if (plan.round < before) plans.push(plan);
  }
  plans.sort((a, b) => a.round - b.round);
  const wrong = plans.findIndex(({ round }, at) => round !== at + 1);
  if (wrong >= 0) throw refuse(`The plan of round ${wrong + 1} is missing, or one is there twice`);
  return plans;
}

async function readRemains(
  { folder, model }: SearchFolder,
  round: number,
  { number }: PlannedTrial,
): Promise<TrialRemains> {
  const source = `${trialArtifact(round, number)}/run.json`;
  const file = join(folder, source);
  const found = await lstat(file).catch(() => null);
  if (found === null) return { kind: 'nothing' };
  // Written beside pull-request code: a link could lead anywhere, and its size is not ours.
  if (!found.isFile() || found.size > maxRunRecordBytes)
    return { kind: 'unreadable', why: 'left no run record that can be read' };
  try {
    const record = parseRunRecord(await readFile(file), source);
    if (record.model === model) return { kind: 'record', record };
    return { kind: 'unreadable', why: 'left the run record of another model' };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { kind: 'unreadable', why: 'left no run record that can be read' };
  }
}

const refuse = (message: string): InputError =>
  new InputError('SEARCH_PLAN', message, {
    hint: 'Run the workflow again from its start: all rounds of a search belong to one run.',
  });
