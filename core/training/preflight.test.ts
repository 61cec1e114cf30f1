import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MachineNeeds } from '../config/train.ts';
import { isFailure } from '../finding/finding.ts';
import { makeGpu, makeMachine } from './machine.fixture.ts';
import type { Gpu, Machine } from './machine.ts';
import { checkMachine, neededGpus } from './preflight.ts';
import { isAtLeast } from './version-order.ts';

const place = { file: 'models/churn/model.yml', runsOn: ['self-hosted', 'gpu'] };
const codes = (needs: Partial<MachineNeeds>, machine: Partial<Machine> = {}) =>
  checkMachine({ gpus: 0, ...needs }, makeMachine(machine), place).map(({ code }) => code);

describe('checkMachine', () => {
  it('lets a machine through that has everything, and one without a GPU where none is asked for', () => {
    const all = {
      gpus: 1,
      gpuMemoryGib: 79,
      computeCapability: '8.0',
      driver: '535.104',
      memoryGib: 128,
      diskGib: 500,
    };
    expect(codes(all)).toEqual([]);
    expect(codes({}, { gpus: [], gpuTool: null, gpuDriver: null, diskFreeMib: null })).toEqual([]);
  });

  it('says what was found, what is allowed, where and how to mend it', () => {
    const [finding] = checkMachine(
      { gpus: 1, gpuMemoryGib: 80 },
      makeMachine({ gpus: [makeGpu({ memoryMib: 24_564, name: 'RTX 4090' })] }),
      place,
    );
    expect(finding).toEqual({
      code: 'training/gpu-memory',
      severity: 'fail',
      message: 'Too few GPUs have the memory that the training needs',
      where: { file: 'models/churn/model.yml', pointer: '/train/needs/gpu-memory-gib' },
      found: 'RTX 4090 23.9 GiB',
      allowed: '80 GiB or more, each',
      fix: 'Choose a runner that has it by its labels, now self-hosted, gpu, in train.runs-on and in the workflow, or lower train.needs.gpu-memory-gib; a card has a little less than its name says (80 GB: 79.6 GiB).',
    });
  });

  it.each<[string, Partial<MachineNeeds>, Partial<Machine>, string]>([
    ['no GPU', { gpus: 1 }, { gpus: [] }, 'training/gpu-missing'],
    ['too few GPUs', { gpus: 2 }, {}, 'training/gpu-missing'],
    ['no tool', { gpus: 1 }, { gpus: [], gpuTool: null }, 'training/gpu-missing'],
    [
      'GPU memory asked for without a number of GPUs',
      { gpuMemoryGib: 1 },
      { gpus: [] },
      'training/gpu-missing',
    ],
    [
      'one GPU of two too small',
      { gpus: 2, gpuMemoryGib: 40 },
      { gpus: [makeGpu(), makeGpu({ memoryMib: 1 })] },
      'training/gpu-memory',
    ],
    [
      'GPU memory unknown',
      { gpus: 1, gpuMemoryGib: 1 },
      { gpus: [makeGpu({ memoryMib: null })] },
      'training/gpu-memory',
    ],
    [
      'GPU memory not a number',
      { gpus: 1, gpuMemoryGib: 0 },
      { gpus: [makeGpu({ memoryMib: Number.NaN })] },
      'training/gpu-memory',
    ],
    ['old GPU', { computeCapability: '9.1' }, {}, 'training/gpu-capability'],
    [
      'capability unknown',
      { computeCapability: '1.0' },
      { gpus: [makeGpu({ capability: null })] },
      'training/gpu-capability',
    ],
    ['old driver', { driver: '550.90' }, {}, 'training/gpu-driver'],
    ['driver unknown', { driver: '1' }, { gpuDriver: null }, 'training/gpu-driver'],
    ['driver in words', { driver: '1' }, { gpuDriver: 'nouveau' }, 'training/gpu-driver'],
    ['little memory', { memoryGib: 129 }, {}, 'training/memory'],
    ['memory not a number', { memoryGib: 0 }, { memoryMib: Number.NaN }, 'training/memory'],
    ['little disk', { diskGib: 501 }, {}, 'training/disk'],
    ['disk unknown', { diskGib: 0 }, { diskFreeMib: null }, 'training/disk'],
  ])('refuses: %s', (_, needs, machine, code) => {
    expect(codes(needs, machine)).toEqual([code]);
  });

  it('refuses when no GPU has all that is asked for, though each need is met by another', () => {
    const gpus = [makeGpu({ capability: '7.0' }), makeGpu({ memoryMib: 8192 })];
    expect(codes({ gpus: 1, gpuMemoryGib: 40, computeCapability: '8.0' }, { gpus })).toEqual([
      'training/gpu-memory',
    ]);
  });

  it('shows what the tool said when it did not answer, and that labels are not declared', () => {
    const fault = 'Failed to initialize NVML: Driver/library version mismatch';
    const machine = makeMachine({ gpus: [], gpuTool: null, gpuFault: fault });
    const [finding] = checkMachine({ gpus: 1 }, machine, { ...place, runsOn: [] });
    expect(finding?.found).toBe(`unknown: ${fault}`);
    expect(finding?.fix).toContain('the labels in runs-on of the job');
  });

  it('names few of many GPUs', () => {
    const gpus = Array.from({ length: 8 }, () => makeGpu({ name: 'T4', memoryMib: 15_360 }));
    const [finding] = checkMachine({ gpus: 8, gpuMemoryGib: 16 }, makeMachine({ gpus }), place);
    expect(finding?.found).toBe('T4 15 GiB; T4 15 GiB; T4 15 GiB; T4 15 GiB and 4 more');
  });
});

