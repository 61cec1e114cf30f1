import { selectCommands } from './catalogue.ts';
import { runProgram } from './program.ts';

const args = process.argv.slice(2);

// Whoever reads may stop early, as head does. That is no fault, and the exit code stays what was found.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
});

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
