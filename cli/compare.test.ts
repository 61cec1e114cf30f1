import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modelText, policyText } from '../core/report/sample.fixture.ts';
import { compareCommand } from './commands/compare.ts';
import { runProgram } from './program.ts';

const rows = Array.from({ length: 900 }, (_, at) => at);
const late = (row: number): number => (row % 3 === 0 ? 1 : 0);
const noise = (row: number, salt: number): number => ((row * 7919 + salt * 104_729) % 1009) / 1009;
const weak = (row: number): number => 0.75 * noise(row, 1) + 0.25 * late(row);
const strong = (row: number): number => 0.6 * noise(row, 1) + 0.4 * late(row);
const csv = (head: string, cells: (row: number) => string): string =>
  `${[head, ...rows.map((row) => `r${row},${cells(row)}`)].join('\n')}\n`;
const scores = (score: (row: number) => number) => csv('key,score', (row) => score(row).toFixed(4));

let dir = '';
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
};

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'gatehouse-compare-'));
  write(
    'labels.csv',
    csv('key,label', (row) => String(late(row))),
  );
  write('weak.csv', scores(weak));
  write('strong.csv', scores(strong));
  write(
    'other.csv',
    scores((row) => 0.75 * noise(row, 3) + 0.25 * late(row)),
  );
  write('short.csv', scores(weak).split('\n').slice(0, -10).join('\n'));
  write(
    'features.csv',
    csv('row,carrier,hour', (row) => `${['AA', '<b>|@octocat', 'UA'][Math.floor(row / 3) % 3]},${row % 24}`),
  );
  write('models/flight-delay/model.yml', modelText);
  write('.github/gatehouse.yml', policyText);
});
afterAll(() => rmSync(dir, { recursive: true }));

async function compare(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const world = {
    cwd: dir,
    env: {},
    print: (text: string) => out.push(text),
    complain: (text: string) => err.push(text),
  };
  const code = await runProgram(['compare', ...args], world, [compareCommand]);
  return { code, out: out.join('\n'), err: err.join('\n') };
}
const labels = ['--labels', 'labels.csv'];

describe('gatehouse compare', () => {
  test('says which is which, and how both differ, and exits with 0 where nothing was asked for', async () => {
    const { code, out, err } = await compare('weak.csv', 'strong.csv', ...labels);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^⚪ No gates: of 4 metrics the challenger is better in [34], worse in 0/);
    expect(out).toContain('Challenger (B): strong.csv');
    expect(out).toContain('Champion (A): weak.csv');
    expect(out).toMatch(/auc +0\.\d+ .* ▲ better +measured +DeLong/);
  });

  test('by name it is the same as by place', async () => {
    const [byName, byPlace] = [
      await compare('--challenger', 'strong.csv', '--champion', 'weak.csv', ...labels, '--json'),
      await compare('weak.csv', 'strong.csv', ...labels, '--json'),
    ];
    expect(byName).toEqual(byPlace);
    const answer = JSON.parse(byName.out);
    expect(answer).toMatchObject({ verdict: 'no gates', rows: 900, gates: [] });
    expect(answer.metrics[0]).toMatchObject({ metric: 'auc', grade: 'measured', method: 'DeLong' });
  });

  test('a gate that holds passes; turned around it fails, with how much is missing', async () => {
    const pass = await compare('weak.csv', 'strong.csv', ...labels, '--margin', '0.01');
    expect([pass.code, pass.out.split('\n')[0]]).toEqual([0, '✅ Pass: challenger passes 1 gate']);
    const fail = await compare('strong.csv', 'weak.csv', ...labels, '--metric', 'auc', '--margin', '0.01');
    expect([fail.code, fail.out.split('\n')[0]]).toEqual([1, '❌ Fail: challenger fails 1 of 1 gate']);
    expect(fail.out).toContain('❌ fail, short');
  });

  test('what the rows cannot tell is no pass, and says how many would', async () => {
    const { code, out } = await compare('weak.csv', 'other.csv', ...labels, '--margin', '0.001', '--json');
    const [gate] = JSON.parse(out).gates;
    expect([code, gate.result, gate.answer]).toEqual([1, 'not evaluated', 'not enough rows']);
    const text = (await compare('weak.csv', 'other.csv', ...labels, '--margin', '0.001')).out;
    expect(text).toMatch(
      /^⚠️ Not evaluated: challenger: 1 gate cannot be decided on 900 held-out rows, about/,
    );
  });

  test('writes the page, in which a file name stays a text', async () => {
    write('<b>.csv', readFileSync(join(dir, 'strong.csv'), 'utf8'));
    await compare('weak.csv', '<b>.csv', ...labels, '--html', 'report.html');
    const page = readFileSync(join(dir, 'report.html'), 'utf8');
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toContain('<code>&lt;b&gt;.csv</code>');
    expect(page).toContain('ROC.');
    expect(page).toContain('>weak.csv<');
  });
});

