import { selectCommands } from './catalogue.ts';
import { runProgram } from './program.ts';

const args = process.argv.slice(2);

process.exitCode = await runProgram(
  args,
  {
    cwd: process.cwd(),
    env: process.env,
    print: (text) => process.stdout.write(`${text}\n`),
    complain: (text) => process.stderr.write(`${text}\n`),
    // To the start of the line, and clear what stands there.
    showProgress: process.stderr.isTTY ? (line) => process.stderr.write(`\r\u001b[K${line}`) : null,
  },
  await selectCommands(args),
);
