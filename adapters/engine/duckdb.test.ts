import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ColumnRule, Contract } from '../../core/config/contract.ts';
import { judgeColumns } from '../../core/dataset/judge.ts';
import { planChecks } from '../../core/dataset/plan.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { openDuckDb } from './duckdb.ts';
import type { DataEngine } from './engine.ts';

let folder: string;
let engine: DataEngine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse engine '));
  engine = await openDuckDb({ workdir: join(folder, 'spill') });
});
afterAll(async () => {
  engine.close();
  await rm(folder, { recursive: true });
});

const column = (name: string, type: ColumnRule['type'], more: Partial<ColumnRule> = {}): ColumnRule => ({
  name,
  type,
  required: true,
  unique: false,
  nullable: false,
  severity: 'fail',
  privacy: 'none',
  ...more,
});

function contractOf(columns: readonly ColumnRule[], rows = { min: 1 }): Contract {
  const nobody = { users: [], teams: [] };
  const about = { source: 'x', legalBasis: 'x', approvedBy: 'x', expires: '2030-01-01', description: 'x' };
  return {
    version: 1,
    dataset: 'd',
    owner: nobody,
    files: ['*'],
    columns,
    rules: [],
    rows,
    examples: 3,
    drift: {} as Contract['drift'],
    derivedFrom: [],
    access: ['*'],
    ...about,
  };
}

let serial = 0;
async function check(
  columns: readonly ColumnRule[],
  ...texts: (string | Buffer)[]
): Promise<readonly Finding[]> {
  const files = [];
  for (const text of texts) {
    serial += 1;
    const local = join(folder, `${serial}.csv`);
    await writeFile(local, text);
    files.push({ path: `data/${files.length + 1}.csv`, local });
  }
  const contract = contractOf(columns);
  const measured = await engine.profile(planChecks(contract), files);
  return judgeColumns(contract, measured, (pointer) => ({ file: 'datasets/d.yml', line: 7, pointer }));
}

const ab = [column('a', 'integer'), column('b', 'text', { nullable: true })];

describe('a good CSV file', () => {
  it.each([
    ['LF', 'a,b\n1,x\n2,\n'],
    ['CRLF', 'a,b\r\n1,x\r\n2,\r\n'],
    ['no line end at the end', 'a,b\n1,x'],
    ['empty lines at the end', 'a,b\n1,x\n\n\n'],
    ['a byte order mark', '\ufeffa,b\n1,x\n'],
    ['quotes, commas and line ends in cells', '"a","b"\n"1","x, ""y""\nz"\n'],
    ['columns in another order', 'b,a\nx,1\n'],
    ['SQL and spaces in a cell', "a,b\n1,'; DROP TABLE x; --\n"],
  ])('passes with %s', async (_, text) => {
    expect(await check(ab, text)).toEqual([]);
  });

  it('passes as several files with the columns in different order', async () => {
    expect(await check(ab, 'a,b\n1,x\n', 'b,a\ny,2\n')).toEqual([]);
  });

  it('is the same evidence whatever the header is called', async () => {
    const names = ['a"b', "c'd", 'e,f', 'SELECT *', '🛩'];
    const header = names.map((name) => `"${name.replaceAll('"', '""')}"`).join(',');
    expect(
      await check(
        names.map((name) => column(name, 'text')),
        `${header}\n1,2,3,4,5\n`,
      ),
    ).toEqual([]);
  });
});

