import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Attempt } from '../training/attempt.ts';
import { later, makePoint, makeProgress } from '../training/progress.fixture.ts';
import type { ProgressPoint } from '../training/progress.ts';
import type { Block } from './block.ts';
import { renderMarkdown } from './markdown.ts';
import { withoutProgress, withProgress } from './progress-overlay.ts';
import { renderText } from './text.ts';
import { leftWords, progressBlocks, progressTitle, progressWords } from './training-progress.ts';

const minute = 60_000;
const head = '9f3c2ab'.padEnd(40, '0');
const epochs = (count: number, all = 20): readonly ProgressPoint[] =>
  Array.from({ length: count }, (_, at) =>
    makePoint({
      epoch: at + 1,
      epochs: all,
      metrics: { loss: 1 / (at + 2), 'val-auc': 0.5 + at / 1000 },
      at: later(at * 60),
    }),
  );
const show = (points: readonly ProgressPoint[], leftMs: number | null = null) => ({
  progress: makeProgress(points),
  leftMs,
  earlier: [],
});
const whole = (points: readonly ProgressPoint[]): readonly Block[] => progressBlocks(show(points))[0] ?? [];

describe('the words of a running training', () => {
  it.each([
    [show(epochs(6), 29 * minute), 'training, epoch 6 of 20 (30 %), about 29 min left'],
    [show([makePoint({ step: 120, steps: 400 })]), 'training, step 120 of 400 (30 %)'],
    [show([makePoint({ epoch: 6.4 })]), 'training, epoch 6'],
    [show([makePoint({ step: 7 })]), 'training, step 7'],
    [show([makePoint({ metrics: { loss: 1 } })], 200), 'training, less than a minute left'],
    [show([]), 'training'],
  ])('%#: %s', (shown, wanted) => {
    expect(progressWords(shown)).toBe(wanted);
  });

  it('name the attempt where there can be several', () => {
    const progress = makeProgress(epochs(6), { attempt: 2, attempts: 3 });
    expect(progressWords({ progress, leftMs: null, earlier: [] })).toBe(
      'training, attempt 2 of 3, epoch 6 of 20 (30 %)',
    );
  });

  it('stand behind the commit in the title of the check', () => {
    expect(progressTitle(head, show(epochs(6), 29 * minute))).toBe(
      '⏳ Running for 9f3c2ab: training, epoch 6 of 20 (30 %), about 29 min left',
    );
  });

  it.each([
    [20_000, 'less than a minute left'],
    [119 * minute, 'about 119 min left'],
    [150 * minute, 'about 2.5 h left'],
    [72 * 60 * minute, 'about 3 days left'],
  ])('say %d ms as %s', (milliseconds, wanted) => expect(leftWords(milliseconds)).toBe(wanted));
});

