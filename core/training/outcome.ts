import type { AttemptOutcome } from './attempt.ts';

/** What is known of a command that has ended. */
export interface EndFacts {
  /** Null: ended by a signal, or never started. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Why it could not be started, null: it was. Says nothing about the code. */
  readonly startFault: string | null;
  /** Our own time limit ended it. */
  readonly timedOut: boolean;
  /** Somebody ended the job: GitHub sends SIGINT, then SIGTERM. */
  readonly cancelled: boolean;
  /** The command's own words: they choose among ends that are no success, never a success. */
  readonly lastLines: readonly string[];
  /** Processes of the job that the kernel killed for memory meanwhile; null: not told. */
  readonly oomKills: number | null;
  /** Where the job works, afterwards; null: not told. */
  readonly diskFreeMib: number | null;
}

/** How an attempt ended, with display text such as `exit code 3`. */
export interface EndOfAttempt {
  readonly outcome: AttemptOutcome;
  readonly how: string;
}

/** Less than this is a full disk: a file system keeps some blocks back. */
const fullDiskMib = 16;

const signs: readonly { readonly outcome: AttemptOutcome; readonly words: string; readonly form: RegExp }[] =
  [
    {
      outcome: 'gpu-out-of-memory',
      words: 'out of GPU memory',
      form: /\b(?:CUDA|HIP|XPU|MPS backend) out of memory|(?:CUDA|HIP) error: out of memory|torch\.(?:cuda\.)?OutOfMemoryError|cuda(?:_ERROR_OUT_OF_MEMORY|ErrorMemoryAllocation)|(?:CUDNN|CUBLAS)_STATUS_ALLOC_FAILED|RESOURCE_EXHAUSTED: (?:Out of memory|OOM)|OOM when allocating tensor/i,
    },
    {
      outcome: 'out-of-memory',
      words: 'out of memory',
      form: /\bMemoryError\b|std::bad_alloc|Cannot allocate memory|not enough memory: you tried to allocate|JavaScript heap out of memory|java\.lang\.OutOfMemoryError|\boom[-_ ]?kill(?:er|ed)?\b|is killed by signal: Killed/i,
    },
    {
      outcome: 'out-of-disk',
      words: 'no space left on the disk',
      form: /No space left on device|\bENOSPC\b|\[Errno 28\]|Disk quota exceeded/i,
    },
    {
      outcome: 'service',
      words: 'the GPU or its driver failed',
      form: /uncorrectable ECC error|fallen off the bus|CUDA-capable devices? (?:is|are) busy or unavailable|Driver\/library version mismatch/i,
    },
  ];

/**
 * Names the end of an attempt. Only exit code 0 that nobody asked for is `done`, whatever the log says.
 * Code 137 or SIGKILL is `out-of-memory` where the kernel counted a kill, else `killed`: a spot machine that is
 * taken back looks the same from inside.
 * @see https://docs.kernel.org/admin-guide/cgroup-v2.html memory.events: oom_kill
 */
export function classifyEnd(facts: EndFacts): EndOfAttempt {
  if (facts.cancelled) return { outcome: 'cancelled', how: 'cancelled' };
  if (facts.timedOut) return { outcome: 'timed-out', how: 'the time limit ended it' };
  if (facts.startFault !== null) return { outcome: 'service', how: facts.startFault };
  if (facts.exitCode === 0) return { outcome: 'done', how: 'exit code 0' };
  const how = facts.exitCode === null ? `signal ${facts.signal ?? 'unknown'}` : `exit code ${facts.exitCode}`;
  if (facts.oomKills !== null && facts.oomKills > 0) {
    return { outcome: 'out-of-memory', how: `${how}: the kernel killed it for memory` };
  }
  const sign = findSign(facts.lastLines);
  if (wasKilled(facts)) {
    // Of what the log claims only the kernel's own words fit a kill.
    return sign?.outcome === 'out-of-memory'
      ? { outcome: sign.outcome, how: `${how}; its log says: ${sign.words}` }
      : { outcome: 'killed', how };
  }
  if (facts.diskFreeMib !== null && facts.diskFreeMib < fullDiskMib) {
    return { outcome: 'out-of-disk', how: `${how}: ${facts.diskFreeMib} MiB of disk are free` };
  }
  if (sign !== undefined) return { outcome: sign.outcome, how: `${how}; its log says: ${sign.words}` };
  return { outcome: 'failed', how };
}

/** The last sign counts: earlier ones were survived. */
function findSign(lines: readonly string[]): (typeof signs)[number] | undefined {
  for (const line of lines.toReversed()) {
    const found = signs.find(({ form }) => form.test(line));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** SIGKILL, or SIGINT and SIGTERM that were not ours; a shell tells of them as 128 and the number. */
function wasKilled({ exitCode, signal }: EndFacts): boolean {
  if (exitCode === null) return signal === 'SIGKILL' || signal === 'SIGTERM' || signal === 'SIGINT';
  return exitCode === 137 || exitCode === 143 || exitCode === 130;
}
