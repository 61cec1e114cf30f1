import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { later, makePoint, makeProgress } from './progress.fixture.ts';
import { estimateLeft, partDone } from './time-left.ts';

const minute = 60_000;
const epoch = (number: number, minutes: number) =>
  makePoint({ epoch: number, epochs: 20, at: later(minutes * 60) });

describe('time left', () => {
  it('goes by the pace of the attempt', () => {
    expect(estimateLeft(makeProgress([epoch(1, 2), epoch(6, 12)]), [])).toBe(28 * minute);
    expect(estimateLeft(makeProgress([epoch(20, 40)]), [])).toBe(0);
  });

  it('goes from the start when only one point tells', () => {
    expect(estimateLeft(makeProgress([epoch(5, 10)]), [])).toBe(30 * minute);
  });

  it('does not take a resumed attempt for a fast one', () => {
    const resumed = { attempt: 2, attempts: 3 };
    expect(estimateLeft(makeProgress([epoch(6, 1)], resumed), [])).toBeNull();
    expect(estimateLeft(makeProgress([epoch(6, 1), epoch(7, 3)], resumed), [])).toBe(26 * minute);
  });

  it('goes by steps where there are no epochs, and never mixes the two', () => {
    const step = makePoint({ step: 100, steps: 400, at: later(60) });
    expect(estimateLeft(makeProgress([step]), [])).toBe(3 * minute);
    expect(estimateLeft(makeProgress([epoch(1, 0), step]), [])).toBe(3 * minute);
  });

  it('goes by the median of the last five runs when the attempt tells nothing', () => {
    const silent = makeProgress([makePoint({ metrics: { loss: 1 }, at: later(600) })]);
    const runs = [40, 20, 30, 50, 35, 900].map((each) => each * minute);
    expect(estimateLeft(silent, runs)).toBe(25 * minute);
    expect(estimateLeft(silent, [20 * minute, 40 * minute])).toBe(20 * minute);
    expect(estimateLeft(silent, [Number.NaN, -1])).toBeNull();
  });

  it('tells nothing when it takes longer than they did, or stands at nothing', () => {
    const late = makeProgress([makePoint({ metrics: { loss: 1 }, at: later(3600) })]);
    expect(estimateLeft(late, [20 * minute])).toBeNull();
    expect(estimateLeft(makeProgress([epoch(0, 5)]), [])).toBeNull();
    expect(estimateLeft(makeProgress(), [])).toBeNull();
  });

  it('tells nothing of a clock that goes back', () => {
    expect(estimateLeft(makeProgress([epoch(1, 5), epoch(2, 1)]), [])).toBeNull();
  });

  it('is null or a finite number of milliseconds, whatever is claimed', () => {
    const count = fc.option(fc.nat(1000));
    const point = fc
      .record({ epoch: count, epochs: count, step: count, steps: count, at: fc.nat(9999).map(later) })
      .map((own) => makePoint(own));
    fc.assert(
      fc.property(fc.array(point, { maxLength: 6 }), fc.array(fc.double()), (points, runs) => {
        const left = estimateLeft(makeProgress(points), runs);
        expect(left === null || (Number.isFinite(left) && left >= 0)).toBe(true);
      }),
    );
  });
});

it('part done is that of the last point that says it', () => {
  expect(partDone(makeProgress([epoch(6, 1), makePoint({ metrics: { loss: 1 } })]))).toBe(0.3);
  expect(partDone(makeProgress([makePoint({ step: 1, steps: 4 })]))).toBe(0.25);
  expect(partDone(makeProgress())).toBeNull();
});
