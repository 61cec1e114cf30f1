import { describe, expect, it } from 'vitest';
import { later, makePoint, makeProgress } from './progress.fixture.ts';
import {
  maxProgressBytes,
  parseProgress,
  parseProgressArtifactName,
  progressArtifactName,
  renderProgress,
} from './progress-file.ts';

const progress = makeProgress([makePoint({ epoch: 6, epochs: 20, metrics: { loss: 0.3 }, at: later(60) })]);
const text = renderProgress(progress);
const changed = (change: object) => JSON.stringify({ ...progress, ...change });

describe('progress as a file', () => {
  it('comes back as it was', () => {
    expect(parseProgress(text)).toEqual(progress);
    expect(renderProgress(parseProgress(text))).toBe(text);
  });

  it('of the longest log fits', () => {
    const metrics = Object.fromEntries(
      Array.from({ length: 20 }, (_, at) => [`${'m'.repeat(50)}${at}`, -Math.PI * 1e-300]),
    );
    const points = Array.from({ length: 200 }, (_, step) => makePoint({ step, metrics }));
    expect(renderProgress(makeProgress(points)).length).toBeLessThan(maxProgressBytes);
  });

  it.each([
    ['another key', changed({ conclusion: 'success' })],
    ['a number that is none', text.replace('0.3', 'NaN')],
    ['a number that overflows', text.replace('0.3', '1e999')],
    ['a name that is markup', text.replace('loss', '<img>')],
    [
      '21 metrics',
      changed({
        points: [
          makePoint({ metrics: Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`m${at}`, at])) }),
        ],
      }),
    ],
    ['201 points', changed({ points: Array.from({ length: 201 }, () => makePoint()) })],
    ['a model that is no name', changed({ model: '../x' })],
    ['a time that is none', changed({ startedAt: 'now' })],
    ['a list', '[]'],
    ['too much', `${text}${' '.repeat(maxProgressBytes)}`],
  ])('is refused with %s', (_, wrong) => {
    expect(() => parseProgress(wrong)).toThrow(/progress\.json is not/);
  });
});

it('names of artifacts tell attempt and number, and no others do', () => {
  expect(parseProgressArtifactName(progressArtifactName({ runAttempt: 2, number: 17 }))).toEqual({
    runAttempt: 2,
    number: 17,
  });
  for (const name of [
    'gatehouse-progress-0-1',
    'gatehouse-progress-1',
    'gatehouse-progress-1-1x',
    'gatehouse-model',
  ])
    expect(parseProgressArtifactName(name)).toBeNull();
});
