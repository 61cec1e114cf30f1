import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvScan } from './csv-scan.ts';

function scan(text: string, chunkBytes: number): CsvScan {
  const bytes = Buffer.from(text);
  const state = new CsvScan();
  for (let at = 0; at < bytes.length; at += chunkBytes) state.push(bytes.subarray(at, at + chunkBytes));
  state.end();
  return state;
}

const cell = fc.string({ unit: fc.constantFrom('a', 'ä', '🛩', '"', ',', '\n', '\r\n', ' '), maxLength: 6 });
const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
/** A table whose cells are quoted where they must be, and sometimes where they need not. */
const table = fc
  .record({ width: fc.integer({ min: 1, max: 4 }), rows: fc.nat(5), newline: fc.constantFrom('\n', '\r\n') })
  .chain(({ width, rows, newline }) =>
    fc.record({
      cells: fc.array(fc.array(fc.tuple(cell, fc.boolean()), { minLength: width, maxLength: width }), {
        minLength: rows + 1,
        maxLength: rows + 1,
      }),
      newline: fc.constant(newline),
      lastNewline: fc.boolean(),
    }),
  )
  .map(({ cells, newline, lastNewline }) => {
    const lines = cells.map((row) =>
      row
        .map(([text, always]) => (always || text === '' || /[",\r\n]/.test(text) ? quote(text) : text))
        .join(','),
    );
    return {
      header: (cells[0] ?? []).map(([text]) => text),
      lines,
      newline,
      text: lines.join(newline) + (lastNewline ? newline : ''),
      rows: cells.length - 1,
    };
  });

describe('CsvScan', () => {
  it('reads header and rows of every well-formed table, however its bytes are cut', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 7 }), ({ text, header, rows }, chunkBytes) => {
        const found = scan(text, chunkBytes);
        expect([found.problem, found.rows, found.header]).toEqual([null, rows, header]);
      }),
    );
  });

  it('refuses every table in which one row has a cell more, even an empty one', () => {
    fc.assert(
      fc.property(table, fc.nat(), fc.constantFrom(',', ',x', ',""'), ({ lines, newline }, pick, more) => {
        fc.pre(lines.length > 1);
        const at = 1 + (pick % (lines.length - 1));
        const text = lines.map((line, index) => (index === at ? line + more : line)).join(newline);
        const line = 1 + lines.slice(0, at).join(newline).split('\n').length;
        expect(scan(text, 5).problem).toMatchObject({
          line,
          because: expect.stringMatching(/cells? where the header/),
        });
      }),
    );
  });

  it('says the same of any bytes at all, however they are cut, and never throws', () => {
    const junk = fc.string({
      unit: fc.constantFrom('a', ',', '"', '\n', '\r', '\0', '\ufeff'),
      maxLength: 40,
    });
    fc.assert(
      fc.property(junk, fc.integer({ min: 1, max: 9 }), (text, chunkBytes) => {
        const [whole, cut] = [scan(text, 1_000), scan(text, chunkBytes)];
        expect([cut.problem, cut.rows, cut.header]).toEqual([whole.problem, whole.rows, whole.header]);
      }),
      { numRuns: 500 },
    );
  });

  it('takes no header that never ends', () => {
    const found = scan('x'.repeat(1_100_000), 65_536);
    expect(found.problem?.because).toBe('a first line over 1 MiB, which is no header');
  });
});
