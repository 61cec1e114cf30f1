import { describe, expect, it } from 'vitest';
import { InputError, ServiceError } from '../../core/error/error.ts';
import { type ClusterState, makeReport, type StateMeaning } from '../../core/training/cluster-state.ts';
import { makeDeferred } from '../process/deferred.ts';
import { makeClock, makeJob } from './cluster.fixture.ts';
import type { ClusterEngine, ClusterHandle } from './engine.ts';
import { runOnCluster } from './run-on-cluster.ts';

type Step = ClusterState | StateMeaning | 'silent' | 'broken' | 'abort' | 'hang';

const broken = () => new ServiceError('CLUSTER_FAILED', 'no answer', { hint: 'h' });
const forever = () => new Promise<never>(() => undefined);

/** An engine that goes through these steps, one a question, and stays at the last. */
function play(steps: readonly Step[], own: Partial<ClusterEngine> = {}) {
  const abort = new AbortController();
  const cancelled: ClusterHandle[] = [];
  const log: string[] = [];
  let asked = 0;
  const engine: ClusterEngine = {
    submit: async ({ name }) => ({ name, id: '17' }),
    async state() {
      const step = steps[Math.min(asked, steps.length - 1)] ?? 'silent';
      asked += 1;
      if (step === 'broken') throw broken();
      if (step === 'silent') return null;
      if (step === 'abort' || step === 'hang') {
        abort.abort();
        if (step === 'hang') return forever();
        return makeReport({ state: 'running' }, 'R');
      }
      return makeReport(typeof step === 'string' ? { state: step } : step, 'WORD');
    },
    followLog: async (_handle, onLine) => onLine('::error::from the job'),
    cancel: async (handle) => void cancelled.push(handle),
    ...own,
  };
  const run = (timeoutMs = 600_000) =>
    runOnCluster(
      { engine, job: makeJob({ timeoutMs }), log: (line) => log.push(line), cancel: abort.signal },
      makeClock(),
    );
  return { run, abort, cancelled, log, asked: () => asked };
}

const handle = { name: 'gatehouse-7-1-1-0a1b2c3d', id: '17' };

