/**
 * Options of sbatch that say what a job needs. All others are refused: `--wrap`, `--output`, `--export`, `--uid`,
 * `--prolog`, `--array` and their like say what runs, where it writes and as whom, which is ours to say.
 * @see https://slurm.schedmd.com/sbatch.html
 */
const allowed: ReadonlySet<string> = new Set([
  'account',
  'acctg-freq',
  'constraint',
  'contiguous',
  'core-spec',
  'cores-per-socket',
  'cpus-per-gpu',
  'cpus-per-task',
  'distribution',
  'exclude',
  'exclusive',
  'gpu-bind',
  'gpu-freq',
  'gpus',
  'gpus-per-node',
  'gpus-per-socket',
  'gpus-per-task',
  'gres',
  'gres-flags',
  'hint',
  'licenses',
  'mem',
  'mem-bind',
  'mem-per-cpu',
  'mem-per-gpu',
  'mincpus',
  'network',
  'nice',
  'nodelist',
  'nodes',
  'ntasks',
  'ntasks-per-core',
  'ntasks-per-gpu',
  'ntasks-per-node',
  'ntasks-per-socket',
  'oversubscribe',
  'prefer',
  'qos',
  'reservation',
  'sockets-per-node',
  'spread-job',
  'switches',
  'threads-per-core',
  'time-min',
  'tmp',
  'use-min-nodes',
]);

/** No space, quote, slash, percent or dollar: nothing that a shell, a path or a file-name pattern reads. */
const form = /^--([a-z][a-z-]{1,30})(?:=([A-Za-z0-9][A-Za-z0-9_.,:@+*=&|()[\]-]{0,199}))?$/;

export const slurmOptionRule =
  'an option of sbatch about nodes, tasks, memory, GPUs, account or quality of service, written --name=value (not --output, --wrap, --export, --array, --uid and the like)';

/** Reads one option; null: it is not one of those that are passed on. */
export function slurmOption(text: string): { readonly name: string; readonly value: string | null } | null {
  const [, name = '', value] = form.exec(text) ?? [];
  return allowed.has(name) ? { name, value: value ?? null } : null;
}
