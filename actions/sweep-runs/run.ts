import type { SweepIssue } from '../../adapters/actions/sweep-issue.ts';
import type { ListedRun } from '../../adapters/actions/swept-runs.ts';
import type { GitHubReader } from '../../adapters/github/reader.ts';
import { readPolicy } from '../../adapters/proposal/read-proposal.ts';
import { InputError, ServiceError } from '../../core/error/error.ts';
import { causesOf } from '../../core/report/sweep-issue.ts';
import { planSweepIssue } from '../../core/report/sweep-plan.ts';
import { parseSweepState } from '../../core/report/sweep-state.ts';
import { planSweep } from '../../core/training/sweep.ts';
import {
  emptyMemory,
  type Sweep,
  type SweepAction,
  type SweepMemory,
  type SweptJob,
  type SweptRun,
  type SweptRunner,
} from '../../core/training/sweep-facts.ts';
import { type ModelReader, readModels, readTrainedModel } from './read-models.ts';

export interface SweepDeps extends ModelReader {
  readonly reader: Pick<GitHubReader, 'repository' | 'tree' | 'file' | 'branchHead' | 'pulls'>;
  /** ISO instant, UTC. */
  readonly now: string;
  runs(): Promise<readonly ListedRun[]>;
  jobs(run: ListedRun): Promise<readonly SweptJob[]>;
  /** null: the token may not list them. */
  runners(): Promise<readonly SweptRunner[] | null>;
  /** @throws ServiceError SWEEP_REFUSED */
  askFor(action: SweepAction): Promise<void>;
  /** null: the workflow keeps no issue, and then nothing is remembered. */
  readonly issue: SweepIssue | null;
  /** true: what would be asked for is only told. */
  readonly dryRun: boolean;
  summarize(sweep: Sweep): Promise<void>;
}

export interface SweepOutputs {
  /** fail: there is something to tell. The step does not fail for it. */
  readonly verdict: 'pass' | 'fail';
  /** Runs that were asked to end. */
  readonly cancelled: readonly number[];
  /** Runs whose failed jobs were asked for again. */
  readonly retried: readonly number[];
  /** Address of the issue that was written, else empty. */
  readonly issue: string;
}

/**
 * Looks at every training run and runner once. Configuration is the default branch's; no code of the repository runs.
 * What is asked for is asked before it is remembered: asked twice does no harm, forgotten would.
 * @throws InputError when the configuration cannot be read; ServiceError, after everything else was done
 */
export async function run(deps: SweepDeps): Promise<SweepOutputs> {
  const { defaultBranch } = await deps.reader.repository();
  const commit = await deps.reader.branchHead(defaultBranch);
  if (commit === null) throw noCommit(defaultBranch);
  const { training, prices } = await readPolicy(deps.reader, commit);
  const policy = { ...training, ...(prices === undefined ? {} : { prices }) };
  const models = await readModels(deps, commit);
  const issue = (await deps.issue?.find()) ?? null;
  const memory = (issue === null ? null : parseSweepState(issue.body)?.memory) ?? emptyMemory;
  const runs = await readRuns(deps);
  const sweep = planSweep({ now: deps.now, runs, runners: await deps.runners(), models, policy, memory });
  const { done, failures } = await carryOut(sweep, deps);
  const kept: Sweep = { ...sweep, memory: remember(sweep.memory, memory, done) };
  await deps.summarize(kept);
  const plan = planSweepIssue(issue, kept);
  if (plan.kind === 'nothing') deps.say(plan.because);
  const address = deps.dryRun ? '' : ((await deps.issue?.apply(plan)) ?? '');
  if (failures[0] !== undefined) throw failures[0];
  const asked = (kind: SweepAction['kind']) =>
    done.filter((one) => one.kind === kind).map(({ run: id }) => id);
  return {
    verdict: causesOf(kept).length === 0 ? 'pass' : 'fail',
    ...{ cancelled: asked('cancel'), retried: asked('re-run'), issue: address },
  };
}

async function readRuns(deps: SweepDeps): Promise<readonly SweptRun[]> {
  const listed = await deps.runs();
  const pulls = listed.length === 0 ? [] : await deps.reader.pulls({ state: 'open' });
  const runs: SweptRun[] = [];
  for (const listedRun of listed) {
    const jobs = await deps.jobs(listedRun);
    if (jobs.length === 0) continue;
    const { id, attempt, status, conclusion, url, event, headSha } = listedRun;
    const isProposed = event === 'pull_request';
    const pull = isProposed ? pulls.find(({ head }) => head.sha === headSha) : undefined;
    const model = pull === undefined ? null : await readTrainedModel(deps, pull);
    const isNewest = !isProposed || pull !== undefined;
    runs.push({ id, attempt, status, conclusion, url, model, isNewest, jobs });
  }
  return runs;
}

async function carryOut({ actions }: Sweep, deps: SweepDeps) {
  const done: SweepAction[] = [];
  const failures: ServiceError[] = [];
  for (const action of actions) {
    deps.say(`${deps.dryRun ? 'Would ask' : 'Asks'} to ${action.kind} run ${action.run}: ${action.because}`);
    if (deps.dryRun) continue;
    try {
      await deps.askFor(action);
      done.push(action);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      failures.push(error);
    }
  }
  return { done, failures };
}

/** What GitHub refused was not asked for: the next sweep asks again. */
function remember(after: SweepMemory, before: SweepMemory, done: readonly SweepAction[]): SweepMemory {
  const isDone = (run: number, attempt: number, what: SweepAction['kind']) =>
    done.some((one) => one.run === run && one.attempt === attempt && one.kind === what);
  const asked = after.asked.filter(
    (one) => before.asked.includes(one) || isDone(one.run, one.attempt, one.what),
  );
  return { ...after, asked };
}

function noCommit(branch: string): InputError {
  return new InputError('BRANCH_MISSING', `The default branch "${branch}" has no commit`, {
    hint: 'Push it first: the policy is read from there.',
  });
}
