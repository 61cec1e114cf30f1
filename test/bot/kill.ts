import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { deliver, pullPayload } from './delivery.ts';

export interface KillOutcome {
  readonly acknowledged: number;
  /** Ids of deliveries that were acknowledged and never worked. */
  readonly lost: readonly string[];
  /** From the last start until everything was worked. */
  readonly restartMs: number;
}

const secret = '0123456789abcdef0123456789abcdef';

/** Delivers without a pause to a process that is killed again and again (`kill -9`), then lets one live and looks. */
export async function kill9Rounds({
  rounds,
  seed,
}: {
  readonly rounds: number;
  readonly seed: number;
}): Promise<KillOutcome> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kill-'));
  const worked = path.join(folder, 'worked');
  const acknowledged: string[] = [];
  const start = (delayMs: number) =>
    startChild([path.join(folder, 'state'), worked, secret, String(delayMs)]);
  try {
    for (let round = 0; round < rounds; round += 1) {
      const { child, port } = await start(40);
      const ended = new Promise((resolve) => child.once('exit', resolve));
      const lanes = [0, 1, 2, 3].map((lane) => deliverUntilDead(port, `${round}-${lane}`, acknowledged));
      // Another moment each round, the same in every run.
      await new Promise((resolve) => setTimeout(resolve, 60 + (((seed + round) * 37) % 90)));
      child.kill('SIGKILL');
      await Promise.all([ended, ...lanes]);
    }
    const startedAt = performance.now();
    const { child } = await start(0);
    let lost: string[] = [];
    do {
      await new Promise((resolve) => setTimeout(resolve, 10));
      const seen = new Set(existsSync(worked) ? readFileSync(worked, 'utf8').split('\n') : []);
      lost = acknowledged.filter((id) => !seen.has(id));
    } while (lost.length > 0 && performance.now() - startedAt < 5_000);
    const restartMs = performance.now() - startedAt;
    child.kill('SIGKILL');
    return { acknowledged: acknowledged.length, lost, restartMs };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function deliverUntilDead(port: number, name: string, acknowledged: string[]): Promise<void> {
  for (let number = 1; ; number += 1) {
    const delivery = `${name}-${number}`;
    try {
      const answer = await deliver(port, secret, { delivery, payload: pullPayload(number) });
      if (answer.status === 202) acknowledged.push(delivery);
    } catch {
      return; // killed before it answered: GitHub shows this one as failed
    }
  }
}

async function startChild(args: readonly string[]): Promise<{ child: ChildProcess; port: number }> {
  const file = path.join(import.meta.dirname, 'service-child.ts');
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout?.once('data', (data: Buffer) => resolve(Number(data.toString())));
    child.once('exit', () => reject(new Error('the intake ended before it listened')));
  });
  return { child, port };
}
