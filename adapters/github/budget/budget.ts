import type { Cost } from './cost.ts';
import { type Limit, type LimitedAnswer, readLimit } from './limit-answer.ts';
import { LimitError } from './limit-error.ts';
import { hasReserve } from './reserve.ts';
import { Turn } from './turn.ts';
import { Window } from './window.ts';

/** The clock that a budget lives by. */
export interface Pace {
  /** Milliseconds since 1970. */
  nowMs(): number;
  wait(ms: number): Promise<void>;
  /** A call that must wait longer is given back with the time to try again. */
  readonly patienceMs: number;
}

/** The clock of this machine. */
export const ownPace: Pace = {
  nowMs: Date.now,
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  patienceMs: 90_000,
};

/** @see https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
const restPointsAMinute = 900;
const graphqlPointsAMinute = 2_000;
const contentAMinute = 80;
const contentAnHour = 500;
/** GitHub allows 100 at once, for all apps of an installation together. */
const concurrentReads = 20;
/** @see https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api */
const betweenWritesMs = 1_000;
/** Ours and GitHub's clock are not the same: a stretch of time is taken a little longer. */
const minuteMs = 61_000;
const hourMs = 3_601_000;

/** Part that everything but the writing down of merges may use. */
const share = 0.8;
/** Refusals for a limit, in a row, after which a call is given back. */
const maxRefusals = 3;
/** Waits before a read is repeated that was not answered. */
const repeatDelaysMs = [1_000, 3_000] as const;
const leastWaitMs = 60_000;
const longestWaitMs = 3_600_000;

interface Quota {
  readonly limit: number;
  readonly remaining: number;
  readonly resetMs: number;
}

/**
 * What one installation may use of GitHub: every call goes through here, and none is sent that GitHub documents it would
 * refuse. Writes go one by one. A refusal for a limit is no answer, so the call is sent again when GitHub says; whatever
 * else a write ends with is final, since nobody can know whether it was carried out.
 */
export class Budget {
  private readonly pace: Pace;
  private readonly writes = new Turn(1);
  private readonly reads = new Turn(concurrentReads);
  private readonly points = {
    core: new Window(restPointsAMinute, minuteMs),
    graphql: new Window(graphqlPointsAMinute, minuteMs),
  };
  private readonly contents = [new Window(contentAMinute, minuteMs), new Window(contentAnHour, hourMs)];
  private readonly quotas = new Map<Cost['resource'], Quota>();
  private closedUntilMs = 0;
  private refusals = 0;
  private lastWriteMs = Number.NEGATIVE_INFINITY;

  constructor(pace: Pace) {
    this.pace = pace;
  }

  /**
   * Sends a call when it may be sent.
   * @param carryOut sends it; an error of it may hold the answer as `response`
   * @throws LimitError when it would have to wait longer than `patienceMs`, or only merges may be written down now
   */
  async send<T extends LimitedAnswer>(cost: Cost, carryOut: () => Promise<T>): Promise<T> {
    const isUrgent = hasReserve();
    const turn = cost.mutates ? this.writes : this.reads;
    let [lost, refused] = [0, 0];
    for (;;) {
      const result = await turn.take<Result<T>>(isUrgent, async () => {
        let waitMs = this.admit(cost, isUrgent);
        // Short waits keep the turn, so that whoever is urgent is not overtaken; longer ones leave it to others.
        for (; waitMs > 0 && waitMs <= betweenWritesMs; waitMs = this.admit(cost, isUrgent))
          await this.pace.wait(waitMs);
        return waitMs > 0 ? { kind: 'early', waitMs } : this.carryOut(cost, carryOut);
      });
      if (result.kind === 'early') {
        if (result.waitMs > this.pace.patienceMs) throw later(result.waitMs);
        await this.pace.wait(result.waitMs);
        continue;
      }
      const answer = answerOf(result);
      if (this.isRefused(cost, answer)) {
        refused += 1;
        if (refused >= maxRefusals) throw later(this.closedUntilMs - this.pace.nowMs());
        continue;
      }
      if (result.kind === 'answered') return result.answer;
      const repeatMs = cost.mutates || !isLost(answer) ? undefined : repeatDelaysMs[lost];
      if (repeatMs === undefined) throw result.error;
      lost += 1;
      await this.pace.wait(repeatMs);
    }
  }

  /** @returns 0: the call may be sent now, and is counted; else how long it must wait, in milliseconds */
  private admit(cost: Cost, isUrgent: boolean): number {
    const nowMs = this.pace.nowMs();
    this.requireQuota(cost, isUrgent, nowMs);
    const waitMs = this.waitMs(cost, isUrgent ? 1 : share, nowMs);
    if (waitMs > 0) return waitMs;
    this.points[cost.resource].take(nowMs, cost.points);
    for (const window of this.contents) window.take(nowMs, cost.content);
    return 0;
  }

