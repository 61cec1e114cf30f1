import { expect, it } from 'vitest';
import { proveLedger } from '../report/ledger-proof.ts';
import { ledgerRenderersFor } from '../report/ledger-renderers.ts';
import { findVersion } from './find-version.ts';
import { tellStory } from './ledger.fixture.ts';

const story = tellStory('own', ledgerRenderersFor('own'));
const proven = proveLedger(story.files, [story.anchor], 'own', 'refuse');

it('finds a version by its name or number', () => {
  for (const text of ['v1', '1']) {
    expect(findVersion(proven, 'flight-delay', text)).toMatchObject({ model: 'flight-delay', version: 1 });
  }
});

it.each(['v0', 'v99', '', 'latest', '1.0', 'v1; rm', '99999999999'])('has no version %j', (text) => {
  expect(() => findVersion(proven, 'flight-delay', text)).toThrow(
    expect.objectContaining({ code: 'LEDGER_UNKNOWN_VERSION', hint: expect.stringContaining('v1') }),
  );
});

it('answers nothing about an unknown model, and nothing from a ledger that is not proven', () => {
  expect(() => findVersion(proven, 'nope', 'v1')).toThrow(
    expect.objectContaining({ code: 'LEDGER_UNKNOWN_MODEL' }),
  );
  const unproven = proveLedger(story.files, [], 'own', 'refuse');
  expect(() => findVersion(unproven, 'flight-delay', 'v1')).toThrow(
    expect.objectContaining({ code: 'LEDGER_UNVERIFIED' }),
  );
});

it('names the newest of many', () => {
  const many = new Map(Array.from({ length: 12 }, (_, at) => [at + 1, {}]));
  const grown = { ...proven, states: new Map([['m', { versions: many }]]) } as unknown as typeof proven;
  expect(() => findVersion(grown, 'm', 'v13')).toThrow(
    expect.objectContaining({ hint: expect.stringMatching(/v12, v11.* v3 and 2 older ones/) }),
  );
});
