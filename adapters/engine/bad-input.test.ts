import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ColumnType } from '../../core/config/contract.ts';
import type { Measured } from '../../core/dataset/measured.ts';
import { GatehouseError } from '../../core/error/error.ts';
import { unpackFile } from './compressed.ts';
import { openDuckDb } from './duckdb.ts';
import type { DataEngine } from './engine.ts';

let folder: string;
let engine: DataEngine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-bad-'));
  engine = await openDuckDb({ workdir: join(folder, 'spill') });
});
afterAll(async () => {
  engine.close();
  await rm(folder, { recursive: true });
});

type Types = Readonly<Record<string, ColumnType>>;
const planOf = (types: Types) => ({
  columns: Object.entries(types).map(([column, type]) => ({ column, type, showValues: true })),
  rules: [],
  examples: 1,
  distinct: [],
});

async function measure(name: string, content: string | Buffer | null, types: Types): Promise<Measured> {
  const local = join(folder, name.replaceAll(/[^a-z.0-9]/g, '-'));
  if (content !== null) await writeFile(local, content);
  return engine.profile(planOf(types), [{ path: name, local }]);
}

async function problemOf(name: string, content: string | Buffer | null, types: Types = { a: 'integer' }) {
  const measured = await measure(name, content, types);
  expect(measured).toMatchObject({ rows: null, columns: [], profile: null });
  const [problem] = measured.problems;
  return `${problem?.line ?? '-'}: ${problem?.because}`;
}

const csv = 'a,b\n1,x\n2,\n';

describe('compressed tables', () => {
  it('are the tables that they hold, also in several members, and leave nothing behind', async () => {
    const types = { a: 'integer', b: 'text' } as const;
    const plain = await measure('a.csv', csv, types);
    const members = Buffer.concat([gzipSync(csv.slice(0, 5)), gzipSync(csv.slice(5))]);
    for (const [name, bytes] of [
      ['b.csv.gz', gzipSync(csv)],
      ['c.csv.gz', members],
      ['d.csv.zst', zstdCompressSync(csv)],
      ['e.jsonl.gz', gzipSync('{"a":1,"b":"x"}\n{"a":2}\n')],
      ['f.ndjson.zst', zstdCompressSync('{"a":1,"b":"x"}\n{"b":null,"a":2}')],
    ] as const) {
      const measured = await measure(name, bytes, types);
      expect(measured.problems).toEqual([]);
      expect(measured.profile).toEqual(plain.profile);
    }
    expect((await readdir(join(folder, 'spill'))).filter((name) => name.startsWith('unpacked'))).toEqual([]);
  });

  it('that are cut off, damaged, a zip archive or not what their name says are refused', async () => {
    const damaged = '-: its compression is damaged or cut off';
    expect(await problemOf('a.csv.gz', gzipSync(csv.repeat(100)).subarray(0, 40))).toBe(damaged);
    expect(await problemOf('a.csv.gz', 'a,b\n1,x\n')).toBe(damaged);
    expect(await problemOf('a.csv.zst', 'a,b\n1,x\n')).toBe(damaged);
    expect(await problemOf('a.csv', gzipSync(csv))).toBe(
      '-: it is compressed with gzip, whatever its name says',
    );
    expect(await problemOf('a.csv', 'PK\x03\x04 and more')).toBe(
      '-: it is a zip archive, whatever its name says',
    );
    expect(await problemOf('a.zip', 'PK\x03\x04 and more')).toContain('its name ends in none of');
    expect(await problemOf('a.csv.gz', gzipSync(''))).toBe('-: it is empty: not even a header');
  });

  it('that are bombs are refused in bounded memory and disk', async () => {
    const bomb = gzipSync(Buffer.alloc(200 << 20, 'a,b\n'));
    const before = process.memoryUsage().rss;
    expect(await problemOf('a.csv.gz', bomb)).toMatch(
      /unpacks to over \d+ bytes from \d+: refused as a compression bomb/,
    );
    expect(await problemOf('a.jsonl.zst', zstdCompressSync(Buffer.alloc(200 << 20, 32)))).toContain('bomb');
    expect(process.memoryUsage().rss - before).toBeLessThan(200 << 20);
    const local = join(folder, 'small.gz');
    await writeFile(local, gzipSync('x'.repeat(5_000)));
    const limits = { maxBytes: 4_999, maxRatio: 1e9, freeBytes: 1e9 };
    expect(await unpackFile(local, join(folder, 'out'), 'gz', limits)).toContain('bomb');
    expect(await unpackFile(local, join(folder, 'out'), 'gz', { ...limits, maxBytes: 5_000 })).toBeNull();
  });
});

