import type { Arrival, LatencyConfig, RequestBody, RequestConfig } from './latency.ts';
import type { WrittenLatency } from './latency-schema.ts';

/** Keys that are absent stay absent: an undefined field has no canonical JSON. */
export function toLatency(written: WrittenLatency): LatencyConfig {
  const cost = written['cost-per-hour'];
  return {
    serve: {
      command: written.serve.command,
      ready: written.serve.ready,
      readySeconds: written.serve['ready-seconds'],
    },
    load: {
      request: toRequest(written.request),
      arrival: toArrival(written.arrival),
      warmUpSeconds: written['warm-up-seconds'],
      rounds: written.rounds,
      timeoutMs: written['timeout-ms'],
      seed: written.seed,
      ...(cost === undefined ? {} : { costPerHour: cost }),
    },
  };
}

function toRequest(written: WrittenLatency['request']): RequestConfig {
  return {
    path: written.path,
    method: written.method,
    body: toBody(written),
    contentType: written['content-type'],
    expectedStatus: written['expected-status'],
  };
}

function toBody({ body, file, 'rows-under': under }: WrittenLatency['request']): RequestBody {
  // The schema wants a file exactly where the body is one.
  if (body === 'file') return { kind: 'file', path: file as string };
  if (body === 'none') return { kind: 'none' };
  return { kind: 'rows', ...(under === undefined ? {} : { under }) };
}

function toArrival(written: WrittenLatency['arrival']): Arrival {
  if (written.pattern === 'recorded') {
    const { file, column, speed, seconds } = written;
    return { kind: 'recorded', path: file, column, speed, seconds };
  }
  const { pattern, rate, seconds } = written;
  return { kind: 'declared', pattern, rate, seconds };
}