  /** The second between two writes begins when the first is answered: only then it has come in for sure. */
  private async carryOut<T>(cost: Cost, carryOut: () => Promise<T>): Promise<Result<T>> {
    const result = await settle(carryOut);
    if (cost.mutates) this.lastWriteMs = this.pace.nowMs();
    return result;
  }

  private waitMs(cost: Cost, part: number, nowMs: number): number {
    return Math.max(
      this.closedUntilMs - nowMs,
      cost.mutates ? this.lastWriteMs + betweenWritesMs - nowMs : 0,
      this.points[cost.resource].waitMs(nowMs, cost.points, part),
      ...this.contents.map((window) => window.waitMs(nowMs, cost.content, part)),
    );
  }

  /** What is left of the hour belongs to merges when it is a fifth. */
  private requireQuota({ resource }: Cost, isUrgent: boolean, nowMs: number): void {
    const quota = this.quotas.get(resource);
    if (quota === undefined || nowMs >= quota.resetMs) return;
    const kept = isUrgent ? 0 : Math.ceil(quota.limit * (1 - share));
    if (quota.remaining > kept) return;
    const untilReset = quota.resetMs - nowMs;
    if (isUrgent || quota.remaining === 0) throw later(untilReset);
    throw new LimitError(
      'GITHUB_BUDGET_KEPT',
      `${quota.remaining} of ${quota.limit} calls of this hour are left, and they are kept for writing down merges`,
      untilReset,
    );
  }

  /** Takes note of what an answer says of the limits. */
  private isRefused(cost: Cost, answer: LimitedAnswer | null): boolean {
    if (answer !== null) this.learn(cost, answer);
    const limit = answer === null ? null : readLimit(answer, this.pace.nowMs());
    if (limit === null) this.refusals = 0;
    else this.close(limit);
    return limit !== null;
  }

  private learn(cost: Cost, { headers }: LimitedAnswer): void {
    const [limit, remaining, reset] = ['limit', 'remaining', 'reset'].map((name) => {
      const value = headers[`x-ratelimit-${name}`];
      return value === undefined || value === '' ? Number.NaN : Number(value);
    }) as [number, number, number];
    if (!Number.isFinite(limit) || !Number.isFinite(remaining) || !Number.isFinite(reset)) return;
    const named = headers['x-ratelimit-resource'];
    const resource = named === 'core' || named === 'graphql' ? named : cost.resource;
    const known = this.quotas.get(resource);
    const resetMs = reset * 1000 + 1000;
    // Answers overtake each other; within one hour only the smallest number is new.
    const same = known !== undefined && known.resetMs === resetMs;
    this.quotas.set(resource, {
      ...{ limit, resetMs },
      remaining: same ? Math.min(known.remaining, remaining) : remaining,
    });
  }

  /** Nothing is sent until GitHub's time, or twice as long each time when it names none. */
  private close({ untilMs }: Limit): void {
    const waitMs = Math.min(leastWaitMs * 2 ** this.refusals, longestWaitMs);
    this.refusals += 1;
    this.closedUntilMs = Math.max(this.closedUntilMs, untilMs ?? this.pace.nowMs() + waitMs);
  }
}

function later(waitMs: number): LimitError {
  const minutes = Math.max(1, Math.ceil(waitMs / 60_000));
  return new LimitError(
    'GITHUB_LIMITED',
    `GitHub takes no more calls of this installation for about ${minutes} min`,
    Math.max(waitMs, 1_000),
  );
}

type Result<T> =
  | { readonly kind: 'answered'; readonly answer: T }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'early'; readonly waitMs: number };

async function settle<T>(carryOut: () => Promise<T>): Promise<Result<T>> {
  try {
    return { kind: 'answered', answer: await carryOut() };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

/** The answer behind a result; null: there was none. */
function answerOf(result: Exclude<Result<LimitedAnswer>, { kind: 'early' }>): LimitedAnswer | null {
  if (result.kind === 'answered') return result.answer;
  const { error } = result;
  if (typeof error !== 'object' || error === null || !('response' in error)) return null;
  const { response } = error;
  return isAnswer(response) ? response : null;
}

function isAnswer(value: unknown): value is LimitedAnswer {
  return (
    typeof value === 'object' &&
    value !== null &&
    'status' in value &&
    typeof value.status === 'number' &&
    'headers' in value &&
    typeof value.headers === 'object' &&
    value.headers !== null
  );
}

/** No answer at all, or one of a server on the way that says nothing about what was asked. */
const isLost = (answer: LimitedAnswer | null): boolean => answer === null || answer.status >= 500;
