import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterClock } from './engine.ts';

export const systemClock: ClusterClock = {
  now: () => new Date(),
  wait: (ms, signal) => sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => undefined),
};
