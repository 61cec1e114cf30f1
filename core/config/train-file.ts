import { toCluster } from './cluster-schema.ts';
import { toSearch } from './search-file.ts';
import type { MachineNeeds, TrainConfig } from './train.ts';
import type { WrittenTrain } from './train-schema.ts';

/** Keys that are absent stay absent: an undefined field has no canonical JSON. */
export function toTrain(written: WrittenTrain): TrainConfig {
  const { metrics, image, seed, checkpoint, cluster, pipeline, search } = written;
  return {
    command: written.command,
    artifact: written.artifact,
    ...(metrics === undefined ? {} : { metrics }),
    timeoutMinutes: written['timeout-minutes'],
    runsOn: written['runs-on'],
    queueMinutes: written['queue-minutes'],
    ...(image === undefined ? {} : { image }),
    needs: toNeeds(written.needs),
    parameters: written.parameters,
    lockFiles: written['lock-files'],
    environment: written.environment,
    ...(seed === undefined ? {} : { seed }),
    progress: written.progress,
    ...(checkpoint === undefined
      ? {}
      : { checkpoint: { folder: checkpoint.folder, everyMinutes: checkpoint['every-minutes'] } }),
    retry: {
      attempts: written.retry.attempts,
      backoffSeconds: written.retry['backoff-seconds'],
      causes: written.retry.causes,
    },
    onNewerPush: written['on-newer-push'],
    ...(cluster === undefined ? {} : { cluster: toCluster(cluster) }),
    ...(pipeline === undefined ? {} : { pipeline }),
    ...(search === undefined ? {} : { search: toSearch(search) }),
  };
}

function toNeeds(written: WrittenTrain['needs']): MachineNeeds {
  const { driver } = written;
  const [gpuMemoryGib, computeCapability, memoryGib, diskGib] = [
    written['gpu-memory-gib'],
    written['compute-capability'],
    written['memory-gib'],
    written['disk-gib'],
  ];
  return {
    gpus: written.gpus,
    ...(gpuMemoryGib === undefined ? {} : { gpuMemoryGib }),
    ...(computeCapability === undefined ? {} : { computeCapability }),
    ...(driver === undefined ? {} : { driver }),
    ...(memoryGib === undefined ? {} : { memoryGib }),
    ...(diskGib === undefined ? {} : { diskGib }),
  };
}
