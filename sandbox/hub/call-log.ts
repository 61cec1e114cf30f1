import { createHash } from 'node:crypto';
import type { Answer } from './interface.ts';
import type { ApiCall } from './traffic.ts';
import type { Caller } from './world.ts';

/** One call of the API as it was answered. */
export interface LoggedCall extends ApiCall {
  /** 304 costs a caller nothing of the hourly budget. */
  readonly status: number;
  readonly caller: Caller['kind'];
}

/** Newest calls of the API, oldest first: tests count them. */
export interface CallLog {
  readonly calls: readonly LoggedCall[];
  /** Gives what was logged so far and begins anew. */
  take(): readonly LoggedCall[];
  add(call: LoggedCall): void;
}

/** Tests take far fewer at a time; a hub that serves a demo for hours keeps the newest. */
const maxCalls = 20_000;

export function createCallLog(): CallLog {
  const calls: LoggedCall[] = [];
  return {
    calls,
    take: () => calls.splice(0),
    add(call) {
      calls.push(call);
      if (calls.length > maxCalls) calls.shift();
    },
  };
}

/**
 * Tags what was read, and answers 304 to whoever has it already. As on GitHub a tag belongs to the answer and to the
 * token with which it was asked for.
 */
export function tagged(
  answer: Answer,
  { authorization = '', 'if-none-match': known }: Readonly<Record<string, string | string[] | undefined>>,
): Answer {
  const { status, body, headers } = answer;
  if (status !== 200 || body === undefined || typeof body === 'string' || Buffer.isBuffer(body))
    return answer;
  const link = headers?.link ?? '';
  const text = `${authorization}\n${link}\n${JSON.stringify(body)}`;
  const etag = `W/"${createHash('sha256').update(text).digest('hex')}"`;
  return known === etag ? { status: 304, headers: { etag } } : { ...answer, headers: { ...headers, etag } };
}
