import { describe, expect, it } from 'vitest';
import { hideColumn } from '../profile/merge.ts';
import type { Profile } from '../profile/profile.ts';
import { compareProfiles } from './compare.ts';
import { Draws, defaultRules, profileOf } from './drift.fixture.ts';
import type { SchemaChange } from './drift.ts';

const draws = new Draws(41);
const rows = 400;
const normals = draws.normals(rows);
const letters = draws.choices(rows, [
  ['a', 0.6],
  ['b', 0.3],
  ['c', 0.1],
]);
const waits = draws.normals(rows, 30, 9);

const table = (parts: Parameters<typeof profileOf>[0] = {}): Profile =>
  profileOf({ delay: ['number', normals], carrier: ['text', letters], wait: ['number', waits], ...parts });
const changesOf = (current: Profile, reference = table(), rules = defaultRules): readonly SchemaChange[] =>
  compareProfiles(current, reference, rules, { reference: 'v7' }).schema;
const without = (profile: Profile, ...names: readonly string[]): Profile => ({
  ...profile,
  columns: profile.columns.filter(({ name }) => !names.includes(name)),
});
const rename = (profile: Profile, from: string, to: string): Profile => ({
  ...profile,
  columns: profile.columns.map((column) => (column.name === from ? { ...column, name: to } : column)),
});

describe('columns', () => {
  it('that stayed are no change', () => expect(changesOf(table())).toEqual([]));

  it('that came and went', () => {
    const current = without(table({ day: ['timestamp', Array(rows).fill('2026-01-01')] }), 'carrier');
    expect(changesOf(current)).toEqual([
      { kind: 'dropped', column: 'carrier', found: 'no such column', allowed: 'text' },
      { kind: 'added', column: 'day', found: 'timestamp', allowed: 'no such column' },
    ]);
  });

  it('that were renamed, by name and by what they hold, are still compared', () => {
    for (const to of ['delays', 'minutes_late']) {
      const current = rename(table(), 'delay', to);
      expect(changesOf(current)).toMatchObject([{ kind: 'renamed', column: to, before: 'delay' }]);
      const { columns } = compareProfiles(current, table(), defaultRules, { reference: 'v7' });
      expect(columns.find(({ column }) => column === to)?.result).toBe('no drift');
    }
  });

  it('that moved as well are told as another column, unless the name says so', () => {
    const other = profileOf({ minutes: ['number', draws.normals(rows, 50, 3)] });
    expect(changesOf(other, profileOf({ delay: ['number', normals] })).map(({ kind }) => kind)).toEqual([
      'dropped',
      'added',
    ]);
    const near = profileOf({ delays: ['number', draws.normals(rows, 50, 3)] });
    expect(changesOf(near, profileOf({ delay: ['number', normals] })).map(({ kind }) => kind)).toEqual([
      'renamed',
    ]);
  });

  it('that were renamed are found in another small batch too, and flags are never guessed', () => {
    let [same, other] = [0, 0];
    for (let seed = 0; seed < 40; seed += 1) {
      const own = new Draws(seed);
      const one = profileOf({ delay: ['number', own.normals(200)] });
      const two = profileOf({ wait: ['number', own.normals(200)] });
      const three = profileOf({ wait: ['number', own.normals(200, 0.7)] });
      if (changesOf(two, one)[0]?.kind === 'renamed') same += 1;
      if (changesOf(three, one)[0]?.kind === 'renamed') other += 1;
    }
    expect(same).toBeGreaterThanOrEqual(35);
    expect(other).toBe(0);
    const flag = (name: string) =>
      profileOf({
        [name]: [
          'boolean',
          draws.choices(400, [
            ['true', 0.5],
            ['false', 0.5],
          ]),
        ],
      });
    const kinds = changesOf(flag('weekend'), flag('late')).map(({ kind }) => kind);
    expect(kinds).toEqual(['dropped', 'added']);
  });

  it('of which two could be the one are not guessed', () => {
    const twins = profileOf({ alpha: ['number', normals], omega: ['number', normals] });
    const kinds = changesOf(twins, profileOf({ delay: ['number', normals] })).map(({ kind }) => kind);
    expect(kinds).toEqual(['dropped', 'added', 'added']);
    const back = changesOf(profileOf({ delay: ['number', normals] }), twins).map(({ kind }) => kind);
    expect(back).toEqual(['dropped', 'dropped', 'added']);
  });

  it('that are private are matched by name only', () => {
    const hide = (profile: Profile) => ({
      ...profile,
      columns: profile.columns.map((column) => hideColumn(column)),
    });
    const one = hide(profileOf({ salary: ['number', normals] }));
    expect(changesOf(rename(one, 'salary', 'income'), one).map(({ kind }) => kind)).toEqual([
      'dropped',
      'added',
    ]);
    expect(changesOf(rename(one, 'salary', 'salarys'), one).map(({ kind }) => kind)).toEqual(['renamed']);
    const empty = profileOf({ nothing: ['number', Array(rows).fill(null)] });
    expect(changesOf(empty, profileOf({ delay: ['number', normals] })).map(({ kind }) => kind)).toEqual([
      'dropped',
      'added',
    ]);
  });

  it('of ten thousand names take no time', () => {
    const wide = (prefix: string) =>
      profileOf(
        Object.fromEntries(
          Array.from({ length: 5000 }, (_, at) => [`${prefix}${at}`, ['integer', [at]] as const]),
        ),
      );
    const { user } = process.cpuUsage();
    expect(changesOf(wide('left '), wide('other ')).length).toBeGreaterThan(9_000);
    expect((process.cpuUsage().user - user) / 1000).toBeLessThan(3_000);
  });

  it('of another type', () => {
    expect(changesOf(table({ delay: ['text', normals.map(String)] }))).toMatchObject([
      { kind: 'retyped', column: 'delay', found: 'text', allowed: 'number' },
    ]);
    const whole = profileOf({ n: ['integer', normals.map(Math.round)] });
    const parts = profileOf({ n: ['number', normals.map(Math.round)] });
    expect(changesOf(whole, parts)).toMatchObject([
      { kind: 'retyped', found: 'integer (both are compared as numbers)' },
    ]);
    expect(compareProfiles(whole, parts, defaultRules, { reference: 'v7' }).columns[0]?.result).toBe(
      'no drift',
    );
  });

  it('in another order, told once, from where it begins', () => {
    const { columns } = table();
    const turned = {
      ...table(),
      columns: [columns[0], columns[2], columns[1]].flatMap((column) => column ?? []),
    };
    expect(changesOf(turned)).toEqual([
      { kind: 'reordered', column: 'wait', found: '"wait", "carrier"', allowed: '"carrier", "wait"' },
    ]);
    const many = profileOf(
      Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`column ${at}`, ['integer', [1]] as const])),
    );
    const back = { ...many, columns: [...many.columns].reverse() };
    expect(changesOf(back, many)[0]?.found).toMatch(/^"column 19".*"column 12", \.\.\.$/);
  });
});

