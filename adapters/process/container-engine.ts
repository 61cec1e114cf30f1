import { execFile } from 'node:child_process';
import { ServiceError } from '../../core/error/error.ts';

/** A program that runs containers: docker, or podman where only that answers. */
export interface ContainerEngine {
  readonly kind: 'docker' | 'podman';
  /** Name of the program on the PATH. */
  readonly file: string;
  /** Of the engine itself: PATH, HOME, DOCKER_HOST and the like. */
  readonly env: NodeJS.ProcessEnv;
}

export interface EngineAnswer {
  readonly ok: boolean;
  /** What it printed; when it failed, what it complained of. */
  readonly text: string;
}

const askLimitMs = 15_000;
const answerLimitBytes = 1024 * 1024;
/** What an engine's client needs to reach its daemon and registries. The container gets none of it. */
const engineVariables =
  /^(PATH|HOME|USER|TMPDIR|LANG|XDG_[A-Z_]+|DOCKER_[A-Z_]+|CONTAINER_[A-Z_]+|CONTAINERS_[A-Z_]+|REGISTRY_AUTH_FILE|HTTPS?_PROXY|NO_PROXY|https?_proxy|no_proxy)$/;

/** Asks an engine one short thing. */
export function askEngine(engine: ContainerEngine, args: readonly string[]): Promise<EngineAnswer> {
  const options = { env: engine.env, timeout: askLimitMs, maxBuffer: answerLimitBytes };
  return new Promise((resolve) => {
    execFile(engine.file, args, options, (error, stdout, stderr) => {
      const text = error === null ? stdout : stderr.trim() || error.message;
      resolve({ ok: error === null, text: text.trim() });
    });
  });
}

/**
 * Finds the engine of this machine.
 * @throws ServiceError CONTAINER_ENGINE when none answers: about the machine, not about the model
 */
export async function findContainerEngine(env: Readonly<NodeJS.ProcessEnv>): Promise<ContainerEngine> {
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => engineVariables.test(name)));
  const faults: string[] = [];
  for (const file of ['docker', 'podman'] as const) {
    const engine: ContainerEngine = { kind: file, file, env: own };
    const answer = await askEngine(engine, ['version']);
    // The package podman-docker installs podman under the name of docker.
    if (answer.ok) return /\bpodman\b/i.test(answer.text) ? { ...engine, kind: 'podman' } : engine;
    faults.push(`${file}: ${answer.text.split('\n').at(-1)?.slice(0, 200)}`);
  }
  throw new ServiceError(
    'CONTAINER_ENGINE',
    `The machine cannot run containers (${faults.join('; ')}), and train.image in model.yml asks for one`,
    {
      hint: 'Install Docker or Podman on this runner, let its user reach it, or choose another runner by train.runs-on.',
    },
  );
}
