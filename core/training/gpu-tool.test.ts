import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerLimit, type GpuReading, toLabel } from './gpu-tool.ts';
import {
  gpuQuestion,
  hasSlices,
  parseCudaVersion,
  parseNvidiaGpus,
  parseNvidiaHolders,
  splitSlices,
} from './nvidia-smi.ts';
import { parseRocmGpus, parseRocmHolders } from './rocm-smi.ts';
import { pickVisible } from './visible-gpus.ts';

const uuid = 'GPU-8932f937-d72c-4106-c12f-20bd9faed9f6';
const h100 = `0, ${uuid}, NVIDIA H100 80GB HBM3, 81559, 4, 550.54.14, 9.0, 37, 70.12`;

describe('nvidia-smi', () => {
  it('reads a GPU', () => {
    expect(parseNvidiaGpus(`${h100}\n`, true)).toEqual({
      tool: 'nvidia-smi',
      driver: '550.54.14',
      gpus: [
        {
          index: 0,
          uuid,
          name: 'NVIDIA H100 80GB HBM3',
          memoryMib: 81_559,
          usedMib: 4,
          capability: '9.0',
          utilisation: 0.37,
          powerW: 70.12,
        },
      ],
    });
  });

  it('takes what a driver does not tell as unknown', () => {
    const [gb10, old] = parseNvidiaGpus(
      `0, ${uuid}, NVIDIA GB10, [N/A], [N/A], 580.95.05, 12.1, 0, [Not Supported]\r\n1, x, GT 710, 2048 MiB, [Insufficient Permissions], [N/A], [N/A], [N/A], [Unknown Error]`,
      true,
    ).gpus;
    expect(gb10).toMatchObject({
      name: 'NVIDIA GB10',
      memoryMib: null,
      usedMib: null,
      capability: '12.1',
      powerW: null,
    });
    expect(old).toMatchObject({
      memoryMib: 2048,
      usedMib: null,
      capability: null,
      utilisation: null,
      uuid: null,
    });
  });

  it('reads the answer of a driver that does not know the capability', () => {
    expect(gpuQuestion(true).join(' ')).toContain('driver_version,compute_cap,utilization.gpu');
    expect(gpuQuestion(false).join(' ')).not.toContain('compute_cap');
    const [gpu] = parseNvidiaGpus(`0, ${uuid}, Tesla K80, 11441, 0, 470.182.03, 0, 26.03`, false).gpus;
    expect(gpu).toMatchObject({ name: 'Tesla K80', memoryMib: 11_441, capability: null, powerW: 26.03 });
  });

  it('finds no GPU in what is no list of them', () => {
    for (const text of [
      '',
      'No devices were found',
      'Field "compute_cap" is not a valid field to query.',
      'a,b,c',
    ])
      expect(parseNvidiaGpus(text, true)).toMatchObject({ driver: null, gpus: [] });
  });

  it('reads the CUDA version of the header, of -q and of drivers from 610 on', () => {
    expect(parseCudaVersion('| NVIDIA-SMI 550.54   Driver Version: 550.54   CUDA Version: 12.4     |')).toBe(
      '12.4',
    );
    expect(parseCudaVersion('CUDA Version                              : 11.0\n')).toBe('11.0');
    expect(parseCudaVersion('KMD Version: 610.57.04     CUDA UMD Version: 13.3     |')).toBe('13.3');
    expect(parseCudaVersion('CUDA Version: N/A')).toBeNull();
  });

  it('reads processes, also with commas in their names', () => {
    const text = `${uuid}, 4242, /opt/a, b/python, 1024\n[N/A], 7, [Insufficient Permissions], [N/A]\nnonsense`;
    expect(parseNvidiaHolders(text)).toEqual([
      { pid: 4242, name: '/opt/a,b/python', usedMib: 1024, gpu: uuid },
      { pid: 7, name: '[Insufficient Permissions]', usedMib: null, gpu: null },
    ]);
  });
});

// The table of an A100 cut into two, as nvidia-smi 535 prints it.
const table = `
|   0  NVIDIA A100-PCIE-40GB          Off | 00000000:18:00.0 Off |                   On |
| N/A   51C    P0              71W / 250W |     38MiB / 40960MiB |     N/A      Default |
| MIG devices:                                                                          |
|==================+================================+===========+=======================|
|  0    7   0   0  |               5MiB /  4864MiB  | 14      0 |  1   0    0    0    0 |
|                  |               0MiB /  8191MiB  |           |                       |
|  0    8   0   1  |              25MiB /  9856MiB  | 28      0 |  1   0    0    0    0 |
`;
const list = `GPU 0: NVIDIA A100-PCIE-40GB (UUID: ${uuid})
  MIG 1g.5gb      Device  0: (UUID: MIG-aaaa)
  MIG 2g.10gb     Device  1: (UUID: MIG-bbbb)`;

