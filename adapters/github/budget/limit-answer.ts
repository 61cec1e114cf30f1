/** An answer of GitHub, as Octokit gives it or puts it into its error. */
export interface LimitedAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | number | undefined>>;
  readonly data: unknown;
}

/** GitHub said "not now": what was asked for was not done, so it may be asked again. */
export interface Limit {
  readonly kind: 'primary' | 'secondary';
  /** Milliseconds since 1970; null: GitHub did not say, at least a minute. */
  readonly untilMs: number | null;
}

/** What somebody between us and GitHub says about longer waits is not believed: it is asked again then. */
const longestMs = 3_600_000;

/**
 * Reads whether an answer says that a limit was reached. A 403 is one only when it says so: most are missing
 * permissions. GraphQL says it inside HTTP 200, under a type that has changed its name.
 * @param nowMs milliseconds since 1970
 * @returns null: no limit
 * @see https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 * @see https://docs.github.com/graphql/overview/rate-limits-and-query-limits-for-the-graphql-api
 */
export function readLimit(answer: LimitedAnswer, nowMs: number): Limit | null {
  if (!isLimit(answer)) return null;
  const { headers } = answer;
  const spent = String(headers['x-ratelimit-remaining'] ?? '') === '0';
  const seconds = toNumber(headers['retry-after']);
  const reset = toNumber(headers['x-ratelimit-reset']);
  const until =
    seconds !== null ? nowMs + seconds * 1000 : spent && reset !== null ? reset * 1000 + 1000 : null;
  return {
    kind: spent ? 'primary' : 'secondary',
    untilMs: until === null ? null : Math.min(Math.max(until, nowMs), nowMs + longestMs),
  };
}

function isLimit({ status, headers, data }: LimitedAnswer): boolean {
  if (status === 429) return true;
  if (status === 200) return isGraphqlLimit(data);
  if (status !== 403) return false;
  return (
    headers['retry-after'] !== undefined ||
    String(headers['x-ratelimit-remaining'] ?? '') === '0' ||
    speaksOfLimit(textOf(data, 'message'))
  );
}

/** With data beside the error something was carried out: that is no refusal. */
function isGraphqlLimit(data: unknown): boolean {
  if (typeof data !== 'object' || data === null || !('errors' in data) || !Array.isArray(data.errors))
    return false;
  if ('data' in data && data.data !== null && data.data !== undefined) return false;
  return data.errors.some(
    (error: unknown) =>
      /^RATE_LIMIT(?:ED)?$/.test(textOf(error, 'type')) ||
      textOf(error, 'code') === 'graphql_rate_limit' ||
      speaksOfLimit(textOf(error, 'message')),
  );
}

const speaksOfLimit = (message: string): boolean =>
  /\brate limit (?:already )?exceeded\b|\bsecondary rate limit\b|\babuse detection\b/i.test(message);

function textOf(value: unknown, key: string): string {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return '';
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'string' ? found : '';
}

function toNumber(value: string | number | undefined): number | null {
  const number = value === undefined || value === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) && number >= 0 ? number : null;
}
