import type { Progress, ProgressPoint } from './progress.ts';

/** Points that a progress keeps. */
export const maxPoints = 200;

export type ProgressStart = Pick<
  Progress,
  'model' | 'commit' | 'runId' | 'runAttempt' | 'attempt' | 'attempts' | 'startedAt'
>;

/** The progress of an attempt that said nothing yet. */
export function startProgress(start: ProgressStart): Progress {
  const { model, commit, runId, runAttempt, attempt, attempts, startedAt } = start;
  return {
    ...{ v: 1, model, commit, runId, runAttempt, attempt, attempts, startedAt },
    ...{ updatedAt: startedAt, points: [], checkpoint: null },
  };
}

/** Takes one point in. What is said about the same epoch and step in several lines is one point. */
export function addPoint(progress: Progress, point: ProgressPoint): Progress {
  const last = progress.points.at(-1);
  const joined = last !== undefined && isSamePlace(last, point) ? join(last, point) : null;
  const points =
    joined === null ? thinOnce([...progress.points, point]) : [...progress.points.slice(0, -1), joined];
  return { ...progress, points, updatedAt: point.at };
}

/**
 * Takes in what is new of points that are read from files again and again, whole each time.
 * @param points in order of their steps
 * @returns the same value when nothing is new
 */
export function addFilePoints(progress: Progress, points: readonly ProgressPoint[]): Progress {
  const newer = points.filter((point) => isLater(point, progress.points));
  return newer.reduce(addPoint, progress);
}

/**
 * At most so many of the rows, evenly chosen, the first and the last always.
 * @param most 2 or more
 */
export function chooseEvenly<T>(rows: readonly T[], most: number): readonly T[] {
  if (rows.length <= most) return rows;
  const stride = (rows.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, at) => rows[Math.round(at * stride)] as T);
}

const isSamePlace = (a: ProgressPoint, b: ProgressPoint): boolean =>
  (a.epoch !== null || a.step !== null) && a.epoch === b.epoch && a.step === b.step;

/** What says a value that is known for its place says nothing new: a file that did not change changes nothing. */
function isLater(point: ProgressPoint, all: readonly ProgressPoint[]): boolean {
  const key = point.step === null ? 'epoch' : 'step';
  const place = point[key];
  const known = all.findLast((each) => each[key] !== null);
  if (place === null || known === undefined) return place !== null;
  const news = Object.entries(point.metrics).some(([name, value]) => known.metrics[name] !== value);
  return place > Number(known[key]) || (place === known[key] && news);
}

function join(last: ProgressPoint, point: ProgressPoint): ProgressPoint {
  const metrics = Object.entries({ ...last.metrics, ...point.metrics }).slice(0, 20);
  return {
    ...point,
    epochs: point.epochs ?? last.epochs,
    steps: point.steps ?? last.steps,
    metrics: Object.fromEntries(metrics),
  };
}

/** Leaves out the point whose neighbours are nearest to each other: what stays is even, whenever it came. */
function thinOnce(points: readonly ProgressPoint[]): readonly ProgressPoint[] {
  if (points.length <= maxPoints) return points;
  const places = placesOf(points);
  const gaps = places.slice(2).map((place, at) => Math.abs(place - Number(places[at])));
  const leave = gaps.indexOf(Math.min(...gaps)) + 1;
  return points.filter((_, at) => at !== leave);
}

/** By step where every point has one, else by epoch, else by time. */
function placesOf(points: readonly ProgressPoint[]): readonly number[] {
  for (const key of ['step', 'epoch'] as const) {
    const places = points.flatMap((point) => point[key] ?? []);
    if (places.length === points.length) return places;
  }
  return points.map(({ at }) => Date.parse(at));
}
