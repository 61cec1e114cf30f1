import { describe, expect, it } from 'vitest';
import { InputError } from '../../core/error/error.ts';
import type { DatasetValidation } from '../../core/evidence/evidence.ts';
import { renderComparison } from './render.ts';
import { type CompareInputs, runComparison } from './run.ts';

const rows = Array.from({ length: 300 }, (_, at) => at);
const late = (row: number): number => (row % 3 === 0 ? 1 : 0);
const spread = (row: number): number => ((row * 37) % 101) / 100;
const good = (row: number): number => 0.6 * spread(row) + 0.4 * late(row);
const csv = (head: string, value: (row: number) => number | string, of: readonly number[] = rows): string =>
  `${[head, ...of.map((row) => `r${row},${value(row)}`)].join('\n')}\n`;

const files: Readonly<Record<string, string>> = {
  'labels.csv': csv('key,label', late),
  'good.csv': csv('key,score', good),
  'noise.csv': csv('key,score', spread),
};
const inputs: CompareInputs = {
  model: 'churn',
  challenger: 'good.csv',
  champion: 'noise.csv',
  labels: 'labels.csv',
  key: 'key',
  label: 'label',
  gates: 'auc >= 0.6\nauc not-worse 0.01',
};

function compare(
  change: Partial<CompareInputs> = {},
  more: Readonly<Record<string, string>> = {},
  validation: DatasetValidation | null = null,
) {
  const all = new Map(Object.entries({ ...files, ...more }));
  const asked: string[] = [];
  const readFile = async (path: string) => {
    asked.push(path);
    const text = all.get(path);
    if (text === undefined) throw new InputError('FILE_MISSING', path, { hint: 'write it' });
    return Buffer.from(text);
  };
  return runComparison({ ...inputs, ...change }, { readFile, validation }).then((report) => ({
    report,
    asked,
  }));
}

const invalid: DatasetValidation = {
  dataset: 'flights',
  contractPath: 'datasets/flights.yml',
  contractDigest: `sha256:${'a'.repeat(64)}`,
  contractFrom: 'head',
  inherited: [],
  files: [],
  dataDigest: `sha256:${'b'.repeat(64)}`,
  rows: 3,
  verdict: 'data invalid',
  findings: [{ code: 'data/max', severity: 'fail', message: 'delay is over 2000', fix: 'Mend the row.' }],
  record: null,
};

