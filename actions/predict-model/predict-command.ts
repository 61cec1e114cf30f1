import { lstat, readFile } from 'node:fs/promises';
import { type CommandEnd, runTeamCommand } from '../../adapters/process/team-command.ts';
import { refuse } from '../../core/evaluation/refusal.ts';
import { maxBytes } from '../../core/evaluation/table-text.ts';

export interface PredictFiles {
  readonly model: string;
  readonly input: string;
  readonly output: string;
}

export interface PredictRun {
  /** Of the head, or of the champion's record; pull-request controlled. */
  readonly command: string;
  readonly timeoutMinutes: number;
  readonly workspace: string;
  /** The only variables of the runner that the command sees. */
  readonly environment: { readonly PATH: string; readonly HOME: string };
  readonly print: (line: string) => void;
}

/**
 * Runs the predict command once and takes what it wrote.
 * @throws InputError PREDICT_TIMEOUT, PREDICT_COMMAND_FAILED, PREDICT_OUTPUT
 */
export async function runPredict(
  { model, input, output }: PredictFiles,
  { command, timeoutMinutes, workspace, environment, print }: PredictRun,
): Promise<Uint8Array> {
  const end = await runTeamCommand({
    text: command,
    folder: workspace,
    env: {
      PATH: environment.PATH,
      HOME: environment.HOME,
      GATEHOUSE_MODEL: model,
      GATEHOUSE_INPUT: input,
      GATEHOUSE_OUTPUT: output,
    },
    timeoutMs: timeoutMinutes * 60_000,
    log: print,
  });
  requireDone(end, timeoutMinutes);
  return readOutput(output);
}

function requireDone(end: CommandEnd, timeoutMinutes: number): void {
  if (end.kind === 'timeout') {
    throw refuse(
      'predict/timeout',
      `The predict command ran longer than ${timeoutMinutes} minutes and was ended`,
      'Make it faster, or raise predict.timeout-minutes in model.yml.',
    );
  }
  if (end.kind === 'failed') {
    throw refuse(
      'predict/command-failed',
      `The predict command ended with ${end.how}`,
      'See the lines that it printed above; run it on your machine with the same three variables set.',
    );
  }
}

/** A link would upload whatever it points to. */
async function readOutput(file: string): Promise<Uint8Array> {
  const facts = await lstat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (facts === null) throw badOutput('did not write the file that GATEHOUSE_OUTPUT names');
  if (!facts.isFile()) throw badOutput('wrote something other than a plain file');
  if (facts.size === 0) throw badOutput('wrote an empty file');
  if (facts.size > maxBytes) throw badOutput(`wrote ${facts.size} bytes, at most ${maxBytes} are read`);
  return readFile(file);
}

function badOutput(what: string) {
  return refuse(
    'predict/output',
    `The predict command ended well but ${what}`,
    'Write a CSV file with a key and what the task asks for (key,score for two classes) to the path in GATEHOUSE_OUTPUT.',
  );
}
