import { expect, it } from 'vitest';
import { digestBytes } from '../json/canonical.ts';
import type { Anchor } from './anchor.ts';
import { readEntries } from './entries.ts';
import { holdAgain } from './hold-again.ts';
import { options, tellStory } from './ledger.fixture.ts';
import { verifyLedger } from './verify.ts';

const story = tellStory();
const other = digestBytes('another ledger');
const { size, root } = story.anchor;

it.each<[string, readonly Anchor[]]>([
  ['none', []],
  ['every one that was left', story.anchors],
  ['the first alone: what follows is a tail', story.anchors.slice(0, 1)],
  ['one of an empty ledger', [{ size: 0, root: digestBytes('') }]],
  ['one of a ledger that was longer', [...story.anchors, { size: size + 1, root: other }]],
  ['one of another ledger as long', [{ size, root: other }]],
  ['one that differs in the middle', [story.anchors[0] ?? story.anchor, { size: size - 3, root: other }]],
])('says of a proven ledger what the whole proof says, with anchors: %s', (_, anchors) => {
  for (const tail of ['refuse', 'report'] as const) {
    const whole = verifyLedger(story.files, anchors, { ...options, tail });
    const again = holdAgain(whole.events, anchors, tail);
    expect(again).toEqual({ findings: whole.findings, anchored: whole.anchored });
  }
  expect([root, readEntries(story.files).entries.length > 5]).toEqual([story.snapshot.head.root, true]);
});
