import process from 'node:process';
import { describe, expect, it } from 'vitest';
import type { Measured } from './measured.ts';
import { contractOf, judge } from './rules.fixture.ts';

describe('a table without commas', () => {
  const contract = contractOf(['name: day, type: text', 'name: rain, type: number']);
  const judged = (...headers: readonly (readonly string[])[]) =>
    judge(contract, {
      files: headers.map((columns, at) => ({ path: `${at}.csv`, columns, rows: 1 })),
      ...{ problems: [], rows: headers.length, columns: [], rules: [], profile: null },
    }).findings.filter(({ code }) => code.startsWith('data/column') || code === 'data/unreadable');

  it.each([
    ['day;rain', 'semicolons'],
    ['day\train', 'tabs'],
    ['day|rain', 'bars'],
  ])('is one finding that names the separator: %j', (header, separator) => {
    const findings = judged([header]);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ code: 'data/unreadable', severity: 'fail' });
    expect(findings[0]?.message).toContain(`separated by ${separator}`);
  });

  it('hides nothing about the other files', () => {
    expect(judged(['day;rain'], ['day']).map(({ code }) => code)).toEqual([
      'data/unreadable',
      'data/column-missing',
    ]);
  });

  it('is not found in a name with such a sign beside other columns, nor in half a name', () => {
    expect(judged(['day;rain', 'x']).map(({ code }) => code)).not.toContain('data/unreadable');
    expect(judged(['day;']).map(({ code }) => code)).not.toContain('data/unreadable');
  });
});

describe('hostile headers', () => {
  it('show what nobody can see in a name', () => {
    const files = [{ path: 'a.csv', columns: ['\u202eday'], rows: 2 }];
    const measured = { files, problems: [], rows: 2, columns: [], rules: [], profile: null };
    expect(judge(contractOf(['name: day, type: text']), measured).findings).toMatchObject([
      { code: 'data/column-missing', found: 'no "day", but "[U+202E]day"' },
      { code: 'data/column-unknown', column: '\u202eday', found: 'a column "[U+202E]day"' },
    ]);
  });

  it('a table with rows and no column at all is no pass', () => {
    const files = [{ path: 'a.csv', columns: [], rows: 2 }];
    const profile = { v: 1, rows: 2, columns: [] } as const;
    const nothing: Measured = { files, problems: [], rows: 2, columns: [], rules: [], profile };
    expect(judge(contractOf(['name: day, type: text']), nothing).findings).toMatchObject([
      { code: 'data/unreadable', severity: 'fail', column: 'day' },
    ]);
  });

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
