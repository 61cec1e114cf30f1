import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMetricOfFolder, parseClaimedMetricFile, parseClaimedMetricFolder } from './claimed-metric-file.ts';

const read = (text: string, source: string) => parseClaimedMetricFile(text, source).metrics;
const refused = (code: string, where: object) =>
  expect.objectContaining({ kind: 'input', code, where: expect.objectContaining(where) });
const run = '1c6b2d5b909041df93e6e00b960de019';

describe('a file of metrics that a team has already', () => {
  it.each<readonly [string, string, string, object]>([
    [
      'a flat JSON file',
      'm.json',
      '{"auc": 0.65, "rows": 1200, "loss": -1e-3}',
      { auc: 0.65, rows: 1200, loss: -0.001 },
    ],
    [
      'the example of DVC',
      'metrics.json',
      '{"train": {"accuracy": 0.9886999726295471, "loss": 0.041}, "test": {"accuracy": 0.94, "tags": ["a"], "n": null, "ok": true}}',
      { 'train.accuracy': 0.9886999726295471, 'train.loss': 0.041, 'test.accuracy': 0.94 },
    ],
    [
      'the summary of dvclive',
      'dvclive/metrics.json',
      '{"step": 1, "train": {"loss": 0.2}, "val": {"loss": 0.4}}',
      { step: 1, 'train.loss': 0.2, 'val.loss': 0.4 },
    ],
    [
      'DVC in YAML',
      'eval/metrics.yaml',
      'avg_prec: {train: 0.97, val: 0.92}\nroc_auc:\n  val: 9.4e-1\nmodel: rf\nlr: 1e-3\nbig: 1_000\n',
      { 'avg_prec.train': 0.97, 'avg_prec.val': 0.92, 'roc_auc.val': 0.94, lr: 0.001, big: 1000 },
    ],
    ['DVC in TOML', 'metrics.toml', '[foo]\nbar = 1.2', { 'foo.bar': 1.2 }],
    [
      'the file of ml-ci-action',
      'm.json',
      '{"model_name": "t", "framework": "pytorch", "timestamp": "2026-03-28T12:00:00Z", "metrics": {"accuracy": 0.95, "loss": 0.15}, "dataset": {"name": "d", "version": "2.0", "num_samples": 10000}, "hyperparameters": {"learning_rate": 0.001}}',
      { accuracy: 0.95, loss: 0.15 },
    ],
    [
      'a map called metrics beside something else',
      'm.json',
      '{"metrics": {"auc": 0.7}, "rows": 5}',
      { 'metrics.auc': 0.7, rows: 5 },
    ],
    [
      'a run as MLflow’s command prints it',
      'run.json',
      `{"info": {"run_id": "${run}", "start_time": 1721450907221}, "data": {"metrics": {"val/rmse": 0.81}, "params": {"lr": "0.1"}, "tags": {}}}`,
      { 'val/rmse': 0.81 },
    ],
    [
      'a run as MLflow’s API answers',
      'run.json',
      `{"run": {"info": {"run_id": "${run}"}, "data": {"metrics": [{"key": "rmse", "value": 3, "timestamp": 20, "step": "2"}, {"key": "rmse", "value": 9, "timestamp": 30, "step": "1"}, {"key": "mae", "value": 1}]}}}`,
      { rmse: 3, mae: 1 },
    ],
    [
      'a history of dvclive',
      'dvclive/plots/metrics/train/loss.tsv',
      'step\tloss\n0\t0.4\n1\t0.2\n',
      { 'train/loss': 0.2 },
    ],
    [
      'a history with times, lines of Windows',
      'plots/metrics/loss.tsv',
      'timestamp\tstep\tloss\r\n1623671484747\t0\t0.4\r\n1623671484892\t1\t0.25\r\n',
      { loss: 0.25 },
    ],
    [
      'a metric of MLflow’s file store, written out of order',
      `mlruns/0/${run}/metrics/val/auc`,
      '1721450907221 0.7 2\n1721450907222 0.9 1\n1721450907000 0.8 2\n',
      { 'val/auc': 0.7 },
    ],
    ['the oldest form of it', `mlruns/0/${run}/metrics/auc`, '1721450907221 0.7\n', { auc: 0.7 }],
    [
      'the table of YOLO',
      'runs/detect/train/results.csv',
      '   epoch,   train/box_loss, metrics/mAP50-95(B),   val/box_loss\n   1,  1.47,  0.63, 1.05\n   2,  1.31, 0.66,  nan\n',
      { epoch: 2, 'train/box_loss': 1.31, 'metrics/mAP50-95(B)': 0.66 },
    ],
    ['nothing', 'm.json', '{}', {}],
    ['an empty YAML file', 'm.yml', '# later\n', {}],
    ['a file without an ending', 'out/metrics', '{"a": 1}', { a: 1 }],
  ])('%s', (_, source, text, metrics) => {
    expect(read(text, source)).toEqual(metrics);
  });

  it('leaves out what is no number, and says so where somebody meant one', () => {
    const text =
      '{"auc": "0.913", "f1": "NaN", "version": "3", "model": "rf", "n": null, "ok": true, "rows": 5}';
    expect(parseClaimedMetricFile(text, 'm.json')).toEqual({
      metrics: { rows: 5 },
      notes: ['m.json: "auc" is "0.913", no number: left out', 'm.json: "f1" is "NaN", no number: left out'],
    });
    expect(parseClaimedMetricFile('a: .nan\nb: -.inf\nc: 1\n', 'm.yaml').metrics).toEqual({ c: 1 });
    expect(parseClaimedMetricFile('"a\\n::error::x" = nan', 'm.toml').notes).toEqual([
      'm.toml: "a\\n::error::x" is "NaN", no number: left out',
    ]);
  });

  it.each<readonly [string, string, string, string, object]>([
    ['NaN in JSON', 'm.json', '{"a": 1,\n "auc": NaN}', 'JSON_INVALID', { line: 2 }],
    ['a number too large', 'm.json', '{"auc": 1e999}', 'JSON_INVALID', { line: 1 }],
    ['a key twice', 'm.json', '{"a": 1, "a": 2}', 'JSON_INVALID', { line: 1 }],
    ['a name of an object’s prototype', 'm.json', '{"__proto__": 1}', 'JSON_INVALID', { line: 1 }],
    ['the same in TOML', 'm.toml', 'a = 1\nconstructor = 1', 'CLAIMED_METRICS', { line: 2 }],
    ['a list', 'm.json', '[0.5]', 'CLAIMED_METRICS', { pointer: '' }],
    ['a list in YAML', 'm.yaml', '- 1\n', 'CLAIMED_METRICS', { line: 1 }],
    ['broken YAML', 'm.yaml', 'a: 1\nb: [\n', 'CLAIMED_METRICS', {}],
    [
      'one name for two values',
      'm.json',
      '{"a.b": 1, "a": {"b": 2}}',
      'CLAIMED_METRICS',
      { pointer: '/a/b' },
    ],
    [
      'a metric of MLflow without key',
      'r.json',
      `{"info": {"run_id": "x"}, "data": {"metrics": [{"value": 1}]}}`,
      'CLAIMED_METRICS',
      { pointer: '/data/metrics/0' },
    ],
    [
      'metrics of MLflow that are none',
      'r.json',
      `{"info": {"run_id": "x"}, "data": {"metrics": 7}}`,
      'CLAIMED_METRICS',
      { pointer: '/data/metrics' },
    ],
    ['another table', 'plots/metrics/a.tsv', 'x\ty\n1\t2\n', 'CLAIMED_METRICS', { line: 1 }],
    ['a table without names', 'r.csv', '1,2\n3,4\n', 'CLAIMED_METRICS', { line: 1 }],
    ['a table with a short last line', 'r.csv', 'a,b\n1,2\n3\n', 'CLAIMED_METRICS', { line: 3 }],
    ['a table with quotes', 'r.csv', 'a,b\n"1",2\n', 'CLAIMED_METRICS', { line: 1 }],
    ['another store', `x/${run}/metrics/auc`, 'auc is 0.7\n', 'CLAIMED_METRICS', { line: 1 }],
    ['an unknown format', 'metrics.pkl', '\u0080\u0003', 'CLAIMED_METRICS', {}],
    ['Python', 'metrics.py', 'auc = 1', 'CLAIMED_METRICS', {}],
  ])('tells where %s is', (_, source, text, code, where) => {
    expect(() => read(text, source)).toThrow(refused(code, { file: source, ...where }));
  });

  it('reads any text to finite numbers or an error that says the file', () => {
    const names = ['m.json', 'm.yaml', 'm.toml', 'm.tsv', 'm.csv', 'm', `${run}/metrics/a`];
    const signs = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      '=',
      '.',
      '\n',
      '\t',
      ' ',
      '1',
      'e',
      'a',
      '-',
      '#',
    );
    const any = fc.oneof(
      fc.string(),
      fc.array(signs, { maxLength: 30 }).map((each) => each.join('')),
    );
    fc.assert(
      fc.property(any, fc.constantFrom(...names), (text, name) => {
        try {
          expect(Object.values(read(text, name)).every(Number.isFinite)).toBe(true);
        } catch (error) {
          expect(error).toMatchObject({ kind: 'input', where: { file: name } });
        }
      }),
      { numRuns: 1500 },
    );
  });
});

