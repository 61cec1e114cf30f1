import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines } from './line-diff.ts';

test('shows what changed with the line beside it', () => {
  expect(diffLines('a\nb\nc\nd\ne\nf\ng\n', 'a\nB\nc\nd\ne\nf\nG\nh\n')).toEqual([
    ' a',
    '-b',
    '+B',
    ' c',
    '...',
    ' f',
    '-g',
    '+G',
    '+h',
    ' ',
  ]);
  expect(diffLines('a\nb\n', 'a\nb\n')).toEqual([]);
});

const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'));

test('taking what came away from the new text and what went away from the old one leaves the same lines', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before, after);
      const went = lines.filter((line) => line.startsWith('-')).map((line) => line.slice(1));
      const came = lines.filter((line) => line.startsWith('+')).map((line) => line.slice(1));
      expect(before.split('\n').length - went.length).toBe(after.split('\n').length - came.length);
      const without = (all: readonly string[], gone: readonly string[]) => {
        const left = [...all].sort();
        for (const line of gone) left.splice(left.indexOf(line), 1);
        return left;
      };
      expect(without(before.split('\n'), went)).toEqual(without(after.split('\n'), came));
    }),
  );
});
