import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { compareValues } from './compare.ts';
import { parseVectors } from './file.ts';
import { runVectors } from './run.ts';

const tol = { rel: 1e-10, abs: 1e-12 };
const mean = { id: 'one', fn: 'entropy', args: { p: [1, 1], base: 2 }, expected: 1, tol };

const run = (cases: readonly unknown[], datasets: unknown = {}) =>
  runVectors(parseVectors(JSON.stringify({ datasets, cases })));

describe('a file of vectors', () => {
  it('passes case by case, and names what was wanted and what it got', () => {
    expect(run([mean])).toEqual({ passed: 1, failures: [] });
    const wrong = { ...mean, id: 'two', expected: 1.5 };
    expect(run([mean, wrong])).toEqual({
      passed: 1,
      failures: ['two (entropy) result: wanted 1.5, got 1'],
    });
    const nested = {
      id: 'three',
      fn: 'fairness',
      args: { y_true: [1, 0], y_pred: [1, 1], group: ['A', 'B'] },
      expected: { selection_rate: { A: 1, B: 0.25 }, tpr: { A: 1, B: 'NaN' }, nobody: 1 },
      tol,
    };
    expect(run([nested]).failures).toEqual([
      'three (fairness) selection_rate/B: wanted 0.25, got 1; nobody: wanted 1, got nothing',
    ]);
  });

  it('tells some of many differences', () => {
    const levels = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
    const all = { ...mean, fn: 'quantile', args: { x: [1, 2], p: levels }, expected: levels };
    expect(run([all]).failures[0]).toMatch(/4: wanted 0\.4, got 1\.4; and 2 more$/);
  });

  it('wants a refusal of the kind named, and none where a number is wanted', () => {
    const none = { ...mean, fn: 'describe', args: { x: [] }, expected: { error: 'empty' } };
    expect(run([none]).passed).toBe(1);
    expect(run([{ ...none, expected: { error: 'single_class' } }]).failures).toEqual([
      'one (describe) result: wanted the refusal "single_class", got the error STATISTICS_EMPTY',
    ]);
    expect(run([{ ...none, args: { x: [1] } }]).failures[0]).toContain('wanted the refusal "empty", got {');
    expect(run([{ ...none, expected: { n: 0 } }]).failures[0]).toContain('got the error STATISTICS_EMPTY');
    expect(run([{ ...mean, args: { p: 3 } }]).failures[0]).toContain('got the error Error: an argument');
  });

  it('fails what it cannot run', () => {
    expect(run([{ ...mean, fn: 'toString' }]).failures).toEqual([
      'one (toString) result: wanted 1, got no function is called toString',
    ]);
    const { tol: _, ...untold } = mean;
    expect(run([mean, mean, untold, 7, { ...mean, id: 'four', args: { p: { $ref: 'gone' } } }])).toEqual({
      passed: 1,
      failures: [
        'one (entropy) result: wanted a case that can be run, got another case has the same id',
        expect.stringMatching(/^one \(entropy\) .*tol/),
        expect.stringMatching(/^case 4 \(no function\)/),
        'four (entropy) result: wanted a case that can be run, got no data set is called gone',
      ],
    });
  });

  it('resolves data sets, and negates those that say so', () => {
    const datasets = { labels: [0, 1, 1], sizes: [3, 2, 1] };
    const args = { y_true: { $ref: 'labels' }, score_negated_of: { $ref: 'sizes' } };
    expect(run([{ ...mean, fn: 'ranking_metrics', args, expected: { roc_auc: 1 } }], datasets).passed).toBe(
      1,
    );
    const single = { ...mean, fn: 'ranking_metrics', args: { ...args, score_negated_of: 3 }, expected: {} };
    expect(run([single], datasets).failures[0]).toContain('score_negated_of is no list');
  });

  it.each(['', 'no JSON', '[]', '{"cases":[]}', '{"cases":{}}', '{}'])('is none when it reads %j', (text) => {
    expect(() => parseVectors(text)).toThrow();
  });
});

describe('a comparison', () => {
  it.each([
    [1, 1 + 5e-11, true],
    [1, 1 + 5e-10, false],
    [1, Number.NaN, false],
    [1, '1', false],
    [1, undefined, false],
    [7, 8, false],
    ['NaN', Number.NaN, true],
    ['NaN', 0, false],
    ['Infinity', Number.POSITIVE_INFINITY, true],
    ['Infinity', Number.NEGATIVE_INFINITY, false],
    ['cat', 'cat', true],
    ['cat', 'dog', false],
    [true, true, true],
    [true, 1, false],
    [null, null, true],
    [null, undefined, false],
    [null, Number.NaN, false],
    [[1, 2], Float64Array.of(1, 2), true],
    [[1, 2], [1, 2, 3], false],
    [[1], { 0: 1 }, false],
    [{ a: 1 }, { a: 1, b: 2 }, true],
    [{ a: 1 }, {}, false],
    [{ a: 1 }, 1, false],
    [{ constructor: 1 }, {}, false],
  ])('of %j wanted with %j got: %j', (wanted, got, same) => {
    expect(compareValues(wanted, got, tol).length === 0).toBe(same);
  });

  it('counts in whole numbers exactly, whatever the tolerance', () => {
    expect(compareValues(1000, 1001, { rel: 1, abs: 5 })).toHaveLength(1);
    expect(compareValues(1000, 1000.5, { rel: 1, abs: 5 })).toEqual([]);
  });
});

describe('the command', () => {
  const call = (...args: readonly string[]) =>
    spawnSync(process.execPath, ['scripts/check-vectors.ts', ...args], {
      encoding: 'utf8',
      env: { ...process.env, INIT_CWD: process.cwd() },
    });

  it('is an error without a file to read, and never a pass', () => {
    const { status, stdout, stderr } = call('fixtures/vectors/gone.json');
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('gone.json is no file of vectors');
  });

  it('ends with what passed and what failed', () => {
    const { status, stdout } = call('fixtures/vectors/statistics-slice.json');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\d+ passed, 0 failed\n$/);
  });
});
