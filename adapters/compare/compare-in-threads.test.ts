import { describe, expect, it } from 'vitest';
import { drawBinary, toBinary } from '../../core/evaluation/compare.fixture.ts';
import { compareModels, prepareComparison } from '../../core/evaluation/compare.ts';
import { resampleRange } from '../../core/evaluation/resample.ts';
import { compareInThreads, drawInThread } from './compare-in-threads.ts';

describe('compareInThreads', () => {
  const { labels, see } = drawBinary(3_000, 1);
  const input = {
    ...toBinary(labels, see(0.2), see(0.4), { seed: 1, resamples: 101, metrics: ['f1', 'auc', 'ece'] }),
    slices: [{ name: 'third', rows: Uint32Array.from({ length: 900 }, (_, at) => 3 * at) }],
  };
  const wanted = compareModels(input);
  const unsendable = { ...input, context: { ...input.context, extra: () => 1 } } as typeof input;

  it.each([1, 3])('is the same to the bit with %d threads', async (threads) => {
    expect(await compareInThreads(input, threads, 0)).toEqual(wanted);
  });

  it('draws in a thread indeed', async () => {
    const { plans } = prepareComparison(input);
    const { truth, challenger, champion, context, slices, seed } = input;
    const models = { truth, challenger, champion, context, slices, seed };
    expect(await drawInThread({ models, plans, from: 50, to: 60 })).toEqual(
      resampleRange(input, plans, 50, 60),
    );
    expect(await drawInThread({ models: unsendable, plans, from: 50, to: 60 })).toBeNull();
    const other = { ...models, context: { task: 'regression' as const } };
    expect(await drawInThread({ models: other, plans, from: 50, to: 60 })).toBeNull();
  });

  it('has nothing to split where nothing is drawn, and starts no thread for little', async () => {
    const closed = { ...input, metrics: ['accuracy'], sliceMetrics: [] };
    expect(await compareInThreads(closed, 4, 0)).toEqual(compareModels(closed));
    expect(await compareInThreads(input)).toEqual(wanted);
  });

  it('makes the part of a thread that cannot start', async () => {
    expect(await compareInThreads(unsendable, 2, 0)).toEqual(wanted);
  });
});
