import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { later, makePoint, makeProgress } from './progress.fixture.ts';
import type { Progress, ProgressPoint } from './progress.ts';
import { addFilePoints, addPoint, chooseEvenly, maxPoints } from './progress-log.ts';

const steps = ({ points }: Progress) => points.map(({ step }) => step);

describe('the log of an attempt', () => {
  it('takes what is said of one epoch in several lines as one point', () => {
    const lines = [
      makePoint({ epoch: 1, epochs: 20, metrics: { loss: 0.5 } }),
      makePoint({ epoch: 1, step: null, metrics: { auc: 0.7 }, at: later(9) }),
      makePoint({ epoch: 2, metrics: { loss: 0.4 } }),
    ];
    const { points, updatedAt } = makeProgress(lines);
    expect(points).toHaveLength(2);
    expect(points[0]).toMatchObject({ epochs: 20, metrics: { loss: 0.5, auc: 0.7 }, at: later(9) });
    expect(updatedAt).toBe(later(0));
  });

  it('keeps points without a place apart', () => {
    const point = makePoint({ metrics: { loss: 1 } });
    expect(makeProgress([point, point]).points).toHaveLength(2);
  });

  const point = fc.record({
    at: fc.nat(100_000).map(later),
    epoch: fc.option(fc.nat(50)),
    epochs: fc.constant(null),
    step: fc.option(fc.nat(5000)),
    steps: fc.constant(null),
    metrics: fc.dictionary(fc.constantFrom('loss', 'auc'), fc.double({ noNaN: true }), { maxKeys: 2 }),
  });

  it('never grows over 200 points, keeps the first and the last, and changes no value that it was given', () => {
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 300 }), (points) => {
        let progress = makeProgress();
        for (const each of points) {
          const before = JSON.stringify(progress);
          const next = addPoint(progress, each);
          expect(JSON.stringify(progress)).toBe(before);
          expect(next.points.length).toBeLessThanOrEqual(maxPoints);
          expect(next.points.at(-1)).toMatchObject({ at: each.at, epoch: each.epoch, step: each.step });
          expect(next.updatedAt).toBe(each.at);
          progress = next;
        }
        const [first] = progress.points;
        expect(first?.step).toBe(points[0]?.step);
        expect(first?.epoch).toBe(points[0]?.epoch);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ['steps', (number: number): ProgressPoint => makePoint({ step: number })],
    ['epochs', (number: number): ProgressPoint => makePoint({ epoch: number })],
    ['times', (number: number): ProgressPoint => makePoint({ at: later(number) })],
  ])('thins %s evenly: no gap is more than twice another', (_, toPoint) => {
    const progress = makeProgress(Array.from({ length: 1733 }, (__, at) => toPoint(at)));
    const places = progress.points.map(({ step, epoch, at }) => step ?? epoch ?? Date.parse(at));
    const gaps = places.slice(1, -2).map((place, at) => place - (places[at] ?? 0));
    expect(progress.points).toHaveLength(maxPoints);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(2 * Math.min(...gaps));
  });
});

describe('points from files, read whole each time', () => {
  const file = [0, 1, 2].map((step) => makePoint({ step, metrics: { loss: step } }));

  it('are taken once', () => {
    const once = addFilePoints(makeProgress(), file);
    expect(steps(once)).toEqual([0, 1, 2]);
    expect(addFilePoints(once, file)).toBe(once);
    expect(steps(addFilePoints(once, [...file, makePoint({ step: 3 })]))).toEqual([0, 1, 2, 3]);
  });

  it('bring a metric that was written later, also when the command printed something in between', () => {
    const late = [...file.slice(0, 2), makePoint({ step: 2, metrics: { loss: 2, auc: 0.7 } })];
    const once = addFilePoints(makeProgress(), file);
    expect(addFilePoints(once, late).points.at(-1)?.metrics).toEqual({ loss: 2, auc: 0.7 });
    const printed = addPoint(once, makePoint({ epoch: 1, metrics: { seen: 1 } }));
    const both = addFilePoints(printed, late);
    expect(addFilePoints(both, late)).toBe(both);
    expect(steps(both)).toEqual([0, 1, 2, null, 2]);
  });

  it('go by their epoch where they have no step, and are left where they have no place', () => {
    const epochs = [makePoint({ epoch: 1 }), makePoint({ metrics: { loss: 1 } })];
    const once = addFilePoints(makeProgress(), epochs);
    expect(once.points).toHaveLength(1);
    expect(addFilePoints(once, epochs)).toBe(once);
  });
});

describe('rows chosen evenly', () => {
  it('are all of a few', () => expect(chooseEvenly([1, 2, 3], 3)).toEqual([1, 2, 3]));
  it('have the first and the last, in order, each once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 20 }), fc.integer({ min: 2, max: 500 }), (most, length) => {
        const rows = Array.from({ length }, (_, at) => at);
        const chosen = chooseEvenly(rows, most);
        expect(chosen).toHaveLength(Math.min(most, length));
        expect([chosen[0], chosen.at(-1)]).toEqual([0, length - 1]);
        expect([...new Set(chosen)].sort((a, b) => a - b)).toEqual(chosen);
      }),
    );
  });
});
