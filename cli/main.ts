import { fetchAnchors } from './anchors.ts';
import { checkCommand } from './commands/check.ts';
import { compareCommand } from './commands/compare.ts';
import { dataCommand } from './commands/data.ts';
import { historyCommand } from './commands/history.ts';
import { lineageCommand } from './commands/lineage.ts';
import { reproduceCommand } from './commands/reproduce.ts';
import { resolveCommand } from './commands/resolve.ts';
import { runsCommand } from './commands/runs.ts';
import { verifyCommand } from './commands/verify.ts';
import type { AddCommand } from './context.ts';
import { openInstalled } from './engine.ts';
import { runProgram } from './program.ts';

const commands: readonly AddCommand[] = [
  checkCommand,
  compareCommand,
  verifyCommand(fetchAnchors),
  resolveCommand(fetchAnchors),
  historyCommand(fetchAnchors),
  lineageCommand(fetchAnchors),
  reproduceCommand(fetchAnchors),
  runsCommand,
  dataCommand(openInstalled, fetchAnchors),
];

process.exitCode = await runProgram(
  process.argv.slice(2),
  {
    cwd: process.cwd(),
    env: process.env,
    print: (text) => process.stdout.write(`${text}\n`),
    complain: (text) => process.stderr.write(`${text}\n`),
    // To the start of the line, and clear what stands there.
    showProgress: process.stderr.isTTY ? (line) => process.stderr.write(`\r\u001b[K${line}`) : null,
  },
  commands,
);
