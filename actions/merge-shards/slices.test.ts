import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MergeBench, noHistory } from './merge.fixture.ts';

/** Files that were cut, each slice on a machine of its own. */

let given: MergeBench;
beforeEach(async () => {
  given = await MergeBench.open();
  const rows = Array.from({ length: 90 }, (_, at) => `${(at * 7919) % 101},JFK,2024-01-0${1 + (at % 9)}\n`);
  await given.bench.track('data/2.csv', `delay,origin,at\n${rows.join('')}`);
});
afterEach(() => given.close());

describe('a dataset with files that were cut', () => {
  it.each([
    [2, 3],
    [3, 9],
    [7, 5],
  ])('into %i slices on %i machines has the validation and the record of one pass', async (of, most) => {
    const whole = await given.inOnePass();
    const merged = await given.merge(await given.runShards(most, [], of));
    expect(merged.validation).toEqual(whole.result.validation);
    expect(merged.validation).toMatchObject({ verdict: 'pass', rows: 98 });
    expect(merged.record).toBe(whole.record);
  });

  it('tells rows at fault as one pass does', async () => {
    const rows = Array.from({ length: 90 }, (_, at) => `${at % 20 === 13 ? 9999 : at},JFK,\n`);
    await given.bench.track('data/2.csv', `delay,origin,at\n${rows.join('')}`);
    const whole = await given.inOnePass();
    const merged = await given.merge(await given.runShards(4, [], 4));
    expect(merged.validation).toEqual(whole.result.validation);
    expect(merged.validation.findings).toMatchObject([{ code: 'data/range', count: 4, firstRow: 16 }]);
  });

  it('has no verdict without one of the slices', async () => {
    const merged = await given.merge(await given.runShards(4, [2], 4), noHistory);
    expect(merged.validation.verdict).toBe('not evaluated');
    expect(merged.validation.findings).toMatchObject([{ code: 'data/shard-missing' }]);
  });

  it.each([
    ['with rows left out', /"before":([1-9]\d*)/, '"before":1000'],
    ['that is there twice', /"number":2,"of":4/, '"number":1,"of":4'],
    ['cut in another way', /"number":4,"of":4/, '"number":4,"of":5'],
    ['that is called the whole', /"slice":\{[^}]*\}/, '"slice":null'],
  ])('has no verdict on a slice %s', async (_, form, other) => {
    const left = await given.runShards(1, [], 4);
    const file = join(left.shards, 'gatehouse-shard-1', 'shard.json');
    const text = await readFile(file, 'utf8');
    expect(text).toMatch(form);
    await writeFile(file, text.replace(form, other));
    const merged = await given.merge(left);
    expect(merged.validation.verdict).toBe('not evaluated');
    expect(merged.validation.findings[0]?.code).toMatch(/^data\/shard-(?:mismatch|missing)$/);
    expect(merged.record).toBeNull();
  });

  it('refuses to cut what cannot be cut', async () => {
    await given.bench.track('data/2.csv', 'delay,origin,at\n1,"x"y,\n');
    // The engine of these tests reads what the scan refuses.
    await expect(given.runShards(2, [], 2)).rejects.toMatchObject({ code: 'SHARD_INVALID' });
  });
});
