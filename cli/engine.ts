import { join } from 'node:path';
import { openEngine } from '../adapters/engine/open.ts';
import type { OpenEngine } from './commands/data/engine.ts';

/** The engine of this installation, else the one that the environment names, else the pinned package. */
export const openInstalled: OpenEngine = ({ env }, workdir) =>
  openEngine(
    {
      path: env.GATEHOUSE_ENGINE_PATH ?? '',
      toolCache: env.RUNNER_TOOL_CACHE ?? null,
      registry: '',
      offline: env.GATEHOUSE_OFFLINE === 'true',
    },
    { workdir: join(workdir, 'engine') },
  );
