import { type ChildProcess, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

const secret = '0123456789abcdef0123456789abcdef';
const seconds = 20;
const ratePerSecond = 500;
/** A pull_request_review event of GitHub has about this size. */
const payloadBytes = 19_280;

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/**
 * Deliveries to the intake as a process of its own, each written to the disk and synced before it is acknowledged:
 * 500 a second by the clock, then as many as 64 connections carry. The work behind it only notes each delivery.
 */
export async function benchWebhooks(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'webhooks-'));
  const { child, port } = await startIntake(folder);
  try {
    await flood(port, 500);
    const steady = await keepRate(port);
    report(`${ratePerSecond}/s for ${seconds} s`, steady, seconds);
    const startedAt = performance.now();
    const most = await flood(port, 20_000);
    report('as many as 64 connections carry', most, (performance.now() - startedAt) / 1000);
    // The last of it is still worked.
    await new Promise((resolve) => setTimeout(resolve, 500));
    console.log(
      `worked: ${Math.round(statSync(path.join(folder, 'worked')).size / 37)} of ${500 + steady.length + most.length}`,
    );
  } finally {
    child.kill('SIGKILL');
    agent.destroy();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Sends by the clock, whether earlier ones were answered or not: a stall counts for each that it holds up. */
async function keepRate(port: number): Promise<readonly number[]> {
  const startAt = performance.now() + 50;
  const sent: Promise<number>[] = [];
  for (let number = 0; number < ratePerSecond * seconds; number += 1) {
    const dueAt = startAt + (number * 1000) / ratePerSecond;
    const waitMs = dueAt - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    sent.push(post(port, number).then(() => performance.now() - dueAt));
  }
  return Promise.all(sent);
}

async function flood(port: number, count: number): Promise<readonly number[]> {
  const latenciesMs: number[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      const startedAt = performance.now();
      await post(port, next);
      latenciesMs.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: 64 }, lane));
  return latenciesMs;
}

let posted = 0;

function post(port: number, number: number): Promise<void> {
  posted += 1;
  const body = bodyOf(1 + (number % 200));
  const headers = {
    'content-type': 'application/json',
    'content-length': body.length,
    'x-github-event': 'pull_request_review',
    'x-github-delivery': String(posted).padStart(36, '0'),
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  };
  return new Promise((resolve, reject) => {
    const sending = request({
      host: '127.0.0.1',
      port,
      path: '/api/github/webhooks',
      method: 'POST',
      agent,
      headers,
    });
    sending.on('response', (answer) => {
      answer.resume();
      answer.on('end', () => {
        if (answer.statusCode === 202) resolve();
        else reject(new Error(`answered ${answer.statusCode}`));
      });
    });
    sending.on('error', reject);
    sending.end(body);
  });
}

const bodies = new Map<number, Buffer>();

function bodyOf(number: number): Buffer {
  const known = bodies.get(number);
  if (known !== undefined) return known;
  const payload = {
    action: 'submitted',
    pull_request: { number },
    repository: { full_name: 'acme/flights' },
    installation: { id: 5 },
    review: { body: '' },
  };
  const room = payloadBytes - JSON.stringify(payload).length;
  const body = Buffer.from(JSON.stringify({ ...payload, review: { body: 'x'.repeat(room) } }));
  bodies.set(number, body);
  return body;
}

function report(name: string, latenciesMs: readonly number[], tookSeconds: number): void {
  const sorted = latenciesMs.toSorted((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1);
  const perSecond = Math.round(sorted.length / tookSeconds);
  console.log(
    `${name}: ${sorted.length} acknowledged, ${perSecond}/s, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`,
  );
}

async function startIntake(folder: string): Promise<{ child: ChildProcess; port: number }> {
  const file = path.join(import.meta.dirname, '..', '..', 'test', 'bot', 'service-child.ts');
  const args = [file, path.join(folder, 'state'), path.join(folder, 'worked'), secret, '5'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<number>((resolve) => {
    child.stdout?.once('data', (data: Buffer) => resolve(Number(data.toString())));
  });
  return { child, port };
}
