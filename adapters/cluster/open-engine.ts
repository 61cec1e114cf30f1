import type { ClusterConfig } from '../../core/config/cluster.ts';
import type { NetworkRule } from '../../core/config/network.ts';
import { parseRuntimeEnv } from '../../core/config/runtime-env-file.ts';
import { parseManifest } from '../../core/training/manifest.ts';
import { systemClock } from './clock.ts';
import type { ClusterClock, ClusterEngine } from './engine.ts';
import { openKubernetes } from './kubernetes.ts';
import { openRay } from './ray.ts';
import { openSlurm } from './slurm.ts';
import { toolEnvironment } from './tool.ts';

export interface EngineParts {
  /** Hosts of the policy: the address of a Ray cluster must be one of them. */
  readonly network: NetworkRule;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  /** Text of a file of the checkout. */
  readonly read: (path: string) => string;
  readonly clock?: ClusterClock;
}

/**
 * Opens the engine that model.yml names. Its files are read and checked here: nothing is handed over before.
 * @throws InputError CONFIG_INVALID for a manifest or runtime environment that is not allowed
 */
export function openEngine(config: ClusterConfig, parts: EngineParts): ClusterEngine {
  const clock = parts.clock ?? systemClock;
  switch (config.kind) {
    case 'ray': {
      const { runtimeEnv } = config;
      const text = runtimeEnv === undefined ? '' : parts.read(runtimeEnv);
      return openRay(config, parseRuntimeEnv(text, runtimeEnv ?? 'runtime-env'), parts.network, clock);
    }
    case 'kubernetes': {
      const manifest = parseManifest(parts.read(config.manifest), config);
      return openKubernetes(config, manifest, toolEnvironment(parts.env), clock);
    }
    case 'slurm':
      return openSlurm(config, toolEnvironment(parts.env), clock);
  }
}
