import { expect, test } from 'vitest';
import { options, tellStory } from './ledger.fixture.ts';
import { verifyLedger } from './verify.ts';

const story = tellStory();

test('a ledger that only the app wrote is proven, entry by entry', () => {
  const result = verifyLedger(story.files, [story.anchor], options);
  expect(result.findings).toEqual([]);
  expect(result).toMatchObject({
    verdict: 'pass',
    entries: 11,
    transactions: 6,
    anchored: 11,
    root: story.anchor.root,
  });
  expect(result.states.get('flight-delay')?.endpoints.get('eu')).toMatchObject({
    champion: 1,
    previous: null,
  });
});

test('every older anchor agrees as well', () => {
  expect(verifyLedger(story.files, story.anchors, options).findings).toEqual([]);
  // Two processes may leave the same anchor: it says the same twice.
  const twice = verifyLedger(story.files, [...story.anchors, ...story.anchors], options);
  expect(twice).toEqual(verifyLedger(story.files, story.anchors, options));
});
