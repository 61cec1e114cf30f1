import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Dimension } from '../config/search.ts';
import { drawFresh, drawPoints } from './fresh-point.ts';
import { gridPoint, keyOf, sizeOf, spaceSize, unitOf, valueAt } from './space.ts';

type Range = Extract<Dimension, { kind: 'range' }>;
const range = (own: Partial<Range>): Range => ({
  ...{ kind: 'range', name: 'x', from: 1, to: 9, scale: 'linear', whole: false },
  ...own,
});

const anyRange = fc
  .record({
    from: fc.integer({ min: 1, max: 1000 }),
    wide: fc.integer({ min: 1, max: 1000 }),
    scale: fc.constantFrom('linear', 'log'),
    whole: fc.boolean(),
    step: fc.option(fc.integer({ min: 1, max: 7 })),
  })
  .map(({ from, wide, scale, whole, step }) =>
    range({
      ...{ from, to: from + wide, whole, scale },
      ...(step !== null && step <= wide ? { step, scale: 'linear' } : {}),
    }),
  );

it('gives values inside the range, on its steps and whole where it says so, and finds them again', () => {
  fc.assert(
    fc.property(anyRange, fc.double({ min: 0, max: 1, noNaN: true }), (dimension, unit) => {
      const value = Number(valueAt(dimension, unit));
      expect(value).toBeGreaterThanOrEqual(dimension.from);
      expect(value).toBeLessThanOrEqual(dimension.to);
      if (dimension.whole) expect(Number.isInteger(value)).toBe(true);
      if (dimension.step !== undefined) expect((value - dimension.from) % dimension.step).toBe(0);
      const place = unitOf(dimension, value);
      expect(place).toBeGreaterThanOrEqual(0);
      expect(place).toBeLessThanOrEqual(1);
      expect(valueAt(dimension, place)).toBeCloseTo(value, 2);
    }),
  );
});

it('lays a log range out by its logarithm', () => {
  const dimension = range({ from: 0.001, to: 1, scale: 'log' });
  expect(valueAt(dimension, 1 / 3)).toBeCloseTo(0.01, 10);
  expect(unitOf(dimension, 0.1)).toBeCloseTo(2 / 3, 10);
});

it('rounds to a millionth of the range, and to six digits on a log scale', () => {
  expect(valueAt(range({ from: 0, to: 1 }), 1 / 3)).toBe(0.333333);
  expect(valueAt(range({ from: 0, to: 3e6 }), 1 / 9)).toBe(333333);
  expect(valueAt(range({ from: 1e9, to: 1e9 + 1 }), 1 / 3)).toBe(1e9 + 0.333333);
  expect(valueAt(range({ from: 0.0001, to: 1, scale: 'log' }), 1 / 3)).toBe(0.00215443);
});

it('writes steps as people do, and gives each step and whole number the same room', () => {
  const tenths = range({ from: 0, to: 0.3, step: 0.1 });
  expect([0.1, 0.3, 0.6, 0.9].map((unit) => valueAt(tenths, unit))).toEqual([0, 0.1, 0.2, 0.3]);
  expect([0, 0.49, 0.5, 1].map((unit) => valueAt(range({ to: 2, whole: true }), unit))).toEqual([1, 1, 2, 2]);
});

it('counts a grid, and goes through it with the last dimension fastest', () => {
  const space = [
    { kind: 'list', name: 'a', values: ['x', 'y'] },
    range({ name: 'b', from: 1, to: 3, whole: true }),
  ] as const;
  expect(spaceSize(space)).toBe(6);
  expect(Array.from({ length: 6 }, (_, at) => Object.values(gridPoint(space, at)).join(''))).toEqual([
    ...['x1', 'x2', 'x3', 'y1', 'y2', 'y3'],
  ]);
  expect(Object.keys(gridPoint(space, 0))).toEqual(['a', 'b']);
  expect(sizeOf(range({}))).toBe(Number.POSITIVE_INFINITY);
});

it('draws every point of a small space once, and the first ones the same however many are asked for', () => {
  const space = [range({ from: 1, to: 40, whole: true })];
  const all = drawPoints(space, 5, 40);
  expect(new Set(all.map(keyOf)).size).toBe(40);
  expect(drawPoints(space, 5, 7)).toEqual(all.slice(0, 7));
  expect(drawPoints(space, 6, 7)).not.toEqual(all.slice(0, 7));
});

it('finds the last free point of a space, and says that there is none', () => {
  const space = [range({ from: 1, to: 5000, whole: true })];
  const taken = new Set(Array.from({ length: 4999 }, (_, at) => keyOf({ x: at + 2 })));
  expect(drawFresh(space, 1, 1, taken)).toEqual({ x: 1 });
  expect(() => drawFresh(space, 1, 1, new Set([...taken, keyOf({ x: 1 })]))).toThrow(/is taken/);
});

it('keeps the digits of a log range that is hardly one', () => {
  const value = Number(valueAt(range({ from: 1000, to: 1000.001, scale: 'log' }), 0.5));
  expect(value).toBeGreaterThan(1000.0004);
  expect(value).toBeLessThan(1000.0006);
});