describe('empty cells', () => {
  const withNulls = (share: number): Profile =>
    table({ delay: ['number', normals.map((value, at) => (at < share * rows ? null : value))] });

  it('are told when their share grew for certain and by more than one percent point', () => {
    expect(changesOf(withNulls(0.1))).toEqual([
      { kind: 'new nulls', column: 'delay', found: '10 % empty', allowed: '0 % empty in the reference' },
    ]);
    expect(changesOf(withNulls(0.005))).toEqual([]);
    expect(changesOf(withNulls(0.11), withNulls(0.1))).toEqual([]);
  });

  it('are told when there are none any more, and not when there are fewer', () => {
    expect(changesOf(table(), withNulls(0.1))).toMatchObject([
      { kind: 'vanished nulls', found: '0 % empty' },
    ]);
    expect(changesOf(withNulls(0.1), withNulls(0.4))).toEqual([]);
  });

  it('of few rows tell nothing, nor those of an ignored column', () => {
    expect(changesOf(profileOf({ x: ['number', [1, null]] }), profileOf({ x: ['number', [1, 2]] }))).toEqual(
      [],
    );
    expect(changesOf(withNulls(0.5), table(), { ...defaultRules, ignore: ['delay'] })).toEqual([]);
  });

  it('of private columns are counted: only their number is known', () => {
    const hide = (profile: Profile) => ({
      ...profile,
      columns: profile.columns.map((column) => hideColumn(column)),
    });
    expect(changesOf(hide(withNulls(0.2)), hide(table()))).toMatchObject([
      { kind: 'new nulls', column: 'delay' },
    ]);
  });
});

describe('categories', () => {
  const text = (values: readonly (string | null)[]) => profileOf({ carrier: ['text', values] });
  const before = text(letters);

  it('that are new are listed by share, ten at most', () => {
    const one = changesOf(text([...letters, 'z', 'z', 'y']), before);
    expect(one).toEqual([
      {
        kind: 'new category',
        column: 'carrier',
        found: '"z" (0.5 %), "y" (0.25 %)',
        allowed: 'values of the reference',
      },
    ]);
    const many = changesOf(text([...letters, ...Array.from({ length: 14 }, (_, at) => `z${at}`)]), before);
    expect(many[0]?.found).toMatch(/^"z0" .* and 4 more$/);
  });

  it('that are gone are told when chance does not explain it', () => {
    const gone = changesOf(text(letters.map((value) => (value === 'c' ? 'a' : value))), before);
    expect(gone).toMatchObject([{ kind: 'vanished category', column: 'carrier' }]);
    expect(gone[0]?.found).toMatch(/^none of "c" \(\d+(\.\d+)? %\)$/);
    expect(changesOf(text(letters.slice(0, 8).filter((value) => value !== 'c')), before)).toEqual([]);
    expect(
      changesOf(text(Array(rows).fill(null)), before).filter(({ kind }) => kind.includes('category')),
    ).toEqual([]);
  });

  it('of a column of names are new in every batch, and no news', () => {
    const names = (from: number) => text(Array.from({ length: 300 }, (_, at) => `person ${from + at}`));
    expect(changesOf(names(300), names(0))).toEqual([]);
    // A value that takes half of the rows is more than the next name.
    const half = text([
      ...Array.from({ length: 150 }, (_, at) => `person ${at}`),
      ...Array(300).fill('unknown'),
    ]);
    expect(changesOf(half, names(0))).toMatchObject([{ kind: 'new category' }]);
  });

  it('are those of text and boolean columns of the same type that are not private', () => {
    const flags = (value: string) => profileOf({ late: ['boolean', Array(300).fill(value)] });
    expect(changesOf(flags('true'), flags('false')).map(({ kind }) => kind)).toEqual([
      'new category',
      'vanished category',
    ]);
    const numbers = (value: number) => profileOf({ late: ['integer', Array(300).fill(value)] });
    expect(changesOf(numbers(1), numbers(2))).toEqual([]);
    const hidden = { ...before, columns: before.columns.map((column) => hideColumn(column)) };
    expect(changesOf(hidden, before)).toEqual([]);
  });
});
