import { createHmac } from 'node:crypto';
import { webhookPath } from '../../bot/intake/listener.ts';

export interface Posted {
  readonly event?: string;
  readonly delivery?: string;
  readonly payload?: unknown;
  /** In place of the right signature. */
  readonly signature?: string | null;
}

/** A payload of which nothing but its numbers is ever needed, with text that must be kept nowhere. */
export const pullPayload = (number: number, title = 'a title of somebody') => ({
  action: 'opened',
  number,
  pull_request: { number, title, body: 'words of somebody' },
  repository: { id: 1, full_name: 'acme/flights' },
  installation: { id: 5 },
  sender: { login: 'ben', type: 'User' },
});

/** Delivers like GitHub. */
export async function deliver(port: number, secret: string, posted: Posted = {}): Promise<Response> {
  const body = JSON.stringify(posted.payload ?? pullPayload(7));
  const right = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const signature = posted.signature === undefined ? right : posted.signature;
  return fetch(`http://127.0.0.1:${port}${webhookPath}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-github-event': posted.event ?? 'pull_request',
      'x-github-delivery': posted.delivery ?? 'a-delivery',
      ...(signature === null ? {} : { 'x-hub-signature-256': signature }),
    },
    body,
  });
}
