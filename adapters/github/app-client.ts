import { createSign } from 'node:crypto';
import { Octokit } from '@octokit/rest';
import type { GitHubClient } from './client.ts';
import { quietLog } from './quiet-log.ts';

/** GitHub takes tokens of ten minutes at most, and clocks differ. */
const lifetimeSeconds = 540;
const clockSkewSeconds = 60;

export interface AppCredentials {
  readonly appId: number;
  /** PEM, as the settings page of the app gives it. */
  readonly privateKey: string;
  /** null: api.github.com. */
  readonly apiUrl: string | null;
}

/**
 * A client that is authenticated as the app itself: it lists installations and makes their tokens, and sees no
 * repository.
 * @see https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
 */
export function createAppClient(credentials: AppCredentials, nowMs = Date.now): GitHubClient {
  const { apiUrl } = credentials;
  const octokit = new Octokit({
    ...{ userAgent: 'gatehouse', log: quietLog },
    ...(apiUrl === null ? {} : { baseUrl: apiUrl }),
  });
  octokit.hook.before('request', (options) => {
    options.headers.authorization = `bearer ${signAppToken(credentials, Math.floor(nowMs() / 1000))}`;
  });
  return octokit;
}

function signAppToken({ appId, privateKey }: AppCredentials, nowSeconds: number): string {
  const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    iat: nowSeconds - clockSkewSeconds,
    exp: nowSeconds + lifetimeSeconds,
    iss: String(appId),
  };
  const signed = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
}
