import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ColumnCheck } from '../../core/dataset/column-plan.ts';
import type { CheckPlan } from '../../core/dataset/plan.ts';
import { wideColumns } from './batch.ts';
import { splitCsv } from './csv-split.ts';
import { openDuckDb } from './duckdb.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-split-'));
});
afterAll(() => rm(folder, { recursive: true }));

let serial = 0;
async function write(text: string): Promise<string> {
  serial += 1;
  const local = join(folder, `${serial}.csv`);
  await writeFile(local, text);
  return local;
}

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const cell = fc
  .tuple(
    fc.string({ unit: fc.constantFrom('a', 'ä', '"', ',', '\n', '\r\n', ' ', '!'), maxLength: 5 }),
    fc.boolean(),
  )
  .map(([text, always]) => (always || /[",\r\n]/.test(text) ? quote(text) : text));
const table = fc.record({ width: fc.integer({ min: 4, max: 9 }), rows: fc.nat(6) }).chain(({ width, rows }) =>
  fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
    minLength: rows + 1,
    maxLength: rows + 1,
  }),
);

describe('splitCsv', () => {
  it('deals every cell out byte by byte, rows in order, without the header', async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom('\n', '\r\n'), fc.boolean(), async (rows, newline, isEnded) => {
        const width = rows[0]?.length ?? 0;
        const text = rows.map((row) => row.join(',')).join(newline) + (isEnded ? newline : '');
        const name = await write(text);
        const parts = await splitCsv(name, width, 3, (part) => `${name}-${part}`);
        expect(parts.map(({ from }) => from)).toEqual([0, ...parts.slice(0, -1).map(({ to }) => to)]);
        expect(parts.at(-1)?.to).toBe(width);
        for (const { local, from, to } of parts) {
          const wanted = rows.slice(1).map((row) => `${row.slice(from, to).join(',')}\n`);
          expect(await readFile(local, 'utf8').catch(() => '')).toBe(wanted.join(''));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('a table wide enough to be cut', () => {
  const width = wideColumns + 20;
  const names = Array.from({ length: width }, (_, at) => `c${at}`);
  const cellOf = (row: number, at: number): string =>
    at % 5 === 4 && row % 7 === 0
      ? ''
      : at % 2 === 0
        ? String((row * at) % 13)
        : quote(`a,"${row % 3}\n${at}`);
  const lines = Array.from({ length: 40 }, (_, row) => names.map((_, at) => cellOf(row, at)));
  const planOf = (columns: readonly number[]): CheckPlan => ({
    columns: columns.map(
      (at): ColumnCheck => ({
        column: `c${at}`,
        showValues: true,
        ...(at % 2 === 0 ? { type: 'integer', max: 9 } : { type: 'text', pattern: 'a,"[01]\\n[0-9]+' }),
      }),
    ),
    rules: [],
    examples: 0,
    distinct: [],
  });

  it('is measured as each of its columns alone', async () => {
    const engine = await openDuckDb({ workdir: join(folder, 'spill') });
    try {
      const all = names.map((_, at) => at);
      const profileOf = async (columns: readonly number[]) => {
        const rows = [names, ...lines].map((row) => columns.map((at) => row[at]).join(','));
        const local = await write(`${rows.join('\n')}\n`);
        return engine.profile(planOf(columns), [{ path: 'a.csv', local }]);
      };
      const wide = await profileOf(all);
      const counts = wide.columns.flatMap(({ tallies }) => Object.entries(tallies));
      const broken = new Set(counts.flatMap(([rule, { count }]) => (count > 0 ? [rule] : [])));
      expect(broken).toEqual(new Set(['nulls', 'range', 'pattern']));
      for (const from of [0, 100, 200]) {
        const narrow = await profileOf(all.slice(from, from + 100));
        expect(wide.profile?.columns.slice(from, from + 100)).toEqual(narrow.profile?.columns);
        expect(wide.columns.slice(from, from + 100)).toEqual(narrow.columns);
      }
    } finally {
      engine.close();
    }
  });
});
