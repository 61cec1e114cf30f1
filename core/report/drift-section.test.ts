import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnDriftResult, DriftReport, SchemaChange } from '../drift/drift.ts';
import { driftBlocks, driftSections } from './drift-section.ts';
import { renderMarkdown } from './markdown.ts';
import { renderText } from './text.ts';

const column = (parts: Partial<ColumnDriftResult> = {}): ColumnDriftResult => ({
  ...{ column: 'delay', type: 'integer', test: 'psi', result: 'no drift', severity: 'warn' },
  ...{ effect: 0.0123, limit: 0.1, pValue: 0.4, adjustedP: 0.45, rows: 1200, referenceRows: 3_000_000 },
  ...{ method: 'PSI, 10 quantile bins of the reference (type 7)', because: '0.0123 is not above 0.1' },
  ...parts,
});
const drifted = column({ column: 'distance', result: 'drift', effect: 0.31, adjustedP: 2e-9, because: 'x' });
const report = (
  columns: readonly ColumnDriftResult[],
  schema: readonly SchemaChange[] = [],
): DriftReport => ({
  ...{ reference: 'data of flight-delay v7', referenceRows: 3_000_000, rows: 1200, columns, schema },
});
const render = (drift: DriftReport): string =>
  driftSections('flights', drift)
    .map(({ blocks }) => renderMarkdown(blocks))
    .join('\n\n');
const inView = (drift: DriftReport): string =>
  renderMarkdown(driftSections('flights', drift)[0]?.blocks ?? []);

/** Cells of every line that is a table row, outside of escapes. */
const widths = (text: string): readonly number[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').length - 2);

describe('drift in a report', () => {
  it('shows words, effect, limit, rows and p, drifted columns first', () => {
    const lines = inView(report([column(), drifted])).split('\n');
    expect(lines[0]).toBe(
      '**Drift** of `flights` (1,200 rows) against data of flight-delay v7 (3,000,000 rows): 1 drift, 1 no drift; the same shape.',
    );
    expect(lines[2]).toMatch(/Column +\| Result +\| Test +\| +Effect +\| +Limit +\| +Rows +\| +p/);
    const cellsOf = (line = '') =>
      line
        .split('|')
        .map((text) => text.trim())
        .slice(1, -1);
    expect(cellsOf(lines[4])).toEqual([
      ...['`distance`', '⚠️ drift, warning only', 'psi', '0.31', '0.1', '1,200 / 3,000,000', 'under 0.000001'],
    ]);
    expect(cellsOf(lines[5])).toEqual([
      ...['`delay`', '✅ no drift', 'psi', '0.0123', '0.1', '1,200 / 3,000,000', '0.45'],
    ]);
  });

  it('says why nothing was compared, and whose limit it is', () => {
    const few = column({
      result: 'not enough rows',
      adjustedP: null,
      because: '12 rows, 188 more are needed',
    });
    const hidden = column({ result: 'not compared', effect: null, adjustedP: null, because: 'private' });
    const text = inView(report([few, hidden, { ...drifted, severity: 'fail', by: 'model' }]));
    expect(text).toContain('⏳ not enough rows: 12 rows, 188 more are needed');
    expect(text).toContain('⚪ not compared: private');
    expect(text).toContain('❌ drift |');
    expect(text).toContain('0.1 (model)');
  });

  it('keeps eight in view and everything, with its method, in folds', () => {
    const columns = Array.from({ length: 230 }, (_, at) => column({ column: `c${at}` }));
    const drift = report([...columns, drifted]);
    expect(widths(inView(drift))).toEqual(Array(10).fill(7));
    expect(inView(drift)).toContain('distance');
    const sections = driftSections('flights', drift);
    expect(sections.map(({ name }) => name)).toEqual([
      'drift of flights',
      'columns 1 to 100 of 231',
      'columns 101 to 200 of 231',
      'columns 201 to 231 of 231',
    ]);
    expect(render(drift).match(/PSI, 10 quantile bins/g)).toHaveLength(231);
  });

  it('shows a short table once: the fold says how each column was compared, and counts no other', () => {
    const hidden = column({ column: 'secret', result: 'not compared', effect: null, method: '' });
    const text = render(report([column(), drifted, hidden]));
    expect(text.match(/1,200 \/ 3,000,000/g)).toHaveLength(2);
    expect(text).toContain('<summary>How 2 columns were compared</summary>');
    expect(text.match(/PSI, 10 quantile bins/g)).toHaveLength(2);
    expect(text.match(/secret/g)).toHaveLength(1);
  });

  it('lists changes of shape, a fold when they are many', () => {
    const change: SchemaChange = { kind: 'added', column: 'gate', found: 'text', allowed: 'no such column' };
    expect(inView(report([column()], [change]))).toMatch(/`gate` +\| added +\| text +\| no such column/);
    const many = Array.from({ length: 9 }, (_, at) => ({ ...change, column: `gate${at}` }));
    expect(render(report([], many))).toContain('All 9 changes of shape');
    expect(inView(report([], many))).toContain('no column compared; 9 changes of shape');
    // A terminal has no folds: there nothing is left out.
    const columns = Array.from({ length: 9 }, (_, at) => column({ column: `c${at}` }));
    const text = renderText(driftBlocks('flights', report(columns, many)));
    expect([text.match(/gate\d/g)?.length, text.match(/c\d/g)?.length]).toEqual([9, 9]);
  });

  it('stays one table whatever the columns are called', () => {
    const pieces = ['|', '\n', '`', '\\', '<b>', '@all', '#1', '[x](y)', '\u202e', '\u0000', '---', 'a', ' '];
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (name, words) => {
        const change: SchemaChange = { kind: 'new category', column: name, found: words, allowed: words };
        const result = column({
          column: name,
          because: words,
          method: words,
          result: 'not compared',
          effect: null,
        });
        const shown = widths(render(report([result], [change])));
        // Head, rule and one row: of the table in view, of the changes, and of the fold with the method, if there is one.
        expect(shown).toEqual([7, 7, 7, 4, 4, 4, ...(words === '' ? [] : [2, 2, 2])]);
      }),
    );
  });
});
