import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import process from 'node:process';

/** npm starts in under a second; a runner that needs longer has another fault. */
const timeLimitMs = 20_000;

/**
 * The registry that npm is set up with on this machine: organisations point it at their mirror.
 * Asked outside the workspace, so that a `.npmrc` of a pull request says nothing here.
 * @returns the address, or why there is none in one clause
 * @see `npm help config`, setting `registry`
 */
export function askNpmRegistry(
  program = 'npm',
  limitMs = timeLimitMs,
): Promise<{ readonly address: string } | { readonly why: string }> {
  // On Windows npm is a script, which only a shell starts; nothing in the command comes from outside.
  const shell = process.platform === 'win32';
  const options = { cwd: tmpdir(), timeout: limitMs, killSignal: 'SIGKILL', shell } as const;
  return new Promise((resolve) => {
    execFile(program, ['config', 'get', 'registry'], options, (error, stdout) => {
      if (error?.killed) resolve({ why: `npm did not answer within ${limitMs / 1000} s` });
      else if (error) resolve({ why: 'npm, which knows the registry, is not on this runner or failed' });
      else resolve(readAddress(stdout.trim()));
    });
  });
}

function readAddress(text: string) {
  const { protocol } = URL.parse(text) ?? {};
  if (protocol === 'https:' || protocol === 'http:') return { address: text };
  return { why: 'npm names no registry (npm config get registry)' };
}
