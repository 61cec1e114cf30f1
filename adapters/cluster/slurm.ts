import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { SlurmConfig } from '../../core/config/cluster.ts';
import { InputError } from '../../core/error/error.ts';
import { toScript, toSeconds } from '../../core/training/cluster-script.ts';
import { type ClusterReport, isEnded } from '../../core/training/cluster-state.ts';
import { parseSlurmState } from '../../core/training/slurm-state.ts';
import type { ClusterClock, ClusterEngine, ClusterJob } from './engine.ts';
import { LineCutter } from './line-cutter.ts';
import { askTool, clusterFailed } from './tool.ts';

const logPollMs = 2_000;
const chunkBytes = 1_048_576;
/** As of Ray: a log beyond this is followed no further. A file with holes has any size and costs its writer nothing. */
const maxLogBytes = 64 * 1_048_576;
const gone = /invalid job id|already completing or completed|no job (?:id )?identification/i;

/**
 * Drives Slurm by its own commands. Script and limits are ours, options that say what the job needs are the team's.
 * @see https://slurm.schedmd.com/sbatch.html https://slurm.schedmd.com/squeue.html
 */
export function openSlurm(config: SlurmConfig, env: NodeJS.ProcessEnv, clock: ClusterClock): ClusterEngine {
  let logFile: string | null = null;
  const ask = (file: string, args: readonly string[], input?: string) => askTool(file, args, env, input);
  return {
    async submit(job) {
      logFile = job.logFile.here;
      const { code, stdout, stderr } = await ask('sbatch', submitOptions(config, job), writeScript(job));
      if (code !== 0) throw refused(stderr);
      return { name: job.name, id: readId(stdout) };
    },
    async state({ id }) {
      if (id === null) return null;
      const queued = await ask('squeue', [...only(id), '--noheader', '--states=all', '--format=%T|%r']);
      const report = queued.code === 0 ? parseSlurmState(firstLine(queued.stdout)) : null;
      // The queue forgets a job minutes after its end, and never says an exit code: the accounting does both.
      if (report !== null && report.outcome !== 'failed') return report;
      const booked = await readAccounting(id, ask);
      return booked !== null && isEnded(booked.state) ? booked : (report ?? booked);
    },
    async followLog(_handle, onLine, signal) {
      if (logFile !== null) await followFile(logFile, onLine, signal, clock);
    },
    async cancel({ name, id }) {
      const args = id === null ? [`--name=${name}`] : [...clusterOf(id), numberOf(id)];
      const { code, stderr } = await ask('scancel', args);
      if (code !== 0 && !gone.test(stderr)) throw clusterFailed('scancel failed', stderr);
    },
  };
}

/** Options of the team first: of two that say the same, sbatch takes the last. */
function submitOptions(config: SlurmConfig, job: ClusterJob): readonly string[] {
  return [
    ...config.options,
    ...(config.partition === undefined ? [] : [`--partition=${config.partition}`]),
    '--parsable',
    `--job-name=${job.name}`,
    `--output=${job.logFile.there}`,
    `--chdir=${job.folder}`,
    // Minutes, with one to spare: the script ends the command at its limit, Slurm what does not listen.
    `--time=${Math.ceil(toSeconds(job.timeoutMs) / 60) + 1}`,
    '--no-requeue',
    '--export=NONE',
  ];
}

/** sbatch reads directives only before the first command, and ours comes first: none of the team's is read. */
function writeScript(job: ClusterJob): string {
  // With --export=NONE the steps of the job (srun) would get no environment at all.
  const env = { ...job.env, SLURM_EXPORT_ENV: 'ALL' };
  return toScript({ folder: job.folder, env, command: job.command }, toSeconds(job.timeoutMs));
}

/** `1234` or `1234;cluster`, on the last line: a site may print a greeting. */
function readId(stdout: string): string {
  const line = stdout.trim().split('\n').at(-1)?.trim() ?? '';
  if (!/^\d{1,12}(?:;[A-Za-z0-9_.-]{1,64})?$/.test(line)) {
    throw clusterFailed('sbatch answered no job number', line);
  }
  return line;
}

const numberOf = (id: string): string => id.split(';')[0] ?? '';
const clusterOf = (id: string): readonly string[] => {
  const cluster = id.split(';')[1];
  return cluster === undefined ? [] : [`--clusters=${cluster}`];
};
const only = (id: string): readonly string[] => [...clusterOf(id), `--jobs=${numberOf(id)}`];
/** With --clusters, squeue writes a heading `CLUSTER: name` even where it was asked for none. */
const firstLine = (text: string): string =>
  text.split('\n').find((line) => line.trim() !== '' && !line.startsWith('CLUSTER:')) ?? '';

async function readAccounting(
  id: string,
  ask: (file: string, args: readonly string[]) => ReturnType<typeof askTool>,
): Promise<ClusterReport | null> {
  const args = [...only(id), '--noheader', '--parsable2', '--allocations', '--format=State,ExitCode'];
  // Many clusters keep no accounting: then nothing is known of a job that the queue has forgotten.
  const answer = await ask('sacct', args).catch(() => null);
  return answer?.code === 0 ? parseSlurmState(firstLine(answer.stdout)) : null;
}

async function followFile(
  path: string,
  onLine: (line: string) => void,
  signal: AbortSignal,
  clock: ClusterClock,
): Promise<void> {
  const cutter = new LineCutter(onLine);
  for (let offset = 0; ; ) {
    const last = signal.aborted;
    offset = await readFrom(path, offset, cutter);
    if (last) break;
    await clock.wait(logPollMs, signal);
  }
  cutter.end();
}

/** A job may put a link there, which would print a file of the runner, or a pipe, which would hold the runner for good. */
const logFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

async function readFrom(path: string, from: number, cutter: LineCutter): Promise<number> {
  const file = await open(path, logFlags).catch(() => null);
  if (file === null) return from; // Not written yet.
  try {
    if (!(await file.stat()).isFile()) return from;
    const buffer = Buffer.alloc(chunkBytes);
    for (let offset = from; ; ) {
      const { bytesRead } = await file.read(buffer, 0, Math.min(chunkBytes, maxLogBytes - offset), offset);
      if (bytesRead === 0) return offset;
      cutter.add(buffer.subarray(0, bytesRead));
      offset += bytesRead;
    }
  } finally {
    await file.close();
  }
}

function refused(said: string): InputError {
  return new InputError('CLUSTER_REFUSED', `Slurm did not take the job: ${said || 'sbatch gave no reason'}`, {
    hint: 'Correct train.cluster in model.yml: options, partition, account and limits as this cluster knows them.',
  });
}
