import { setTimeout as sleep } from 'node:timers/promises';
import { GatehouseError, ServiceError } from '../../core/error/error.ts';

/** The service of GitHub Actions that takes artifacts while a job runs. */
export interface ResultsService {
  /** Calls one method of the artifact service. @throws ServiceError ARTIFACT_UPLOAD */
  call(
    method: 'CreateArtifact' | 'FinalizeArtifact' | 'DeleteArtifact',
    body: Readonly<Record<string, unknown>>,
  ): Promise<Readonly<Record<string, unknown>>>;
  /** Puts bytes to an address that the service gave. @throws ServiceError ARTIFACT_UPLOAD */
  put(url: string, body: Uint8Array, headers: Readonly<Record<string, string>>): Promise<void>;
}

export interface ResultsOptions {
  /** Ends what is under way. */
  readonly cancel?: AbortSignal | undefined;
  /** Waits before the second, third ... try. */
  readonly delaysMs?: readonly number[];
}

export interface ResultsPlace {
  /** Origin of ACTIONS_RESULTS_URL. */
  readonly origin: string;
  readonly token: string;
  /** Names of this run and job, as the token has them. */
  readonly runId: string;
  readonly jobId: string;
}

const service = 'github.actions.results.api.v1.ArtifactService';
const usualDelaysMs: readonly number[] = [1_000, 4_000, 16_000];
const callLimitMs = 30_000;
/** 8 MiB at half a megabit a second. */
const putLimitMs = 150_000;
const answerLimit = 64 * 1024;
const later: readonly number[] = [408, 429, 500, 502, 503, 504];

/**
 * Finds the service in the environment that GitHub gives actions; a `run:` step is not given it.
 * @returns why there is none, on GitHub Enterprise Server for one
 * @see https://github.com/actions/toolkit/blob/main/packages/artifact/src/internal/shared/util.ts backend ids
 * @see https://github.com/actions/toolkit/blob/main/packages/artifact/src/internal/shared/config.ts isGhes
 */
export function findResultsService(
  env: Readonly<NodeJS.ProcessEnv>,
):
  | { readonly kind: 'place'; readonly place: ResultsPlace }
  | { readonly kind: 'none'; readonly because: string } {
  const none = (because: string) => ({ kind: 'none', because }) as const;
  const { ACTIONS_RESULTS_URL: url = '', ACTIONS_RUNTIME_TOKEN: token = '' } = env;
  if (url === '' || token === '') return none('this job was not given ACTIONS_RESULTS_URL and its token');
  const host = hostOf(env.GITHUB_SERVER_URL ?? 'https://github.com');
  if (!/^(github\.com|.+\.ghe\.com|localhost|.+\.localhost|127\.0\.0\.1|\[::1\])$/i.test(host)) {
    return none(`${host} is a GitHub Enterprise Server, which takes artifacts in another way`);
  }
  const ids = readBackendIds(token);
  if (!URL.canParse(url) || ids === null)
    return none('the token or address of its artifact service is unknown');
  return { kind: 'place', place: { origin: new URL(url).origin, token, ...ids } };
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : url);

/** `scp` of the token: `Actions.Results:<run>:<job>` among others. GitHub checks the signature, we only need the names. */
function readBackendIds(token: string): { readonly runId: string; readonly jobId: string } | null {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    const scopes = String((claims as { readonly scp?: unknown }).scp).split(' ');
    const [, runId, jobId] =
      scopes.map((scope) => /^Actions\.Results:([^:]+):([^:]+)$/.exec(scope)).find((found) => found) ?? [];
    return runId !== undefined && jobId !== undefined ? { runId, jobId } : null;
  } catch {
    return null; // No JWT.
  }
}

/** @see https://twitchtv.github.io/twirp/docs/spec_v7.html */
export function openResultsService(place: ResultsPlace, options: ResultsOptions = {}): ResultsService {
  const send = (what: string, url: string, limitMs: number, init: RequestInit) =>
    sendAgain(what, url, limitMs, init, options);
  return {
    async call(method, body) {
      const text = await send(method, `${place.origin}/twirp/${service}/${method}`, callLimitMs, {
        method: 'POST',
        headers: { authorization: `Bearer ${place.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          workflow_run_backend_id: place.runId,
          workflow_job_run_backend_id: place.jobId,
          ...body,
        }),
      });
      return parseAnswer(method, text);
    },
    async put(url, body, headers) {
      const safe =
        URL.canParse(url) && ['https:', new URL(place.origin).protocol].includes(new URL(url).protocol);
      if (!safe) throw failed('the upload', 'its address is not a secure one');
      // A Buffer's own bytes only: what lies beside it in its pool is none of the artifact.
      await send('the upload', url, putLimitMs, { method: 'PUT', headers, body: new Uint8Array(body) });
    },
  };
}

/** Sends until an answer is final. The address may carry a signature and is never told. */
async function sendAgain(
  what: string,
  url: string,
  limitMs: number,
  init: RequestInit,
  { cancel, delaysMs = usualDelaysMs }: ResultsOptions,
): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    const delayMs = delaysMs[attempt];
    try {
      const timeout = AbortSignal.timeout(limitMs);
      const signal = cancel === undefined ? timeout : AbortSignal.any([timeout, cancel]);
      const answer = await fetch(url, { ...init, signal, redirect: 'error' });
      const text = await answer.text();
      if (answer.ok) return text;
      if (delayMs === undefined || !later.includes(answer.status)) {
        throw failed(what, `HTTP ${answer.status}${readReason(text)}`);
      }
    } catch (error) {
      if (error instanceof GatehouseError) throw error;
      if (delayMs === undefined || cancel?.aborted) throw failed(what, nameOf(error), error);
    }
    await sleep(delayMs, undefined, { signal: cancel }).catch((error: unknown) => {
      throw failed(what, 'the job was cancelled', error);
    });
  }
}

function nameOf(error: unknown): string {
  const { cause } = error as { readonly cause?: { readonly code?: unknown } };
  if (typeof cause?.code === 'string') return cause.code;
  return error instanceof Error ? error.name : 'it failed';
}

/** Twirp answers `{ code, msg }`. */
function readReason(text: string): string {
  const message = /"msg"\s*:\s*"([^"\\]{1,200})"/.exec(text.slice(0, answerLimit))?.[1];
  return message === undefined ? '' : `: ${message}`;
}

function parseAnswer(method: string, text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text.slice(0, answerLimit));
    if (typeof value === 'object' && value !== null && 'ok' in value && value.ok === true) {
      return value as unknown as Readonly<Record<string, unknown>>;
    }
  } catch {
    // Told below: no JSON is no agreement either.
  }
  throw failed(method, 'the service did not agree');
}

export function failed(what: string, why: string, cause?: unknown): ServiceError {
  return new ServiceError('ARTIFACT_UPLOAD', `The artifact service of GitHub failed at ${what}: ${why}`, {
    hint: 'Run the job again. If it stays so, see whether the repository has storage left for artifacts.',
    cause,
  });
}
