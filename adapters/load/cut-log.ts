import { muteCommands } from '../process/team-command.ts';

/** Lines that are shown. Many servers write one a request: showing all of them would slow down the measuring side. */
const mostLines = 100;

export interface CutLog {
  readonly print: (line: string) => void;
  /** Shows the end of a log that was cut, as text: nothing in it is read as a command by the runner. */
  readonly printLast: (lines: readonly string[]) => Promise<void>;
}

/** Shows the first lines of a server, and its last ones when that is asked for. */
export function cutLog(print: (line: string) => void): CutLog {
  let seen = 0;
  return {
    print: (line) => {
      // The line that lets the runner read commands again comes last, however much came before it.
      const isOrder = line.startsWith('::');
      seen += isOrder ? 0 : 1;
      if (isOrder || seen <= mostLines) print(line);
      else if (seen === mostLines + 1) print('(further lines of this server are left out)');
    },
    printLast: async (lines) => {
      if (seen <= mostLines) return;
      await muteCommands(print, async () => {
        for (const line of lines) print(line);
      });
    },
  };
}
