import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSample, type GpuSample, joinUsage, noUsage, toUsage, type UsageSample } from './usage.ts';

const gpu = (utilisation: number | null, usedMib: number | null, powerW: number | null): GpuSample => ({
  utilisation,
  usedMib,
  powerW,
});
const fold = (samples: readonly UsageSample[]) => toUsage(samples.reduce(addSample, noUsage));

describe('usage', () => {
  it('takes peaks, the mean over time and the energy between readings', () => {
    const samples: readonly UsageSample[] = [
      { atMs: 0, memoryMib: 10, gpus: [gpu(0, 100, 100), gpu(0, 50, 100)] },
      { atMs: 1000, memoryMib: 900, gpus: [gpu(1, 400, 300), gpu(1, 70, 300)] },
      { atMs: 3601_000, memoryMib: 20, gpus: [gpu(1, 200, 300), gpu(1, 70, 300)] },
    ];
    const usage = fold(samples);
    expect(usage).toMatchObject({ samples: 3, peakMemoryMib: 900, gpuPeakMemoryMib: 400 });
    expect(usage.gpuUtilisation).toBeCloseTo(3600.5 / 3601, 9);
    expect(usage.gpuEnergyWh).toBeCloseTo(600 + 400 / 3600, 6);
  });

  it('is unknown where nothing was told: no tool, no power of one of the GPUs, one reading alone', () => {
    expect(fold([])).toEqual({
      samples: 0,
      peakMemoryMib: null,
      gpuUtilisation: null,
      gpuPeakMemoryMib: null,
      gpuEnergyWh: null,
    });
    expect(fold([{ atMs: 5, memoryMib: null, gpus: null }]).peakMemoryMib).toBeNull();
    const half = [gpu(0.5, null, 100), gpu(null, null, null)];
    const usage = fold([0, 1000].map((atMs) => ({ atMs, memoryMib: null, gpus: half })));
    expect(usage).toMatchObject({ gpuUtilisation: 0.5, gpuPeakMemoryMib: null, gpuEnergyWh: null });
    expect(fold([{ atMs: 0, memoryMib: 1, gpus: [gpu(0.25, 1, 100)] }])).toMatchObject({
      gpuUtilisation: 0.25,
      gpuEnergyWh: null,
    });
  });

  it('of two attempts is one: the higher peak, all the energy, utilisation by samples', () => {
    const first = {
      samples: 3,
      peakMemoryMib: 10,
      gpuUtilisation: 0.2,
      gpuPeakMemoryMib: null,
      gpuEnergyWh: 5,
    };
    const second = {
      samples: 1,
      peakMemoryMib: 7,
      gpuUtilisation: 1,
      gpuPeakMemoryMib: 3,
      gpuEnergyWh: null,
    };
    expect(joinUsage(first, second)).toEqual({
      samples: 4,
      peakMemoryMib: 10,
      gpuUtilisation: 0.4,
      gpuPeakMemoryMib: 3,
      gpuEnergyWh: 5,
    });
    expect(joinUsage(null, second)).toBe(second);
    expect(joinUsage(first, null)).toBe(first);
    const none = { ...second, gpuUtilisation: null };
    expect(joinUsage(none, none)).toMatchObject({ samples: 2, gpuUtilisation: null, gpuEnergyWh: null });
  });

  it('stays finite and between the extremes, whatever it is told', () => {
    const value = fc.option(
      fc.oneof(fc.double({ min: 0, max: 1e6 }), fc.constantFrom(Number.NaN, -1, Number.POSITIVE_INFINITY)),
      { nil: null },
    );
    const share = fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null });
    const sample = fc.record({
      atMs: fc.oneof(fc.nat(1e9), fc.constant(Number.NaN)),
      memoryMib: value,
      gpus: fc.option(
        fc.array(fc.record({ utilisation: share, usedMib: value, powerW: value }), { maxLength: 3 }),
        { nil: null },
      ),
    });
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 20 }), (samples) => {
        const usage = fold(samples);
        expect(usage.samples).toBe(samples.length);
        for (const number of Object.values(usage)) {
          if (number !== null) expect(Number.isFinite(number) && number >= 0).toBe(true);
        }
        if (usage.gpuUtilisation !== null) expect(usage.gpuUtilisation).toBeLessThanOrEqual(1 + 1e-9);
      }),
    );
  });
});
