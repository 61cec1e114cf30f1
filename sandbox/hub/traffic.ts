import type { Answer, Clock } from './interface.ts';
import type { World } from './world.ts';

/** What GitHub documents, for one installation of an app. */
export interface Limits {
  readonly requestsAnHour: number;
  readonly graphqlPointsAnHour: number;
  readonly restPointsAMinute: number;
  readonly graphqlPointsAMinute: number;
  readonly contentAMinute: number;
  readonly contentAnHour: number;
  readonly concurrent: number;
  /** GitHub asks for a second between two writes; here it is refused, so that nobody relies on its patience. */
  readonly betweenWritesMs: number;
}

/** @see https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
export const documentedLimits: Limits = {
  requestsAnHour: 5_000,
  graphqlPointsAnHour: 5_000,
  restPointsAMinute: 900,
  graphqlPointsAMinute: 2_000,
  contentAMinute: 80,
  contentAnHour: 500,
  concurrent: 100,
  betweenWritesMs: 1_000,
};

/** One call of the API as it comes in. */
export interface ApiCall {
  readonly method: string;
  /** Without `/api/v3`; `/graphql` for GraphQL. */
  readonly path: string;
  readonly mutates: boolean;
  readonly token: string;
}

/** What goes wrong between a caller and GitHub. */
export interface TrafficPlan {
  /** Absent: nobody is limited. */
  readonly limits?: Limits;
  /** Every call takes so much longer. */
  readonly latencyMs?: number;
  /** `answer lost`: carried out, and answered 502 all the same. `not carried out`: 502 and nothing happened. */
  readonly fault?: (call: ApiCall) => 'answer lost' | 'not carried out' | null;
}

/** Calls that make something that people see or are told of. */
const content =
  /^POST \/repos\/[^/]+\/[^/]+\/(?:issues|pulls|releases|git\/(?:refs|commits)|issues\/.*|pulls\/.*)$/;
const minuteMs = 60_000;
const hourMs = 3_600_000;
const secondary = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';

interface Event {
  readonly at: number;
  readonly rest: number;
  readonly graphql: number;
  readonly content: number;
}

/** What one installation has used. */
interface Usage {
  events: Event[];
  concurrent: number;
  lastWriteAt: number;
  readonly primary: Record<'core' | 'graphql', { startedAt: number; used: number }>;
}

/** Stands between the callers and the API: counts, limits, loses answers. */
export class Traffic {
  private readonly world: World;
  private readonly clock: Clock;
  private readonly usages = new Map<number, Usage>();
  private plan: TrafficPlan = {};
  /** Calls that were refused for a limit so far. */
  refused = 0;

  constructor(world: World, clock: Clock) {
    this.world = world;
    this.clock = clock;
  }

  set(plan: TrafficPlan): void {
    this.plan = plan;
    this.usages.clear();
    this.refused = 0;
  }

  /** As if an installation had made so many calls in this hour. @returns how many it has left */
  use(installationId: number, calls: number): number {
    const usage = this.usageFor(installationId);
    for (const primary of Object.values(usage.primary)) primary.used += calls;
    return (this.plan.limits?.requestsAnHour ?? 0) - usage.primary.core.used;
  }

  async pass(call: ApiCall, carryOut: () => Promise<Answer>): Promise<Answer> {
    const { fault, latencyMs, limits } = this.plan;
    if (latencyMs !== undefined) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    const planned = fault?.(call) ?? null;
    if (planned === 'not carried out') return lost;
    const usage = limits === undefined ? null : this.usageOf(call);
    if (limits === undefined || usage === null) {
      const answer = await carryOut();
      return planned === null ? answer : lost;
    }
    const refusal = this.refuse(call, usage, limits);
    if (refusal !== null) {
      this.refused += 1;
      return refusal;
    }
    usage.concurrent += 1;
    try {
      const answer = await carryOut();
      const resource = resourceOf(call);
      // What did not change costs nothing of the hour.
      if (answer.status !== 304) usage.primary[resource].used += 1;
      const headers = { ...this.headers(usage, limits, resource), ...answer.headers };
      return planned === null ? { ...answer, headers } : lost;
    } finally {
      usage.concurrent -= 1;
    }
  }

