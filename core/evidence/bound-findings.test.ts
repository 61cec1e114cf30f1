import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../finding/finding.ts';
import { canonicalJson } from '../json/canonical.ts';
import { boundFindings } from './bound-findings.ts';
import { validation } from './evidence.fixture.ts';
import { parseEvidence } from './parse-evidence.ts';

const finding = (more: Partial<Finding> = {}): Finding => ({
  code: 'data/range',
  severity: 'fail',
  message: 'Column "a" is out of range.',
  fix: 'Mend it.',
  ...more,
});

function readBack(findings: readonly Finding[]): readonly Finding[] {
  const evidence = validation;
  const datasets = evidence.datasets.map((dataset) => ({ ...dataset, findings }));
  const read = parseEvidence(canonicalJson({ ...evidence, datasets }));
  return read.kind === 'validation' ? (read.datasets[0]?.findings ?? []) : [];
}

describe('findings in evidence', () => {
  it('stay as they are when there are few', () => {
    const few = [
      finding(),
      finding({ severity: 'warn', examples: ['1'], rows: [{ row: 1, cells: [['a', null]] }] }),
    ];
    expect(boundFindings(few)).toEqual(few);
    expect(boundFindings([])).toEqual([]);
  });

  it('keep their order, and failures before warnings and notes', () => {
    const many = Array.from({ length: 3000 }, (_, at) =>
      finding({ count: at, severity: at % 1000 === 1 ? 'fail' : at % 3 === 0 ? 'note' : 'warn' }),
    );
    const bound = boundFindings(many);
    const counts = bound.slice(0, -1).map(({ count }) => count ?? -1);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(bound.filter(({ severity }) => severity === 'fail').map(({ count }) => count)).toEqual([
      1, 1001, 2001,
    ]);
    expect(bound).toHaveLength(1001);
    expect(bound.at(-1)).toMatchObject({
      code: 'data/more-findings',
      severity: 'note',
      message: '2000 more findings are not listed, 0 of them failures.',
    });
    expect(readBack(bound)).toEqual(bound);
  });

  it('of all datasets together fit into what the app reads of one file', () => {
    const text = '\u0000\u{1F600}'.repeat(5000);
    const rows = Array.from({ length: 20 }, (_, row) => ({ row: row + 1, cells: [[text, text]] as const }));
    const large = finding({
      column: text,
      found: text,
      allowed: text,
      reason: text,
      fix: text,
      message: text,
    });
    const many = Array.from({ length: 500 }, () => ({ ...large, rows, examples: [text, text] }));
    const bound = boundFindings(many, 40);
    expect(bound.some(({ severity }) => severity === 'fail')).toBe(true);
    expect(40 * Buffer.byteLength(JSON.stringify(bound))).toBeLessThan(3_000_000);
    expect(Buffer.byteLength(JSON.stringify(boundFindings(many)))).toBeLessThan(2_000_000);
  });

  it('are read back however long, many and odd their texts are', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'x'.repeat(30_000),
        '\u{1F600}'.repeat(2001),
        '\ud800',
        '__proto__',
        '\u0000'.repeat(9000),
      ),
    );
    const any: fc.Arbitrary<Finding> = fc.record(
      {
        code: fc.constant('data/allowed'),
        severity: fc.constantFrom('fail', 'warn', 'note'),
        message: text,
        column: text,
        found: text,
        allowed: text,
        reason: text,
        excerpt: text,
        examples: fc.array(text, { maxLength: 30 }),
        rows: fc.array(
          fc.record({
            row: fc.integer({ min: 1, max: 9 }),
            cells: fc.array(fc.tuple(text, text), { maxLength: 25 }),
          }),
          { maxLength: 25 },
        ),
        fix: text,
      },
      { requiredKeys: ['code', 'severity', 'message', 'fix'] },
    );
    fc.assert(
      fc.property(fc.array(any, { maxLength: 5 }), fc.constantFrom(1, 2, 60), (some, times) => {
        const all = Array.from({ length: times }, () => some).flat();
        const bound = boundFindings(all);
        expect(readBack(bound)).toEqual(bound);
        expect(bound.some(({ severity }) => severity === 'fail')).toBe(
          all.some(({ severity }) => severity === 'fail'),
        );
      }),
      { numRuns: 8 },
    );
  });
});
