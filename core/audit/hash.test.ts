import { expect, test } from 'vitest';
import type { Digest } from '../evidence/evidence.ts';
import { canonicalJson } from '../json/canonical.ts';
import { genesisOf } from '../registry/stream.ts';
import { hashEvent } from './hash.ts';
import { tellStory } from './ledger.fixture.ts';
import { appendLeaf, emptyHead, emptyRoot, extendHead, leafOf, nodeOf, rootOf } from './merkle.ts';

const sha = (hex: string): Digest => `sha256:${hex}`;
// Two events of the stream model/fraud-scorer, hashed by another implementation of the format.
const first = sha('f0d229f44edb23e2751d5aa0b083c001af93e6c6bc2a6064fff2b1e87946558e');
const second = sha('2b3718e6e241eac255bd88a19a1f640cfc779ac1e0de25f869f149566164719f');
const root = sha('565d427d77f0fbb79f440f79a175abd46009f179a35b0668842c12e9261bf0c2');

test('genesis, leaves and root are those of the format, to the bit', () => {
  expect(genesisOf('model/fraud-scorer')).toBe(
    sha('bc3035e461ba25b58073a4a6f876d356e8d1ad764d3ced444b47facd4b4d9160'),
  );
  expect(leafOf(first)).toBe(sha('9145ff4d949d00893c34cbd293195c6d8fd09d5d1e9f014613c3d40efee9de03'));
  expect(leafOf(second)).toBe(sha('acfff0eb74a2db8a32716369c2eb3fbcd27d5a7beca52860cedd0c38c1c096f0'));
  expect(nodeOf(leafOf(first), leafOf(second))).toBe(root);
  expect(extendHead(emptyHead, [first, second])).toMatchObject({ size: 2, root, frontier: [root] });
  expect(Buffer.from(root.slice(7), 'hex').toString('base64')).toBe(
    'Vl1CfXfw+7efRA95oXWr1GAJ8XmjWwZohCwS6SYb8MI=',
  );
});

test('the root of nothing is the hash of nothing', () => {
  expect(emptyRoot).toBe(sha('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'));
  expect(rootOf([])).toBe(emptyRoot);
});

test('numbers are written as RFC 8785 wants them', () => {
  const numbers: unknown = JSON.parse('[1e21,1e-7,333333333.33333329,1E30,4.50,2e-3,-0]');
  expect(canonicalJson(numbers)).toBe('[1e+21,1e-7,333333333.3333333,1e+30,4.5,0.002,0]');
});

test('an event hashes the same with and without its hash, in any order of keys, and not after any change', () => {
  const story = tellStory();
  const [path] = [...story.files.keys()].filter((each) => each.endsWith('/000000.json'));
  const event = JSON.parse(story.files.get(path as string) as string).events[0];
  const { hash, ...rest } = event;
  expect(hashEvent(event)).toBe(hash);
  expect(hashEvent(rest)).toBe(hash);
  expect(hashEvent(Object.fromEntries(Object.entries(rest).reverse()) as typeof rest)).toBe(hash);
  expect(hashEvent({ ...rest, gseq: 1 })).not.toBe(hash);
});

test('a frontier that does not fit its size is refused', () => {
  expect(() => appendLeaf([], 1, leafOf(first))).toThrow(RangeError);
});

test('hashing keeps up with a ledger of a million events', () => {
  const [path] = [...tellStory().files.keys()].filter((each) => each.endsWith('/000002.json'));
  const [event] = JSON.parse(tellStory().files.get(path as string) as string).events;
  const cpuMs = () => (process.cpuUsage().user + process.cpuUsage().system) / 1000;
  const start = cpuMs();
  for (let count = 0; count < 10_000; count += 1) hashEvent(event);
  // Time of the processor, not of the clock: other work on the machine does not count. Measured: 72,000 a second.
  expect(10_000 / ((cpuMs() - start) / 1000)).toBeGreaterThan(20_000);
});
