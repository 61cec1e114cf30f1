import { describe, expect, it } from 'vitest';
import type { Measured } from './measured.ts';
import { contractOf, judge } from './rules.fixture.ts';

describe('hostile headers', () => {
  it('of ten thousand columns are judged quickly, and the report stays short', () => {
    const names = Array.from({ length: 2000 }, (_, at) => `name: ${'n'.repeat(60)}${at}, type: text`);
    const header = Array.from({ length: 10_000 }, (_, at) => `${'n'.repeat(60)}x${at % 9000}`);
    const contract = contractOf(names);
    const measured: Measured = {
      files: [{ path: 'a.csv', columns: header, rows: 1 }],
      problems: [],
      rows: 1,
      columns: [],
      rules: [],
      profile: null,
    };
    const started = performance.now();
    const { findings } = judge(contract, measured);
    expect(performance.now() - started).toBeLessThan(3000);
    expect(findings.filter(({ code }) => code === 'data/column-unknown')).toHaveLength(101);
    expect(findings.filter(({ code }) => code === 'data/column-doubled')).toHaveLength(100);
    expect(JSON.stringify(findings).length).toBeLessThan(3_000_000);
  });
});
