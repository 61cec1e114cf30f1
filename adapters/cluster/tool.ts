import { spawn } from 'node:child_process';
import { ServiceError } from '../../core/error/error.ts';
import { makeDeferred } from '../process/deferred.ts';
import { pickEnvironment } from '../process/environment.ts';

export interface ToolAnswer {
  readonly code: number | null;
  readonly stdout: string;
  /** On one line, cut: it goes into messages. */
  readonly stderr: string;
}

/** Where a client finds its cluster; none of them holds a secret. */
const ownNames = ['KUBECONFIG', 'KUBERNETES_SERVICE_HOST', 'KUBERNETES_SERVICE_PORT', 'SLURM_CONF'] as const;
const mostBytes = 16 * 1_048_576;
const patienceMs = 60_000;

/** The environment of an engine's own client: as narrow as that of the team's command, and where its cluster is. */
export function toolEnvironment(env: Readonly<NodeJS.ProcessEnv>): NodeJS.ProcessEnv {
  const own = ownNames.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  return pickEnvironment(env, Object.fromEntries(own));
}

/**
 * Runs an engine's own client to its end, whatever its exit code. It reads `input` and nothing else.
 * @throws ServiceError TOOL_MISSING when it is not installed, CLUSTER_FAILED when it does not end or says too much
 */
export function askTool(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  input = '',
): Promise<ToolAnswer> {
  const { promise, resolve, reject } = makeDeferred<ToolAnswer>();
  const child = spawn(file, args, { env, stdio: ['pipe', 'pipe', 'pipe'], timeout: patienceMs });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      texts[name] += text;
      if (texts[name].length > mostBytes) child.kill('SIGKILL');
    });
  }
  child.once('error', (cause: NodeJS.ErrnoException) => reject(toolMissing(file, cause)));
  child.once('close', (code, signal) => {
    const stderr = oneLine(texts.stderr);
    if (signal === null) resolve({ code, stdout: texts.stdout, stderr });
    else reject(clusterFailed(`${file} ${args[0] ?? ''} was ended by ${signal}`, stderr));
  });
  child.stdin.on('error', () => undefined); // It may end without reading.
  child.stdin.end(input);
  return promise;
}

export function toolMissing(file: string, cause: Error): ServiceError {
  return new ServiceError('TOOL_MISSING', `${file} could not be started on this runner`, {
    hint: `Install ${file} on the runner (its own user must find it in PATH).`,
    cause,
  });
}

/** @param said the engine's own words: cut, on one line */
export function clusterFailed(what: string, said: string): ServiceError {
  return new ServiceError('CLUSTER_FAILED', said === '' ? what : `${what}: ${oneLine(said)}`, {
    hint: 'See whether the cluster can be reached from the runner and takes jobs of its user, then run the job again.',
  });
}

/** What an engine says is untrusted: one line of at most 500 characters without control characters. */
export function oneLine(text: string): string {
  return text
    .replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 500)
    .toWellFormed();
}
