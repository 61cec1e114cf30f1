import fc from 'fast-check';
import { RE2JS } from 're2js';
import { expect, test } from 'vitest';
import type { ColumnRule, ColumnType } from '../config/contract.ts';
import { parseContract } from '../config/contract-file.ts';
import { readMoment } from '../config/moment.ts';
import { InputError } from '../error/error.ts';
import { buildProfile, type ColumnCells } from '../profile/build.ts';
import { tables } from '../profile/cells.fixture.ts';
import { countCharacters, toValueText } from '../profile/value-text.ts';
import { inferContract, inferredPath } from './infer.ts';
import { inferPattern } from './infer-pattern.ts';
import { guessPrivacy } from './infer-privacy.ts';
import { guessTypes } from './infer-type.ts';

type Cells = Pick<ColumnCells, 'name' | 'cells'>;

/** As the command does it: as text first, then by the types that fit. */
function infer(columns: readonly Cells[]): string {
  const asText = buildProfile(columns.map((column) => ({ ...column, type: 'text' as const })));
  const typed = columns.map(({ name, cells }, at): ColumnCells => {
    const column = asText.columns[at];
    const types: readonly ColumnType[] = column === undefined ? ['text'] : guessTypes(column);
    return { name, cells, type: types[0] ?? 'text' };
  });
  return inferContract({ dataset: 'flights', files: ['data/flights.csv'], profile: buildProfile(typed) });
}

