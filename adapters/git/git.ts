import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { InputError, ServiceError } from '../../core/error/error.ts';

/** Output of one git command; all of it, as bytes. */
export interface GitOutput {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/**
 * Runs git in a repository for reading. Nothing of the user's or the repository's configuration may change what is
 * read: replace references are off, output is untranslated, nothing asks for a password.
 * @throws ServiceError GIT_START; InputError GIT_FOLDER when folder or git is not there
 */
export function runGit(dir: string, args: readonly string[], input = ''): Promise<GitOutput> {
  return new Promise((resolve, reject) => {
    const child = startGit(dir, args);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (cause: NodeJS.ErrnoException) => reject(startFailure(dir, cause)));
    child.on('close', (code) =>
      resolve({
        code: code ?? 1,
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr).toString().trim(),
      }),
    );
    // git may end before it has read everything, for example outside a repository: its exit code says why.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** Starts git as `runGit` does, for whoever talks to it; errors come as the events of the process. */
export function startGit(dir: string, args: readonly string[]): ChildProcessWithoutNullStreams {
  // A command of an earlier job may have named a program of its own there: it would get our environment.
  const settings = ['--no-replace-objects', '-c', 'core.fsmonitor=false'];
  return spawn('git', [...settings, ...args], { cwd: dir, env: environment() });
}

function environment(): NodeJS.ProcessEnv {
  const { GIT_DIR: _, GIT_WORK_TREE: __, GIT_INDEX_FILE: ___, ...env } = process.env;
  return {
    ...env,
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
  };
}

/** What it means that git could not be started. */
export function startFailure(dir: string, cause: NodeJS.ErrnoException): Error {
  // Node says ENOENT for a missing folder as well as for a missing program.
  if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') {
    const hint = 'Give a folder that exists, and install git 2.38 or newer so that it is on the PATH.';
    return new InputError('GIT_FOLDER', `git cannot be started in ${dir}`, { hint, cause });
  }
  return new ServiceError('GIT_START', `git could not be started: ${cause.message}`, {
    hint: 'Run "git --version" to see what is wrong.',
    cause,
  });
}

/** Runs git and wants success. @throws ServiceError GIT_FAILED with git's own words */
export async function gitText(dir: string, args: readonly string[], what: string): Promise<string> {
  const { code, stdout, stderr } = await runGit(dir, args);
  if (code === 0) return stdout.toString().trim();
  throw new ServiceError('GIT_FAILED', `git could not ${what}: ${stderr || `exit code ${code}`}`, {
    hint: 'Run "git fsck" in the repository; fetch it again when objects are missing.',
  });
}
