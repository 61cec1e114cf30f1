import { describe, expect, it } from 'vitest';
import type { Table } from './block.ts';
import { renderColumns, terminalWidth } from './columns.ts';
import { phraseText } from './text.ts';

const draw = (table: Omit<Table, 'kind'>, width?: number): readonly string[] =>
  renderColumns({ kind: 'table', ...table }, phraseText, width).split('\n');

describe('a table in a terminal', () => {
  it('stays on one line a row where it fits', () => {
    expect(draw({ head: ['Column', 'Rows'], align: ['l', 'r'], rows: [[['delay'], ['12']]] }, 40)).toEqual([
      '  Column  Rows',
      '  delay     12',
    ]);
  });

  it('folds the widest columns at spaces, and leaves no word out', () => {
    const words = Array.from({ length: 40 }, (_, at) => `word${at}`).join(' ');
    const lines = draw(
      {
        head: ['Found', 'Allowed', 'Rows'],
        align: ['l', 'l', 'r'],
        rows: [[[words], ['drizzle'], ['1,461']]],
      },
      terminalWidth,
    );
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(terminalWidth);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join(' ').match(/word\d+/g)).toEqual(words.split(' '));
    expect(lines[1]).toMatch(/drizzle +1,461$/);
  });

  it('keeps a digest or a number whole, though the line gets too long', () => {
    const digest = `sha256:${'d'.repeat(64)}`;
    const number = '1,461 / 1,461';
    const text = draw(
      { head: ['What', 'Rows'], align: ['l', 'r'], rows: [[[`${digest} twice`], [number]]] },
      40,
    ).join('\n');
    expect(text).toContain(digest);
    expect(text).toContain(number);
  });

  it('keeps a number and its percent sign on one line', () => {
    const cells = Array.from({ length: 30 }, (_, at) => `${at}1.5 %`).join(' ');
    for (const line of draw({ head: ['Found'], rows: [[[cells]]] }, 40)) expect(line).not.toMatch(/^ +%/);
  });

  it('counts an icon and a letter of East Asia as two cells', () => {
    expect(
      draw({
        head: ['Result', 'Rule'],
        rows: [
          [['✅ kept'], ['a']],
          [['⚠️ bad'], ['b']],
          [['東京'], ['c']],
        ],
      }),
    ).toEqual(['  Result   Rule', '  ✅ kept  a', '  ⚠️ bad   b', '  東京     c']);
  });
});
