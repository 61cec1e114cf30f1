import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvCell, csvHead, csvLine, jsonLine } from './export-row.ts';
import { tellStory } from './ledger.fixture.ts';
import { parseTransaction } from './transaction.ts';

const { files } = tellStory();
const events = [...files]
  .filter(([path]) => path.endsWith('.json') && path !== 'audit/HEAD.json')
  .flatMap(([path, text]) => parseTransaction(text, path).events);

/** One line of CSV as RFC 4180 reads it. */
function readCsv(line: string): readonly string[] {
  const cells = [...`${line},`.matchAll(/(?:"((?:[^"]|"")*)"|([^",]*)),/gy)];
  return cells.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}

test.each([
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\tx',
  '\rx',
  '\n=1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(A1)',
  "=cmd|' /C calc'!A0",
])('%j is no formula', (text) => {
  expect(readCsv(csvCell(text))).toEqual([`'${text}`]);
});

const sign = fc.oneof(
  fc.constantFrom(...'=+-@＝＠\t\r\n",\''),
  fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code)),
);
const text = fc.array(sign, { maxLength: 5 }).map((signs) => signs.join(''));

test('every text comes back, and none begins like a formula', () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (texts) => {
      const cells = readCsv(texts.map(csvCell).join(','));
      expect(cells).toEqual(
        texts
          .map((each) => each.replace(/[^\P{Cc}\t\r\n]/gu, ''))
          .map((each) => (/^[=+\-@＝＋－＠\t\r\n]/.test(each) ? `'${each}` : each)),
      );
      expect(cells.some((cell) => /^[=+\-@＝＋－＠\t\r\n]/.test(cell))).toBe(false);
    }),
  );
});

test('nothing unseen stands before a formula', () => {
  expect(csvCell('\u0000\u001b=1+1')).toBe("'=1+1");
});

test('a number stays a number, nothing stays empty', () => {
  expect([csvCell(-0.5), csvCell(null), csvCell('')]).toEqual(['-0.5', '', '']);
});

test('a line has a cell for each column; versions have a line each', () => {
  for (const what of ['events', 'versions'] as const) {
    const width = csvHead(what).split(',').length;
    const lines = events.flatMap((event) => csvLine(what, event) ?? []);
    expect(lines).toHaveLength(what === 'events' ? 11 : 3);
    for (const line of lines) expect(readCsv(line)).toHaveLength(width);
  }
  const [first] = events;
  expect(first && JSON.parse(jsonLine('events', first) ?? '')).toEqual(first);
  expect(events.flatMap((event) => jsonLine('versions', event) ?? [])).toHaveLength(3);
});
