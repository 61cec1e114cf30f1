import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Row {
  readonly id: string;
  readonly text: string;
  readonly code: readonly string[];
  readonly tests: readonly string[];
  readonly state: string;
}

/** Rows of the tables of a page of docs/ that have code, tests and a state. */
function rowsOf(page: string): readonly Row[] {
  return read(page)
    .split('\n')
    .flatMap((line): readonly Row[] => {
      const [, id] = /^\| ([A-D]\d+|\d+\.\d+)(?: \*)? \|/.exec(line) ?? [];
      const cells = line.slice(2, -2).split(' | ');
      const [text = '', code = '', tests = '', state = ''] = cells.slice(-4);
      return id === undefined ? [] : [{ id, text, code: filesOf(code), tests: filesOf(tests), state }];
    });
}

const filesOf = (cell: string): readonly string[] =>
  [...cell.matchAll(/\]\(([^)#]+)\)/g)].map(([, link = '']) => normalize(join('docs', link)));

const threats = rowsOf('docs/threats.md');
const clauses = rowsOf('docs/gate-rules.md');
const numbered = (letter: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${letter}${at + 1}`);

describe.each([
  ['docs/threats.md', threats, 'threats'],
  ['docs/gate-rules.md', clauses, 'clauses'],
])('%s', (page, rows, what) => {
  it('names code and tests that are there, and why a row does not hold', () => {
    for (const { id, text, code, tests, state } of rows) {
      expect(text, id).toMatch(/^\S.{10,}/);
      expect(code.length, id).toBeGreaterThan(0);
      expect(tests.length, id).toBeGreaterThan(0);
      expect(
        [...code, ...tests].filter((path) => !existsSync(join(root, path))),
        id,
      ).toEqual([]);
      for (const path of tests) expect(path, id).toMatch(/\.test\.ts$/);
      expect(state, id).toMatch(/^\*\*holds\*\*|^\*\*(?:partly|not yet)\*\*: \S/);
    }
  });

  it('counts them right', () => {
    const count = (state: string) => rows.filter((row) => row.state.startsWith(`**${state}**`)).length;
    const [, all, holds, partly, open] =
      /^Of (\d+) \w+ (\d+) [^\d]*?(\d+) [^\d]*?(\d+) /m.exec(read(page)) ?? [];
    expect([all, holds, partly, open].map(Number), what).toEqual([
      ...[rows.length, count('holds'), count('partly'), count('not yet')],
    ]);
  });
});

it('no threat and no rule is left out', () => {
  expect(threats.map(({ id }) => id)).toEqual([
    ...[...numbered('A', 20), ...numbered('B', 24), ...numbered('C', 17), ...numbered('D', 11)],
  ]);
  const rules = clauses.map(({ id }) => id.split('.')[0]);
  expect([...new Set(rules)]).toEqual(numbered('', 26));
  expect(new Set(clauses.map(({ id }) => id)).size).toBe(clauses.length);
});

describe('edits that take a defence away', () => {
  const folder = 'test/security/breaks';
  const breaks = readdirSync(join(root, folder)).flatMap(
    (file) => JSON.parse(read(`${folder}/${file}`)) as readonly Readonly<Record<string, string>>[],
  ) as unknown as readonly {
    readonly ids: readonly string[];
    readonly test: string;
    readonly file: string;
    readonly find: string;
    readonly put: string;
  }[];

  it('fit the file as it is now, in one place', () => {
    for (const { file, find, put } of breaks) {
      expect(read(file).split(find).length - 1, `${file}: ${find}`).toBe(1);
      expect(put, file).not.toBe(find);
    }
  });

  it('are there for nearly every row, and each is seen by a test that its row names', () => {
    expect(breaks.length).toBeGreaterThan(150);
    const testsFor = (id: string) =>
      [...threats, ...clauses].flatMap((row) =>
        row.id === id || row.id.split('.')[0] === id ? row.tests : [],
      );
    for (const { ids, test, file } of breaks) {
      expect(existsSync(join(root, file)), file).toBe(true);
      expect(ids.flatMap(testsFor), `${ids} ${file}`).toContain(test);
    }
  });

  it('are missing where a star says so', () => {
    const covered = new Set(breaks.flatMap(({ ids }) => ids));
    const starred = [...read('docs/threats.md').matchAll(/^\| ([A-D]\d+) \* \|/gm)].map(([, id = '']) => id);
    expect(starred).toEqual(threats.map(({ id }) => id).filter((id) => !covered.has(id)));
  });
});
