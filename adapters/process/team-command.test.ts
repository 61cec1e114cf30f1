import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { runTeamCommand, type TeamCommand, watchTeamCommand } from './team-command.ts';

const command = (text: string, more: Partial<TeamCommand> = {}): TeamCommand => ({
  text,
  folder: tmpdir(),
  env: { PATH: process.env.PATH },
  timeoutMs: 30_000,
  log: () => undefined,
  ...more,
});
const run = (text: string, more: Partial<TeamCommand> = {}) => runTeamCommand(command(text, more));
const watch = (text: string, more: Partial<TeamCommand> = {}) => watchTeamCommand(command(text, more));

describe('runTeamCommand', () => {
  it('says how a command ended', async () => {
    expect(await run('true')).toEqual({ kind: 'done' });
    expect(await run('exit 7')).toEqual({ kind: 'failed', how: 'exit code 7' });
    expect(await run('kill -TERM $$')).toEqual({ kind: 'failed', how: 'signal SIGTERM' });
    expect(await run('true', { folder: '/no such folder' })).toMatchObject({ kind: 'failed', how: /ENOENT/ });
  });

  it('ends a command that does not listen', async () => {
    const started = performance.now();
    expect(await run('trap "" TERM; sleep 60; sleep 60', { timeoutMs: 100, graceMs: 200 })).toEqual({
      kind: 'timeout',
    });
    expect(performance.now() - started).toBeLessThan(3_000);
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

describe('watchTeamCommand', () => {
  it('tells what ended it and its last lines, in order and cut', async () => {
    const seen: string[] = [];
    const end = await watch('for i in 1 2 3 4; do echo "line $i"; done; printf "%02000d" 0; exit 4', {
      keepLines: 3,
      log: (line) => seen.push(line),
    });
    expect(end).toMatchObject({
      exitCode: 4,
      signal: null,
      startFault: null,
      timedOut: false,
      cancelled: false,
    });
    expect(end.lastLines).toEqual(['line 3', 'line 4', '0'.repeat(1000)]);
    expect(seen.slice(1, -1)).toEqual(['line 1', 'line 2', 'line 3', 'line 4', '0'.repeat(2000)]);
    expect(end.diskFreeMib).toBeGreaterThanOrEqual(0);
  });

  it('tells the process id and ends all of its group on cancel', async () => {
    const cancel = new AbortController();
    const pids: number[] = [];
    const end = await watch('trap "" TERM; sleep 30 & echo "$!"; wait', {
      ...{ cancel: cancel.signal, graceMs: 100, started: (pid: number) => pids.push(pid) },
      log: (line) => {
        if (!/^\d+$/.test(line)) return;
        pids.push(Number(line));
        cancel.abort();
      },
    });
    expect(end).toMatchObject({ cancelled: true, timedOut: false, exitCode: null, signal: 'SIGKILL' });
    expect(pids).toHaveLength(2);
    for (const pid of pids) await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it('starts nothing that is cancelled already', async () => {
    const lines: string[] = [];
    const end = await watch('echo ran', { cancel: AbortSignal.abort(), log: (line) => lines.push(line) });
    expect(end).toMatchObject({ cancelled: true, lastLines: [] });
    expect(lines).not.toContain('ran');
    expect(await run('echo ran', { cancel: AbortSignal.abort() })).toEqual({
      kind: 'failed',
      how: 'cancelled',
    });
  });

  it('says why it could not start', async () => {
    expect(await watch('true', { folder: '/no such folder' })).toMatchObject({
      startFault: expect.stringContaining('ENOENT'),
      diskFreeMib: null,
    });
  });
});

/** A process that has ended and was not collected by its parent is a zombie: it does nothing any more. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
