export interface ScriptParts {
  /** Where the command works, on the machines of the engine. */
  readonly folder: string;
  /** Names as a shell takes them; values are any text. */
  readonly env: Readonly<Record<string, string>>;
  /** The team's command; pull-request controlled. */
  readonly command: string;
}

/** One word for a POSIX shell, whatever is in it. */
export function quoteWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * Writes the script that an engine runs. The command is one quoted word of a bash of its own: whatever it says, neither
 * directives of a scheduler nor the lines around it are read from it.
 * @param limitSeconds ends the command where nobody else would: the runner that watches it may be gone
 */
export function toScript({ folder, env, command }: ScriptParts, limitSeconds: number): string {
  const variables = Object.entries(env).map(([name, value]) => `export ${name}=${quoteWord(value)}`);
  return [
    '#!/bin/bash',
    'set -eo pipefail',
    `cd ${quoteWord(folder)}`,
    ...variables,
    `exec ${toCommandLine(command, limitSeconds)}`,
    '',
  ].join('\n');
}

/** The command as one line, ended after its limit: first asked, half a minute later forced. */
export function toCommandLine(command: string, limitSeconds: number): string {
  return `timeout -k 30 ${limitSeconds} bash -eo pipefail -c ${quoteWord(command)}`;
}

/** Whole seconds of a limit, at least one; what is no number is no time, never no limit. */
export function toSeconds(limitMs: number): number {
  return Number.isFinite(limitMs) ? Math.min(Math.max(Math.ceil(limitMs / 1000), 1), 100_000_000) : 1;
}