describe('a table of JSON lines', () => {
  const types = { i: 'integer', n: 'number', s: 'text', t: 'timestamp', b: 'boolean' } as const;
  const unreadable = async (line: string): Promise<number> => {
    const { profile, problems } = await measure('t.jsonl', `${line}\n`, types);
    expect(problems).toEqual([]);
    return profile?.columns.reduce((sum, column) => sum + column.unreadable, 0) ?? -1;
  };

  it('has types: a string is no number, and no number is a text', async () => {
    expect(await unreadable('{"i":1,"n":-1.5e3,"s":"x","t":"2001-01-01T00:00:00Z","b":true}')).toBe(0);
    expect(await unreadable('{"i":1.0,"n":7,"s":"","t":"2001-01-01","b":false}')).toBe(0);
    expect(await unreadable('{"i":1e3,"n":1,"s":"\\u00e9","t":null,"b":null}')).toBe(0);
    expect(await unreadable('{"i":"1","n":"1","s":1,"t":20010101,"b":"true"}')).toBe(5);
    expect(await unreadable('{"i":1.5,"n":1e999,"s":{"x":1},"t":["2001-01-01"],"b":1}')).toBe(5);
    expect(await unreadable('{"i":9223372036854775808,"n":[],"s":true,"t":"2001-02-30","b":"x"}')).toBe(5);
  });

  it('has columns by exact key, a missing key being an empty cell', async () => {
    const lines = '{"a/b":1,"A":2,"a~":3}\n{"a":4,"a/b":5,"a\\"\'":6}\n';
    const names = {
      'a/b': 'integer',
      A: 'integer',
      a: 'integer',
      'a~': 'integer',
      'a"\'': 'integer',
    } as const;
    const { profile, files } = await measure('k.jsonl', lines, names);
    expect(files[0]?.columns).toEqual(['a/b', 'A', 'a~', 'a', 'a"\'']);
    expect(profile?.columns.map(({ min, max, nulls }) => [min, max, nulls])).toEqual([
      ['1', '5', 0],
      ['2', '2', 1],
      ['4', '4', 1],
      ['3', '3', 1],
      ['6', '6', 1],
    ]);
  });

  it.each([
    ['a key twice', '{"a":1}\n{"a":1,"b":2,"a":3}\n', '2: a key that stands twice in one object'],
    ['a key twice in two spellings', '{"a":1,"\\u0061":2}\n', '1: a key that stands twice in one object'],
    ['no object', '{"a":1}\n[1]\n', '2: no JSON object'],
    ['two objects', '{"a":1}{"a":2}\n', '1: text after the object'],
    ['half an object', '{"a":1}\n{"a":\n', '2: no whole JSON object'],
    ['an empty line', '{"a":1}\n\n{"a":2}\n', '2: an empty line between rows'],
    ['a NUL byte', '{"a":1}\n{"a":\0}\n', '2: a NUL byte'],
    ['an escaped NUL', '{"a":"\\u0000"}\n', '1: no whole JSON object'],
    ['a byte order mark', '\ufeff{"a":1}\n', '1: it begins with a byte order mark'],
    ['bytes that are not UTF-8', Buffer.from('{"a":1}\n{"a":"\xff"}\n', 'latin1'), '2: it is not UTF-8'],
    ['what is no JSON', '{"a":1}\n{"a":01}\n', '2: a line that is not JSON'],
    ['a giant line', `{"a":1}\n{"a":"${'x'.repeat(3_000_000)}"}\n`, '2: a line over 2 MB'],
    ['deep nesting', `{"a":${'['.repeat(70)}${']'.repeat(70)}}\n`, '1: no whole JSON object'],
    ['no key at all', '{}\n{}\n', '-: it is empty: no object has a key'],
  ])('is refused with its line: %s', async (_, text, found) => {
    expect(await problemOf('bad.jsonl', text)).toBe(found);
  });
});