  /** Only installations have limits here: people and jobs have their own, far away. */
  private usageOf({ token }: ApiCall): Usage | null {
    const caller = this.world.tokens.get(token);
    return caller?.kind === 'installation' ? this.usageFor(caller.installationId) : null;
  }

  private usageFor(installationId: number): Usage {
    const fresh = () => ({ startedAt: this.clock.nowMs(), used: 0 });
    const usage = this.usages.get(installationId) ?? {
      ...{ events: [], concurrent: 0, lastWriteAt: Number.NEGATIVE_INFINITY },
      primary: { core: fresh(), graphql: fresh() },
    };
    this.usages.set(installationId, usage);
    return usage;
  }

  private refuse(call: ApiCall, usage: Usage, limits: Limits): Answer | null {
    const now = this.clock.nowMs();
    const resource = resourceOf(call);
    const primary = usage.primary[resource];
    if (now >= primary.startedAt + hourMs) Object.assign(primary, { startedAt: now, used: 0 });
    if (primary.used >= allowedAnHour(limits, resource)) return this.primaryRefusal(usage, limits, resource);
    const next = toEvent(call, now);
    usage.events = usage.events.filter(({ at }) => at > now - hourMs);
    const inMinute = usage.events.filter(({ at }) => at > now - minuteMs);
    const over =
      usage.concurrent >= limits.concurrent ||
      (call.mutates && now < usage.lastWriteAt + limits.betweenWritesMs) ||
      sum(inMinute, 'rest') + next.rest > limits.restPointsAMinute ||
      sum(inMinute, 'graphql') + next.graphql > limits.graphqlPointsAMinute ||
      sum(inMinute, 'content') + next.content > limits.contentAMinute ||
      sum(usage.events, 'content') + next.content > limits.contentAnHour;
    usage.events.push(next);
    if (call.mutates) usage.lastWriteAt = now;
    return over
      ? refusal(403, secondary, { ...this.headers(usage, limits, resource), 'retry-after': '60' })
      : null;
  }

  /** REST says it by its status, GraphQL inside HTTP 200. */
  private primaryRefusal(usage: Usage, limits: Limits, resource: 'core' | 'graphql'): Answer {
    const headers = this.headers(usage, limits, resource);
    const message = 'API rate limit exceeded for installation.';
    if (resource === 'core') return refusal(403, message, headers);
    return { status: 200, body: { errors: [{ type: 'RATE_LIMITED', message }] }, headers };
  }

  private headers(usage: Usage, limits: Limits, resource: 'core' | 'graphql'): Record<string, string> {
    const { used, startedAt } = usage.primary[resource];
    const limit = allowedAnHour(limits, resource);
    return {
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(Math.max(0, limit - used)),
      'x-ratelimit-reset': String(Math.ceil((startedAt + hourMs) / 1000)),
      'x-ratelimit-resource': resource,
    };
  }
}

const resourceOf = ({ path }: ApiCall): 'core' | 'graphql' => (path === '/graphql' ? 'graphql' : 'core');
const allowedAnHour = (limits: Limits, resource: 'core' | 'graphql'): number =>
  resource === 'core' ? limits.requestsAnHour : limits.graphqlPointsAnHour;

/** Reading costs a point, writing five; whether a commit by GraphQL is content is not documented: here it is. */
function toEvent(call: ApiCall, at: number): Event {
  const points = call.mutates ? 5 : 1;
  const isGraphql = resourceOf(call) === 'graphql';
  const makes = isGraphql ? call.mutates : content.test(`${call.method} ${call.path}`);
  return { at, rest: isGraphql ? 0 : points, graphql: isGraphql ? points : 0, content: makes ? 1 : 0 };
}

const sum = (events: readonly Event[], field: 'rest' | 'graphql' | 'content'): number =>
  events.reduce((total, event) => total + event[field], 0);

function refusal(status: number, message: string, headers: Readonly<Record<string, string>>): Answer {
  const documentation_url = 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api';
  return { status, body: { message, documentation_url }, headers };
}

const lost: Answer = { status: 502, body: { message: 'Server Error' } };