describe('with model.yml', () => {
  const model = ['--model', 'models/flight-delay/model.yml', '--label', 'label'];

  test('its gates are held, with the floor of the policy', async () => {
    const { code, out, err } = await compare('weak.csv', 'strong.csv', ...labels, ...model, '--json');
    expect(err).toBe('');
    const gates = JSON.parse(out).gates.map((each: { readonly gate: string }) => each.gate);
    expect(gates).toEqual(['auc min 0.6', 'auc not-worse 0.002']);
    expect(code).toBe(0);
  });

  test('slices are cut by the features; without them their gate is told and not passed over', async () => {
    const gates = `slices:
  declared: [{ column: carrier }]
gates:
  - { metric: auc, slices: { margin: 0.2 } }
  - { metric: latency-p95, max: 30 }
endpoints`;
    write('models/sliced/model.yml', modelText.replace(/gates:[\s\S]*endpoints/, gates));
    const sliced = ['--model', 'models/sliced/model.yml', '--label', 'label'];
    const without = await compare('weak.csv', 'strong.csv', ...labels, ...sliced);
    expect(without.out).toContain('Not judged here: the gate on auc needs the held-out features');
    expect(without.out).toContain(
      'Not judged here: the gate on latency-p95 is measured by running the model.',
    );
    const { out, err } = await compare(
      ...['weak.csv', 'strong.csv', ...labels, ...sliced, '--features', 'features.csv'],
    );
    expect(err).toBe('');
    expect(out).toContain('Slices: ');
    expect(out).toContain('carrier=AA');
    expect(out).toMatch(/auc slices 0\.2/);
  });

  test('a file that is no model.yml of a repository is refused', async () => {
    const { code, err } = await compare('weak.csv', 'strong.csv', ...labels, '--model', 'labels.csv');
    expect(code).toBe(2);
    expect(err).toContain('models/churn/model.yml');
  });
});

describe('wrong input exits with 2 and says what to do', () => {
  test.each([
    [['weak.csv', ...labels], 'No predictions of the challenger are named'],
    [['weak.csv', 'strong.csv', '--champion', 'x', ...labels], 'The champion is named twice'],
    [['weak.csv', 'gone.csv', ...labels], 'gone.csv cannot be read'],
    [['weak.csv', 'short.csv', ...labels], 'of the held-out set have no prediction'],
    [['weak.csv', 'labels.csv', ...labels], 'has columns that are not read: "label"'],
    [['weak.csv', 'strong.csv', '--labels', 'weak.csv'], 'has no column "label"'],
    [['weak.csv', 'strong.csv', ...labels, '--task', 'guessing'], 'There is no task "guessing"'],
    [['weak.csv', 'strong.csv', ...labels, '--metric', 'rmse'], 'has no metric "rmse"'],
    [['weak.csv', 'strong.csv', ...labels, '--margin', '-1'], 'a number from 0 up'],
    [['weak.csv', 'strong.csv'], '--labels'],
  ])('%j', async (args, why) => {
    const { code, out, err } = await compare(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(why);
  });
});