describe('a GPU in slices', () => {
  const [whole] = parseNvidiaGpus(`0, ${uuid}, A100, 40960, 38, 535.161.08, 8.0, [N/A], 71`, true).gpus;
  const other = { ...(whole as GpuReading), index: 1 };

  it('is its slices: a command never gets the whole', () => {
    const gpus = splitSlices([whole as GpuReading, other], table, list);
    expect(gpus.map(({ name, uuid: id, memoryMib, usedMib }) => [name, id, memoryMib, usedMib])).toEqual([
      ['A100 MIG 1g.5gb', 'MIG-aaaa', 4864, 5],
      ['A100 MIG 2g.10gb', 'MIG-bbbb', 9856, 25],
      ['A100', uuid, 40_960, 38],
    ]);
    expect(gpus[0]).toMatchObject({ capability: '8.0', powerW: null });
    expect(
      pickVisible({ tool: 'nvidia-smi', driver: null, gpus }, { CUDA_VISIBLE_DEVICES: 'MIG-bb' }),
    ).toEqual([gpus[1]]);
  });

  it('is told by the table alone when the list says nothing', () => {
    expect(splitSlices([whole as GpuReading], table, '').map(({ name }) => name)).toEqual([
      'A100 MIG 0',
      'A100 MIG 1',
    ]);
    expect(hasSlices(table)).toBe(true);
    expect(hasSlices('|  No MIG devices found                   |')).toBe(false);
  });
});

const mi300 = {
  'Card Series': 'AMD Instinct MI300X',
  'Unique ID': '0x719D230578348e8c',
  'GPU use (%)': '12',
  'VRAM Total Memory (B)': '206141652992',
  'VRAM Total Used Memory (B)': '301989888',
  'Current Socket Graphics Package Power (W)': '133.0',
  'Max Graphics Package Power (W)': '750.0',
};

describe('rocm-smi', () => {
  it('reads cards of new and old releases, in their order', () => {
    const old = {
      'Card series': '\t\tInstinct MI210',
      'Average Graphics Package Power (W)': 'N/A (Secondary die)',
    };
    const json = JSON.stringify({ card10: old, card2: mi300, system: { 'Driver version': '6.2.4' } });
    expect(parseRocmGpus(`WARNING: low-power state\n${json}\n`)).toEqual({
      tool: 'rocm-smi',
      driver: '6.2.4',
      gpus: [
        {
          index: 2,
          uuid: 'GPU-719d230578348e8c',
          name: 'AMD Instinct MI300X',
          memoryMib: 196_592,
          usedMib: 288,
          capability: null,
          utilisation: 0.12,
          powerW: 133,
        },
        {
          index: 10,
          uuid: null,
          name: 'Instinct MI210',
          memoryMib: null,
          usedMib: null,
          capability: null,
          utilisation: null,
          powerW: null,
        },
      ],
    });
  });

  it('takes anything else as no answer', () => {
    for (const text of [
      '',
      'ERROR:root:Driver not initialized',
      '{',
      '[]',
      '{"card0":{},"card0":{}}',
      `{"a":"${'x'.repeat(answerLimit)}"}`,
    ])
      expect(parseRocmGpus(text)).toBeNull();
    expect(parseRocmGpus('{"card0": 1, "system": []}')).toMatchObject({ gpus: [], driver: null });
    expect(parseRocmGpus('{"card0": {}}')?.gpus[0]?.name).toBe('AMD GPU');
  });

  it('reads processes', () => {
    const system = {
      PID12: 'a, b, 1, 1048576, 0, 0',
      PID13: 'unknown, unknown, unknown, unknown, unknown',
      PID14: 3,
      other: 'x',
    };
    expect(parseRocmHolders(JSON.stringify({ system }))).toEqual([
      { pid: 12, name: 'a, b', usedMib: 1, gpu: null },
      { pid: 13, name: 'unknown', usedMib: null, gpu: null },
    ]);
    expect(parseRocmHolders('\n')).toEqual([]);
    expect(parseRocmHolders('{}')).toEqual([]);
    expect(parseRocmHolders('oops')).toBeNull();
  });
});

