import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ShardBench } from '../../adapters/dataset/shard.fixture.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { contract, MergeBench } from './merge.fixture.ts';

let given: MergeBench;
let bench: ShardBench;
beforeEach(async () => {
  given = await MergeBench.open();
  bench = given.bench;
});
afterEach(() => given.close());

const inOnePass = () => given.inOnePass();
const runShards = (most: number, skip: readonly number[] = []) => given.runShards(most, skip);
const merge = (shards: { readonly plan: string; readonly shards: string }) => given.merge(shards);

describe('merging shards', () => {
  it.each([1, 2, 3, 4])(
    'of %i shards gives the validation and the record of one pass, byte for byte',
    async (most) => {
      const whole = await inOnePass();
      const merged = await merge(await runShards(most));
      expect(merged.validation).toEqual(whole.result.validation);
      expect(merged.validation).toMatchObject({ verdict: 'pass', rows: 9 });
      expect(merged.record).toBe(whole.record);
      expect(merged.validation.record).toBe(digestBytes(merged.record ?? ''));
      expect(merged.summary).toContain('✅ Pass');
    },
  );

  it('tells damage as one pass does: rows of the whole table, by file', async () => {
    await bench.track('data/2.csv', 'delay,origin,at\n-3,JFK,2024-01-02\n9999,XXX,2024-01-02\n');
    await bench.track('data/3.csv', 'delay,origin,at\n,JFK,2024-01-02\n-9999,JFK,noon\n');
    const whole = await inOnePass();
    const merged = await merge(await runShards(3));
    expect(merged.validation).toEqual(whole.result.validation);
    expect(merged.validation.verdict).toBe('data invalid');
    const range = merged.validation.findings.find(({ code }) => code === 'data/range');
    expect(range).toMatchObject({ count: 2, firstRow: 4, examples: ['9999', '-9999'] });
    expect(merged.record).toBeNull();
  });

  it('judges rules on statistics as one pass does', async () => {
    bench.commit(
      'datasets/flights.yml',
      contract(`rules:
  - { name: average, rule: mean, column: delay, min: 6, max: 6 }
  - { name: median, rule: quantile, column: delay, at: 0.5, max: 5 }
`),
    );
    const whole = await inOnePass();
    const merged = await merge(await runShards(4));
    expect(merged.validation).toEqual(whole.result.validation);
    expect(merged.validation.findings).toHaveLength(1);
    expect(merged.validation.findings[0]).toMatchObject({ code: 'data/mean', rule: 'average' });
  });

  it('fails a rule that a shard did not measure: nobody looked', async () => {
    const rules = 'rules:\n  - { name: leak, rule: leakage, label: delay, features: [at], max: 0.9 }\n';
    bench.commit('datasets/flights.yml', contract(rules));
    const merged = await merge(await runShards(2));
    expect(merged.validation.verdict).toBe('data invalid');
    expect(merged.validation.findings).toMatchObject([{ rule: 'leak', severity: 'fail' }]);
  });

  it('has no verdict on keys without the second round', async () => {
    bench.commit(
      'datasets/flights.yml',
      contract('rules:\n  - { name: key, rule: unique, columns: [delay] }\n'),
    );
    const merged = await merge(await runShards(2));
    expect(merged.validation.verdict).toBe('not evaluated');
    expect(merged.validation.findings).toMatchObject([{ code: 'data/shard-missing' }]);
  });

  it('fails a statistic of a private column: its values never left the shards', async () => {
    bench.commit(
      'datasets/flights.yml',
      contract('rules:\n  - { name: half, rule: class-ratio, column: origin, value: LAX, max: 0.9 }\n'),
    );
    const shards = await runShards(2);
    const merged = await merge(shards);
    expect(merged.validation.findings).toMatchObject([{ rule: 'half', severity: 'fail' }]);
    const texts = await Promise.all(
      [1, 2].map((number) =>
        readFile(join(shards.shards, `gatehouse-shard-${number}`, 'shard.json'), 'utf8'),
      ),
    );
    expect(texts.join()).toContain('"origin"');
    expect(texts.join()).not.toContain('CANARY');
    expect(JSON.stringify(merged)).not.toContain('CANARY');
  });
});

describe('results that are not whole are never a pass', () => {
  it('a shard is missing', async () => {
    const merged = await merge(await runShards(3, [2]));
    expect(merged.validation.verdict).toBe('not evaluated');
    expect(merged.validation.findings[0]).toMatchObject({ code: 'data/shard-missing', severity: 'fail' });
    expect(merged.record).toBeNull();
  });

  it('there is no shard at all', async () => {
    const { plan } = await runShards(1);
    const merged = await merge({ plan, shards: join(bench.folder, 'nothing') });
    expect(merged.validation.verdict).toBe('not evaluated');
  });

  const change = async (shards: string, edit: (text: string) => string): Promise<void> => {
    const file = join(shards, 'gatehouse-shard-1', 'shard.json');
    await writeFile(file, edit(await readFile(file, 'utf8')));
  };

  it.each([
    ['of another contract', /"contractDigest":"sha256:..../, '"contractDigest":"sha256:0000'],
    ['of other commits', /"dataAt":"b/, '"dataAt":"c'],
    ['of another version of a file', /"blob":"...../, '"blob":"00000'],
    ['by another engine', /"engine":"plain 1"/, '"engine":"plain 2"'],
    ['of another file', /"path":"(?:data\/\d|extra)/, '"path":"data/9'],
  ])('a shard is %s', async (_, form, other) => {
    const left = await runShards(3);
    await change(left.shards, (text) => {
      expect(text).toMatch(form);
      return text.replace(form, other);
    });
    const merged = await merge(left);
    expect(merged.validation.verdict).toBe('not evaluated');
    expect(merged.validation.findings[0]?.code).toMatch(/^data\/shard-(?:mismatch|missing)$/);
    expect(merged.record).toBeNull();
  });

  it('a shard is there twice', async () => {
    const left = await runShards(3);
    await cp(join(left.shards, 'gatehouse-shard-1'), join(left.shards, 'gatehouse-shard-4'), {
      recursive: true,
    });
    const merged = await merge(left);
    expect(merged.validation).toMatchObject({ verdict: 'not evaluated' });
    expect(merged.validation.findings[0]).toMatchObject({ code: 'data/shard-mismatch' });
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, -20)],
    ['with a further key', (text: string) => text.replace('{', '{"more":1,')],
    [
      'with fewer rows than it counted',
      (text: string) => text.replace(/"rows":\d+,"rules"/, '"rows":1000,"rules"'),
    ],
    [
      'with a fault and no first row',
      (text: string) => text.replace('"count":0,"examples"', '"count":1,"examples"'),
    ],
    ['with rows of no column', (text: string) => text.replace(/"columns":\["[^\]]*\]/, '"columns":[]')],
    [
      'with a profile of other rows',
      (text: string) => text.replace(/"rows":\d+,"v":1\}/, '"rows":77,"v":1}'),
    ],
  ])('a result is %s', async (_, edit) => {
    const left = await runShards(2);
    await change(left.shards, (text) => {
      const changed = edit(text);
      expect(changed).not.toBe(text);
      return changed;
    });
    await expect(merge(left)).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:SHARD|PROFILE)_INVALID$/),
    });
  });
});
