import fc from 'fast-check';
import { expect, it } from 'vitest';
import { joinSeries, parseDvcliveSeries, parseMlflowSeries } from './progress-series.ts';

const at = '2026-11-21T10:00:00Z';

it('reads dvclive with and without timestamps, and not the line that is still being written', () => {
  const values = [
    { step: 0, value: 0.4 },
    { step: 1, value: 0.2 },
  ];
  const timed = 'timestamp\tstep\tloss\n1623671484747\t0\t0.4\n1623671484892\t1\t0.2\n1623671484900\t2\t0.';
  expect(parseDvcliveSeries('train/loss', timed)).toEqual({ name: 'train/loss', values });
  expect(parseDvcliveSeries('loss', 'step\tloss\r\n0\t0.4\r\n1\t0.2\r\n2\tnan\r\n')).toEqual({
    name: 'loss',
    values,
  });
});

it('reads MLflow, its two fields, and what a later version writes behind three', () => {
  const text =
    '1623671484747 0.4\n1623671484892 0.2 1\n1623671484893 0.1 2 data abc\n1623671484893 nan 3\nx\n';
  expect(parseMlflowSeries('loss', text).values).toEqual([
    { step: 0, value: 0.4 },
    { step: 1, value: 0.2 },
    { step: 2, value: 0.1 },
  ]);
});

it('joins metrics by step, in order', () => {
  const loss = parseMlflowSeries('loss', '1 0.2 1\n1 0.4 0\n');
  const auc = parseMlflowSeries('auc', '1 0.7 1\n');
  expect(joinSeries([loss, auc, { name: '<b>', values: [{ step: 0, value: 1 }] }], at)).toEqual([
    { at, epoch: null, epochs: null, step: 0, steps: null, metrics: { loss: 0.4 } },
    { at, epoch: null, epochs: null, step: 1, steps: null, metrics: { loss: 0.2, auc: 0.7 } },
  ]);
  expect(joinSeries([{ name: 'loss', values: [{ step: -1, value: Number.NaN }] }], at)).toEqual([]);
});

it('is finite whatever stands in the file', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 400 }), (text) => {
      for (const parse of [parseDvcliveSeries, parseMlflowSeries])
        for (const { step, value } of parse('loss', `${text}\n`).values)
          expect(Number.isFinite(step) && Number.isFinite(value)).toBe(true);
    }),
  );
});
