import { containerLabel } from '../process/container.ts';
import { askEngine, type ContainerEngine } from '../process/container-engine.ts';
import type { AskProgram } from './software.ts';

/**
 * Asks programs of an image: what a command in a container found. Without network, folders or variables; what the
 * command itself installed went with its container.
 * @param image by digest, already on this machine
 * @param runId whose containers are cleaned up after a job that was cut off
 */
export const askContainer =
  (engine: ContainerEngine, image: string, runId: number): AskProgram =>
  async (program, words) => {
    const answer = await askEngine(engine, [
      ...['run', '--rm', '--pull', 'never', '--network', 'none', '--log-driver', 'none'],
      ...['--security-opt', 'no-new-privileges', '--label', `${containerLabel}=${runId}`],
      ...['--entrypoint', program, image, ...words],
    ]);
    return answer.ok ? answer.text : null;
  };
