import process from 'node:process';
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
    const started = process.cpuUsage();
    const { findings } = judge(contract, measured);
    // Processor time: other work on this machine is no fault of ours.
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(3000);
    expect(findings.filter(({ code }) => code === 'data/column-unknown')).toHaveLength(101);
    expect(findings.filter(({ code }) => code === 'data/column-doubled')).toHaveLength(100);
    expect(JSON.stringify(findings).length).toBeLessThan(3_000_000);
  });
});
