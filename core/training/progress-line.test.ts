import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProgressJson, parseProgressLine } from './progress-line.ts';

const at = '2026-11-21T10:00:00Z';
const none = { at, epoch: null, epochs: null, step: null, steps: null, metrics: {} };

describe('a line of progress', () => {
  it.each([
    [
      'gatehouse: epoch=6/20 step=120/400 loss=0.31 val-auc=0.82',
      { epoch: 6, epochs: 20, step: 120, steps: 400, metrics: { loss: 0.31, 'val-auc': 0.82 } },
    ],
    ['gatehouse: epoch=6 epochs=20', { epoch: 6, epochs: 20 }],
    ['gatehouse: loss=0.31, acc=1e-2; f1=.5', { metrics: { loss: 0.31, acc: 0.01, f1: 0.5 } }],
    [
      'gatehouse: {"epoch": 6, "epochs": 20, "metrics": {"loss": 0.3}, "val": {"auc": 0.8}, "note": "x"}',
      { epoch: 6, epochs: 20, metrics: { loss: 0.3, 'val/auc': 0.8 } },
    ],
    ['2026-11-21 INFO trainer: gatehouse: step=3', { step: 3 }],
    ['\u001b[32mgatehouse:\u001b[0m step=3', { step: 3 }],
  ])('is read: %s', (line, wanted) => {
    expect(parseProgressLine(line, at)).toEqual({ ...none, ...wanted });
  });

  it.each([
    'epoch=6/20 loss=0.3',
    'not-gatehouse: epoch=6/20',
    'gatehouse: done',
    'gatehouse: loss=nan acc=inf epoch=six',
    'gatehouse: epoch=-1',
    'gatehouse: =3 ==',
    'gatehouse: {"epoch": 6',
    'gatehouse: {"loss": NaN}',
    'gatehouse: {"loss": "0.3"}',
    `gatehouse: ${'epoch=1 '.repeat(1000)}`,
  ])('is none: %s', (line) => {
    expect(parseProgressLine(line, at)).toBeNull();
  });

  it('keeps a count whose total is behind it or nothing, and no total without a count', () => {
    expect(parseProgressLine('gatehouse: epoch=21/20 steps=5', at)).toEqual({ ...none, epoch: 21 });
    expect(parseProgressLine('gatehouse: epoch=0/0', at)).toEqual({ ...none, epoch: 0 });
  });

  it('keeps 20 metrics, none with a name that is markup or reaches a prototype', () => {
    const many = Array.from({ length: 30 }, (_, number) => `m${number}=${number}`).join(' ');
    expect(Object.keys(parseProgressLine(`gatehouse: ${many}`, at)?.metrics ?? {})).toHaveLength(20);
    expect(parseProgressLine('gatehouse: constructor=1 <b>=2 __proto__=3 ok=4', at)?.metrics).toEqual({
      ok: 4,
    });
  });

  it('is never anything but finite numbers under plain names, whatever is printed', () => {
    const word = fc.oneof(fc.string(), fc.constantFrom('epoch=3/', 'loss=1e999', 'step=9', '{"a":', '}'));
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const point = parseProgressLine(`gatehouse: ${words.join(' ')}`, at);
        if (point === null) return;
        const numbers = [point.epoch, point.epochs, point.step, point.steps, ...Object.values(point.metrics)];
        expect(numbers.every((each) => each === null || Number.isFinite(each))).toBe(true);
        for (const name of Object.keys(point.metrics)) expect(name).toMatch(/^[A-Za-z0-9][\w ./:@%()+-]*$/);
      }),
    );
  });
});

describe('a JSON file of progress', () => {
  it('is read as dvclive writes it', () => {
    const text = '{"step": 1, "train": {"loss": 0.2}, "val": {"loss": 0.4}}';
    expect(parseProgressJson(text, at)).toEqual({
      ...none,
      step: 1,
      metrics: { 'train/loss': 0.2, 'val/loss': 0.4 },
    });
  });

  it.each(['[1]', '3', '{}', '', '{"a": {"b": {"c": {"d": {"e": {"f": {"g": 1}}}}}}}'])(
    'is none: %s',
    (text) => {
      expect(parseProgressJson(text, at)).toBeNull();
    },
  );
});
