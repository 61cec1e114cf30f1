import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ColumnType } from '../../core/config/contract.ts';
import type { Measured } from '../../core/dataset/measured.ts';
import { bucketKey } from '../../core/profile/bucket.ts';
import { buildProfile } from '../../core/profile/build.ts';
import { cellOf, columnTypes } from '../../core/profile/cells.fixture.ts';
import { findColumnFault } from '../../core/profile/check-profile.ts';
import { profileLimits } from '../../core/profile/distribution.ts';
import { toMoments } from '../../core/profile/moments.ts';
import { writeNumber } from '../../core/profile/value-text.ts';
import { readExact, writeExact, writeText } from './cell-sql.ts';
import { openDuckDb } from './duckdb.ts';
import type { DataEngine } from './engine.ts';
import { writeKey } from './exact-sums.ts';

let folder: string;
let engine: DataEngine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-profile-'));
  engine = await openDuckDb({ workdir: join(folder, 'spill') });
});
afterAll(async () => {
  engine.close();
  await rm(folder, { recursive: true });
});

type Cells = readonly (string | null)[];
interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly cells: Cells;
}

let serial = 0;
async function measure(columns: readonly Column[], cuts: readonly number[] = []): Promise<Measured> {
  const rows = columns[0]?.cells.length ?? 0;
  const ends = [...cuts, rows];
  const files = [];
  for (const [at, end] of ends.entries()) {
    serial += 1;
    const local = join(folder, `${serial}.csv`);
    const lines = Array.from({ length: end - (ends[at - 1] ?? 0) }, (_, line) =>
      columns.map(({ cells }) => quote(cells[(ends[at - 1] ?? 0) + line] ?? null)).join(','),
    );
    await writeFile(local, `${[columns.map(({ name }) => name).join(','), ...lines].join('\n')}\n`);
    files.push({ path: `${serial}.csv`, local });
  }
  const checks = columns.map(({ name, type }) => ({ column: name, type, showValues: true }));
  return engine.profile({ columns: checks, rules: [], examples: 0, distinct: [] }, files);
}

const quote = (cell: string | null): string => (cell === null ? '' : `"${cell.replaceAll('"', '""')}"`);
/** An empty text is an empty cell in CSV; NUL is refused; the year 0 is no year to the engine. */
const isWritable = (cell: string | null): boolean =>
  cell !== '' && !/\0|^0000-/.test(cell ?? '') && (cell === null || cell.isWellFormed());

