import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { GatehouseError } from '../../core/error/error.ts';
import type { Log } from '../log.ts';
import type { Health } from './health.ts';
import { type Hint, toHint } from './hint.ts';
import { isSigned } from './signature.ts';

/** Where GitHub delivers: the path that Probot has, so that an app keeps its address. */
export const webhookPath = '/api/github/webhooks';
export const healthPath = '/healthz';

/** GitHub delivers nothing larger. @see https://docs.github.com/webhooks/webhook-events-and-payloads */
const maxBodyBytes = 25 * 1024 * 1024;

export interface Intake {
  /** The current webhook secret, and the one before it while it is being changed. */
  readonly secrets: readonly string[];
  /** Returns when the hint is on the disk; its work goes on afterwards. @throws when it may be lost */
  take(hint: Hint): Promise<void>;
  health(): Health;
  readonly log: Log;
}

/** What is answered. The text goes to whoever sent the delivery, so it names nothing of ours. */
interface Reply {
  readonly status: number;
  readonly text: string;
}

const tooLarge: Reply = { status: 413, text: 'The body is larger than GitHub delivers.' };

/**
 * Answers deliveries before any work is done: verify, write down, acknowledge. Whatever takes longer than ten seconds
 * is a failed delivery for GitHub, and a failed one is not sent again.
 * @see https://docs.github.com/webhooks/using-webhooks/handling-failed-webhook-deliveries
 */
export function createListener(intake: Intake): RequestListener {
  return (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0];
    if (path === healthPath && (request.method === 'GET' || request.method === 'HEAD'))
      return answerHealth(intake, response);
    if (path !== webhookPath) return answer(response, { status: 404, text: 'There is nothing here.' });
    if (request.method !== 'POST') return answer(response, { status: 405, text: 'Deliveries are posted.' });
    receive(intake, request)
      .catch((error: unknown) => failed(intake, error))
      .then((reply) => answer(response, reply));
  };
}

async function receive(intake: Intake, request: IncomingMessage): Promise<Reply> {
  if (Number(headerOf(request, 'content-length') ?? 0) > maxBodyBytes) return tooLarge;
  const body = await readBody(request);
  if (body === null) return tooLarge;
  if (!isSigned(body, headerOf(request, 'x-hub-signature-256'), intake.secrets))
    return { status: 401, text: 'The signature is missing or not that of the webhook secret.' };
  const event = headerOf(request, 'x-github-event') ?? '';
  const delivery = headerOf(request, 'x-github-delivery') ?? '';
  const hint = toHint(event, delivery, parseJson(body));
  if (hint === 'nothing') return { status: 202, text: 'Nothing to look at.' };
  if (hint === 'unreadable') {
    intake.log.warn({ event, delivery }, 'a delivery has not the shape of its event');
    return { status: 422, text: 'This is not the payload of that event as JSON.' };
  }
  await intake.take(hint);
  return { status: 202, text: 'Taken.' };
}

/** GitHub shows the delivery as failed, so that somebody can send it again; the next reconcile looks anyway. */
function failed({ log }: Intake, error: unknown): Reply {
  const code = error instanceof GatehouseError ? error.code : 'UNKNOWN';
  log.warn({ code, error: String(error) }, 'a delivery was not taken');
  if (code === 'DELIVERY_LOG_NOT_WRITABLE')
    return {
      status: 503,
      text: 'It cannot be written down now, so it was not taken: deliver it again later.',
    };
  return { status: 500, text: 'It was not taken: deliver it again later.' };
}

function answerHealth({ health }: Intake, response: ServerResponse): void {
  const state = health();
  response.writeHead(state.ready ? 200 : 503, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
  });
  response.end(`${JSON.stringify(state)}\n`);
}

function answer(response: ServerResponse, { status, text }: Reply): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(`${text}\n`);
}

/** The whole body; null: too large, and no more of it is kept. @throws when the sender went away */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maxBodyBytes) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null; // no handler takes it
  }
}
