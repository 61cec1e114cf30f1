import { execFile } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { answerLimit } from '../../core/training/gpu-tool.ts';

/** A tool that waits for a broken driver may wait for ever. */
const toolLimitMs = 10_000;
const pipeLimitMs = 1000;

/** What a tool printed; of one that failed, whatever it said. */
export interface ToolAnswer {
  readonly kind: 'answer' | 'fault' | 'missing';
  readonly text: string;
}

/** Runs a tool and never throws. One that hangs in the kernel cannot be ended: it is left behind, not waited for. */
export async function askTool(
  program: string,
  words: readonly string[],
  env: Readonly<NodeJS.ProcessEnv>,
  limitMs = toolLimitMs,
): Promise<ToolAnswer> {
  const answered = new AbortController();
  const late = wait(limitMs + pipeLimitMs, undefined, { signal: answered.signal }).then(
    (): ToolAnswer => ({ kind: 'fault', text: `${program} does not end` }),
  );
  late.catch(() => undefined); // Aborted: the tool was faster.
  const answer = await Promise.race([runTool(program, words, env, limitMs), late]);
  answered.abort();
  return answer;
}

function runTool(
  program: string,
  words: readonly string[],
  env: Readonly<NodeJS.ProcessEnv>,
  limitMs: number,
): Promise<ToolAnswer> {
  const options = {
    // Numbers with a point.
    env: { ...env, LC_ALL: 'C' },
    timeout: limitMs,
    killSignal: 'SIGKILL',
    maxBuffer: answerLimit,
  } as const;
  return new Promise((resolve) => {
    execFile(program, words, options, (error, stdout, stderr) => {
      if (error === null) return resolve({ kind: 'answer', text: stdout });
      if (error.code === 'ENOENT') return resolve({ kind: 'missing', text: '' });
      const said = `${stdout}\n${stderr}`.trim();
      const how = error.killed === true ? 'did not end in time' : `ended with ${error.code ?? error.signal}`;
      return resolve({ kind: 'fault', text: said || `${program} ${how}` });
    });
  });
}
