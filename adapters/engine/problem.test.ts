import { describe, expect, it } from 'vitest';
import { describeEngineError } from './problem.ts';

const messageOf = (text: string): string => {
  try {
    return JSON.stringify(describeEngineError(new Error(text), []));
  } catch (error) {
    return String(error);
  }
};

describe('an error of the engine', () => {
  it.each([
    'Out of Range Error: Overflow in multiplication of INT64 (7654321 * 3)!',
    'Conversion Error: Could not convert string "7654321" to INT64',
    "Constraint Error: Duplicate key '7654321'",
    'INTERNAL Error: value 7654321 in row 3',
    'could not cast 7654321',
    'CSV Error on Line: 3\nOriginal Line: 7654321,x',
  ])('never repeats the cell that it stumbled over: %s', (text) => {
    expect(messageOf(text)).not.toContain('7654321');
  });

  it.each([
    ['Out of Memory Error: failed to allocate 2 GiB', 'failed to allocate 2 GiB'],
    ['IO Error: No space left on device', 'No space left on device'],
    ['Out of Range Error: 7654321', 'Out of Range Error'],
  ])('says what the machine lacks: %s', (text, expected) => {
    expect(messageOf(text)).toContain(expected);
  });
});
