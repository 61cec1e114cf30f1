import { checkName } from '../../adapters/github/anchors.ts';
import type { JobFacts } from '../../adapters/github/jobs.ts';
import { maxProgressZipBytes, readProgressZip } from '../../adapters/github/progress-zip.ts';
import type { ArtifactFacts, GitHubReader } from '../../adapters/github/reader.ts';
import { InputError, ServiceError } from '../../core/error/error.ts';
import { plainText } from '../../core/report/cell.ts';
import { short } from '../../core/report/facts.ts';
import { renderMarkdown } from '../../core/report/markdown.ts';
import { progressBlocks, progressTitle } from '../../core/report/training-progress.ts';
import { type WaitShown, waitBlocks, waitTitle } from '../../core/report/training-wait.ts';
import type { Progress } from '../../core/training/progress.ts';
import { estimateLeft } from '../../core/training/time-left.ts';
import type { BotDeps } from '../deps.ts';
import type { TrainingWatch } from './watch.ts';

/** While something trains, every so many looks go to the queue instead of to the progress: a look is four calls at most. */
const queueEvery = 5;
/** Machines of GitHub itself: nobody here can start one. */
const hosted = /^(?:ubuntu|windows|macos)-/i;

/** What the looks at one run know, from one to the next. A bot that starts again knows nothing, and loses nothing. */
export interface LookState {
  readonly looks: number;
  /** A job of the run was seen at work. */
  readonly working: boolean;
  /** The artifact that was read last. */
  readonly artifact: number | null;
  readonly progress: Progress | null;
  readonly wait: WaitShown | null;
  /** What the check was given; null: not known, after somebody else wrote it. */
  readonly shown: string | null;
}

export const freshState: LookState = {
  ...{ looks: 0, working: false, artifact: null, progress: null, wait: null, shown: null },
};

/**
 * Looks at a run that trains, and brings the words of its check up to date: title and a part above the summary, nothing
 * else. At most four calls (five for a run with over 100 artifacts), and no write while there is nothing new to say. What it reads is claimed by a job that runs
 * the pull request's code: it concludes nothing.
 * @returns what the next look starts from; `ended`: no job is left, so the whole pull request must be looked at
 */
export async function lookAtTraining(
  deps: BotDeps,
  watch: TrainingWatch,
  state: LookState,
): Promise<LookState | 'ended'> {
  const reader = deps.newReader();
  const atQueue = !state.working || state.looks % queueEvery === queueEvery - 1;
  const seen = atQueue
    ? await lookAtQueue(deps, reader, watch, state)
    : await lookAtProgress(deps, reader, watch, state);
  if (seen === 'ended') return seen;
  const next = { ...seen, looks: state.looks + 1 };
  const { title, parts } = render(watch, next);
  const shown = JSON.stringify([title, parts]);
  if (shown === state.shown) return next;
  const outcome = await deps.writer.showProgress({ name: checkName, headSha: watch.headSha, title, parts });
  // Somebody ended the check meanwhile: a look at the whole pull request says what comes next.
  return outcome === 'kept' ? { ...next, shown: null } : { ...next, shown };
}

async function lookAtQueue(
  deps: BotDeps,
  reader: GitHubReader,
  watch: TrainingWatch,
  state: LookState,
): Promise<LookState | 'ended'> {
  const jobs = await reader.jobs(watch.run.id);
  if (jobs.length > 0 && jobs.every(({ status }) => status === 'completed')) return 'ended';
  const working = jobs.some(({ status }) => status === 'in_progress');
  const late = longestQueued(jobs, Date.parse(deps.now()) - watch.queueMinutes * 60_000);
  if (late === null) return { ...state, working, wait: null };
  const { name, labels, createdAt } = late;
  const wait: WaitShown = {
    ...{ job: name, labels, queuedAt: createdAt, limitMinutes: watch.queueMinutes },
    ...{ declared: watch.runsOn, runners: await readRunners(deps, reader) },
  };
  return { ...state, working, wait };
}

/** They are a remedy: that nobody comes is told without them as well. */
async function readRunners(deps: BotDeps, reader: GitHubReader): Promise<WaitShown['runners']> {
  try {
    return await reader.runners();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    deps.log.info({ code: error.code }, 'the runners of the organization could not be read');
    return null;
  }
}

function longestQueued(jobs: readonly JobFacts[], before: number): JobFacts | null {
  const late = jobs.filter(
    ({ status, labels, createdAt }) =>
      status === 'queued' &&
      labels.length > 0 &&
      !labels.some((label) => hosted.test(label)) &&
      Date.parse(createdAt) < before,
  );
  return late.sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || a.id - b.id)[0] ?? null;
}

async function lookAtProgress(
  deps: BotDeps,
  reader: GitHubReader,
  { run }: TrainingWatch,
  state: LookState,
): Promise<LookState> {
  const newest = await reader.newestProgress(run.id, run.attempt);
  if (newest === null || newest.id === state.artifact) return state;
  const progress = await readProgress(deps, reader, newest);
  const ours = progress?.runId === run.id && progress.runAttempt === run.attempt;
  return { ...state, artifact: newest.id, progress: ours ? progress : state.progress };
}

/** What is not as the action writes it is not shown, and not read again: the job runs the pull request's code. */
async function readProgress(
  deps: BotDeps,
  reader: GitHubReader,
  { id, expired }: ArtifactFacts,
): Promise<Progress | null> {
  if (expired) return null;
  try {
    return readProgressZip(await reader.artifactZip(id, maxProgressZipBytes));
  } catch (error) {
    const tooLarge = error instanceof ServiceError && error.code === 'ARTIFACT_TOO_LARGE';
    if (!tooLarge && !(error instanceof InputError)) throw error;
    deps.log.info({ artifact: id, code: error.code }, 'a progress artifact is not believed');
    return null;
  }
}

interface Rendered {
  readonly title: string;
  /** The first that has room is shown. */
  readonly parts: readonly string[];
}

function render(watch: TrainingWatch, { progress, wait, working }: LookState): Rendered {
  const queue = wait === null ? [] : waitBlocks(wait);
  const shown =
    progress === null
      ? null
      : { progress, leftMs: estimateLeft(progress, watch.earlierDurationsMs), earlier: [] };
  const variants = shown === null ? [[]] : progressBlocks(shown);
  const parts = variants.map((blocks) => [...queue, ...blocks]).filter((blocks) => blocks.length > 0);
  const plain = `⏳ Running for ${short(watch.headSha)}: no result yet`;
  // What waits is told first, unless something else goes on.
  const waiting = wait !== null && (!working || shown === null) ? waitTitle(wait) : null;
  const title = waiting ?? (shown === null ? plain : progressTitle(watch.headSha, shown));
  return {
    title: plainText(title, 120),
    parts: [...parts, ...(wait === null ? [] : [queue])].map(renderMarkdown),
  };
}
