/** What a call costs of GitHub's limits. */
export interface Cost {
  readonly resource: 'core' | 'graphql';
  /** A write is sent once, however its answer ends; a read may be repeated. */
  readonly mutates: boolean;
  /** Points of the limit for a minute: reading 1, writing 5. */
  readonly points: number;
  /** 1: it makes something that people see or are told of. */
  readonly content: 0 | 1;
}

/** Part of a request before Octokit sends it. */
export interface Outgoing {
  readonly method?: string;
  /** Route with or without its values, with or without the server. */
  readonly url?: string;
  readonly query?: unknown;
}

/**
 * What makes content is documented by examples alone. A commit by GraphQL may be some: it is counted.
 * @see https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
 */
const contentRoute =
  /^POST \S*\/repos\/[^/]+\/[^/]+\/(?:issues|pulls|releases)(?:\/|$)|^POST \S*\/git\/(?:refs|commits)$/;

export function toCost({ method = 'GET', url = '', query }: Outgoing): Cost {
  const path = url.split('?', 1)[0] ?? '';
  if (/\/graphql$/.test(path)) {
    const mutates = /^\s*mutation\b/.test(String(query));
    return { resource: 'graphql', mutates, points: mutates ? 5 : 1, content: mutates ? 1 : 0 };
  }
  const verb = method.toUpperCase();
  const mutates = verb !== 'GET' && verb !== 'HEAD';
  const content = contentRoute.test(`${verb} ${path}`) ? 1 : 0;
  return { resource: 'core', mutates, points: mutates ? 5 : 1, content };
}
