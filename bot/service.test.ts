import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliver, pullPayload } from '../test/bot/delivery.ts';
import { kill9Rounds } from '../test/bot/kill.ts';
import type { Hint } from './intake/hint.ts';
import { type Service, type ServiceOptions, startService } from './service.ts';

const secret = '0123456789abcdef0123456789abcdef';
const previous = 'fedcba9876543210fedcba9876543210';

describe('the intake', () => {
  let stateFolder: string;
  let service: Service;
  let worked: Hint[];
  let said: string[];
  const start = async (options: Partial<ServiceOptions> = {}) => {
    service = await startService({
      ...{ host: '127.0.0.1', port: 0, secrets: [secret, previous], stateFolder },
      async work(hint) {
        worked.push(hint);
        return true;
      },
      queued: () => 3,
      lastReconcileAt: () => null,
      log: {
        info: (facts, message) => said.push(JSON.stringify({ message, ...facts })),
        warn: (facts, message) => said.push(JSON.stringify({ message, ...facts })),
      },
      now: () => '2026-01-05T10:00:00.000Z',
      ...options,
    });
  };
  const kept = () =>
    readdirSync(stateFolder)
      .map((file) => readFileSync(path.join(stateFolder, file), 'utf8'))
      .join('');
  const health = async () => {
    const answer = await fetch(`http://127.0.0.1:${service.port}/healthz`);
    return { status: answer.status, body: await answer.json() };
  };

  beforeEach(() => {
    stateFolder = mkdtempSync(path.join(tmpdir(), 'intake-'));
    worked = [];
    said = [];
  });
  afterEach(async () => {
    await service.close().catch(() => undefined);
    rmSync(stateFolder, { recursive: true, force: true });
  });

  it('acknowledges before the work, and keeps where to look and nothing of the body', async () => {
    let finish: (isDone: boolean) => void = () => undefined;
    await start({ work: () => new Promise((resolve) => (finish = resolve)) });
    expect((await deliver(service.port, secret)).status).toBe(202);
    expect(kept()).toContain('"looks":[{"kind":"pull","number":7}]');
    expect(kept() + said.join('')).not.toMatch(/somebody|ben/);
    expect((await health()).body).toMatchObject({ pending: 1, oldestPendingSeconds: 0, queue: 3 });
    finish(true);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect((await health()).body).toMatchObject({ pending: 0, oldestPendingSeconds: null });
  });

  it('takes what either secret signed, and nothing else', async () => {
    await start();
    expect((await deliver(service.port, secret)).status).toBe(202);
    expect((await deliver(service.port, previous)).status).toBe(202);
    const wrong = [null, '', 'sha1=0', `sha256=${'0'.repeat(64)}`, `sha256=${'0'.repeat(63)}`];
    for (const signature of wrong)
      expect((await deliver(service.port, secret, { signature })).status).toBe(401);
    expect((await deliver(service.port, 'x'.repeat(32))).status).toBe(401);
    expect(worked).toHaveLength(2);
  });

  it('drops what asks for no look, and refuses a body that is not that of its event', async () => {
    await start();
    const comment = {
      ...pullPayload(7),
      action: 'created',
      issue: { number: 7, pull_request: {} },
      comment: { id: 9, body: '/gatehouse explain' },
    };
    const answers = [
      await deliver(service.port, secret, { event: 'star' }),
      await deliver(service.port, secret, { event: 'constructor' }),
      await deliver(service.port, secret, {
        event: 'issue_comment',
        payload: { ...comment, action: 'edited' },
      }),
      await deliver(service.port, secret, {
        event: 'issue_comment',
        payload: { ...comment, sender: { type: 'Bot' } },
      }),
      await deliver(service.port, secret, { event: 'merge_group', payload: pullPayload(7) }),
      await deliver(service.port, secret, { event: 'workflow_run', payload: pullPayload(7) }),
      await deliver(service.port, secret, {
        payload: { ...pullPayload(7), repository: { full_name: '../x' } },
      }),
      await deliver(service.port, secret, { payload: 'text' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202, 422, 422, 422]);
    expect(worked).toEqual([]);
    await deliver(service.port, secret, { event: 'issue_comment', payload: comment });
    expect(worked.map(({ looks }) => looks)).toEqual([[{ kind: 'command', number: 7, comment: 9 }]]);
  });

  it('says 503 when it cannot write down, so that GitHub shows the delivery as failed', async () => {
    await start();
    rmSync(stateFolder, { recursive: true });
    writeFileSync(stateFolder, '');
    const answer = await deliver(service.port, secret);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('not taken');
    expect(worked).toEqual([]);
    expect(await health()).toMatchObject({ status: 503, body: { ready: false, log: 'not writable' } });
    rmSync(stateFolder);
    mkdirSync(stateFolder);
    expect((await deliver(service.port, secret)).status).toBe(202);
    expect(await health()).toMatchObject({ status: 200, body: { ready: true, log: 'writable' } });
  });

  it('keeps what failed, works it again, and gives up after three days', async () => {
    let now = '2026-01-05T10:00:00.000Z';
    await start({
      now: () => now,
      async work(hint) {
        worked.push(hint);
        return false;
      },
    });
    await deliver(service.port, secret);
    const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
    await settled();
    service.retry();
    await settled();
    expect(worked).toHaveLength(2);
    expect((await health()).body).toMatchObject({ pending: 1 });
    now = '2026-01-08T10:00:01.000Z';
    service.retry();
    await settled();
    expect(worked).toHaveLength(2);
    expect((await health()).body).toMatchObject({ pending: 0 });
    expect(said.join('')).toContain('given up');
  });

  it('has nothing at other addresses', async () => {
    await start();
    const get = async (where: string, method = 'GET') =>
      (await fetch(`http://127.0.0.1:${service.port}${where}`, { method })).status;
    expect(await get('/')).toBe(404);
    expect(await get('/api/github/webhooks')).toBe(405);
    expect(await get('/healthz', 'POST')).toBe(404);
  });

  it('lets what runs end when it closes, and leaves the rest for the next start', async () => {
    await start({ work: async ({ delivery }) => delivery === 'quick' });
    await deliver(service.port, secret, { delivery: 'quick' });
    await deliver(service.port, secret, { delivery: 'slow' });
    let isFinished = false;
    await service.close(async () => {
      isFinished = true;
    });
    expect(isFinished).toBe(true);
    await start();
    expect(worked.map(({ delivery }) => delivery)).toEqual(['slow']);
  });
});

it('loses nothing that it acknowledged, killed at any moment', { timeout: 30_000 }, async () => {
  const { acknowledged, lost, restartMs } = await kill9Rounds({ rounds: 2, seed: 1 });
  expect(acknowledged).toBeGreaterThan(0);
  expect(lost).toEqual([]);
  expect(restartMs).toBeLessThan(2_000);
});
