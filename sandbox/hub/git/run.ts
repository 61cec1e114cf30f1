import { runInHelper } from './helper.ts';

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
export async function runGit(
  dir: string,
  args: readonly string[],
  options: { readonly input?: string | Buffer; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<GitOutput> {
  const { code, stdout, stderr } = await runInHelper({
    args,
    cwd: dir,
    env: { ...process.env, ...gitEnvironment, ...options.env },
    input: options.input ?? '',
  });
  const said = stderr.toString('utf8');
  if (code === 0 || code === 1) return { code, stdout, stderr: said };
  throw new Error(`git ${args.join(' ')} in ${dir}: exit ${code}: ${said.trim()}`);
}
