import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lowerMemory, probeMachine } from './probe.ts';
import { askTool } from './tool.ts';
import { gpuLine, ToolBench } from './tool-stand-in.fixture.ts';

let bench: ToolBench;
beforeAll(async () => {
  bench = await ToolBench.open();
});
beforeEach(() => bench.clear());
afterAll(() => bench.close());
const probe = (own: Record<string, string> = {}) => probeMachine(bench.env(own), tmpdir());

describe('probeMachine', () => {
  it('describes a machine without a GPU', async () => {
    const machine = await probe();
    expect(machine).toMatchObject({ gpus: [], gpuTool: null, gpuDriver: null, gpuRuntime: null });
    expect(machine).not.toHaveProperty('gpuFault');
    expect(machine.cpus).toBeGreaterThan(0);
    expect(machine.cpus).toBeLessThanOrEqual(cpus().length);
    expect(machine.memoryMib).toBeGreaterThan(0);
    expect(machine.memoryMib).toBeLessThanOrEqual(totalmem() / 1024 ** 2);
    expect(machine.diskFreeMib).toBeGreaterThan(0);
    expect(machine.os).toMatch(/^\S+ \S+ \S+$/);
  });

  it('does not know the disk of a folder that is not there', async () => {
    expect((await probeMachine(bench.env(), '/no/such/folder')).diskFreeMib).toBeNull();
  });

  it('takes the limit of the container where it is lower', () => {
    const gib = 1024 ** 3;
    expect(lowerMemory(64 * gib, 8 * gib)).toBe(8 * 1024);
    for (const none of [0, 2 ** 64, Number.NaN, Number.POSITIVE_INFINITY])
      expect(lowerMemory(64 * gib, none)).toBe(64 * 1024);
  });

  it('asks nvidia-smi, and counts what the command can use', async () => {
    await bench.writeNvidia([gpuLine(0), gpuLine(1, 7)]);
    expect(await probe()).toMatchObject({
      gpuTool: 'nvidia-smi',
      gpuDriver: '550.54.14',
      gpuRuntime: '12.4',
      gpus: [
        { name: 'NVIDIA H100 80GB HBM3', memoryMib: 81_559, usedMib: 4, capability: '9.0' },
        { usedMib: 7 },
      ],
    });
    expect((await probe({ CUDA_VISIBLE_DEVICES: '1' })).gpus.map(({ usedMib }) => usedMib)).toEqual([7]);
    expect((await probe({ CUDA_VISIBLE_DEVICES: '' })).gpus).toEqual([]);
  });

  it('asks again without the capability where the driver does not know it', async () => {
    await bench.write(
      'nvidia-smi',
      `case "$*" in
  *compute_cap*) echo 'Field "compute_cap" is not a valid field to query.'; exit 2 ;;
  *--query-gpu*) echo '0, GPU-a000, Tesla K80, 11441, 0, 470.182.03, 0, 26.03' ;;
  *) echo 'CUDA Version: 11.4' ;;
esac`,
    );
    expect(await probe()).toMatchObject({
      gpuDriver: '470.182.03',
      gpuRuntime: '11.4',
      gpus: [{ name: 'Tesla K80', memoryMib: 11_441, capability: null }],
    });
  });

  it('tells a tool that finds none from one that does not work', async () => {
    await bench.write('nvidia-smi', "echo 'No devices were found'; exit 6");
    expect(await probe()).toMatchObject({ gpuTool: 'nvidia-smi', gpus: [] });
    await bench.write(
      'nvidia-smi',
      "echo 'Failed to initialize NVML: Driver/library version mismatch'; exit 18",
    );
    expect(await probe()).toMatchObject({
      gpuTool: null,
      gpus: [],
      gpuFault: 'Failed to initialize NVML: Driver/library version mismatch',
    });
  });

  it('shows the slices of a GPU that is cut', async () => {
    await bench.write(
      'nvidia-smi',
      `case "$*" in
  *--query-gpu*) echo '${gpuLine(0)}' ;;
  -L) echo 'GPU 0: H100 (UUID: GPU-a000)'; echo '  MIG 1g.10gb     Device  0: (UUID: MIG-aaaa)' ;;
  *) echo '|  0    7   0   0  |               5MiB /  9728MiB  | 14      0 |  1   0    0    0    0 |' ;;
esac`,
    );
    expect((await probe()).gpus).toEqual([
      { name: 'NVIDIA H100 80GB HBM3 MIG 1g.10gb', memoryMib: 9728, usedMib: 5, capability: '9.0' },
    ]);
    expect((await probe({ CUDA_VISIBLE_DEVICES: 'MIG-bbbb' })).gpus).toEqual([]);
  });

  it('asks rocm-smi where nvidia-smi knows no GPU', async () => {
    const card = { 'Card Series': 'AMD Instinct MI300X', 'VRAM Total Memory (B)': '206141652992' };
    const answer = JSON.stringify({ card0: card, system: { 'Driver version': '6.2.4' } });
    await bench.write('rocm-smi', `echo '${answer}'`);
    await mkdir(join(bench.folder, '.info'), { recursive: true });
    await writeFile(join(bench.folder, '.info', 'version'), '6.2.4-66\n');
    expect(await probe({ ROCM_PATH: bench.folder })).toMatchObject({
      gpuTool: 'rocm-smi',
      gpuDriver: '6.2.4',
      gpuRuntime: '6.2.4-66',
      gpus: [{ name: 'AMD Instinct MI300X', memoryMib: 196_592, usedMib: null, capability: null }],
    });
    expect((await probe({ ROCM_PATH: '/no/such' })).gpuRuntime).toBeNull();
    await bench.write('rocm-smi', "echo 'ERROR:root:Driver not initialized' >&2; exit 1");
    expect(await probe()).toMatchObject({ gpuTool: null, gpuFault: 'ERROR:root:Driver not initialized' });
  });
});

describe('askTool', () => {
  it('does not wait for one that hangs, nor for what it left behind', async () => {
    await bench.write('hangs', 'exec /bin/sleep 20');
    await bench.write('leaves', '/bin/sleep 3');
    const started = performance.now();
    const answers = await Promise.all(['hangs', 'leaves'].map((tool) => askTool(tool, [], bench.env(), 100)));
    expect(answers.map(({ kind }) => kind)).toEqual(['fault', 'fault']);
    expect(performance.now() - started).toBeLessThan(2500);
  });

  it('bounds what it reads', async () => {
    await bench.write(
      'talks',
      'while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done',
    );
    const { kind, text } = await askTool('talks', [], bench.env());
    expect(kind).toBe('fault');
    expect(text.length).toBeLessThanOrEqual(1024 ** 2 + 1);
  });
});
