import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CsvScan } from '../engine/csv-scan.ts';
import { cutCsv } from './cut-csv.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-cut-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function cut(text: string, of: number) {
  const [local, to] = [join(folder, 'whole.csv'), join(folder, 'slice.csv')];
  await writeFile(local, text);
  const slices = [];
  for (let number = 1; number <= of; number++) {
    const found = await cutCsv(local, { number, of }, to);
    slices.push(found === null ? null : { ...found, text: await readFile(to, 'utf8') });
  }
  return slices;
}

function countRows(text: string): number {
  const scan = new CsvScan();
  scan.push(Buffer.from(text));
  scan.end();
  if (scan.problem !== null) throw new TypeError(scan.problem.because);
  return scan.rows;
}

const cell = fc.constantFrom('', '1', 'abc', 'é🛩', '"a ""b"""', '"x,y"', '"line\nline"', '"\r\n\r\n,"');

it('slices put together are the file, and each knows the rows in front of it', async () => {
  const table = fc.record({
    rows: fc.array(fc.tuple(cell, cell, fc.constant('z')), { maxLength: 40 }),
    header: fc.constantFrom('a,b,c', '"a\nb",b,c', '\ufeffa,b,c'),
    newline: fc.constantFrom('\n', '\r\n'),
    isEnded: fc.boolean(),
    of: fc.integer({ min: 2, max: 6 }),
  });
  await fc.assert(
    fc.asyncProperty(table, async ({ rows, header, newline, isEnded, of }) => {
      const body =
        rows.map((row) => row.join(',')).join(newline) + (isEnded && rows.length > 0 ? newline : '');
      const head = header + newline;
      const slices = await cut(head + body, of);
      let before = 0;
      let joined = '';
      for (const slice of slices) {
        expect(slice?.text.startsWith(head)).toBe(true);
        expect(slice?.before).toBe(before);
        before += countRows(slice?.text ?? '');
        joined += slice?.text.slice(head.length) ?? '';
      }
      expect(joined).toBe(body);
      expect(before).toBe(rows.length);
    }),
    { numRuns: 60 },
  );
});

it('slices are about equal', async () => {
  const slices = await cut(`a,b\n${'1234,5678\n'.repeat(4_000)}`, 4);
  for (const slice of slices) expect(Math.abs((slice?.text.length ?? 0) / 10_000 - 1)).toBeLessThan(0.1);
});

it.each(['a,b\n1,2,3\n', 'a,b\n1,"2\n', 'a,b\n\n1,2\n', 'a,b\n1,2\r\n'])(
  'a broken file is not cut: %j',
  async (text) => {
    expect(await cut(text, 2)).toEqual([null, null]);
  },
);

it('a file without rows gives slices without rows', async () => {
  expect((await cut('a,b', 2)).map((slice) => slice?.text)).toEqual(['a,b', 'a,b']);
});
