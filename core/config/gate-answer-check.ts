import type { Finding } from '../finding/finding.ts';
import { at } from './finding-at.ts';
import type { ModelConfig } from './model.ts';
import type { Gate } from './policy.ts';
import type { Entry } from './repository.ts';
import { checkSliceName } from './slice-name.ts';

/** What a gate rests on that model.yml does not ask for. */
interface Lack {
  readonly code: string;
  readonly what: string;
  readonly fix: string;
  readonly found?: string;
  readonly allowed?: string;
}

/** Gates that nothing would ever answer: they fail every version, which is better told here than after a training. */
export function checkGateAnswers(model: Entry<ModelConfig>): readonly Finding[] {
  return model.value.gates.flatMap((gate, place) => {
    const lack = lackOf(gate, model.value);
    if (lack === null) return [];
    const { what, ...rest } = lack;
    return [at(model, `/gates/${place}`, { ...rest, message: `a gate on ${gate.metric} ${what}` })];
  });
}

function lackOf(gate: Gate, model: ModelConfig): Lack | null {
  const { metric, slice, slices, set, drop } = gate;
  // Groups of cases are held against the suite (suite-check).
  if (metric !== 'behaviour-pass-rate' && (slice ?? slices) !== undefined && model.slices === undefined) {
    return noSlices;
  }
  const unknown = unknownSlice(gate, model);
  if (unknown !== null) return unknown;
  if ((set ?? drop) !== undefined && model.productionLike === undefined) return noSet;
  const loaded =
    metric.startsWith('latency-') || ['throughput', 'error-rate', 'cost-per-1000'].includes(metric);
  if (loaded && model.latency === undefined) return noLatency;
  if (metric === 'cost-per-1000' && model.latency?.load.costPerHour === undefined) return noPrice;
  return null;
}

/** A search may find a slice that no rule declares. */
function unknownSlice({ metric, slice }: Gate, { slices }: ModelConfig): Lack | null {
  if (metric === 'behaviour-pass-rate' || slice === undefined || slices == null || slices.search !== null) {
    return null;
  }
  const fault = checkSliceName(slice, slices);
  if (fault === null) return null;
  const { allowed, meant } = fault;
  return {
    code: 'config/unknown-slice',
    what: `names the slice "${slice}", which no declared slice gives${meant === null ? '' : `. Did you mean "${meant}"?`}`,
    found: slice,
    allowed,
    fix:
      meant === null
        ? 'Name a slice that slices.declared gives, or declare this one.'
        : `Write slice: ${JSON.stringify(meant)}.`,
  };
}

const noSlices: Lack = {
  code: 'config/no-slices',
  what: 'is about slices, and model.yml declares none',
  fix: 'Add slices: { declared: [{ column: carrier }] }, or remove what the gate says of slices.',
};

const noSet: Lack = {
  code: 'config/no-production-like',
  what: 'is about production-like rows, and model.yml says nothing of how rows arrive in production',
  fix: 'Add production-like with its corruptions, or remove "set" and "drop".',
};

const noLatency: Lack = {
  code: 'config/no-latency',
  what: 'needs a load test, and model.yml declares none',
  fix: 'Add latency: { serve, request, arrival }, or remove the gate.',
};

const noPrice: Lack = {
  code: 'config/no-latency',
  what: 'needs the price of the serving machine',
  fix: 'Add latency.cost-per-hour, or remove the gate.',
};
