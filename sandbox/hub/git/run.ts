import { spawn } from 'node:child_process';

export interface GitOutput {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** The user's own git configuration must not change what the hub does. */
export const gitEnvironment = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_COMMITTER_NAME: 'GitHub',
  GIT_COMMITTER_EMAIL: 'noreply@github.com',
} as const;

/** Runs git; exit codes other than 0 and 1 throw: 1 is an answer ("no", "conflict") of several commands. */
export function runGit(
  dir: string,
  args: readonly string[],
  options: { readonly input?: string | Buffer; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<GitOutput> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      cwd: dir,
      env: { ...process.env, ...gitEnvironment, ...options.env },
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
    child.stdin.on('error', () => {}); // git may stop reading early; its exit code tells
    child.on('error', reject);
    child.on('close', (code) => {
      const stderr = Buffer.concat(err).toString('utf8');
      if (code === 0 || code === 1) resolve({ code, stdout: Buffer.concat(out), stderr });
      else reject(new Error(`git ${args.join(' ')} in ${dir}: exit ${code}: ${stderr.trim()}`));
    });
    child.stdin.end(options.input ?? '');
  });
}