const version = fc.array(fc.nat(600), { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'));
const mib = fc.option(fc.nat(200_000), { nil: null });
const gpu: fc.Arbitrary<Gpu> = fc.record({
  name: fc.string(),
  memoryMib: mib,
  usedMib: mib,
  capability: fc.option(version, { nil: null }),
});
const machine: fc.Arbitrary<Machine> = fc.record({
  os: fc.string(),
  cpu: fc.string(),
  cpus: fc.nat(64),
  memoryMib: fc.nat(200_000),
  diskFreeMib: mib,
  gpus: fc.array(gpu, { maxLength: 4 }),
  gpuDriver: fc.option(version, { nil: null }),
  gpuRuntime: fc.constant(null),
  gpuTool: fc.constantFrom('nvidia-smi', 'rocm-smi', null),
});
const needs: fc.Arbitrary<MachineNeeds> = fc
  .record(
    {
      gpus: fc.nat(4),
      gpuMemoryGib: fc.nat(100),
      computeCapability: version,
      driver: version,
      memoryGib: fc.nat(150),
      diskGib: fc.nat(150),
    },
    { requiredKeys: ['gpus'] },
  )
  .map((value) => value as MachineNeeds);
const bump = (text: string | null): string | null =>
  text === null ? '999' : text.replace(/^\d+/, (first) => String(Number(first) + 1));
const more = (amount: number | null): number => (amount ?? 0) + 1000;

describe('laws', () => {
  it('more of anything never turns a pass into a failure', () => {
    let passes = 0;
    fc.assert(
      fc.property(needs, machine, gpu, (asked, given, extra) => {
        if (checkMachine(asked, given, place).some(isFailure)) return;
        passes += 1;
        const better: readonly Machine[] = [
          { ...given, gpus: [extra, ...given.gpus] },
          { ...given, gpus: given.gpus.map((each) => ({ ...each, memoryMib: more(each.memoryMib) })) },
          { ...given, gpus: given.gpus.map((each) => ({ ...each, capability: bump(each.capability) })) },
          { ...given, gpuDriver: bump(given.gpuDriver) },
          { ...given, memoryMib: more(given.memoryMib) },
          { ...given, diskFreeMib: more(given.diskFreeMib) },
        ];
        for (const each of better) expect(checkMachine(asked, each, place)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
    expect(passes).toBeGreaterThan(20);
  });

  it('a pass has every asked quantity, told and large enough', () => {
    fc.assert(
      fc.property(needs, machine, (asked, given) => {
        if (checkMachine(asked, given, place).length > 0) return;
        const good = given.gpus.filter(
          (each) =>
            (asked.gpuMemoryGib === undefined || (each.memoryMib ?? -1) >= asked.gpuMemoryGib * 1024) &&
            (asked.computeCapability === undefined ||
              isAtLeast(each.capability ?? '', asked.computeCapability)),
        );
        expect(good.length).toBeGreaterThanOrEqual(neededGpus(asked));
        if (asked.driver !== undefined) expect(isAtLeast(given.gpuDriver ?? '', asked.driver)).toBe(true);
        if (asked.diskGib !== undefined)
          expect(given.diskFreeMib).toBeGreaterThanOrEqual(asked.diskGib * 1024);
        if (asked.memoryGib !== undefined)
          expect(given.memoryMib).toBeGreaterThanOrEqual(asked.memoryGib * 1024);
      }),
    );
  });

  it('compares versions by number parts', () => {
    expect(isAtLeast('535.104.05', '535.54.03')).toBe(true);
    expect(isAtLeast('535.54.03', '535.104')).toBe(false);
    expect(isAtLeast('9.0', '9')).toBe(true);
    expect(isAtLeast('9', '9.0.1')).toBe(false);
    expect(isAtLeast('6.2.4-generic', '6.2')).toBe(true);
    expect(isAtLeast('[N/A]', '0')).toBe(false);
    fc.assert(
      fc.property(version, version, (left, right) => {
        expect(isAtLeast(left, right) || isAtLeast(right, left)).toBe(true);
      }),
    );
  });
});
