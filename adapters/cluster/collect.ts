import type { TrainConfig } from '../../core/config/train.ts';
import { InputError } from '../../core/error/error.ts';
import type { ArtifactFact } from '../../core/evidence/evidence.ts';
import type { ClaimedMetrics } from '../../core/training/claimed-metric.ts';
import { readClaimedMetrics } from '../training/claimed-metrics.ts';
import { takeArtifact } from '../training/output.ts';
import type { ClusterClock } from './engine.ts';

/** A network file system may show a file of another machine seconds after it was closed there. */
const pausesMs = [1_000, 3_000, 10_000, 30_000] as const;
const missing: readonly string[] = ['ARTIFACT_MISSING', 'METRICS_MISSING'];

export interface Collected {
  /** Digest of the bytes as they were copied. */
  readonly artifact: ArtifactFact;
  /** What `train.metrics` claims; null: none are declared. */
  readonly metrics: ClaimedMetrics | null;
}

/**
 * Takes what the command left on the shared folder, by the same rules as on a runner: no links, nothing from elsewhere.
 * @param work `here.work` of the shared folder
 * @param output folder for the model file
 * @throws InputError of `takeArtifact` and `readClaimedMetrics`, a missing file only after some waiting
 */
export async function collectOutputs(
  work: string,
  { artifact, metrics }: Pick<TrainConfig, 'artifact' | 'metrics'>,
  output: string,
  clock: ClusterClock,
): Promise<Collected> {
  return {
    artifact: await patiently(() => takeArtifact(work, artifact, output), clock),
    metrics: metrics === undefined ? null : await patiently(() => readClaimedMetrics(work, metrics), clock),
  };
}

async function patiently<T>(take: () => Promise<T>, clock: ClusterClock): Promise<T> {
  for (const pauseMs of pausesMs) {
    try {
      return await take();
    } catch (error) {
      if (!(error instanceof InputError) || !missing.includes(error.code)) throw error;
      await clock.wait(pauseMs);
    }
  }
  return take();
}
