import { expect, test } from 'vitest';
import { traceAncestry } from './ancestry.ts';

const of = (dataset: string, ...derivedFrom: string[]) => ({ dataset, derivedFrom });
const known = new Map(
  [of('clean', 'raw', 'airports'), of('raw', 'feed'), of('airports', 'feed'), of('feed')].map((each) => [
    each.dataset,
    each,
  ]),
);

test('follows every way up once, sorted', () => {
  const found = traceAncestry(of('features', 'clean'), known);
  expect(found.ancestors.map(({ dataset }) => dataset)).toEqual(['airports', 'clean', 'feed', 'raw']);
  expect(found).toMatchObject({ missing: [], circular: false });
});

test('names what has no contract, also far up', () => {
  const found = traceAncestry(of('features', 'clean', 'gone'), new Map([['clean', of('clean', 'lost')]]));
  expect(found).toMatchObject({ missing: ['gone', 'lost'], circular: false });
});

test('ends on a circle and says so', () => {
  const circle = new Map([
    ['a', of('a', 'b')],
    ['b', of('b', 'a')],
  ]);
  expect(traceAncestry(of('a', 'b'), circle)).toMatchObject({ circular: true, missing: [] });
  expect(traceAncestry(of('c', 'a'), circle).circular).toBe(false);
});