describe('a file that is no table', () => {
  it.each([
    ['an extra cell', 'a,b\n1,x\n2,y,z\n', 3, '3 cells where the header has 2'],
    ['an extra empty cell', 'a,b\n1,x,\n', 2, '3 cells where the header has 2'],
    ['a missing cell', 'a,b\n1,x\n2\n', 3, '1 cell where the header has 2'],
    ['an empty line between rows', 'a,b\n1,x\n\n2,y\n', 3, 'an empty line between rows'],
    ['a quote that does not end', 'a,b\n1,x\n2,"y\n', 3, 'a quoted cell that does not end'],
    ['text after a quote', 'a,b\n1,"x"y\n', 2, 'text after the closing quote of a cell'],
    ['mixed line ends', 'a,b\n1,x\r\n', 2, 'line ends of two kinds (LF and CRLF)'],
    ['old line ends', 'a,b\r1,x\r', 1, 'a carriage return without a line feed'],
    ['a NUL byte', 'a,b\n1,x\0\n', 2, 'a NUL byte'],
    ['bytes that are not UTF-8', Buffer.from('a,b\n1,\xff\xfe\n', 'latin1'), 2, 'it is not UTF-8'],
    ['UTF-16', Buffer.from('\ufeffa,b\n1,x\n', 'utf16le'), 1, 'it is not UTF-8'],
    ['UTF-16 without a mark', Buffer.from('a,b\n1,x\n', 'utf16le'), 1, 'a NUL byte'],
    ['a giant line', `a,b\n1,${'x'.repeat(3_000_000)}\n`, 2, 'a line over 2 MB'],
  ])('is refused with its line: %s', async (_, text, line, because) => {
    const [finding, ...rest] = await check(ab, 'a,b\n1,x\n', text);
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({ code: 'data/unreadable', severity: 'fail' });
    expect(finding?.found).toBe(`line ${line}: ${because}`);
    expect(finding?.message).toContain('data/2.csv');
  });

  it('never repeats the row at fault, which may be private', async () => {
    const texts = [
      'a,b\n1,SECRET-ROW,x\n',
      'a,b\n1,"SECRET-ROW\n',
      Buffer.from('a,b\n1,SECRET-ROW\xff\n', 'latin1'),
    ];
    for (const text of texts) expect(JSON.stringify(await check(ab, text))).not.toContain('SECRET-ROW');
  });

  it('is refused when empty, and when it has only a header', async () => {
    expect(await check(ab, '')).toMatchObject([
      { code: 'data/empty', found: 'it is empty: not even a header' },
    ]);
    expect((await check(ab, 'a,b\n')).map(({ code }) => code)).toEqual(['data/empty', 'data/rows']);
    expect(await check(ab, 'a,b\n1,x\n', 'a,b\n')).toMatchObject([{ code: 'data/empty' }]);
  });

  it('is refused when missing, of another format, or no file at all', async () => {
    const plan = planChecks(contractOf(ab));
    const local = join(folder, 'not there.csv');
    for (const file of [
      { path: 'a.csv', local },
      { path: 'a.xlsx', local: join(folder, '1.csv') },
      { path: 'a.csv', local: folder },
    ]) {
      const measured = await engine.profile(plan, [file]);
      const codes = judgeColumns(contractOf(ab), measured, (pointer) => ({ file: 'd', pointer })).map(
        (f) => f.code,
      );
      expect(codes).toEqual(['data/unreadable']);
    }
    const nothing = await engine.profile(plan, []);
    expect(judgeColumns(contractOf(ab), nothing, () => ({ file: 'd' }))).toMatchObject([
      { severity: 'fail' },
    ]);
  });
});

describe('columns', () => {
  it('are missing, unknown and probably renamed', async () => {
    const rules = [column('delay', 'integer'), column('origin', 'text')];
    const findings = await check(rules, 'delya,origin\n1,LAX\n');
    expect(findings.map(({ code, column }) => [code, column])).toEqual([
      ['data/column-missing', 'delay'],
      ['data/column-unknown', 'delya'],
    ]);
    expect(findings[0]?.message).toContain('was it renamed to "delya"?');
    expect(findings[1]?.message).toContain('was "delay" meant?');
  });

  it('are told apart by case and counted when doubled', async () => {
    const findings = await check([column('a', 'integer')], 'a,A,a\n1,2,3\n');
    expect(findings.map(({ code, column }) => [code, column])).toEqual([
      ['data/column-unknown', 'A'],
      ['data/column-doubled', 'a'],
    ]);
  });

  it('that are missing in one file of several name that file', async () => {
    const [finding] = await check(ab, 'a,b\n1,x\n', 'b\nx\n');
    expect(finding).toMatchObject({ code: 'data/column-missing', column: 'a' });
    expect(finding?.message).toContain('data/2.csv');
    expect(finding?.message).not.toContain('data/1.csv');
  });
});

