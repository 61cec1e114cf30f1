import { type Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import type { RequestConfig } from '../../core/config/latency.ts';

/** Servers are reached on this machine alone. */
export const loopback = '127.0.0.1';

export interface LoadTarget {
  readonly port: number;
  readonly request: RequestConfig;
  /** false: a connection of its own. */
  readonly agent: Agent | false;
  readonly timeoutMs: number;
}

export type RequestEnd = 'answered' | 'error' | 'timeout';

/** A prediction is small; an answer that does not end must not fill the memory. */
const mostAnswerBytes = 64 * 1024 * 1024;

/**
 * Sends one request and reads its answer to the end. Never throws.
 * @param dueAt when it was due, on the clock of `performance.now`: the timeout runs from there
 */
export function sendRequest(target: LoadTarget, body: Buffer | null, dueAt: number): Promise<RequestEnd> {
  return new Promise((resolve) => attempt(target, body, dueAt, true, resolve));
}

function attempt(
  target: LoadTarget,
  body: Buffer | null,
  dueAt: number,
  mayRepeat: boolean,
  settle: (end: RequestEnd) => void,
): void {
  const sent = open(target, body);
  let [answering, ended] = [false, false];
  const timer = setTimeout(() => end('timeout'), Math.max(0, dueAt + target.timeoutMs - performance.now()));
  const end = (how: RequestEnd): void => {
    // A connection that was given back is of the next request: it is not ended for this one.
    if (ended) return;
    ended = true;
    clearTimeout(timer);
    settle(how);
    if (how !== 'answered') sent.destroy();
  };
  sent.once('response', (answer) => {
    answering = true;
    readAnswer(answer, target.request.expectedStatus, end);
  });
  sent.on('error', (error: NodeJS.ErrnoException) => {
    // The server closed an idle connection just when it was used again: clients try once more, on the same clock.
    const closed = error.code === 'ECONNRESET' || error.code === 'EPIPE';
    if (!ended && mayRepeat && !answering && sent.reusedSocket && closed) {
      ended = true;
      clearTimeout(timer);
      attempt({ ...target, agent: false }, body, dueAt, false, settle);
      return;
    }
    end('error');
  });
  if (body === null) sent.end();
  else sent.end(body);
}

/** @see https://nodejs.org/api/http.html#requestreusedsocket */
function open(
  { port, agent, request: { path, method, contentType } }: LoadTarget,
  body: Buffer | null,
): ClientRequest {
  const headers: Record<string, string | number> = { accept: '*/*', 'user-agent': 'gatehouse' };
  if (body !== null) {
    headers['content-type'] = contentType;
    headers['content-length'] = body.length;
  }
  return request({ host: loopback, port, path, method, headers, agent });
}

function readAnswer(
  answer: IncomingMessage,
  expected: readonly number[],
  end: (how: RequestEnd) => void,
): void {
  let bytes = 0;
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostAnswerBytes) end('error');
  });
  answer.once('end', () => end(expected.includes(answer.statusCode ?? 0) ? 'answered' : 'error'));
  // Broken off: an end would have settled it before.
  answer.once('close', () => end('error'));
  answer.on('error', () => undefined);
}
