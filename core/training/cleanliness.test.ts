import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFailure } from '../finding/finding.ts';
import { judgeCleanliness, type MachineState } from './cleanliness.ts';
import type { GpuHolder, GpuReading } from './gpu-tool.ts';
import { makeGpu } from './machine.fixture.ts';

const gpu = (own: Partial<GpuReading> = {}): GpuReading => ({
  ...makeGpu(),
  index: 0,
  uuid: 'GPU-a',
  utilisation: 0,
  powerW: null,
  ...own,
});
const holder = (own: Partial<GpuHolder> = {}): GpuHolder => ({
  pid: 4242,
  name: 'python',
  usedMib: 300,
  gpu: 'GPU-a',
  ...own,
});
const clean: MachineState = { when: 'before', processes: [], folders: [], gpus: [gpu()], holders: [] };
const rule = { gpus: 1, gpuToleranceMib: 512 };
const judge = (own: Partial<MachineState>, gpus = 1) =>
  judgeCleanliness({ ...clean, ...own }, { ...rule, gpus }).map(
    ({ code, severity }) => `${severity} ${code}`,
  );

describe('judgeCleanliness', () => {
  it('says nothing about a clean machine, nor about a little memory in use', () => {
    expect(judge({})).toEqual([]);
    expect(judge({ gpus: [gpu({ usedMib: 512 })], holders: [holder()] })).toEqual([]);
    expect(judge({ gpus: [gpu({ usedMib: null })] })).toEqual([]);
    expect(judge({ gpus: [], holders: null })).toEqual([]);
  });

  it.each<[string, Partial<MachineState>]>([
    ['memory in use', { gpus: [gpu({ usedMib: 513 })] }],
    ['a process holds more than the sum says', { holders: [holder({ usedMib: 9000 })] }],
    ['several together', { holders: [holder(), holder()] }],
    ['memory and holders unknown', { gpus: [gpu({ usedMib: null })], holders: null }],
    [
      'memory unknown, and one of the holders too',
      { gpus: [gpu({ usedMib: null })], holders: [holder(), holder({ usedMib: null })] },
    ],
    [
      'memory unknown, and a holder of some GPU',
      { gpus: [gpu({ usedMib: null })], holders: [holder({ gpu: null })] },
    ],
    ['memory that is no number', { gpus: [gpu({ usedMib: Number.NaN })], holders: null }],
  ])('refuses a GPU in use: %s', (_, state) => {
    expect(judge(state)).toEqual(['fail training/gpu-unclean']);
    expect(judge({ ...state, when: 'after' })).toEqual(['warn training/gpu-unclean']);
    // Nobody asked for a GPU: told, no more.
    expect(judge(state, 0)).toEqual(['note training/gpu-unclean']);
  });

  it('does not count the holder of another GPU', () => {
    expect(judge({ holders: [holder({ usedMib: 9000, gpu: 'GPU-b' })] })).toEqual([]);
  });

  it('names who uses it, what is allowed and what to do', () => {
    const [finding] = judgeCleanliness(
      { ...clean, gpus: [gpu({ usedMib: 9000.5 })], holders: [holder()] },
      rule,
    );
    expect(finding).toMatchObject({
      message: 'GPU 0 is in use before the training starts',
      found: '9001 MiB, python (process 4242, 300 MiB)',
      allowed: '512 MiB or less',
    });
    expect(finding?.fix).toContain('CUDA_VISIBLE_DEVICES');
    const [after] = judgeCleanliness(
      { ...clean, when: 'after', gpus: [gpu({ usedMib: null })], holders: [holder({ usedMib: null })] },
      rule,
    );
    expect(after?.found).toBe('memory in use: unknown, python (process 4242, unknown)');
    expect(after?.message).toBe('GPU 0 is still in use after the training');
  });

  it.each([
    ['ended', 'note', 'note'],
    ['busy', 'note', 'note'],
    ['unknown', 'warn', 'warn'],
    ['alive', 'fail', 'warn'],
  ] as const)('a process that is %s: %s before, %s after', (fate, before, after) => {
    const processes = [{ pid: 7, name: 'python', runId: 12, fate }];
    expect(judge({ processes })).toEqual([`${before} training/leftover-process`]);
    expect(judge({ processes, when: 'after' })).toEqual([`${after} training/leftover-process`]);
    expect(judgeCleanliness({ ...clean, processes }, rule)[0]?.found).toBe('python, process 7 of run 12');
  });

  it.each([
    ['removed', 'note', 'note'],
    ['unknown', 'note', 'note'],
    ['stuck', 'fail', 'warn'],
  ] as const)('a folder that is %s: %s before, %s after', (fate, before, after) => {
    const folders = [{ path: '/tmp/gatehouse-data-abcdef', fate }];
    expect(judge({ folders })).toEqual([`${before} training/leftover-folder`]);
    expect(judge({ folders, when: 'after' })).toEqual([`${after} training/leftover-folder`]);
  });

  it('says why a folder is stuck, and that a system does not tell', () => {
    const folders = [{ path: '/tmp/a', fate: 'stuck', why: 'EACCES' } as const];
    expect(judgeCleanliness({ ...clean, folders }, rule)[0]?.found).toBe('/tmp/a (EACCES)');
    expect(judge({ processes: null })).toEqual(['note training/leftover-process']);
  });

  it('more memory in use, or one more holder, never turns a refusal into a pass', () => {
    const mib = fc.option(fc.nat(2000), { nil: null });
    const someone = fc.record({
      pid: fc.nat(),
      name: fc.string(),
      usedMib: mib,
      gpu: fc.constantFrom('GPU-a', 'GPU-b', null),
    });
    fc.assert(
      fc.property(
        mib,
        fc.option(fc.array(someone, { maxLength: 3 }), { nil: null }),
        someone,
        (usedMib, holders, extra) => {
          const refused = (state: Partial<MachineState>) =>
            judgeCleanliness({ ...clean, ...state }, rule).some(isFailure);
          if (!refused({ gpus: [gpu({ usedMib })], holders })) return;
          if (usedMib !== null)
            expect(refused({ gpus: [gpu({ usedMib: usedMib + 100 })], holders })).toBe(true);
          if (holders !== null && usedMib !== null)
            expect(refused({ gpus: [gpu({ usedMib })], holders: [...holders, extra] })).toBe(true);
        },
      ),
    );
  });
});