describe('runComparison', () => {
  it('passes the better model and fails the worse one, always measured, to the same numbers', async () => {
    const { report } = await compare();
    expect(report).toMatchObject({ verdict: 'pass', grade: 'measured', rows: 300, findings: [] });
    expect(new Set(report.metrics.map(({ grade }) => grade))).toEqual(new Set(['measured']));
    expect((await compare()).report).toEqual(report);
    const swapped = (await compare({ challenger: 'noise.csv', champion: 'good.csv' })).report;
    expect(swapped.verdict).toBe('fail');
  });

  it('names the champion, which has no number here', async () => {
    const { report } = await compare({ challenger: 'noise.csv', champion: 'good.csv' });
    expect(report.gates.map(({ because }) => because).join(' ')).not.toMatch(/\bv0\b/);
    for (const gate of report.gates)
      expect(`${gate.required} ${gate.because}`).not.toMatch(/\bv\d|unnumbered/);
    expect(report.gates.map(({ required }) => required)).toContainEqual(
      expect.stringContaining('the champion'),
    );
  });

  it('skips comparisons without a champion, and lets limits decide', async () => {
    const { report, asked } = await compare({ champion: '' });
    expect(report.gates.map(({ result }) => result)).toEqual(['pass', 'skipped']);
    expect(report.verdict).toBe('pass');
    expect(asked).not.toContain('noise.csv');
    expect((await compare({ champion: '', gates: 'auc not-worse 0.01' })).report.verdict).toBe(
      'not evaluated',
    );
  });

  it('does not read predictions when the data is invalid or was not evaluated', async () => {
    for (const verdict of ['data invalid', 'not evaluated'] as const) {
      const { report, asked } = await compare({}, {}, { ...invalid, verdict });
      expect([report.verdict, report.gates, asked]).toEqual([verdict, [], []]);
    }
  });

  it('goes on with data that passed, and keeps its advice', async () => {
    const advice = { ...invalid, verdict: 'pass', findings: [{ ...invalid.findings[0], severity: 'warn' }] };
    const { report } = await compare({}, {}, advice as DatasetValidation);
    expect(report).toMatchObject({ verdict: 'pass', findings: [{ code: 'data/max' }] });
  });

  it('evaluates nothing on too few rows', async () => {
    const few = rows.slice(0, 30);
    const small = {
      'labels.csv': csv('key,label', late, few),
      'good.csv': csv('key,score', good, few),
      'noise.csv': csv('key,score', spread, few),
    };
    expect((await compare({}, small)).report.verdict).not.toBe('pass');
  });

  it.each([
    ['a score that is no number', { 'good.csv': csv('key,score', () => 'NaN') }],
    ['a score over 1', { 'good.csv': csv('key,score', (row) => (row === 7 ? 1.5 : 0.5)) }],
    ['an infinite score', { 'good.csv': csv('key,score', (row) => (row === 7 ? 'Infinity' : 0.5)) }],
    ['a missing row', { 'good.csv': csv('key,score', good, rows.slice(1)) }],
    ['a row too many', { 'good.csv': `${files['good.csv']}r999,0.5\n` }],
    ['a doubled row', { 'good.csv': `${files['good.csv']}r1,0.5\n` }],
    ['another header', { 'good.csv': csv('id,score', good) }],
    ['a label that is neither 0 nor 1', { 'labels.csv': csv('key,label', () => 2) }],
    ['a label that is empty', { 'labels.csv': csv('key,label', () => '') }],
    ['a label column that is not there', { 'labels.csv': csv('key,late', late) }],
    ['an empty file', { 'good.csv': '' }],
  ])('refuses %s: never a verdict', async (_, change) => {
    await expect(compare({}, change)).rejects.toBeInstanceOf(InputError);
  });

  it('passes nothing when labels are of one class', async () => {
    const one = { 'labels.csv': csv('key,label', () => 1) };
    const verdict = await compare({}, one).then(
      ({ report }) => report.verdict,
      (error: unknown) => (error instanceof InputError ? 'refused' : 'broken'),
    );
    expect(['refused', 'not evaluated', 'fail']).toContain(verdict);
  });

  it('reads gates before any file', async () => {
    await expect(compare({ gates: 'auc' })).rejects.toMatchObject({ code: 'GATES_INVALID' });
  });
});

describe('renderComparison', () => {
  it('says the verdict first, failures before the rest, and how far it may be trusted', async () => {
    const gates = 'auc >= 0.1\nauc >= 0.99\nauc not-worse 0.01';
    const { report } = await compare({ gates });
    const page = renderComparison(report);
    expect(page).toMatch(/^### ❌ Fail: churn failed 1 of 3 gates on 300 rows\n/);
    expect(page.indexOf('❌ fail')).toBeLessThan(page.indexOf('✅ pass'));
    expect(page).toContain('▲ better');
    expect(page).toMatch(/Measured beside the team’s own code/);
  });

  it('shows a dash where there is no champion', async () => {
    const page = renderComparison((await compare({ champion: '' })).report);
    expect(page).toMatch(/\| auc +\| +[\d.]+ \| +- \|/);
    expect(page).toContain('⚪ skipped');
  });

  it('shows findings of invalid data, the first forty, and says how many more there are', async () => {
    const [finding] = invalid.findings;
    if (finding === undefined) throw new Error('no finding');
    const many = { ...invalid, findings: Array.from({ length: 45 }, () => finding) };
    const page = renderComparison((await compare({}, {}, many)).report);
    expect(page).toMatch(/^### ⛔ Data invalid: nothing was compared, 45 finding\(s\) in the data/);
    expect(page).toContain('5 more are in the report file.');
    expect(page.match(/delay is over 2000/g)).toHaveLength(40);
    expect(page).not.toContain('Measured beside');
  });

  it('lets no text of workflow or data write Markdown', async () => {
    const evil = '</sub>|\n# own <img src=x onerror=y> @everyone [a](javascript:b) `c`';
    const finding = {
      code: evil,
      severity: 'fail',
      message: evil,
      found: evil,
      allowed: evil,
      fix: evil,
    } as const;
    const { report } = await compare({ model: evil }, {}, { ...invalid, findings: [finding] });
    for (const page of [
      renderComparison(report),
      renderComparison({ ...report, verdict: 'not evaluated' }),
    ]) {
      expect(page).not.toContain('<img');
      expect(page).not.toMatch(/@everyone|^# own/m);
      expect(page).not.toMatch(/(?<!\\)\]\(/);
      expect(page.split('\n').filter((line) => line.startsWith('| ')).length).toBeLessThanOrEqual(3);
    }
  });
});
