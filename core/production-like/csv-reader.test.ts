import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvReader, mostRecordCharacters, writeRecord } from './csv-reader.ts';

/** Reads text in pieces of the lengths given, over and over. */
function read(text: string, lengths: readonly number[] = [text.length + 1]): readonly (readonly string[])[] {
  const reader = new CsvReader('table.csv');
  const records: (readonly string[])[] = [];
  for (let at = 0, turn = 0; at < text.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? 1;
    records.push(...reader.push(text.slice(at, at + length)));
    at += length;
  }
  return [...records, ...reader.end()];
}

describe('CSV in pieces', () => {
  const cell = fc.string({
    unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '\u{1f600}'),
    maxLength: 5,
  });
  const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 });
  const lengths = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 });

  it('reads back what was written, however it is cut', () => {
    fc.assert(
      fc.property(table, lengths, (rows, cuts) => {
        expect(read(rows.map(writeRecord).join(''), cuts)).toEqual(rows);
      }),
    );
  });

  it('takes both line ends, a byte order mark, empty lines and a last line without an end', () => {
    const text = '\uFEFFa,b\r\n\r\n1,"x ""y"""\n\n2,\r3,4';
    for (const cuts of [[1], [3, 2], [99]]) {
      expect(read(text, cuts)).toEqual([
        ['a', 'b'],
        ['1', 'x "y"'],
        ['2', ''],
        ['3', '4'],
      ]);
    }
    expect(read('')).toEqual([]);
  });

  it.each(['a"b,c\n', '"a"b\n', 'x\n"never', '"a" ,b\n'])('refuses %j', (text) => {
    for (const cuts of [[1], [99]]) {
      expect(() => read(text, cuts)).toThrow(expect.objectContaining({ code: 'CSV_RECORD' }));
    }
  });

  it('does not take a file of one open quote into memory', () => {
    const reader = new CsvReader('table.csv');
    reader.push('"');
    expect(() => reader.push('x'.repeat(mostRecordCharacters))).toThrow(
      expect.objectContaining({ code: 'CSV_RECORD' }),
    );
  });
});
