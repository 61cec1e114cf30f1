import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isModelName, isName } from './model-name.ts';
import { locate } from './position.ts';
import { editDistance, suggest } from './suggestion.ts';

const text = `# contract
files: [a.csv, b.csv]   # two
columns:
  - name: delay
    max: 2000

  - { name: "a/b", min: -1 }
empty:
`;

describe('locate', () => {
  it.each([
    ['/files/1', 2, 16],
    ['/columns/0/max', 5, 10],
    ['/columns/delay/max', 5, 10],
    ['/columns/a~1b/min', 7, 25],
    ['/columns/delay', 4, 5],
    ['/columns/delay/min', 4, 5],
    ['/columns/none/max', 4, 3],
    ['/empty', 8, 1],
    ['/nothing', 2, 1],
    ['', 2, 1],
  ])('%s stands at %i:%i', (pointer, line, column) => {
    expect(locate(text, pointer, 'x.yml')).toEqual({ file: 'x.yml', pointer, line, column });
  });

  it('counts the same with CRLF and with a byte order mark', () => {
    for (const other of [text.replaceAll('\n', '\r\n'), `\uFEFF${text}`]) {
      expect(locate(other, '/columns/delay/max')).toMatchObject({ line: 5, column: 10 });
    }
  });

  it('gives no line for a text that cannot be read', () => {
    expect(locate('a: [', '/a', 'x.yml')).toEqual({ file: 'x.yml', pointer: '/a' });
  });
});

describe('isModelName', () => {
  it.each(['churn', 'growth/churn', 'a', '7', 'flight-delay', 'x'.repeat(63), 'a/b', '0000'])(
    'takes %s',
    (name) => {
      expect(isModelName(name)).toBe(true);
    },
  );

  it.each([
    ...[
      '',
      '/',
      'a/',
      '/a',
      'a//b',
      'a/b/c',
      '.',
      '..',
      '../a',
      'a/..',
      './a',
      'a\\b',
      'a b',
      'a\n',
      '\na',
      'a\0',
    ],
    ...[
      'A',
      'é',
      'a_b',
      'a.b',
      '-a',
      'a-',
      'x'.repeat(64),
      'a:b',
      'a%2e',
      '%2e%2e',
      '\u202ea',
      '~',
      '*',
      'a;b',
    ],
    ...[
      'con',
      'nul',
      'prn',
      'aux',
      'com1',
      'lpt9',
      'git',
      'constructor',
      'prototype',
      '__proto__',
      'versions',
      'audit',
    ],
    ...[
      'ops',
      'head',
      'growth/versions',
      'ops/churn',
      '000',
      'growth/042',
      'model',
      'stages',
      'state',
      'status',
    ],
  ])('refuses %j', (name) => {
    expect(isModelName(name)).toBe(false);
  });

  it.each([null, undefined, 7, {}, ['churn'], { toString: () => 'churn' }])(
    'refuses what is no text: %j',
    (value) => {
      expect(isModelName(value)).toBe(false);
      expect(isName(value)).toBe(false);
    },
  );

  it('law: whatever it takes stays under its folder and is one file on every system', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'ab-/.\\~A0\n :%'.split('')), maxLength: 12 }),
        (name) => {
          if (!isModelName(name)) return;
          const url = new URL(`models/${name}/model.yml`, 'file:///repo/');
          expect(url.pathname).toBe(`/repo/models/${name}/model.yml`);
          expect(name).toBe(name.toLowerCase());
          expect(name.split('/').length).toBeLessThanOrEqual(2);
        },
      ),
      { numRuns: 5000, seed: 3 },
    );
  });
});

describe('suggest', () => {
  it.each([
    ['max_regresion', ['min', 'max', 'max-regression'], 'max-regression'],
    ['onMerge', ['on-merge', 'approvals'], 'on-merge'],
    ['prest', ['preset', 'proposal'], 'preset'],
    ['mni', ['min', 'max'], 'min'],
    ['x', ['min', 'max'], null],
    ['limitation', ['limitations'], 'limitations'],
    ['entirely-else', ['preset'], null],
    ['y'.repeat(10_000), ['yes'], null],
  ])('%s among %j is %s', (word, candidates, meant) => {
    expect(suggest(word, candidates)).toBe(meant);
  });

  it.each([
    ['', '', 0],
    ['ab', 'ba', 1],
    ['kitten', 'sitting', 3],
    ['ca', 'abc', 3],
    ['auc', '', 3],
  ])('distance of %s and %s is %i', (a, b, edits) => {
    expect(editDistance(a, b)).toBe(edits);
    expect(editDistance(b, a)).toBe(edits);
  });
});
