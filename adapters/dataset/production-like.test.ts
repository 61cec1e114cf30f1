import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CorruptionSuite } from '../../core/config/production-like.ts';
import { canonicalJson, digestOf } from '../../core/json/canonical.ts';
import { buildProductionLikeSet } from './production-like.ts';

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-production-like-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function put(text: string | Uint8Array): string {
  files += 1;
  const path = join(folder, `in-${files}.csv`);
  writeFileSync(path, text);
  return path;
}
const out = (): string => {
  files += 1;
  return join(folder, `out-${files}.csv`);
};
const digest = (path: string): string =>
  `sha256:${createHash('sha256').update(readFileSync(path)).digest('hex')}`;

const suite: CorruptionSuite = {
  seed: 3,
  corruptions: [
    { name: 'lost', kind: 'missing', columns: ['distance'], share: 0.5 },
    { name: 'quoted', kind: 'categories', columns: ['origin'], share: 0.5, value: 'a "b", c' },
    { name: 'real', kind: 'recorded', columns: ['origin'], share: 0.25, file: 'data/recorded.csv' },
  ],
};
// More than one piece of a read stream, and of a write.
const count = 20_000;
const rows = Array.from({ length: count }, (_, at) => `${at},${at % 700},"OR,D"`);
const source = put(['row,distance,origin', ...rows].join('\r\n'));
const recorded = new Map([['data/recorded.csv', put('origin\nLHR\nCDG\n')]]);
const build = (parts: Partial<Parameters<typeof buildProductionLikeSet>[0]> = {}) => {
  const target = out();
  const made = buildProductionLikeSet({ source, target, suite, key: 'row', recorded, ...parts });
  return { target: parts.target ?? target, made };
};

describe('the production-like set', () => {
  it('has the same keys in the same order, and a record by which anybody can make it again', async () => {
    const { target, made } = build();
    const record = await made;
    const lines = readFileSync(target, 'utf8').trimEnd().split('\n');
    expect(lines[0]).toBe('row,distance,origin');
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(rows.map((_, at) => String(at)));
    expect(record).toMatchObject({
      ...{ v: 1, rows: count, suite: digestOf(suite), source: digest(source), result: digest(target) },
      recorded: { 'data/recorded.csv': digest(recorded.get('data/recorded.csv') ?? '') },
    });
    expect(record.corruptions.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      ...['lost missing', 'quoted categories', 'real recorded'],
    ]);
    const [lost, quoted, real] = record.corruptions;
    expect(lost?.cells).toBe(lines.slice(1).filter((line) => line.split(',')[1] === '').length);
    expect(Math.abs((quoted?.rows ?? 0) / count - 0.5)).toBeLessThan(0.02);
    expect(Math.abs((real?.rows ?? 0) / count - 0.25)).toBeLessThan(0.02);
    expect(canonicalJson(record)).toContain('"v":1');
  });

  it('has the same bytes every time, and others with another seed', async () => {
    const one = await build().made;
    expect(await build().made).toEqual(one);
    const other = await build({ suite: { ...suite, seed: 4 } }).made;
    expect(other.result).not.toBe(one.result);
    expect(other.suite).not.toBe(one.suite);
  });

  it('does not depend on the order of the rows', async () => {
    const turned = put(['row,distance,origin', ...[...rows].reverse()].join('\n'));
    const sorted = async ({ target, made }: ReturnType<typeof build>) => {
      await made;
      return readFileSync(target, 'utf8').split('\n').sort();
    };
    expect(await sorted(build({ source: turned }))).toEqual(await sorted(build()));
  });

  it.each<readonly [string, () => ReturnType<typeof build>]>([
    ['CSV_EMPTY', () => build({ source: put('') })],
    ['CSV_EMPTY', () => build({ source: put('row,distance,origin\n') })],
    ['CSV_RAGGED', () => build({ source: put('row,distance,origin\n1,2\n') })],
    ['CSV_RECORD', () => build({ source: put('row,distance,origin\n1,2,"x') })],
    ['CSV_ENCODING', () => build({ source: put(Uint8Array.of(0x72, 0xff, 0x0a)) })],
    ['CSV_ENCODING', () => build({ source: put(Uint8Array.of(0x72, 0xc3)) })],
    ['CSV_EMPTY', () => build({ recorded: new Map([['data/recorded.csv', put('')]]) })],
    [
      'CSV_TOO_LARGE',
      () => build({ recorded: new Map([['data/recorded.csv', put(`origin\n${'a\n'.repeat(100_001)}`)]]) }),
    ],
    ['PRODUCTION_LIKE_RECORDED', () => build({ recorded: new Map() })],
    ['PRODUCTION_LIKE_KEY', () => build({ key: 'origin' })],
    ['PRODUCTION_LIKE_COLUMN', () => build({ key: 'id' })],
  ])('refuses with %s and leaves nothing behind', async (code, run) => {
    const { target, made } = run();
    await expect(made).rejects.toMatchObject({ code });
    expect(existsSync(target)).toBe(false);
  });

  it('never writes over a file', async () => {
    const target = put('mine');
    await expect(build({ target }).made).rejects.toMatchObject({ code: 'PRODUCTION_LIKE_TARGET' });
    expect(readFileSync(target, 'utf8')).toBe('mine');
  });
});
