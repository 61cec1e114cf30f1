import fc from 'fast-check';
import { expect, test } from 'vitest';
import { options, tellStory } from './ledger.fixture.ts';
import { verifyLedger } from './verify.ts';

const story = tellStory();
const paths = [...story.files.keys()];
const bytes = new Map(paths.map((path) => [path, Buffer.from(story.files.get(path) as string)]));

const verdictOf = (path: string, content: Uint8Array | null) => {
  const files = new Map<string, Uint8Array>(bytes);
  if (content === null) files.delete(path);
  else files.set(path, content);
  return verifyLedger(files, [story.anchor], options);
};

test('any one byte of any file of the ledger, changed to anything, is found', () => {
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.nat(), fc.integer({ min: 1, max: 255 }), (path, at, by) => {
      const content = Buffer.from(bytes.get(path) as Buffer);
      const index = at % content.length;
      content[index] = ((content[index] as number) + by) % 256;
      const result = verdictOf(path, content);
      expect(result.verdict).toBe('fail');
      expect(result.findings[0]?.where?.file).toBe(path);
    }),
    { numRuns: 200 },
  );
});

test('any byte put in or taken out is found, and so is a file taken out', () => {
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.nat(), fc.option(fc.nat(255)), (path, at, insert) => {
      const content = bytes.get(path) as Buffer;
      const index = at % content.length;
      const rest = content.subarray(insert === null ? index + 1 : index);
      const middle = insert === null ? [] : [Buffer.of(insert)];
      expect(verdictOf(path, Buffer.concat([content.subarray(0, index), ...middle, rest])).verdict).toBe(
        'fail',
      );
      expect(verdictOf(path, null).verdict).toBe('fail');
    }),
    { numRuns: 80 },
  );
});
