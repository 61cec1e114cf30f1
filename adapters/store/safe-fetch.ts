import { createReadStream } from 'node:fs';
import {
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream/promises';
import type { NetworkRule } from '../../core/config/network.ts';
import { GatehouseError, ServiceError } from '../../core/error/error.ts';
import { makeDeferred } from '../process/deferred.ts';
import { readBody, skipBody } from './body.ts';
import { type Resolve, requireReachable, resolveName, toLookup } from './reach.ts';
import { followRedirect, maxRedirects } from './redirect.ts';
import { delaysMs, mayTryAgain, pause } from './retry.ts';
import { maxFileBytes } from './transfer.ts';

export interface SafeRequest {
  /** POST asks an engine for something; it is never sent twice. */
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST';
  readonly url: URL;
  /** Asked for every attempt and every address, so that a signature fits it. Never sent to another origin. */
  readonly headers?: (url: URL) => Promise<Readonly<Record<string, string>>>;
  readonly body?: { readonly file: string; readonly sizeBytes: number } | { readonly text: string };
  /** Most bytes of an answer; more are an InputError FILE_TOO_LARGE. */
  readonly limitBytes?: number;
  /** Redirects to follow at the same origin: 3 where nothing is said. */
  readonly redirects?: number;
  /** From the first byte sent to the last one received. */
  readonly timeoutMs?: number;
}

export interface SafeAnswer {
  readonly status: number;
  /** One header, or null; a server's own words: never print them unchecked. */
  header(name: string): string | null;
  /** Counts what arrives: over the limit, or fewer bytes than announced, is an error. Read it or skip it. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Lets the connection go without reading the rest. */
  skip(): void;
}

export interface SafeClient {
  /**
   * Sends one request and follows it to its answer, whatever the status.
   * @throws ServiceError HOST_REFUSED, ADDRESS_REFUSED, REDIRECT_REFUSED, STORE_FAILED
   */
  send(request: SafeRequest): Promise<SafeAnswer>;
}

export interface ClientOptions {
  /** How names become addresses: the system's own resolver where nothing is said. */
  readonly resolve?: Resolve;
  /** Pauses between attempts after an answer that says "later" or a broken connection; none: one attempt. */
  readonly delaysMs?: readonly number[];
  /** Without one byte for so long, a connection is given up. */
  readonly idleMs?: number;
}

const defaultIdleMs = 60_000;
const defaultTimeoutMs = 3_600_000;

/**
 * Opens a client that reaches the hosts of a rule and nothing else. Names are resolved once a connection, every address
 * is checked, and the connection goes to what was checked: an answer that changes in between changes nothing.
 */
export function openClient(network: NetworkRule, options: ClientOptions = {}): SafeClient {
  const settings = { keepAlive: true, maxSockets: 8 };
  const connection: Connection = {
    network,
    resolve: options.resolve ?? resolveName,
    idleMs: options.idleMs ?? defaultIdleMs,
    agents: { 'http:': new HttpAgent(settings), 'https:': new HttpsAgent(settings) },
  };
  return { send: (request) => sendPatiently(connection, request, options.delaysMs ?? delaysMs) };
}

interface Connection {
  readonly network: NetworkRule;
  readonly resolve: Resolve;
  readonly idleMs: number;
  readonly agents: { readonly 'http:': HttpAgent; readonly 'https:': HttpsAgent };
}

async function sendPatiently(
  connection: Connection,
  request: SafeRequest,
  pausesMs: readonly number[],
): Promise<SafeAnswer> {
  const pauses = request.method === 'POST' ? [] : pausesMs;
  for (const [attempt, pauseMs] of [...pauses, null].entries()) {
    const outcome = await sendFollowing(connection, request).catch((error: unknown) => ({ error }));
    const again = mayTryAgain(request.method, outcome);
    if (again === null || pauseMs === null) {
      if ('error' in outcome) throw toServiceError(outcome.error, request.url);
      return outcome;
    }
    if (!('error' in outcome)) outcome.skip();
    await pause(Math.max(pauseMs, again.afterMs), attempt);
  }
  throw new Error('unreachable: the last attempt returns or throws');
}

async function sendFollowing(connection: Connection, request: SafeRequest): Promise<SafeAnswer> {
  let { url } = request;
  for (let hops = 0; ; hops += 1) {
    const answer = await sendOnce(connection, request, url);
    const next = followRedirect(answer, url, hops < (request.redirects ?? maxRedirects));
    if (next === null) return answer;
    answer.skip();
    url = next;
  }
}

async function sendOnce(connection: Connection, request: SafeRequest, url: URL): Promise<SafeAnswer> {
  requireReachable(url, connection.network);
  const own = (await request.headers?.(url)) ?? {};
  const { body } = request;
  const options: RequestOptions = {
    method: request.method,
    headers: {
      'accept-encoding': 'identity',
      'user-agent': 'gatehouse',
      ...(body === undefined ? {} : { 'content-length': String(bytesOf(body)) }),
      ...own,
    },
    lookup: toLookup(url, connection.network, connection.resolve),
    signal: AbortSignal.timeout(request.timeoutMs ?? defaultTimeoutMs),
  };
  const response = await exchange(connection, url, options, body);
  const limitBytes = request.limitBytes ?? maxFileBytes;
  return {
    status: response.statusCode ?? 0,
    header: (name) => {
      const value = response.headers[name];
      return typeof value === 'string' ? value : null;
    },
    body: readBody(response, url, request.method === 'HEAD' ? 0 : limitBytes),
    skip: () => skipBody(response),
  };
}

function exchange(
  { agents, idleMs }: Connection,
  url: URL,
  options: RequestOptions,
  body: SafeRequest['body'],
): Promise<IncomingMessage> {
  const { promise, resolve, reject } = makeDeferred<IncomingMessage>();
  const sent =
    url.protocol === 'https:'
      ? httpsRequest(url, { ...options, agent: agents['https:'] })
      : httpRequest(url, { ...options, agent: agents['http:'] });
  sent.on('response', resolve);
  // After an answer came (a server may refuse before it has read everything) this rejects nothing any more.
  sent.on('error', reject);
  sent.setTimeout(idleMs, () => sent.destroy(new Error(`no byte for ${idleMs / 1000} seconds`)));
  if (body === undefined || bytesOf(body) === 0) sent.end();
  else if ('text' in body) sent.end(body.text);
  // Exactly the announced bytes: a file that grows meanwhile must not run into the next request.
  else pipeline(createReadStream(body.file, { start: 0, end: body.sizeBytes - 1 }), sent).catch(reject);
  return promise;
}

function bytesOf(body: NonNullable<SafeRequest['body']>): number {
  return 'text' in body ? Buffer.byteLength(body.text) : body.sizeBytes;
}

function toServiceError(error: unknown, url: URL): GatehouseError {
  if (error instanceof GatehouseError) return error;
  const code =
    error instanceof Error && 'code' in error ? error.code : error instanceof Error && error.message;
  return new ServiceError('STORE_FAILED', `${url.host} failed: no answer (${code || 'broken off'})`, {
    hint: 'Check that the runner reaches it, then run the job again.',
    cause: error,
  });
}