describe('hostile sizes', () => {
  it('a line of 64 MB is refused in constant memory', async () => {
    const local = join(folder, 'field.csv');
    const out = createWriteStream(local);
    out.write('a,b\n1,"');
    for (let part = 0; part < 64; part += 1) out.write('x'.repeat(1 << 20));
    await new Promise<void>((resolve) => out.end('"\n', resolve));
    const before = process.memoryUsage().rss;
    expect(await problemOf('field.csv', null, { a: 'integer' })).toBe('2: a line over 2 MB');
    expect(process.memoryUsage().rss - before).toBeLessThan(150 << 20);
  });

  it('2,000 columns are measured in seconds', async () => {
    const names = Array.from({ length: 2_000 }, (_, at) => `c${at}`);
    const rows = Array.from({ length: 50 }, (_, row) => names.map((_, at) => row * at).join(','));
    const types = Object.fromEntries(names.map((name) => [name, 'integer' as const]));
    const started = performance.now();
    const { profile } = await measure('wide.csv', `${[names.join(','), ...rows].join('\n')}\n`, types);
    expect(profile?.columns).toHaveLength(2_000);
    expect(profile?.columns[1999]).toMatchObject({ name: 'c1999', max: String(49 * 1999), distinct: 50 });
    expect(performance.now() - started).toBeLessThan(60_000);
  }, 90_000);
});

describe('odd values', () => {
  it('integers over 2^53, dates out of range, infinities and columns without a value are told exactly', async () => {
    const rows = [
      '9007199254740993,9999-12-31,1e308,',
      '-9223372036854775808,10000-01-01,Infinity,',
      ',0000-01-01,NaN,',
    ];
    const { profile } = await measure('odd.csv', `i,t,n,e\n${rows.join('\n')}\n`, {
      i: 'integer',
      t: 'timestamp',
      n: 'number',
      e: 'text',
    });
    expect(profile?.columns).toMatchObject([
      { min: '-9223372036854775808', max: '9007199254740993', nulls: 1, unreadable: 0 },
      { min: '9999-12-31T00:00:00Z', max: '9999-12-31T00:00:00Z', unreadable: 2 },
      { min: '1e+308', max: '1e+308', unreadable: 2 },
      { nulls: 3, distinct: 0, min: null, distribution: { kind: 'none' } },
    ]);
  });

  it('names with Markdown, control and right-to-left characters are only names', async () => {
    const names = ['|a|`b`', '\u202Ex', 'a\tb', '<img src=x>', '"; DROP TABLE x; --'];
    const header = names.map((name) => `"${name.replaceAll('"', '""')}"`).join(',');
    const types = Object.fromEntries(names.map((name) => [name, 'integer' as const]));
    const { profile, files } = await measure('names.csv', `${header}\n1,2,3,4,5\n`, types);
    expect(files[0]?.columns).toEqual(names);
    expect(profile?.columns.map(({ max }) => max)).toEqual(['1', '2', '3', '4', '5']);
  });
});

describe('a Parquet file', () => {
  const write = async (name: string, select: string): Promise<Buffer> => {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`COPY (${select}) TO '${folder}/${name}' (FORMAT parquet)`);
    connection.closeSync();
    instance.closeSync();
    return readFile(join(folder, name));
  };

  it('with nested columns beside others keeps its names, and nested values are unreadable', async () => {
    const bytes = await write(
      'n.parquet',
      "SELECT {'x': 1, 'y': {'z': 2}} AS s, [1, 2] AS l, 5 AS i, NULL::INTEGER AS f",
    );
    const { profile, files } = await measure('n.parquet', bytes, {
      s: 'text',
      l: 'integer',
      i: 'integer',
      f: 'number',
    });
    expect(files[0]?.columns).toEqual(['s', 'l', 'i', 'f']);
    expect(profile?.columns.map(({ unreadable, max }) => [unreadable, max])).toEqual([
      [1, null],
      [1, null],
      [0, '5'],
      [0, null],
    ]);
  });

  it('with any byte changed is measured or refused, and never brings the engine down', async () => {
    const bytes = await write('f.parquet', 'SELECT range AS a, range::VARCHAR AS b FROM range(3000)');
    const types = { a: 'integer', b: 'text' } as const;
    let refused = 0;
    for (let run = 0; run < 60; run += 1) {
      const changed = Buffer.from(bytes);
      // The footer holds offsets, sizes and counts: most changes are made there.
      const at = run % 4 === 0 ? (run * 7919) % bytes.length : bytes.length - 9 - ((run * 31) % 400);
      changed[at] = (changed[at] ?? 0) ^ (1 << (run % 8));
      try {
        const measured = await measure('fuzz.parquet', changed, types);
        refused += measured.problems.length;
        expect(JSON.stringify(measured)).not.toContain(folder);
      } catch (error) {
        expect(error).toBeInstanceOf(GatehouseError);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(5);
    expect((await measure('f.parquet', bytes, types)).rows).toBe(3000);
  }, 60_000);
});
