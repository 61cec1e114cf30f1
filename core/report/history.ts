import type { Verdict } from '../finding/finding.ts';

/** A judged result of an earlier push, as the hidden state of the comment carries it. */
export interface PastResult {
  /** 40 hex characters. */
  readonly head: string;
  readonly verdict: Verdict;
  /** Values of the challenger by metric, the gated ones first: at most three. */
  readonly metrics: readonly (readonly [metric: string, value: number])[];
}

/** Pushes that are remembered: the state is a line of a comment, and a reader looks back no further. */
const mostResults = 10;
const mostMetrics = 3;
const longestName = 60;

const verdicts: readonly Verdict[] = ['pass', 'fail', 'data invalid', 'not evaluated', 'waiting'];

/**
 * Puts the newest result first. A commit that was judged again has its newest result alone; a name that could end the
 * hidden comment, or a value that is no number, is left out.
 * @param history as the last comment had it, newest first
 */
export function addToHistory(history: readonly PastResult[], result: PastResult): readonly PastResult[] {
  const metrics = result.metrics.filter(isKept).slice(0, mostMetrics);
  return [{ ...result, metrics }, ...history.filter(({ head }) => head !== result.head)].slice(
    0,
    mostResults,
  );
}

function isKept([metric, value]: PastResult['metrics'][number]): boolean {
  return (
    metric.length <= longestName &&
    /^[\w@:.& =-]+$/.test(metric) &&
    !metric.includes('--') &&
    Number.isFinite(value)
  );
}

/** Reads the history of a comment's state: anybody may have edited it, so whatever is not exactly one is dropped. */
export function parseHistory(value: unknown): readonly PastResult[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, mostResults).flatMap((each): readonly PastResult[] => {
    const { head, verdict, metrics } = (each ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof head !== 'string' || !/^[0-9a-f]{40}$/.test(head)) return [];
    const known = verdicts.find((word) => word === verdict);
    if (known === undefined || !Array.isArray(metrics)) return [];
    const kept = metrics.filter(isPair).filter(isKept).slice(0, mostMetrics);
    return [{ head, verdict: known, metrics: kept }];
  });
}

const isPair = (value: unknown): value is readonly [string, number] =>
  Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && typeof value[1] === 'number';
