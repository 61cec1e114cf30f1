import { afterEach, describe, expect, it, vi } from 'vitest';
import { inputDigest, inputNumber } from './input.ts';
import { input, inputLines, needInput } from './toolkit.ts';

const give = (value: string) => vi.stubEnv('INPUT_ARTIFACT-ID', value);
afterEach(() => vi.unstubAllEnvs());

describe('inputNumber', () => {
  it('reads digits, and null for an input that is empty or not there', () => {
    expect(inputNumber('artifact-id')).toBe(null);
    give('  ');
    expect(inputNumber('artifact-id')).toBe(null);
    give(' 42 ');
    expect(inputNumber('artifact-id')).toBe(42);
  });

  it.each([
    '0',
    '01',
    '-1',
    '+1',
    '1.0',
    '1e3',
    '0x1',
    'NaN',
    '1 2',
    '../1',
    '1234567890123456',
    '1\n2',
    '٣',
  ])('refuses %j and names the input', (value) => {
    give(value);
    expect(() => inputNumber('artifact-id')).toThrow(
      expect.objectContaining({ code: 'INPUT_INVALID', message: expect.stringContaining('artifact-id') }),
    );
  });

  it('shows the beginning of a long value alone', () => {
    give('x'.repeat(5000));
    expect(() => inputNumber('artifact-id')).toThrow(/^.{1,200}$/);
  });
});

describe('inputDigest', () => {
  const hex = 'a1'.repeat(32);

  it('takes a digest with or without its algorithm', () => {
    expect(inputDigest('artifact-id')).toBe(null);
    for (const value of [hex, `sha256:${hex}`]) {
      give(value);
      expect(inputDigest('artifact-id')).toBe(`sha256:${hex}`);
    }
  });

  it.each([
    hex.slice(1),
    `${hex}0`,
    hex.toUpperCase(),
    `sha512:${hex}`,
    `sha256:sha256:${hex}`,
    'sha256:',
    '..',
  ])('refuses %s', (value) => {
    give(value);
    expect(() => inputDigest('artifact-id')).toThrow(expect.objectContaining({ code: 'INPUT_INVALID' }));
  });
});

describe('the toolkit', () => {
  it('names a needed input that is empty', () => {
    expect(() => needInput('artifact-id')).toThrow(
      expect.objectContaining({ code: 'INPUT_MISSING', hint: expect.stringContaining('artifact-id') }),
    );
    give('x');
    expect([needInput('artifact-id'), input('artifact-id')]).toEqual(['x', 'x']);
  });

  it('splits lines and drops empty ones', () => {
    give('a.csv\r\n\n  b c.csv  \n');
    expect(inputLines('artifact-id')).toEqual(['a.csv', 'b c.csv']);
    give('');
    expect(inputLines('artifact-id')).toEqual([]);
  });
});
