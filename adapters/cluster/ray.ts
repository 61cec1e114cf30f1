import type { RayConfig } from '../../core/config/cluster.ts';
import type { NetworkRule } from '../../core/config/network.ts';
import type { RuntimeEnv } from '../../core/config/runtime-env-file.ts';
import { InputError } from '../../core/error/error.ts';
import { quoteWord, toCommandLine, toSeconds } from '../../core/training/cluster-script.ts';
import { parseRayState } from '../../core/training/ray-state.ts';
import { openClient, type SafeClient } from '../store/safe-fetch.ts';
import type { ClusterClock, ClusterEngine, ClusterJob } from './engine.ts';
import { LineCutter } from './line-cutter.ts';
import { clusterFailed, oneLine } from './tool.ts';

const logPollMs = 5_000;
const timeoutMs = 30_000;
/** Each look at the log sends all of it again: a log beyond this is followed no further. */
const maxLogBytes = 64 * 1_048_576;

/**
 * Drives Ray by its Jobs API. Only hosts of the policy are reached, by the rules of `openClient`.
 * @see https://docs.ray.io/en/latest/cluster/running-applications/job-submission/api.html
 */
export function openRay(
  config: RayConfig,
  runtimeEnv: RuntimeEnv,
  network: NetworkRule,
  clock: ClusterClock,
): ClusterEngine {
  const client = openClient(network, { idleMs: timeoutMs });
  const ask = (method: 'GET' | 'POST', path: string, body?: unknown) =>
    send(client, method, new URL(`${config.address}/api/jobs/${path}`), body);
  return {
    async submit(job) {
      const { status, text } = await ask('POST', '', toRequest(job, runtimeEnv));
      if (status === 400) throw refused(text);
      if (status !== 200) throw failed('take the job', status, text);
      const id = readField(text, 'submission_id') ?? readField(text, 'job_id');
      if (id !== job.name) throw failed('answer with the name of the job', status, text);
      return { name: job.name, id };
    },
    async state({ name }) {
      const { status, text } = await ask('GET', name);
      if (status !== 200) throw failed('say how the job is', status, text);
      return parseRayState(parseJson(text));
    },
    async followLog({ name }, onLine, signal) {
      const cutter = new LineCutter(onLine);
      for (let seen = 0; ; ) {
        const last = signal.aborted;
        const { status, text } = await ask('GET', `${name}/logs`);
        const logs = status === 200 ? readField(text, 'logs') : null;
        if (logs === null) throw failed('show the log', status, text);
        cutter.add(logs.slice(seen));
        seen = Math.max(seen, logs.length);
        if (last) break;
        await clock.wait(logPollMs, signal);
      }
      cutter.end();
    },
    async cancel({ name }) {
      const { status, text } = await ask('POST', `${name}/stop`);
      if (status !== 200 && status !== 404) throw failed('stop the job', status, text);
    },
  };
}

function toRequest(job: ClusterJob, runtimeEnv: RuntimeEnv): unknown {
  const line = toCommandLine(job.command, toSeconds(job.timeoutMs));
  return {
    submission_id: job.name,
    entrypoint: `cd ${quoteWord(job.folder)} && exec ${line}`,
    runtime_env: { ...runtimeEnv, env_vars: { ...runtimeEnv.env_vars, ...job.env } },
    metadata: { job_name: job.name },
    ...(job.gpus === 0 ? {} : { entrypoint_num_gpus: job.gpus }),
    ...(job.memoryGib === null ? {} : { entrypoint_memory: Math.ceil(job.memoryGib * 1_073_741_824) }),
  };
}

async function send(
  client: SafeClient,
  method: 'GET' | 'POST',
  url: URL,
  body: unknown,
): Promise<{ readonly status: number; readonly text: string }> {
  const answer = await client.send({
    method,
    url,
    headers: async () => ({ accept: 'application/json', 'content-type': 'application/json' }),
    ...(body === undefined ? {} : { body: { text: JSON.stringify(body) } }),
    limitBytes: maxLogBytes,
    timeoutMs,
  });
  const parts: Uint8Array[] = [];
  for await (const part of answer.body) parts.push(part);
  return { status: answer.status, text: Buffer.concat(parts).toString('utf8') };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // No answer of this API: the caller says so.
  }
}

function readField(text: string, name: string): string | null {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
  const found: unknown = Reflect.get(value, name);
  return typeof found === 'string' ? found : null;
}

function failed(what: string, status: number, text: string) {
  return clusterFailed(`Ray did not ${what} (HTTP ${status})`, text);
}

function refused(text: string): InputError {
  return new InputError('CLUSTER_REFUSED', `Ray did not take the job: ${oneLine(text)}`, {
    hint: 'Correct train.cluster.runtime-env or train.needs in model.yml as this cluster allows them.',
  });
}
