import { tmpdir } from 'node:os';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { runTeamCommand } from './team-command.ts';

const run = (
  text: string,
  more: { folder?: string; timeoutMs?: number; log?: (line: string) => void } = {},
) =>
  runTeamCommand({
    text,
    folder: tmpdir(),
    env: { PATH: process.env.PATH },
    timeoutMs: 30_000,
    log: () => undefined,
    ...more,
  });

describe('runTeamCommand', () => {
  it('says how a command ended', async () => {
    expect(await run('true')).toEqual({ kind: 'done' });
    expect(await run('exit 7')).toEqual({ kind: 'failed', how: 'exit code 7' });
    expect(await run('kill -TERM $$')).toEqual({ kind: 'failed', how: 'signal SIGTERM' });
    expect(await run('true', { folder: '/no such folder' })).toMatchObject({ kind: 'failed', how: /ENOENT/ });
  });

  it('ends a command that does not listen', async () => {
    const started = performance.now();
    expect(await run('trap "" TERM; sleep 60; sleep 60', { timeoutMs: 100 })).toEqual({ kind: 'timeout' });
    expect(performance.now() - started).toBeLessThan(8_000);
  });

  it('does not wait for a daemon that left the group and holds the log open', async () => {
    const lines: string[] = [];
    const started = performance.now();
    expect(await run('setsid sleep 20 & echo "$!"', { log: (line) => lines.push(line) })).toEqual({
      kind: 'done',
    });
    expect(performance.now() - started).toBeLessThan(5_000);
    process.kill(Number(lines[1]));
  });

  it('takes limits that are no numbers as no time at all, never as no limit', async () => {
    for (const timeoutMs of [Number.NaN, -1, Number.POSITIVE_INFINITY]) {
      expect(await run('sleep 20', { timeoutMs })).toEqual({ kind: 'timeout' });
    }
  });
});
