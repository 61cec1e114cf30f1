import type { Usage } from './machine.ts';

/** One look at a running training. */
export interface UsageSample {
  /** Of a clock that never goes back. */
  readonly atMs: number;
  readonly memoryMib: number | null;
  /** Null: no tool answered. */
  readonly gpus: readonly GpuSample[] | null;
}

export interface GpuSample {
  /** 0 to 1. */
  readonly utilisation: number | null;
  readonly usedMib: number | null;
  readonly powerW: number | null;
}

/** A quantity over time: its area grows by the trapezoid between two readings. */
interface Curve {
  readonly first: number;
  readonly lastMs: number;
  readonly last: number;
  readonly spanMs: number;
  /** Value times milliseconds. */
  readonly area: number;
}

/** All samples so far: as small after a week as after a minute. */
export interface UsageFold {
  readonly samples: number;
  readonly peakMemoryMib: number | null;
  readonly gpuPeakMemoryMib: number | null;
  readonly utilisation: Curve | null;
  readonly power: Curve | null;
}

export const noUsage: UsageFold = {
  samples: 0,
  peakMemoryMib: null,
  gpuPeakMemoryMib: null,
  utilisation: null,
  power: null,
};

const msPerHour = 3_600_000;

/** Adds one sample; what it does not tell changes nothing. */
export function addSample(fold: UsageFold, { atMs, memoryMib, gpus }: UsageSample): UsageFold {
  const known = gpus ?? [];
  const shares = known.flatMap(({ utilisation }) => keep(utilisation));
  const watts = known.flatMap(({ powerW }) => keep(powerW));
  return {
    samples: fold.samples + 1,
    peakMemoryMib: highest([fold.peakMemoryMib, memoryMib]),
    gpuPeakMemoryMib: highest([fold.gpuPeakMemoryMib, ...known.map(({ usedMib }) => usedMib)]),
    utilisation: shares.length === 0 ? fold.utilisation : extend(fold.utilisation, atMs, mean(shares)),
    // The sum of some GPUs would tell less than they took.
    power:
      watts.length === 0 || watts.length < known.length
        ? fold.power
        : extend(
            fold.power,
            atMs,
            watts.reduce((sum, value) => sum + value, 0),
          ),
  };
}

export function toUsage({ samples, peakMemoryMib, gpuPeakMemoryMib, utilisation, power }: UsageFold): Usage {
  return {
    samples,
    peakMemoryMib,
    gpuUtilisation: utilisation === null ? null : meanOf(utilisation),
    gpuPeakMemoryMib,
    gpuEnergyWh: power === null || power.spanMs === 0 ? null : power.area / msPerHour,
  };
}

/** Two attempts of one job as one: peaks are the higher ones, energy adds up, utilisation is weighed by samples. */
export function joinUsage(a: Usage | null, b: Usage | null): Usage | null {
  if (a === null || b === null) return a ?? b;
  const shares = [a, b].flatMap(({ gpuUtilisation, samples }) =>
    gpuUtilisation === null ? [] : [{ value: gpuUtilisation, samples }],
  );
  const weight = shares.reduce((sum, { samples }) => sum + samples, 0);
  const energies = [a.gpuEnergyWh, b.gpuEnergyWh].flatMap(keep);
  return {
    samples: a.samples + b.samples,
    peakMemoryMib: highest([a.peakMemoryMib, b.peakMemoryMib]),
    gpuUtilisation:
      weight === 0 ? null : shares.reduce((sum, { value, samples }) => sum + value * samples, 0) / weight,
    gpuPeakMemoryMib: highest([a.gpuPeakMemoryMib, b.gpuPeakMemoryMib]),
    gpuEnergyWh: energies.length === 0 ? null : energies.reduce((sum, value) => sum + value, 0),
  };
}

function extend(curve: Curve | null, atMs: number, value: number): Curve | null {
  if (!Number.isFinite(atMs)) return curve;
  if (curve === null) return { first: value, lastMs: atMs, last: value, spanMs: 0, area: 0 };
  const passedMs = Math.max(atMs - curve.lastMs, 0);
  return {
    first: curve.first,
    lastMs: Math.max(atMs, curve.lastMs),
    last: value,
    spanMs: curve.spanMs + passedMs,
    area: curve.area + (passedMs * (curve.last + value)) / 2,
  };
}

/** Over time, not over samples: the first ones follow each other faster. */
function meanOf({ first, spanMs, area }: Curve): number {
  return spanMs === 0 ? first : area / spanMs;
}

function keep(value: number | null): readonly number[] {
  return value !== null && Number.isFinite(value) && value >= 0 ? [value] : [];
}

function highest(values: readonly (number | null)[]): number | null {
  const known = values.flatMap(keep);
  return known.length === 0 ? null : Math.max(...known);
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
