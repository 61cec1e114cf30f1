import { randomUUID } from 'node:crypto';
import { statfs } from 'node:fs/promises';
import type { EndFacts } from '../../core/training/outcome.ts';
import { readOomKills } from './oom-kills.ts';
import { type ProcessEnd, runWatchedProcess, type WatchedProcess } from './watched-process.ts';

export interface TeamCommand extends Omit<WatchedProcess, 'file' | 'args' | 'signal'> {
  /** The team's own command line, run by bash in the workspace; pull-request controlled. */
  readonly text: string;
}

/** How a command ended; `how` is display text, for example `exit code 3`. */
export type CommandEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly how: string }
  | { readonly kind: 'timeout' };

/** How bash runs a command of the team: the first part that fails ends it. */
export const bashArguments: readonly string[] = ['-eo', 'pipefail', '-c'];

/**
 * Runs a command to its end and streams what it prints.
 * Nothing that it prints is read as a command by the runner; nothing of its process group outlives it.
 */
export async function runTeamCommand(command: TeamCommand): Promise<CommandEnd> {
  const end = await runBash(command);
  if (end.timedOut) return { kind: 'timeout' };
  if (end.startFault !== null) return { kind: 'failed', how: end.startFault };
  if (end.cancelled) return { kind: 'failed', how: 'cancelled' };
  if (end.exitCode === 0) return { kind: 'done' };
  return {
    kind: 'failed',
    how: end.exitCode === null ? `signal ${end.signal}` : `exit code ${end.exitCode}`,
  };
}

/** As {@link runTeamCommand}, and tells all that `classifyEnd` asks for. */
export async function watchTeamCommand(command: TeamCommand): Promise<EndFacts> {
  return watchMachine(command.folder, () => runBash(command));
}

/** What the machine tells about a command: kills for memory while it ran, free disk afterwards. */
export async function watchMachine(folder: string, run: () => Promise<ProcessEnd>): Promise<EndFacts> {
  const before = await readOomKills();
  const end = await run();
  const after = await readOomKills();
  const disk = await statfs(folder).catch(() => null);
  return {
    ...end,
    oomKills: before === null || after === null ? null : after - before,
    diskFreeMib: disk === null ? null : Math.floor((disk.bavail * disk.bsize) / 1024 ** 2),
  };
}

function runBash({ text, ...command }: TeamCommand): Promise<ProcessEnd> {
  return muteCommands(command.log, () =>
    runWatchedProcess({ ...command, file: 'bash', args: [...bashArguments, text] }),
  );
}

/**
 * Keeps the runner from reading `::commands::` in what is printed meanwhile.
 * @see https://docs.github.com/actions/reference/workflow-commands-for-github-actions#stopping-and-starting-workflow-commands
 */
export async function muteCommands<T>(log: (line: string) => void, run: () => Promise<T>): Promise<T> {
  const stopWord = randomUUID();
  log(`::stop-commands::${stopWord}`);
  try {
    return await run();
  } finally {
    log(`::${stopWord}::`);
  }
}
