import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { KubernetesConfig } from '../../core/config/cluster.ts';
import { InputError } from '../../core/error/error.ts';
import { makeReport } from '../../core/training/cluster-state.ts';
import { explainFailure } from '../../core/training/kubernetes-pod.ts';
import { parseKubernetesState } from '../../core/training/kubernetes-state.ts';
import { fillManifest, type Manifest, runLabel } from '../../core/training/manifest.ts';
import type { ClusterClock, ClusterEngine } from './engine.ts';
import { LineCutter } from './line-cutter.ts';
import { makeLineFilter } from './log-time.ts';
import { askTool, clusterFailed, toolMissing } from './tool.ts';

const followPauseMs = 5_000;
const waitArgs = ['--request-timeout=30s'];
const unknownKind = /doesn't have a resource type/;
const resources = { Job: 'jobs.batch', RayJob: 'rayjobs.ray.io' } as const;

/**
 * Drives Kubernetes by its own client, which knows how to log in and keeps credentials out of this process.
 * @param manifest what `parseManifest` read from the checkout
 * @see https://kubernetes.io/docs/reference/kubectl/generated/
 */
export function openKubernetes(
  config: KubernetesConfig,
  manifest: Manifest,
  env: NodeJS.ProcessEnv,
  clock: ClusterClock,
): ClusterEngine {
  const place = [
    ...(config.context === undefined ? [] : [`--context=${config.context}`]),
    `--namespace=${config.namespace}`,
  ];
  const ask = (args: readonly string[], input?: string) =>
    askTool('kubectl', [...args, ...place, ...waitArgs], env, input);
  const nameOf = (name: string): string => `${resources[manifest.kind]}/${name}`;
  return {
    async submit(job) {
      const text = JSON.stringify(fillManifest(manifest, job, config));
      const { code, stdout, stderr } = await ask(['create', '--filename=-', '--output=json'], text);
      if (code !== 0)
        throw isRefusal(stderr) ? refused(stderr) : clusterFailed('kubectl create failed', stderr);
      const id = readName(parseJson(stdout));
      if (id !== job.name) throw clusterFailed('kubectl create answered another name', id ?? '');
      return { name: job.name, id };
    },
    async state({ name }) {
      const { code, stdout, stderr } = await ask([
        'get',
        nameOf(name),
        '--ignore-not-found',
        '--output=json',
      ]);
      if (code !== 0) throw clusterFailed('kubectl get failed', stderr);
      if (stdout.trim() === '') return makeReport({ state: 'lost' }, 'somebody has deleted it');
      const report = parseKubernetesState(parseJson(stdout));
      if (report?.outcome !== 'failed') return report;
      const pods = await ask(['get', 'pods', `--selector=${runLabel}=${name}`, '--output=json']);
      return pods.code === 0 ? explainFailure(report, parseJson(pods.stdout)) : report;
    },
    async followLog({ name }, onLine, signal) {
      // The pods of a RayJob that say what the command prints are those of its submitter, a Job of the same name.
      const args = ['logs', `${resources.Job}/${name}`, '--timestamps', ...place];
      const filter = makeLineFilter(onLine);
      for (let last = false; !last; ) {
        last = signal.aborted;
        const since = filter.since() === null ? [] : [`--since-time=${filter.since()}`];
        const more = last ? [...waitArgs] : ['--follow'];
        await streamLines([...args, ...since, ...more], env, filter.take, last ? null : signal);
        // A stream that broke off is taken up again where it was.
        if (!last) await clock.wait(followPauseMs, signal);
      }
    },
    async cancel({ name }) {
      const args = ['delete', nameOf(name), '--ignore-not-found', '--wait=false', '--cascade=background'];
      const { code, stderr } = await ask(args);
      // A cluster that does not know the kind has no such job.
      if (code !== 0 && !unknownKind.test(stderr)) throw clusterFailed('kubectl delete failed', stderr);
    },
  };
}

/** Runs `kubectl logs` to its end, or until the signal. How it ends says nothing: the state of the job is asked elsewhere. */
async function streamLines(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  take: (line: string) => void,
  signal: AbortSignal | null,
): Promise<void> {
  const child = spawn('kubectl', args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
  const stop = (): void => void child.kill('SIGTERM');
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  const cutter = new LineCutter(take);
  child.stdout.on('data', (part: Buffer) => cutter.add(part));
  try {
    await once(child, 'close');
  } catch (error) {
    throw toolMissing('kubectl', error instanceof Error ? error : new Error(String(error)));
  } finally {
    signal?.removeEventListener('abort', stop);
  }
  // What a stream that broke off left without a line end comes whole with the next reading.
  if (signal === null) cutter.end();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // No answer of this client: the caller says so.
  }
}

function readName(answer: unknown): string | null {
  if (typeof answer !== 'object' || answer === null || !('metadata' in answer)) return null;
  const { metadata } = answer;
  if (typeof metadata !== 'object' || metadata === null || !('name' in metadata)) return null;
  return typeof metadata.name === 'string' ? metadata.name : null;
}

/** Words of the API server about the object itself, and not about the way to it. */
function isRefusal(stderr: string): boolean {
  return /\((?:BadRequest|Invalid|Forbidden)\)|error validating|strict decoding error|no matches for kind|is invalid|admission webhook/i.test(
    stderr,
  );
}

function refused(said: string): InputError {
  return new InputError('CLUSTER_REFUSED', `Kubernetes did not take the job: ${said}`, {
    hint: 'Correct the manifest that train.cluster.manifest names, or the rights of the runner in that namespace.',
  });
}
