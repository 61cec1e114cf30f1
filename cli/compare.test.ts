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
const flight = ['--model', 'models/flight-delay/model.yml'];

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
    const [headline, , ...notes] = without.out.split('\n');
    expect([without.code, headline]).toEqual([
      1,
      '⚠️ Incomplete: 1 of 3 gates judged; 1 needs --features, 1 needs the model to be run',
    ]);
    expect(notes.slice(0, 3)).toEqual([
      'Not judged here: the gate "auc slices 0.2" needs --features.',
      '',
      'Not judged here: the gate "latency-p95 max 30" needs the model to be run.',
    ]);
    expect(without.out.match(/Not judged here/g)).toHaveLength(2);
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

describe('what a newcomer trips over', () => {
  const put = (path: string, ...lines: readonly string[]) => write(path, `${lines.join('\n')}\n`);

  test('several metrics are several gates', async () => {
    const args = ['--metric', 'auc', '--metric', 'brier', '--margin', '0.01', '--json'];
    const { out } = await compare('weak.csv', 'strong.csv', ...labels, ...args);
    const names = JSON.parse(out).gates.map((each: { readonly gate: string }) => each.gate);
    expect(names).toEqual(['auc not-worse 0.01', 'brier not-worse 0.01']);
  });

  test('a threshold that is chosen in the judge is 0.5 here, and that is said above the numbers', async () => {
    const chosen = modelText
      .replace(/^endpoints/m, 'decision: { choose: f1 }\nendpoints')
      .replace(/^held-out:\n/m, 'held-out:\n  validation: { features: v.csv, labels: vl.csv }\n');
    write('models/chosen/model.yml', chosen);
    const args = [...labels, '--model', 'models/chosen/model.yml', '--label', 'label'];
    const { out } = await compare('weak.csv', 'strong.csv', ...args);
    expect(out.split('\n')[2]).toMatch(
      /^The threshold is 0\.5 here: decision\.choose \(f1\) of models\/chosen/,
    );
  });

  test('features without a model.yml are not passed over in silence', async () => {
    const { out } = await compare('weak.csv', 'strong.csv', ...labels, '--features', 'features.csv');
    expect(out).toContain('The features are not used');
  });

  test('a fault in features names the file that was given', async () => {
    const args = [...labels, '--model', 'models/sliced/model.yml', '--label', 'label'];
    const { code, err } = await compare('weak.csv', 'strong.csv', ...args, '--features', 'labels.csv');
    expect([code, err]).toEqual([2, expect.stringContaining('labels.csv has no column "row"')]);
    expect(err).not.toContain('heldout');
    expect(err.match(/Write the header line/g)).toHaveLength(1);
    expect(err.match(/labels\.csv has no column/g)).toHaveLength(1);
  });

  test('a fault of one row says its line and key, and its fix once', async () => {
    const lines = scores(weak).split('\n');
    write('nan.csv', lines.with(2, 'r1,NaN').join('\n'));
    const { err } = await compare('weak.csv', 'nan.csv', ...labels);
    expect(err.split('\n')).toEqual([
      'gatehouse: PREDICTIONS_INVALID: nan.csv: 1 row has a value of NaN, first in line 3, with the key "r1"',
      expect.stringMatching(/^ {2}fix: Mend what makes the model divide by zero/),
    ]);
    write('two.csv', lines.with(2, 'r1,NaN').with(4, 'r3,7').with(5, 'r4,8').join('\n'));
    const two = (await compare('weak.csv', 'two.csv', ...labels)).err.split('\n');
    expect(two).toHaveLength(3);
    expect(two[2]).toMatch(
      /^ {2}- two\.csv: 2 rows have a value outside .* line 5, with the key "r3"; two\.csv:5; /,
    );
  });

  test('too few rows for an interval are told, and nothing is called better', async () => {
    put('few/l.csv', 'key,label', 'a,0', 'b,1', 'c,0', 'd,1');
    put('few/a.csv', 'key,score', 'a,0.4', 'b,0.3', 'c,0.2', 'd,0.9');
    put('few/b.csv', 'key,score', 'a,0.1', 'b,0.8', 'c,0.2', 'd,0.9');
    const { out } = await compare('few/a.csv', 'few/b.csv', '--labels', 'few/l.csv');
    expect(out).toMatch(/no interval: too few\s+rows|no interval/);
    expect(out).not.toMatch(/[▲▼]/);
  });

  test('classes are read from the header, or from what occurs', async () => {
    const name = (row: number) => ['early', 'late', 'on-time'][row % 3] ?? '';
    const off = (row: number, every: number) => name(row % every === 0 ? row + 1 : row);
    write('classes/l.csv', csv('key,label', name));
    write(
      'classes/a.csv',
      csv('key,class', (row) => off(row, 4)),
    );
    write(
      'classes/b.csv',
      csv('key,class', (row) => off(row, 9)),
    );
    const task = ['--task', 'multiclass-classification', '--labels', 'classes/l.csv'];
    const { code, out, err } = await compare('classes/a.csv', 'classes/b.csv', ...task);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/accuracy +0\.89\d* .* ▲ better/);
    const chances = (row: number, every: number) =>
      ['early', 'late', 'on-time'].map((each) => (each === off(row, every) ? 0.8 : 0.1)).join(',');
    write(
      'classes/p.csv',
      csv('key,early,late,on-time', (row) => chances(row, 4)),
    );
    write(
      'classes/q.csv',
      csv('key,early,late,on-time', (row) => chances(row, 9)),
    );
    const wide = await compare('classes/p.csv', 'classes/q.csv', ...task);
    expect([wide.code, wide.err]).toEqual([0, '']);
    expect(wide.out).toMatch(/log-loss +0\.\d+ .* ▲ better/);
  });

  test('one metric is a table as well: numbers, interval and method', async () => {
    write(
      'r/l.csv',
      csv('key,label', (row) => String(row % 50)),
    );
    write(
      'r/a.csv',
      csv('key,prediction', (row) => String((row % 50) + 4 * noise(row, 2))),
    );
    write(
      'r/b.csv',
      csv('key,prediction', (row) => String((row % 50) + noise(row, 5))),
    );
    const { out } = await compare('r/a.csv', 'r/b.csv', '--labels', 'r/l.csv', '--task', 'regression');
    expect(out).toMatch(/mae +\d\.\d+ .* to .* ▲ better +measured +\S/);
    write(
      'r/k.csv',
      csv('key,label,session', (row) => `${row % 2},s${Math.floor(row / 4)}`),
    );
    const ranked = ['--labels', 'r/k.csv', '--task', 'ranking', '--group', 'session'];
    const ranking = await compare('weak.csv', 'strong.csv', ...ranked);
    expect(ranking.err).toBe('');
    expect(ranking.out).toMatch(/mrr +0\.\d+ .* measured +\S/);
  });

  test('scores of examples are gated from the files, with labels that name keys alone', async () => {
    const scorers = `task: scored-examples\nscorers: [{ name: helpful, higher-is-better: true }]\ngates: [{ metric: "score:helpful", min: 0.1 }]\nendpoints`;
    const text = modelText.replace(/gates:[\s\S]*endpoints/, scorers).replace(/^ +column: .*\n/m, '');
    write('s/models/helpdesk/model.yml', text);
    write('s/l.csv', `key\n${rows.map((row) => `r${row}`).join('\n')}\n`);
    const helpful = (more: number) => csv('key,helpful', (row) => (0.5 * noise(row, 1) + more).toFixed(4));
    write('s/a.csv', helpful(0.3));
    write('s/b.csv', helpful(0.1));
    const args = [
      '--labels',
      's/l.csv',
      '--model',
      's/models/helpdesk/model.yml',
      '--task',
      'scored-examples',
    ];
    const { code, out, err } = await compare('s/a.csv', 's/b.csv', ...args, '--metric', 'score:helpful');
    expect([code, err]).toEqual([1, '']);
    expect(out).toMatch(/^❌ Fail: challenger fails 1 of 2 gates/);
    const turned = await compare('s/b.csv', 's/a.csv', ...args, '--metric', 'score:helpful');
    expect([turned.code, turned.out.split('\n')[0]]).toEqual([0, '✅ Pass: challenger passes 2 gates']);
  });

  test('a behaviour suite beside model.yml is not judged here', async () => {
    write('b/models/flight-delay/model.yml', modelText);
    write('b/models/flight-delay/behaviour.yml', 'version: 1\n');
    const model = ['--model', 'b/models/flight-delay/model.yml', '--label', 'label'];
    const { code, out } = await compare('weak.csv', 'strong.csv', ...labels, ...model);
    expect(code).toBe(1);
    expect(out).toContain('Not judged here: the gate "behaviour.yml" needs the model to be run.');
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
    [
      ['weak.csv', 'strong.csv', ...labels, '--metric', 'rmse'],
      'no metric "rmse" of the task binary-classification',
    ],
    [
      ['weak.csv', 'strong.csv', ...labels, '--metric', 'roc_auc'],
      'Did you mean --metric auc? Allowed here: auc,',
    ],
    [['weak.csv', 'strong.csv', ...labels, '--metric', 'disparate-impact-ratio'], 'compares groups'],
    [['weak.csv', 'strong.csv', ...labels, '--task', 'scored-examples'], 'Name it with --model'],
    [['weak.csv', 'strong.csv', ...labels, '--html', 'gone/report.html'], 'gone/report.html is in no folder'],
    [['gone.csv', 'strong.csv', ...labels, '--html', '.'], '. is a folder'],
    [['weak.csv', 'strong.csv', ...labels, ...flight, '--task', 'regression'], 'is not the task of models/'],
    [
      ['weak.csv', 'strong.csv', ...labels, '--label', 'late'],
      'labels.csv has no column "late"; it has "key", "label"',
    ],
    [['weak.csv', 'strong.csv', ...labels, '--label', 'late'], '--key (now key) and --label (now late).'],
    [['weak.csv', 'strong.csv', ...labels, ...flight, '--label', 'x'], 'held-out.labels.column of models/'],
    [['weak.csv', 'strong.csv', ...labels, '--task', 'ranking'], 'The query of a row is missing: labels.csv'],
    [
      ['weak.csv', 'strong.csv', ...labels, '--task', 'ranking'],
      'name the column of the query with --group.',
    ],
    [['weak.csv', 'strong.csv', ...labels, '--margin', '-1'], 'a number from 0 up'],
    [['weak.csv', 'strong.csv'], '--labels'],
  ])('%j', async (args, why) => {
    const { code, out, err } = await compare(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(why);
  });
});