describe('a job that was handed over', () => {
  const paths: readonly (readonly [string, readonly Step[], string, string])[] = [
    ['is done', ['submitted', 'waiting', 'running', 'done'], 'done', 'WORD'],
    ['fails', ['running', 'failed'], 'failed', 'WORD'],
    ['is cancelled by somebody at the engine', ['running', 'cancelled'], 'cancelled', 'WORD'],
    ['is lost', ['running', 'lost'], 'lost-runner', 'WORD'],
    ['is out of memory', [{ state: 'failed', outcome: 'out-of-memory' }], 'out-of-memory', 'WORD'],
    ['never runs', ['waiting'], 'timed-out', 'the time limit ended it; waiting (WORD)'],
    ['never ends', ['running'], 'timed-out', 'the time limit ended it; running (WORD)'],
    ['is not answered for', ['running', 'silent'], 'lost-runner', 'nothing is known of the job'],
    ['cannot be asked for', ['broken'], 'lost-runner', 'nothing is known of the job: no answer'],
    ['belongs to a job of GitHub that is cancelled', ['running', 'abort'], 'cancelled', 'cancelled'],
    ['is cancelled while the engine does not answer', ['hang'], 'cancelled', 'cancelled'],
  ];

  it.each(paths)('and %s: the engine is told to cancel it', async (_what, steps, outcome, how) => {
    const { run, cancelled } = play(steps);
    expect(await run()).toMatchObject({ outcome, how });
    expect(cancelled).toEqual([handle]);
  });

  it('is cancelled by its name when the engine refuses it or its answer is lost', async () => {
    const named = { name: handle.name, id: null };
    const refusal = new InputError('CLUSTER_REFUSED', 'no such partition', { hint: 'h' });
    const refused = play([], { submit: () => Promise.reject(refusal) });
    await expect(refused.run()).rejects.toBe(refusal);
    expect(refused.cancelled).toEqual([named]);
    const lost = play([], { submit: () => Promise.reject(broken()) });
    expect(await lost.run()).toMatchObject({ outcome: 'service', how: 'no answer' });
    expect(lost.cancelled).toEqual([named]);
  });

  it('is cancelled again when the answer comes after the job of GitHub was cancelled', async () => {
    const answer = makeDeferred<ClusterHandle>();
    const late = play([], {
      submit: () => {
        late.abort.abort();
        return answer.promise;
      },
    });
    expect(await late.run()).toMatchObject({ outcome: 'cancelled' });
    expect(late.cancelled).toEqual([{ name: handle.name, id: null }]);
    answer.resolve(handle);
    await new Promise((resolve) => setImmediate(resolve));
    expect(late.cancelled).toEqual([{ name: handle.name, id: null }, handle]);
  });

  it('is cancelled three times before it is said that it may still run', async () => {
    let tries = 0;
    const { run, log } = play(['done'], {
      cancel: () => {
        tries += 1;
        return Promise.reject(broken());
      },
    });
    expect(await run()).toMatchObject({ outcome: 'done' });
    expect(tries).toBe(3);
    expect(log).toContain(`${handle.name} could not be cancelled and may still run: no answer`);
  });

  it('is not handed over at all once the job of GitHub is cancelled', async () => {
    const { run, abort, cancelled, asked, log } = play(['done']);
    abort.abort();
    expect(await run()).toMatchObject({ outcome: 'cancelled' });
    expect([cancelled, asked(), log]).toEqual([[], 0, []]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1, 0])(
    'has no time with a limit of %s',
    async (timeoutMs) => {
      const { run, cancelled } = play(['running']);
      expect(await run(timeoutMs)).toMatchObject({ outcome: 'timed-out' });
      expect(cancelled).toEqual([handle]);
    },
  );

  it('outlives an engine that is silent for a while', async () => {
    const { run } = play([
      'running',
      'silent',
      'broken',
      'silent',
      'broken',
      'silent',
      'running',
      'broken',
      'done',
    ]);
    expect(await run()).toMatchObject({ outcome: 'done' });
  });
});

describe('the log', () => {
  it('comes between stop words, so that no line of the job is a command for the runner', async () => {
    const { run, log } = play(['running', 'done']);
    const { lastLines } = await run();
    expect(log[0]).toMatch(/^::stop-commands::[0-9a-f-]{36}$/);
    expect(log.at(-1)).toBe(`::${log[0]?.slice('::stop-commands::'.length)}::`);
    expect(log.slice(1, -1)).toEqual([
      `handed over as ${handle.name}`,
      'cluster: running (WORD)',
      '::error::from the job',
      'cluster: done (WORD)',
    ]);
    expect(lastLines).toEqual(log.slice(1, -1));
  });

  it('of a job that was over at once is read too', async () => {
    const { run, log } = play(['done']);
    await run();
    expect(log).toContain('::error::from the job');
  });

  it('that cannot be followed fails no job, and one that comes too late is dropped', async () => {
    const failing = play(['running', 'done'], { followLog: () => Promise.reject(broken()) });
    expect(await failing.run()).toMatchObject({ outcome: 'done' });
    expect(failing.log).toContain('the log could not be followed: no answer');
    let say: (line: string) => void = () => undefined;
    const late = play(['running', 'done'], {
      followLog: (_handle, onLine) => {
        say = onLine;
        return forever();
      },
    });
    await late.run();
    const before = late.log.length;
    say('::error::late');
    expect(late.log).toHaveLength(before);
  });

  it('tells memory of a GPU from bad code', async () => {
    const { run } = play(['running', 'failed'], {
      followLog: async (_handle, onLine) => onLine('torch.OutOfMemoryError: CUDA out of memory.'),
    });
    expect(await run()).toMatchObject({
      outcome: 'gpu-out-of-memory',
      how: 'WORD: exit code 1; its log says: out of GPU memory',
    });
  });
});
