import { totalmem } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { InputError } from '../../core/error/error.ts';
import type { Digest } from '../../core/evidence/evidence.ts';
import type { EndFacts } from '../../core/training/outcome.ts';
import { askEngine, type ContainerEngine } from './container-engine.ts';
import { readContainerEnd, readRunningPid } from './container-state.ts';
import { bashArguments, muteCommands, type TeamCommand, watchMachine } from './team-command.ts';
import { runWatchedProcess, type StopSignal } from './watched-process.ts';

export interface ContainerCommand extends TeamCommand {
  readonly engine: ContainerEngine;
  /** `registry/name@sha256:<64 hex>`; pull-request controlled. */
  readonly image: string;
  /** Folders that it sees under the same paths, `folder` among them. */
  readonly mounts: readonly string[];
  /** One of the mounts, for what programs put into HOME. */
  readonly home: string;
  readonly gpus: 'none' | 'nvidia' | 'amd';
  /** Name of the container: `containerName`. */
  readonly name: string;
  readonly runId: number;
}

export interface ContainerEnd {
  readonly end: EndFacts;
  /** What really ran: null when it never ran or the engine does not confirm the digest. */
  readonly image: { readonly id: string; readonly digest: Digest } | null;
}

/** Without it Docker's init asks bash alone to end, which waits for what it started. */
const own = { TINI_KILL_PROCESS_GROUP: '1' };

const pollMs = 250;

/** Label of containers of ours; its value is the run id. Whoever cleans a machine finds them by it. */
export const containerLabel = 'gatehouse.run';

/** A name by which cancel and clean-up find it, unlike any other of the run. */
export function containerName(runId: number, runAttempt: number, attempt: number, salt: string): string {
  return `gatehouse-${runId}-${runAttempt}-${attempt}-${salt.replace(/[^A-Za-z0-9]/g, '').slice(0, 12)}`;
}

/**
 * Runs the team's command in a container and removes the container afterwards, however it ended.
 * The container is not started with `--rm`: its state is read before it goes.
 * @throws InputError CONTAINER_IMAGE for an image without a digest, CONTAINER_PATH for a folder that cannot be mounted
 * @see https://docs.docker.com/reference/cli/docker/container/run/
 * @see https://docs.podman.io/en/latest/markdown/podman-run.1.html
 */
export async function runInContainer(command: ContainerCommand): Promise<ContainerEnd> {
  const { engine, name, image, log } = command;
  const args = listArguments(command);
  const watching = new AbortController();
  try {
    if (command.started !== undefined) tellPid(command, command.started, watching.signal);
    const end = await watchMachine(command.folder, () =>
      muteCommands(log, () =>
        runWatchedProcess({
          ...{ folder: command.folder, timeoutMs: command.timeoutMs, log, env: engine.env },
          ...{ cancel: command.cancel, graceMs: command.graceMs, keepLines: command.keepLines },
          file: engine.file,
          args,
          signal: (signal) => kill(command, signal),
        }),
      ),
    );
    return await readContainerEnd(engine, name, image, end);
  } finally {
    watching.abort();
    await askEngine(engine, ['rm', '--force', '--volumes', name]);
  }
}

async function kill({ engine, name }: ContainerCommand, signal: StopSignal): Promise<boolean> {
  return (await askEngine(engine, ['kill', '--signal', signal.slice(3), name])).ok;
}

/** The engine's client is no parent of what works; the sampler wants the latter. */
async function tellPid(
  { engine, name, text }: ContainerCommand,
  started: (pid: number) => void,
  stop: AbortSignal,
): Promise<void> {
  while (!stop.aborted) {
    const pid = await readRunningPid(engine, name, text);
    if (pid !== null && !stop.aborted) return started(pid);
    await wait(pollMs, undefined, { signal: stop, ref: false }).catch(() => undefined);
  }
}

function listArguments(command: ContainerCommand): readonly string[] {
  const { engine, image, mounts, home, env, text } = command;
  if (!/^[a-z0-9][\w.:/-]*@sha256:[0-9a-f]{64}$/i.test(image)) {
    throw new InputError('CONTAINER_IMAGE', `The image "${image.slice(0, 200)}" has no digest`, {
      hint: 'Name it as registry/name@sha256:<64 hex>: a tag can be moved, a digest cannot.',
    });
  }
  return [
    ...['run', '--init', '--pull', 'missing', '--log-driver', 'none'],
    ...['--name', command.name, '--label', `${containerLabel}=${command.runId}`],
    ...['--security-opt', 'no-new-privileges', ...listUser(engine)],
    // 64 MiB, the default, ends the data loaders of PyTorch; half the memory is what Linux gives /dev/shm.
    ...['--shm-size', `${Math.max(64, Math.floor(totalmem() / 2 / 1024 ** 2))}m`],
    ...listDevices(command),
    ...['--workdir', command.folder, ...[...new Set(mounts)].flatMap(toMount)],
    ...Object.entries({ ...pickContainerEnvironment(env), ...own, HOME: home }).flatMap(([key, value]) => [
      '--env',
      `${key}=${value}`,
    ]),
    // The entry point of an image may print, wait or swallow signals; the command is what model.yml says.
    ...['--entrypoint', 'bash', image, ...bashArguments, text],
  ];
}

function toMount(folder: string): readonly string[] {
  // The value is read as comma-separated: another field could come in by a path.
  if (!/^\/[^,"\r\n]+$/.test(folder)) {
    throw new InputError('CONTAINER_PATH', `The folder "${folder}" cannot be seen in a container`, {
      hint: 'Let the runner work in a folder whose path has no comma, quote or line end.',
    });
  }
  return ['--mount', `type=bind,source=${folder},target=${folder}`];
}

/** Files that it writes belong to the runner's user, who must be able to remove them. */
function listUser({ kind }: ContainerEngine): readonly string[] {
  const [user, group] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  if (kind === 'docker') return ['--user', `${user}:${group}`];
  const ids = user === 0 ? [] : ['--userns', 'keep-id', '--user', `${user}:${group}`];
  // SELinux would forbid the mounted folders, and relabelling them would change the runner's.
  return [...ids, '--security-opt', 'label=disable'];
}

/** @see https://docs.nvidia.com/datacenter/cloud-native/container-toolkit/latest/cdi-support.html */
function listDevices({ engine, gpus }: ContainerCommand): readonly string[] {
  if (gpus === 'none') return [];
  if (gpus === 'amd') return ['--device', '/dev/kfd', '--device', '/dev/dri', '--group-add', 'video'];
  return engine.kind === 'docker' ? ['--gpus', 'all'] : ['--device', 'nvidia.com/gpu=all'];
}

const ofMachine =
  /^(PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|TEMP|TMP|LD_LIBRARY_PATH|VIRTUAL_ENV|CONDA_.*|PYTHON(PATH|HOME)|CUDA_(HOME|PATH|ROOT)|SSL_CERT_.*|XDG_.*|HF_HOME|TORCH_HOME)$/;

/** Variables that name places of the machine mean nothing in a container, or break what it brings. */
export function pickContainerEnvironment(env: Readonly<NodeJS.ProcessEnv>): Readonly<Record<string, string>> {
  const kept = Object.entries(env).flatMap(([name, value]) =>
    value === undefined || ofMachine.test(name) ? [] : [[name, value] as const],
  );
  return Object.fromEntries(kept);
}