describe('pickVisible', () => {
  const gpus = [0, 1, 2].map(
    (index): GpuReading => ({
      ...(parseNvidiaGpus(h100, true).gpus[0] as GpuReading),
      index,
      uuid: `GPU-${'abc'[index]}1`,
    }),
  );
  const seen = (env: Record<string, string>, tool: 'nvidia-smi' | 'rocm-smi' = 'nvidia-smi') =>
    pickVisible({ tool, driver: null, gpus }, env).map(({ index }) => index);

  it.each<[string, Record<string, string>, readonly number[]]>([
    ['nothing set', {}, [0, 1, 2]],
    ['empty', { CUDA_VISIBLE_DEVICES: '' }, []],
    ['an order', { CUDA_VISIBLE_DEVICES: '2,1' }, [2, 1]],
    ['up to the first that is not there', { CUDA_VISIBLE_DEVICES: '0,2,-1,1' }, [0, 2]],
    ['twice the same: CUDA refuses all', { CUDA_VISIBLE_DEVICES: '1,1' }, []],
    ['a UUID', { CUDA_VISIBLE_DEVICES: 'GPU-b1' }, [1]],
    ['the beginning of one', { CUDA_VISIBLE_DEVICES: 'GPU-C' }, [2]],
    ['a beginning that several share', { CUDA_VISIBLE_DEVICES: 'GPU-' }, []],
    ['words', { CUDA_VISIBLE_DEVICES: 'NoDevFiles' }, []],
    ['all for the container', { NVIDIA_VISIBLE_DEVICES: 'all' }, [0, 1, 2]],
    ['none for the container', { NVIDIA_VISIBLE_DEVICES: 'none' }, []],
    ['void is as if it were not set', { NVIDIA_VISIBLE_DEVICES: 'void' }, [0, 1, 2]],
    ['some for a container that starts here', { NVIDIA_VISIBLE_DEVICES: '1,2' }, [1, 2]],
    ['inside a container, numbered anew', { NVIDIA_VISIBLE_DEVICES: '4,5,6' }, [0, 1, 2]],
    ['both', { NVIDIA_VISIBLE_DEVICES: '1,2', CUDA_VISIBLE_DEVICES: '1' }, [2]],
  ])('%s', (_, env, expected) => {
    expect(seen(env)).toEqual(expected);
  });

  it('of AMD counts by its own variables, one after the other', () => {
    expect(seen({ ROCR_VISIBLE_DEVICES: '1,2', HIP_VISIBLE_DEVICES: '1' }, 'rocm-smi')).toEqual([2]);
    expect(seen({ CUDA_VISIBLE_DEVICES: '0' }, 'rocm-smi')).toEqual([0]);
    expect(seen({ NVIDIA_VISIBLE_DEVICES: 'none' }, 'rocm-smi')).toEqual([0, 1, 2]);
  });
});

describe('whatever a tool prints', () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom('[N/A]', '9.0', '-1', '1e999', 'NaN', 'GPU-1', '81559', 'card0', '0'),
  );
  const row = fc.array(word, { maxLength: 12 }).map((cells) => cells.join(', '));
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(row).map((rows) => rows.join('\n')),
    fc.json(),
  );
  const numbers = (value: unknown): readonly number[] =>
    typeof value === 'number'
      ? [value]
      : typeof value === 'object' && value !== null
        ? Object.values(value).flatMap(numbers)
        : [];

  it('never throws, never gives a number that is none, and stays one short line', () => {
    fc.assert(
      fc.property(text, text, fc.boolean(), word, (left, right, capability, entry) => {
        const nvidia = parseNvidiaGpus(left, capability);
        const rocm = parseRocmGpus(left);
        const gpus = splitSlices(nvidia.gpus, right, left);
        const answers = [
          nvidia,
          rocm,
          gpus,
          parseNvidiaHolders(left),
          parseRocmHolders(left),
          parseCudaVersion(left),
        ];
        expect(numbers(answers).every((number) => Number.isFinite(number) && number >= 0)).toBe(true);
        for (const { name } of [...gpus, ...(rocm?.gpus ?? [])]) expect(name).toBe(toLabel(name));
        expect(pickVisible({ ...nvidia, gpus }, { CUDA_VISIBLE_DEVICES: entry }).length).toBeLessThanOrEqual(
          gpus.length,
        );
      }),
    );
  });

  it('is bounded', () => {
    expect(parseNvidiaGpus(`${h100}\n`.repeat(5000), true).gpus).toHaveLength(128);
    expect(parseNvidiaHolders(`${uuid}, 1, a, 1\n`.repeat(5000))).toHaveLength(1000);
    expect(toLabel(`a\u0007\n${'b'.repeat(99)}\ud83d\ude00`)).toHaveLength(100);
  });
});
