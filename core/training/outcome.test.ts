import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyEnd, type EndFacts } from './outcome.ts';

const end = (own: Partial<EndFacts>) =>
  classifyEnd({
    exitCode: 1,
    signal: null,
    startFault: null,
    timedOut: false,
    cancelled: false,
    lastLines: [],
    oomKills: 0,
    diskFreeMib: 10_000,
    ...own,
  });

describe('classifyEnd', () => {
  it.each<readonly [string, Partial<EndFacts>, string, string]>([
    ['exit 0', { exitCode: 0 }, 'done', 'exit code 0'],
    ['exit 3', { exitCode: 3 }, 'failed', 'exit code 3'],
    ['a crash', { exitCode: null, signal: 'SIGSEGV' }, 'failed', 'signal SIGSEGV'],
    ['no word how', { exitCode: null }, 'failed', 'signal unknown'],
    ['cancelled', { cancelled: true, timedOut: true, exitCode: 143 }, 'cancelled', 'cancelled'],
    ['cancelled, and it ended well', { cancelled: true, exitCode: 0 }, 'cancelled', 'cancelled'],
    ['the time limit', { timedOut: true, exitCode: 0 }, 'timed-out', 'the time limit ended it'],
    [
      'not started',
      { startFault: 'docker did not start', exitCode: null },
      'service',
      'docker did not start',
    ],
    ['a kill', { exitCode: null, signal: 'SIGKILL', oomKills: null }, 'killed', 'signal SIGKILL'],
    ['a kill under a shell', { exitCode: 137 }, 'killed', 'exit code 137'],
    ['somebody else asked it to end', { exitCode: 143 }, 'killed', 'exit code 143'],
    [
      'a kill that the kernel counted',
      { exitCode: 137, oomKills: 1 },
      'out-of-memory',
      'exit code 137: the kernel killed it for memory',
    ],
    [
      'a worker that the kernel killed',
      { oomKills: 2 },
      'out-of-memory',
      'exit code 1: the kernel killed it for memory',
    ],
    [
      'a full disk',
      { diskFreeMib: 3, lastLines: ['MemoryError'] },
      'out-of-disk',
      'exit code 1: 3 MiB of disk are free',
    ],
    ['nothing is told', { oomKills: null, diskFreeMib: null }, 'failed', 'exit code 1'],
  ])('%s', (_, facts, outcome, how) => {
    expect(end(facts)).toEqual({ outcome, how });
  });

  it.each([
    [
      'gpu-out-of-memory',
      'torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0 has a total capacity of 7.8 GiB',
    ],
    ['gpu-out-of-memory', 'torch.cuda.OutOfMemoryError: HIP out of memory.'],
    ['gpu-out-of-memory', 'RuntimeError: CUDA error: out of memory'],
    [
      'gpu-out-of-memory',
      'jaxlib.xla_extension.XlaRuntimeError: RESOURCE_EXHAUSTED: Out of memory while trying',
    ],
    ['gpu-out-of-memory', 'RuntimeError: CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling cublasCreate'],
    ['out-of-memory', 'numpy.core._exceptions._ArrayMemoryError: Unable to allocate; MemoryError'],
    ['out-of-memory', "terminate called after throwing an instance of 'std::bad_alloc'"],
    ['out-of-memory', 'OSError: [Errno 12] Cannot allocate memory'],
    ['out-of-memory', 'RuntimeError: DataLoader worker (pid 71) is killed by signal: Killed.'],
    ['out-of-disk', "OSError: [Errno 28] No space left on device: 'ckpt.pt'"],
    ['out-of-disk', 'write EDQUOT: Disk quota exceeded'],
    ['service', 'RuntimeError: CUDA error: uncorrectable ECC error encountered'],
    ['failed', 'ValueError: a memory of GPUs'],
  ])('reads %s from the log', (outcome, line) => {
    expect(end({ lastLines: ['epoch 3', line, 'at main.py:7'] }).outcome).toBe(outcome);
  });

  it('the last sign counts', () => {
    const lines = ['CUDA out of memory: batch is halved', 'No space left on device'];
    expect(end({ lastLines: lines }).how).toBe('exit code 1; its log says: no space left on the disk');
  });

  it('a kill is out of memory only where log or kernel say so', () => {
    const log = (line: string) => end({ exitCode: 137, oomKills: null, lastLines: [line] }).outcome;
    expect(log('Memory cgroup out of memory: oom-kill: task=python')).toBe('out-of-memory');
    expect(log('bash: line 1: 71 Killed   python train.py')).toBe('killed');
    expect(log('CUDA out of memory')).toBe('killed');
  });

  it('no log makes a success of an end that is none, and none a failure of a success', () => {
    const facts = fc.record({
      exitCode: fc.option(fc.nat(255)),
      signal: fc.option(fc.constantFrom('SIGKILL', 'SIGSEGV')),
      startFault: fc.option(fc.string()),
      timedOut: fc.boolean(),
      cancelled: fc.boolean(),
      lastLines: fc.array(
        fc.oneof(fc.string(), fc.constantFrom('exit code 0', 'CUDA out of memory', 'done')),
      ),
      oomKills: fc.option(fc.nat(3)),
      diskFreeMib: fc.option(fc.nat(100)),
    });
    fc.assert(
      fc.property(facts, (some) => {
        const { exitCode, startFault, timedOut, cancelled } = some;
        const done = exitCode === 0 && startFault === null && !timedOut && !cancelled;
        expect(classifyEnd(some).outcome === 'done').toBe(done);
      }),
    );
  });
});
