import { randomUUID } from 'node:crypto';
import { ServiceError } from '../../core/error/error.ts';
import { classifyEnd } from '../../core/training/outcome.ts';
import { containerName, runInContainer } from '../process/container.ts';
import { type ContainerEngine, findContainerEngine } from '../process/container-engine.ts';
import { watchTeamCommand } from '../process/team-command.ts';

/** Where a recorded command runs. */
export interface CommandPlace {
  readonly env: NodeJS.ProcessEnv;
  /** null: on the machine itself. */
  readonly engine: ContainerEngine | null;
  /** The recorded image by digest. */
  readonly image: string | null;
  readonly mounts: readonly string[];
  readonly home: string;
  readonly gpus: 'none' | 'nvidia' | 'amd';
  readonly timeoutMs: number;
  /** Of the workflow, 0 on a laptop: by it a job cleans up its containers. */
  readonly runId: number;
}

/** `failed`: it said so itself; `stopped`: the machine, or somebody, ended it. */
export interface CommandResult {
  readonly kind: 'done' | 'failed' | 'stopped';
  /** Display text, for example `exit code 3`. */
  readonly how: string;
  /** What it really ran in; null: in no container. */
  readonly image: string | null;
}

/** The engine of this machine; null, with a line in the log, where there is none: the report then says so. */
export async function chooseEngine(
  image: string,
  env: Readonly<NodeJS.ProcessEnv>,
  log: (line: string) => void,
): Promise<ContainerEngine | null> {
  try {
    return await findContainerEngine(env);
  } catch (error) {
    if (!(error instanceof ServiceError) || error.code !== 'CONTAINER_ENGINE') throw error;
    log(`This machine runs no containers: the command runs without ${image}.`);
    return null;
  }
}

/** Runs one command line to its end. @throws InputError CONTAINER_IMAGE, CONTAINER_PATH */
export async function runRecorded(
  text: string,
  folder: string,
  place: CommandPlace,
  log: (line: string) => void,
): Promise<CommandResult> {
  const { env, engine, image, timeoutMs } = place;
  const command = { text, folder, env, timeoutMs, log };
  if (engine === null || image === null) return toResult(classifyEnd(await watchTeamCommand(command)), null);
  const { mounts, home, gpus, runId } = place;
  const name = containerName(runId, 1, 1, randomUUID());
  const ran = await runInContainer({ ...command, engine, image, mounts, home, gpus, name, runId });
  return toResult(
    classifyEnd(ran.end),
    ran.image === null ? null : `${image.split('@')[0]}@${ran.image.digest}`,
  );
}

function toResult({ outcome, how }: ReturnType<typeof classifyEnd>, image: string | null): CommandResult {
  const kind = outcome === 'done' || outcome === 'failed' ? outcome : 'stopped';
  return { kind, how, image };
}
