import { GatehouseError } from '../../core/error/error.ts';
import type { Progress } from '../../core/training/progress.ts';
import { progressArtifactName, progressFileName, renderProgress } from '../../core/training/progress-file.ts';

const minuteMs = 60_000;
/** Artifacts of one attempt of a run; the last one is kept for the end. */
export const maxProgressArtifacts = 100;
/** Somebody may be reading the one before the last. */
const kept = 2;
/**
 * The wait grows with the time that it trains: every minute for the first ten, every 6 minutes after an hour, every hour
 * after ten hours. Five days, the longest that GitHub lets a job run, take 79 artifacts.
 */
const waitShare = 0.1;

/** Leaves one artifact in the running workflow run. @param files content by name */
export type UploadArtifact = (name: string, files: Readonly<Record<string, string>>) => Promise<unknown>;

export interface ShelfDeps {
  readonly upload: UploadArtifact;
  /** Removes an artifact of this attempt: of many, people would see nothing else on the page of the run. */
  readonly remove?: (name: string) => Promise<unknown>;
  /** Milliseconds since 1970-01-01. */
  readonly now: () => number;
  /** Takes secrets out of a name that the command chose. */
  readonly hide: (text: string) => string;
  readonly log: (line: string) => void;
}

export type Shelved = 'left' | 'not yet' | 'failed';

export interface ProgressShelf {
  /** Leaves the progress when it is time and it is new; never throws, since a training must not end by its reporting. */
  offer(progress: Progress): Promise<Shelved>;
  /** Leaves the last state of the attempt, whatever the time, after what is being left now. */
  finish(progress: Progress): Promise<Shelved>;
}

/**
 * Leaves the progress of a training in its workflow run, as small artifacts that the app reads: the job has no token that
 * could write a check.
 * @param runAttempt of the workflow run: names are taken once in it
 */
export function openProgressShelf(runAttempt: number, deps: ShelfDeps): ProgressShelf {
  const openedAt = deps.now();
  let [number, dueAt, last] = [0, openedAt, ''];
  let running: Promise<Shelved> | null = null;
  const leave = async (progress: Progress, most: number): Promise<Shelved> => {
    const text = renderProgress(hideNames(progress, deps.hide));
    if (number >= most || text === last) return 'not yet';
    number += 1;
    try {
      await deps.upload(progressArtifactName({ runAttempt, number }), { [progressFileName]: text });
      last = text;
      await removeOld(number - kept);
      return 'left';
    } catch (error) {
      deps.log(`Progress could not be left for the app: ${describe(error)}. The training goes on.`);
      return 'failed';
    } finally {
      const now = deps.now();
      dueAt = now + Math.max(minuteMs, (now - openedAt) * waitShare);
    }
  };
  const removeOld = async (old: number): Promise<void> => {
    if (old < 1 || deps.remove === undefined) return;
    // What stays by mistake does no harm: the newest one counts.
    await deps.remove(progressArtifactName({ runAttempt, number: old })).catch(() => undefined);
  };
  return {
    offer: async (progress) => {
      if (running !== null || deps.now() < dueAt) return 'not yet';
      running = leave(progress, maxProgressArtifacts - 1).finally(() => {
        running = null;
      });
      return running;
    },
    finish: async (progress) => {
      await running;
      return leave(progress, maxProgressArtifacts);
    },
  };
}

/** Names of metrics are the command's: it may have read a secret that it should not have. */
function hideNames(progress: Progress, hide: (text: string) => string): Progress {
  const points = progress.points.map((point) => ({
    ...point,
    // What stands for a secret, `***`, is no name of a metric.
    metrics: Object.fromEntries(Object.entries(point.metrics).filter(([name]) => hide(name) === name)),
  }));
  return { ...progress, points };
}

const describe = (error: unknown): string =>
  error instanceof GatehouseError ? `${error.code}: ${error.message}` : String(error);