describe('cells', () => {
  const bad: [ColumnRule['type'], string[], string[]][] = [
    [
      'integer',
      ['0', '-7', '+7', '007', '9223372036854775807'],
      ['1.5', '1e3', '1_000', '0x1F', 'x', '9223372036854775808', ' 1'],
    ],
    [
      'number',
      ['0', '-1.5', '.5', '1.', '1e-3'],
      ['NaN', 'nan', 'Infinity', '-inf', '1e999', '1_0', '1,5', 'x', '--1'],
    ],
    [
      'timestamp',
      ['2001-01-01', '2001-01-01 00:01', '2001-01-01T00:01:02.5Z', '2001-01-01 00:01Z'],
      ['2001-02-30', '01/02/2001', 'infinity', 'epoch', '2001-01-01T00:00:00+02:00', '2001-01-01 25:00:00'],
    ],
    ['boolean', ['true', 'FALSE', '1', '0'], ['yes', 't', '2']],
  ];
  it.each(bad)('of type %s are read strictly and counted, never a crash', async (type, good, wrong) => {
    const quote = (cell: string) => `"${cell}"`;
    expect(await check([column('c', type)], `c\n${good.map(quote).join('\n')}\n`)).toEqual([]);
    const cells = [...good, ...wrong];
    const [finding, ...rest] = await check([column('c', type)], `c\n${cells.map(quote).join('\n')}\n`);
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({
      code: 'data/type',
      count: wrong.length,
      total: cells.length,
      firstRow: good.length + 1,
      examples: wrong.slice(0, 3),
    });
  });

  it('are compared with limits that include their ends', async () => {
    const [finding, ...rest] = await check(
      [column('c', 'number', { min: -1, max: 2.5 })],
      'c\n-1\n2.5\n2.51\n-1.01\n',
    );
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({ code: 'data/range', count: 2, firstRow: 3, examples: ['2.51', '-1.01'] });
    expect(finding?.found).toBe('-1.01 to 2.51; 2 rows (50 %) outside');
    // As doubles, these two are the same number.
    expect(
      await check([column('c', 'integer', { max: 2 ** 53 })], 'c\n9007199254740992\n9007199254740993\n'),
    ).toMatchObject([{ code: 'data/range', count: 1, firstRow: 2 }]);
  });

  it('that are NaN or infinite are never inside a range', async () => {
    for (const limits of [{ min: 0 }, { max: 0 }, { min: 0, max: 1 }, {}]) {
      for (const cell of ['NaN', 'Infinity', '-Infinity', '1e400']) {
        const findings = await check([column('c', 'number', limits)], `c\n${cell}\n`);
        expect(findings.map(({ count }) => count)).toEqual([1]);
      }
    }
  });

  it('are compared with limits of time, lists and whole patterns', async () => {
    const time = column('t', 'timestamp', { min: '2001-01-01', max: '2001-06-30' });
    expect(await check([time], 't\n2001-07-01\n2001-06-30 23:59:59\n2001-01-01\n')).toMatchObject([
      { code: 'data/range', count: 1, examples: ['2001-07-01'] },
    ]);
    const minute = column('t', 'timestamp', { min: '2001-01-01T05:00', max: '2001-01-01 06:00Z' });
    expect(await check([minute], 't\n2001-01-01 06:00\n2001-01-01 06:00:01\n')).toMatchObject([{ count: 1 }]);
    const listed = column('n', 'integer', { allowed: ['1', '2'] });
    expect(await check([listed], 'n\n01\n2\n3\n')).toMatchObject([{ code: 'data/allowed', examples: ['3'] }]);
    const pattern = column('p', 'text', { pattern: '[A-Z]{3}' });
    expect(await check([pattern], 'p\nLAX\nLAXX\nlax\n')).toMatchObject([
      { code: 'data/pattern', count: 2, firstRow: 2 },
    ]);
  });

  it('that are empty break one rule only, and none when nullable', async () => {
    const rule = { min: 0, allowed: ['1'] };
    expect(
      await check(
        [column('a', 'integer', rule), column('b', 'text', { nullable: true })],
        'a,b\n,x\n""," "\n1,x\n',
      ),
    ).toMatchObject([{ code: 'data/nulls', count: 2, total: 3, firstRow: 1 }]);
    expect(
      await check(
        [column('a', 'integer', { ...rule, nullable: true }), ab[1] as ColumnRule],
        'a,b\n,x\n1,x\n',
      ),
    ).toEqual([]);
  });

  it('of personal and secret columns are never shown', async () => {
    for (const privacy of ['personal', 'secret'] as const) {
      const text = JSON.stringify(
        await check([column('c', 'integer', { min: 0, max: 99, privacy })], 'c\n-123456\nCanary\n654321\n'),
      );
      expect(text).not.toMatch(/123456|654321|Canary/);
      expect(text).toContain('data/range');
      expect(text).toContain('data/type');
    }
  });

  it('name the row in its file, and the line of the contract', async () => {
    const [finding] = await check([column('a', 'integer', { max: 5 })], 'a\n1\n2\n', 'a\n3\n9\n');
    expect(finding).toMatchObject({ firstRow: 4, where: { line: 7, pointer: '/columns/a/max' } });
    expect(finding?.message).toContain('row 4 (row 2 of data/2.csv)');
  });

  it('of a warning column warn', async () => {
    expect(await check([column('a', 'integer', { severity: 'warn' })], 'a\nx\n')).toMatchObject([
      { severity: 'warn' },
    ]);
  });

  it('are matched in linear time', async () => {
    const started = performance.now();
    const text = `c\n${`${'a'.repeat(50_000)}!\n`.repeat(20)}`;
    await check([column('c', 'text', { pattern: '(a+)+' })], text);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
