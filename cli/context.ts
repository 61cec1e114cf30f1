import type { Command } from 'commander';

/** What a command may touch of the world; tests give their own. */
export interface CommandContext {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard output: the answer, text or JSON. */
  print(text: string): void;
  /** Standard error: everything that is not the answer. */
  complain(text: string): void;
  /** ISO instant, UTC. */
  now(): string;
  /** Standard error, when a person watches it: shows one line in place of the last; an empty one clears it. */
  readonly showProgress: ((line: string) => void) | null;
  /** Runs a command's work inside the one error boundary; the number is the exit code of the process. */
  run(work: () => Promise<ExitCode>): Promise<void>;
}

/** 0 pass, 1 gate failed, 2 wrong input, 3 service failed. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Puts one command on the program. */
export type AddCommand = (program: Command, context: CommandContext) => void;