describe('a profile', () => {
  it('is the one that core makes of the same cells, however the rows are split into files', async () => {
    const column = fc.constantFrom(...columnTypes).chain((type) =>
      fc.record({
        type: fc.constant(type),
        cells: fc.array(cellOf(type).filter(isWritable), { minLength: 4, maxLength: 12 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(column, column, fc.nat(3), async (a, b, cut) => {
        const rows = Math.min(a.cells.length, b.cells.length);
        const columns = [a, b].map(({ type, cells }, at) => ({
          name: `c${at}`,
          type,
          cells: cells.slice(0, rows),
        }));
        const expected = buildProfile(columns);
        expect((await measure(columns)).profile).toEqual(expected);
        if (cut > 0) expect((await measure(columns, [cut])).profile).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('of columns with too many values to keep is that of core too, split or not', async () => {
    const random = seed(7);
    const integers = Array.from({ length: 12_000 }, (_, row) =>
      row % 3 === 0
        ? String(Math.floor(random() * 2 ** 40) - 2 ** 39)
        : String(row * (row % 2 === 0 ? 1 : -1)),
    );
    const large = integers.map((text, row) =>
      row % 2 === 0 ? `92233720368${String(row).padStart(8, '0')}` : text,
    );
    const numbers = Array.from({ length: 12_000 }, () => String(toDouble(random)));
    const times = integers.map((_, row) =>
      new Date(Date.UTC(1999, 0, 1) + row * 7_777_777).toISOString().slice(0, 19),
    );
    const texts = integers.map((text) => `é🛩${text}`);
    const columns: readonly Column[] = [
      { name: 'integers', type: 'integer', cells: integers },
      { name: 'large', type: 'integer', cells: large },
      { name: 'numbers', type: 'number', cells: numbers },
      { name: 'times', type: 'timestamp', cells: times },
      { name: 'texts', type: 'text', cells: texts },
    ];
    const expected = buildProfile(columns);
    const whole = await measure(columns);
    expect(whole.profile).toEqual(expected);
    expect(whole.profile?.columns.map(({ distribution }) => distribution.kind)).toEqual([
      'buckets',
      'buckets',
      'buckets',
      'days',
      'many',
    ]);
    for (const column of whole.profile?.columns ?? []) {
      expect(findColumnFault(column, 12_000, profileLimits)).toBeNull();
    }
    expect((await measure(columns, [1, 5_000])).profile).toEqual(expected);
  });

  it('is the same row by row as value by value', async () => {
    // Over 8 MiB, with a new value in every row: added up row by row, from a copy.
    const random = seed(3);
    const rows = 60_000;
    const pad = 'x'.repeat(140);
    const cells = (write: (row: number) => string | null): Cells =>
      Array.from({ length: rows }, (_, row) => write(row));
    const columns: readonly Column[] = [
      {
        name: 'id',
        type: 'integer',
        cells: cells((row) => (row % 1000 === 999 ? null : row % 1000 === 998 ? 'x' : String(row))),
      },
      { name: 'number', type: 'number', cells: cells(() => String(toDouble(random))) },
      {
        name: 'time',
        type: 'timestamp',
        cells: cells((row) => new Date(row * 1e6).toISOString().slice(0, 19)),
      },
      { name: 'text', type: 'text', cells: cells((row) => `${pad}${row}`) },
    ];
    const { profile } = await measure(columns);
    expect(profile).toEqual(buildProfile(columns));
  });
});

describe('the engine', () => {
  it('puts doubles into the buckets of core: powers of two, neighbours, denormals, both signs, zero', async () => {
    const random = seed(11);
    const values = Array.from({ length: 200_000 }, () => toDouble(random));
    for (let exponent = -1074; exponent <= 1023; exponent += 1) {
      const power = 2 ** exponent;
      for (const factor of [1, 1 + 2 ** -52, 1 - 2 ** -53, 1 + 1 / 128, -1]) values.push(power * factor);
    }
    values.push(0, -0, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE, -Number.MIN_VALUE);
    const finite = values.filter(Number.isFinite);
    const local = join(folder, 'doubles.csv');
    await writeFile(local, finite.map((value) => (Object.is(value, -0) ? '-0.0' : String(value))).join('\n'));
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    const scan = `read_csv('${local}', auto_detect = false, header = false, columns = {'v': 'DOUBLE'})`;
    const reader = await connection.runAndReadAll(
      `SELECT v, ${writeKey('number', 'v')}, ${writeExact('number', 'v')}, ${writeText('v', 'DOUBLE')} FROM ${scan}`,
    );
    const rows = reader.getRowsJson();
    connection.closeSync();
    instance.closeSync();
    expect(rows).toHaveLength(finite.length);
    const wrong = rows.filter(([value, key, exact, text], at) => {
      const mine = finite[at] ?? Number.NaN;
      const spelt = readExact('number', String(exact)) === writeNumber(mine) && Number(text) === mine;
      return Number(value) !== mine || Number(key) !== bucketKey(mine) || !spelt;
    });
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  it('adds up exactly, in any order', async () => {
    const random = seed(5);
    const values = Array.from({ length: 11_000 }, () => toDouble(random));
    const mixed = [...values, 1e308, -1e308, 5e-324, 1, -1e-300].map(String);
    const moments = toMoments('number', count(mixed));
    const one = await measure([{ name: 'a', type: 'number', cells: mixed }]);
    const other = await measure([{ name: 'a', type: 'number', cells: [...mixed].reverse() }], [77]);
    expect(one.profile?.columns[0]?.moments).toEqual(moments);
    expect(other.profile).toEqual(one.profile);
  });

  it('counts distinct values exactly when it is asked', async () => {
    const cells = Array.from({ length: 30_000 }, (_, row) => String(row % 25_000));
    const local = join(folder, 'distinct.csv');
    await writeFile(local, `a\n${cells.join('\n')}\n`);
    const columns = [{ column: 'a', type: 'integer' as const, showValues: true }];
    const profile = async (distinct: readonly string[]) =>
      (await engine.profile({ columns, rules: [], examples: 0, distinct }, [{ path: 'a.csv', local }]))
        .profile;
    expect((await profile(['a']))?.columns[0]?.distinct).toBe(25_000);
    expect((await profile([]))?.columns[0]?.distinct).toBeNull();
  });
});

function count(texts: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const value = writeNumber(Number(text)) ?? '';
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts];
}

/** Random numbers that every run repeats (mulberry32). */
function seed(start: number): () => number {
  let a = start;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const view = new DataView(new ArrayBuffer(8));
/** Any finite double: random bits. */
function toDouble(random: () => number): number {
  for (;;) {
    view.setUint32(0, random() * 2 ** 32);
    view.setUint32(4, random() * 2 ** 32);
    const value = view.getFloat64(0);
    if (Number.isFinite(value)) return value;
  }
}