const filled: Readonly<Record<string, string>> = {
  description: 'flights',
  owner: '{ users: [omar] }',
  source: 'the bureau',
  'legal-basis': 'public',
  'approved-by': 'omar',
  expires: '"2030-01-01"',
  access: '["*"]',
};
const fill = (text: string): string =>
  text.replace(/^([a-z-]+): # TODO.*$/gm, (_, key: string) => `${key}: ${filled[key]}`);

const read = (text: string) => parseContract(fill(text), 'datasets/flights.yml');

const repeat = <T>(count: number, make: (at: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => make(at));

const flights: readonly Cells[] = [
  { name: 'row', cells: repeat(400, (at) => String(at + 1)) },
  { name: 'date', cells: repeat(400, (at) => `2001-01-${String(1 + (at % 28)).padStart(2, '0')}`) },
  { name: 'delay', cells: repeat(400, (at) => (at % 40 === 0 ? null : String(at - 82))) },
  { name: 'carrier', cells: repeat(400, (at) => ['AA', 'DL', 'no'][at % 3] ?? null) },
  { name: 'origin', cells: repeat(400, (at) => `${'ABCDE'[at % 5]}${'XYZWV'[(at >> 3) % 5]}K`) },
  { name: 'zip', cells: repeat(400, (at) => `0${1000 + at}`) },
  { name: 'share', cells: repeat(400, (at) => String(at / 400)) },
  { name: 'Passenger E-Mail', cells: repeat(400, (at) => `person${at}@example.test`) },
  { name: 'late', cells: repeat(400, (at) => String(at % 2 === 0)) },
  { name: 'note', cells: repeat(400, () => null) },
];

test('a first contract, as a person reads it', () => {
  expect(infer(flights)).toMatchInlineSnapshot(`
    "# First contract of "flights", written by "gatehouse data infer" from 400 rows.
    # It says what was seen, with some room; what is right only you know. Read every line before you commit it.
    version: 1

    # TODO: fill in these seven lines. Until then every check fails and names them.
    description: # TODO what one row is
    owner: # TODO who answers for the data: { users: [login] } or { teams: [organization/team] }
    source: # TODO where the data comes from
    legal-basis: # TODO what allows its use
    approved-by: # TODO who approved its use
    expires: # TODO the day after which nothing may train on it: "2030-12-31"
    access: # TODO models that may train on it: [flight-delay], or ["*"] for all

    files: [data/flights.csv]

    # 400 rows seen; half of them must be there in later data.
    rows: { min: 200 }

    columns:
      # none of 400 empty; 400 values, all different: a row number; counted from 1, and no end: later data goes on
      - { name: row, type: integer, unique: true, min: 1 }
      # none of 400 empty; seen 2001-01-01T00:00:00Z to 2001-01-28T00:00:00Z; from its first day, and no end: later data is later
      - { name: date, type: timestamp, min: "2001-01-01" }
      # 10 of 400 empty; seen -81 to 317; a tenth of the span added on each side, rounded outward
      - { name: delay, type: integer, nullable: true, min: -130, max: 360 }
      # none of 400 empty; only 3 different values in 400 cells: a new one is a finding
      - { name: carrier, type: text, allowed: [AA, DL, "no"] }
      # none of 400 empty; all 25 different values have this form
      - { name: origin, type: text, pattern: "[A-Z]{3}" }
      # none of 400 empty; privacy: GUESSED from "zip" in its name, to be on the safe side: nothing of its values is written here; correct it if they are of no person
      - { name: zip, type: text, privacy: personal }
      # none of 400 empty; seen 0 to 0.9975; all from 0 to 1, like a share
      - { name: share, type: number, min: 0, max: 1 }
      # none of 400 empty; privacy: GUESSED from "mail" in its name, to be on the safe side: nothing of its values is written here; correct it if they are of no person
      - { name: Passenger E-Mail, type: text, privacy: personal }
      # none of 400 empty
      - { name: late, type: boolean }
      # all 400 empty: the type is not known
      - { name: note, type: text, nullable: true }

    # Twice the share of empty cells that was seen; above a quarter, half of what is left.
    rules:
      - { name: missing-delay, rule: missing, column: delay, max: 0.05 }

    # Keys and row numbers differ in every batch: they are not compared.
    drift: { ignore: [row] }
    "
  `);
});

test('until a person filled the governance, every check names each field and its line', () => {
  const text = infer(flights);
  let found: readonly string[] = [];
  try {
    parseContract(text, 'datasets/flights.yml');
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    found = error.findings.map(
      ({ where, severity }) =>
        `${severity} ${where?.pointer} ${text.split('\n')[(where?.line ?? 0) - 1]?.split(':')[0]}`,
    );
  }
  expect(found).toEqual(Object.keys(filled).map((key) => `fail /${key} ${key}`));
});

test('the filled contract reads with the rules that the comments tell of', () => {
  const contract = read(infer(flights));
  const column = (name: string) => contract.columns.find((each) => each.name === name);
  expect(column('row')).toMatchObject({ type: 'integer', unique: true, min: 1, nullable: false });
  expect(column('delay')).toMatchObject({ type: 'integer', nullable: true, min: -130, max: 360 });
  expect(column('carrier')).toMatchObject({ type: 'text', allowed: ['AA', 'DL', 'no'] });
  expect(column('zip')).toMatchObject({ type: 'text', privacy: 'personal' });
  expect(column('share')).toMatchObject({ type: 'number', min: 0, max: 1 });
  expect(column('late')).toMatchObject({ type: 'boolean' });
  expect(column('date')).toMatchObject({ type: 'timestamp', min: '2001-01-01' });
  expect(contract.rows).toEqual({ min: 200 });
  expect(contract.rules.map(({ name }) => name)).toEqual(['missing-delay']);
  expect(contract.drift.ignore).toEqual(['row']);
});

test('one odd value among addresses does not show the others', () => {
  const forms = ['a%@example.org', '10.0.0.%', '+4930123456%', 'DE8937040044053201300%'];
  for (const form of forms) {
    const cells = repeat(200, (at) => (at % 8 === 7 ? 'unknown' : form.replace('%', String(at % 7))));
    const text = infer([{ name: 'contact', cells }]);
    expect(text).toContain('privacy: personal');
    expect(text).not.toContain(form.slice(0, 5).replace('%', '0'));
  }
});

test('no value of a column that may be private is in the text', () => {
  const cells = repeat(200, (at) => `value${at % 7}`);
  for (const name of ['email', 'Phone', 'firstName', 'SSN', 'birth_date', 'apiKey', 'user-token']) {
    const numbers = repeat(200, (at) => String(7_654_321 + (at % 7)));
    expect(infer([{ name, cells }])).not.toMatch(/value\d/);
    expect(infer([{ name, cells: numbers }])).not.toMatch(/7,?654,?32/);
  }
});

test('values that only persons have are private whatever the column is called', () => {
  const forms = [
    (at: number) => `a${at}@b.example`,
    (at: number) => `10.0.0.${at}`,
    (at: number) => `+49 170 12345${at + 10}`,
  ];
  for (const form of forms) {
    const text = infer([{ name: 'contact', cells: repeat(60, form) }]);
    expect(text).toContain('{ name: contact, type: text, privacy: personal');
    expect(text).not.toContain(form(7));
  }
  expect(infer([{ name: 'level', cells: repeat(60, (at) => `v${at}`) }])).not.toContain('personal');
});

test('privacy is guessed from words of a name, not from parts of words', () => {
  for (const name of [
    'email',
    'customer_email',
    'customerEmail2',
    'E-Mail',
    'FIRST NAME',
    'name',
    'home.phone',
    'date_of_birth',
    'ipAddress',
  ]) {
    expect(guessPrivacy(name)?.privacy, name).toBe('personal');
  }
  for (const name of ['password', 'api_key', 'apiKey', 'access token'])
    expect(guessPrivacy(name)?.privacy, name).toBe('secret');
  for (const name of ['delay', 'origin', 'distance', 'tailnumber', 'rename_count', 'zipper', 'row']) {
    expect(guessPrivacy(name), name).toBeNull();
  }
});

test('uniform codes give the narrowest form, others none', () => {
  expect(inferPattern(['JFK', 'LAX', 'SFO', 'EWR', 'BOS'])).toBe('[A-Z]{3}');
  expect(inferPattern(['AB-12', 'XY-34', 'QQ-99', 'ZZ-00', 'CD-71'])).toBe('[A-Z]{2}-[0-9]{2}');
  expect(inferPattern(['a.b', 'c.d', 'e.f', 'g.h', 'i.j'])).toBe('[a-z]\\x{2e}[a-z]');
  expect(inferPattern(['JFK', 'LAX', 'SFO', 'EWR', 'BOST'])).toBeNull();
  expect(inferPattern(['JFK', 'LAX'])).toBeNull();
  expect(inferPattern(['a b c', 'd e f', 'g h i', 'j k l', 'm n o'])).toBeNull();
});

test('a code with leading zeros stays text; one and zero are numbers', () => {
  const types = (values: readonly string[]) =>
    buildProfile([{ name: 'a', type: 'text', cells: values }]).columns.map(guessTypes)[0]?.[0];
  expect(types(['01234', '98765'])).toBe('text');
  expect(types(['0', '1'])).toBe('integer');
  expect(types(['0.5', '1'])).toBe('number');
  expect(types(['TRUE', 'false'])).toBe('boolean');
  expect(types(['2001-01-01', '2001-02-30'])).toBe('text');
  expect(types(['9223372036854775808'])).toBe('number');
});

test('without rows, columns or a header that can be named there is no contract', () => {
  const refused = [
    [],
    [{ name: 'a', cells: [] }],
    [{ name: '', cells: ['1'] }],
    [{ name: 'a\nb', cells: ['1'] }],
  ];
  for (const columns of [
    ...refused,
    [
      { name: 'a', cells: ['1'] },
      { name: 'a', cells: ['1'] },
    ],
  ]) {
    expect(() => infer(columns)).toThrow(expect.objectContaining({ code: 'INFER_DATA' }));
  }
  // Read as one column, because its cells are not separated by commas.
  expect(() => infer([{ name: 'day;rain', cells: ['1;2'] }])).toThrow(/separated by semicolons/);
  expect(() => inferredPath('Our Flights')).toThrow(expect.objectContaining({ code: 'INFER_NAME' }));
});

const names = ['row id', 'email', 'delay', 'a: b', '#x', 'on', '"', 'x'.repeat(60), 'é|b'];

test('whatever the data, it keeps the contract that was made from it', () => {
  const many = fc.tuple(tables, fc.nat(40)).map(([columns, times]) =>
    columns.slice(0, names.length).map(({ cells }, at) => ({
      name: names[at] ?? `c${at}`,
      cells: repeat(times + 1, () => cells).flat(),
    })),
  );
  fc.assert(
    fc.property(many, (columns) => {
      fc.pre(columns.length > 0 && (columns[0]?.cells.length ?? 0) > 0);
      const contract = read(infer(columns));
      for (const { name, cells } of columns) {
        const rule = contract.columns.find((column) => column.name === name);
        expect(rule).toBeDefined();
        if (rule !== undefined) expect(faultsOf(rule, cells)).toEqual([]);
        const missing = contract.rules.find((each) => each.rule === 'missing' && each.column === name);
        const share = cells.filter((cell) => cell === null).length / cells.length;
        if (missing?.rule === 'missing') expect(share).toBeLessThanOrEqual(missing.max);
      }
      expect(columns[0]?.cells.length).toBeGreaterThanOrEqual(contract.rows.min);
    }),
    { numRuns: 150 },
  );
});

/** A second reading of what the rules of a column mean. */
function faultsOf(rule: ColumnRule, cells: readonly (string | null)[]): readonly string[] {
  const present = cells.flatMap((cell) => cell ?? []);
  const { type, min, max, length, allowed, pattern } = rule;
  const compiled = pattern === undefined ? null : RE2JS.compile(pattern);
  const broken = present.flatMap((cell) => {
    const value = toValueText(type, cell);
    if (value === null) return [`type ${cell}`];
    const at = type === 'timestamp' ? readMoment(value.slice(0, 10)) : Number(value);
    const toLimit = (limit: number | string) => (typeof limit === 'string' ? readMoment(limit) : limit);
    return [
      ...(min !== undefined && !(at >= toLimit(min)) ? [`min ${cell}`] : []),
      ...(max !== undefined && !(at <= toLimit(max)) ? [`max ${cell}`] : []),
      ...(length?.min !== undefined && !(countCharacters(cell) >= length.min) ? [`short ${cell}`] : []),
      ...(length?.max !== undefined && !(countCharacters(cell) <= length.max) ? [`long ${cell}`] : []),
      ...(allowed !== undefined && !allowed.includes(cell) ? [`not listed ${cell}`] : []),
      ...(compiled !== null && !compiled.matches(cell) ? [`form ${cell}`] : []),
    ];
  });
  const doubled = rule.unique && new Set(present).size !== present.length ? ['doubled'] : [];
  const empty = !rule.nullable && present.length !== cells.length ? ['empty'] : [];
  return [...broken, ...doubled, ...empty];
}

test('a share of empty cells is written with the digits that a person reads', () => {
  const cells = Array.from({ length: 3201 }, (_, at) => (at < 2637 ? null : String(at)));
  const text = infer([{ name: 'sales', cells }]);
  expect(text).toContain('rule: missing, column: sales, max: 0.92');
});