describe('the metrics of a running training', () => {
  it('stand in at most 12 rows, and the picture has the same numbers', () => {
    const [, table, picture] = whole(epochs(57, 60));
    if (table?.kind !== 'table' || picture?.kind !== 'fence') throw new Error('no table or no picture');
    expect(table.head).toEqual(['Epoch', 'loss', 'val-auc']);
    expect(table.rows).toHaveLength(12);
    const column = (at: number) => table.rows.map((row) => String(row[at]?.[0]));
    expect([column(0)[0], column(0).at(-1)]).toEqual(['1', '57']);
    expect(picture.lines).toEqual([
      'xychart-beta',
      '  title "loss, claimed"',
      `  x-axis [${column(0)
        .map((place) => `"${place}"`)
        .join(', ')}]`,
      '  y-axis "loss" 0.0172414 --> 0.5',
      `  line [${column(1).join(', ')}]`,
    ]);
  });

  it.each([
    ['one number', [makePoint({ epoch: 1, metrics: { auc: 0.5 } })]],
    ['one value', [1, 2].map((epoch) => makePoint({ epoch, metrics: { auc: 0.5 } }))],
    ['an exponent', [1, 2].map((epoch) => makePoint({ epoch, metrics: { auc: epoch * 1e-9 } }))],
  ])('have no picture of %s', (_, points) => {
    expect(whole(points).map(({ kind }) => kind)).toEqual(['paragraph', 'table']);
  });

  it('are drawn by step, or in their order, where there is no epoch', () => {
    const drawn = (points: readonly ProgressPoint[]) => renderMarkdown(whole(points));
    const steps = [10, 20].map((step) => makePoint({ step, metrics: { auc: step / 100 } }));
    expect(drawn([...steps, makePoint({ step: 30 })])).toContain('x-axis ["10", "20"]');
    const bare = [1, 2].map((value) => makePoint({ metrics: { auc: value } }));
    expect(drawn([...bare, makePoint({ metrics: { f1: 1 } })])).toContain('x-axis ["1", "2"]');
  });

  it('are left out where the command says none', () => {
    expect(progressBlocks(show([makePoint({ epoch: 1 })])).map(({ length }) => length)).toEqual([1, 1]);
  });

  it('stand in the terminal as a table alone', () => {
    const text = renderText(whole(epochs(3)));
    expect(text).toContain('0.333333');
    expect(text).not.toContain('xychart');
  });

  it('keep their columns, whatever their names', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9][\w ./:@%()+-]{0,59}$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 6 }), (names) => {
        const metrics = Object.fromEntries(names.map((each, at) => [each, at + 1]));
        const points = [1, 2].map((epoch) =>
          makePoint({
            epoch,
            metrics: Object.fromEntries(Object.entries(metrics).map(([key, value]) => [key, value * epoch])),
          }),
        );
        const [, table, picture] = whole(points);
        const lines = renderMarkdown(table === undefined ? [] : [table]).split('\n');
        for (const line of lines) expect(line.split('|')).toHaveLength(names.length + 3);
        const chart = renderMarkdown(picture === undefined ? [] : [picture]).split('\n');
        expect(chart).toHaveLength(7);
        expect(chart[2]).toMatch(/^ {2}title "[^"]*"$/);
      }),
    );
  });
});

it('says what came before, and that a checkpoint is kept', () => {
  const attempt: Attempt = {
    ...{ number: 1, runAttempt: 1, runner: 'gpu-a100-2', startedAt: later(0), durationMs: 12 * minute },
    ...{ outcome: 'lost-runner', how: 'no sign of life', resumedFrom: null },
  };
  const progress = makeProgress(epochs(6), {
    attempt: 2,
    attempts: 3,
    checkpoint: `sha256:${'a'.repeat(64)}`,
  });
  const text = renderMarkdown(progressBlocks({ progress, leftMs: null, earlier: [attempt] })[0] ?? []);
  expect(text).toContain('A checkpoint is kept safe');
  expect(text).toContain('| `gpu-a100-2` | 12 min | the runner was lost (no sign of life) | the beginning |');
  const silent = progressBlocks({ progress: makeProgress(), leftMs: null, earlier: [attempt] });
  expect(silent.map((blocks) => blocks.map(({ kind }) => kind))).toEqual([
    ['paragraph', 'table'],
    ['paragraph'],
  ]);
});

describe('progress above what the check says', () => {
  const summary = '### Waiting\n\nfor evidence\n';

  it('is put there, replaced, and taken away again', () => {
    const once = withProgress(summary, ['**6**']);
    expect(once).toContain('**6**');
    const twice = withProgress(once, ['**7**']);
    expect(twice).not.toContain('**6**');
    expect(withoutProgress(twice)).toBe(summary);
    expect(withoutProgress(summary)).toBe(summary);
  });

  it('is the longest part that has room', () => {
    expect(withProgress(summary, ['x'.repeat(5000), 'short'])).toContain('\nshort\n');
    expect(withoutProgress(withProgress(summary, ['x'.repeat(5000)]))).toBe(summary);
  });

  it('leaves a text that only looks like it', () => {
    for (const text of ['<!-- gatehouse:progress -->\nno end', 'x <!-- /gatehouse:progress -->\n\nrest'])
      expect(withoutProgress(text)).toBe(text);
  });

  it('has room for its table and picture', () => {
    const [first = []] = progressBlocks(show(epochs(57, 60)));
    expect(renderMarkdown(first).length).toBeLessThan(4500);
  });
});