describe('a folder of metrics', () => {
  const older = '0'.repeat(32);
  const store = new Map([
    [`0/${older}/metrics/auc`, '1000 0.9 0\n'],
    [`0/${run}/metrics/auc`, '2000 0.6 0\n2001 0.7 1\n'],
    [`0/${run}/metrics/val/loss`, '2001 0.3 1\n'],
  ]);

  it('of MLflow gives the run that was written to last', () => {
    expect(parseClaimedMetricFolder(store, 'mlruns').metrics).toEqual({ auc: 0.7, 'val/loss': 0.3 });
  });

  it('of dvclive gives its summary, else its histories', () => {
    const histories = new Map([
      ['plots/metrics/train/loss.tsv', 'step\tloss\n0\t0.4\n'],
      ['plots/metrics/acc.tsv', 'step\tacc\n0\t0.5\n1\t0.6\n'],
    ]);
    expect(parseClaimedMetricFolder(histories, 'dvclive').metrics).toEqual({ 'train/loss': 0.4, acc: 0.6 });
    const both = new Map([...histories, ['metrics.json', '{"acc": 0.7}'] as const]);
    expect(parseClaimedMetricFolder(both, 'dvclive').metrics).toEqual({ acc: 0.7 });
  });

  it('of something else is refused, and names the file that cannot be read', () => {
    expect(() => parseClaimedMetricFolder(new Map(), 'out')).toThrow(
      refused('CLAIMED_METRICS', { file: 'out' }),
    );
    const broken = new Map([['metrics.json', '{']]);
    expect(() => parseClaimedMetricFolder(broken, 'out')).toThrow(
      refused('JSON_INVALID', { file: 'out/metrics.json' }),
    );
  });

  it('knows its own files', () => {
    const paths = ['metrics.json', 'plots/metrics/a/b.tsv', `0/${run}/metrics/val/auc`, `${run}/metrics/auc`];
    expect(paths.every(isMetricOfFolder)).toBe(true);
    const others = ['model.bin', 'a/metrics.json', 'plots/a.tsv', `0/${run}/params/lr`, `0/${run}/meta.yaml`];
    expect(others.some(isMetricOfFolder)).toBe(false);
  });
});
