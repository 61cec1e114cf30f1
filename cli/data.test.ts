import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ServiceError } from '../core/error/error.ts';
import { buildProfile } from '../core/profile/build.ts';
import { renderProfile } from '../core/profile/parse-profile.ts';
import type { OpenEngine } from './commands/data/engine.ts';
import { dataCommand } from './commands/data.ts';
import { openInstalled } from './engine.ts';
import { runProgram } from './program.ts';

const contract = `version: 1
description: flights # of one year
owner: { users: [omar] }
source: the bureau
legal-basis: public
approved-by: omar
expires: "2030-01-01"
access: [flight-delay]
files: [data/flights.csv]
rows: { min: 3, max: 6 } # a quiet week
columns:
  - { name: row, type: integer, unique: true }
  - { name: delay, type: integer, min: -60, max: 600, reason: more is a typing error } # minutes
  - { name: carrier, type: text, allowed: [AA, DL] }
  - { name: email, type: text, privacy: personal, pattern: ".*@.*" }
`;
const policy = readFileSync(join(import.meta.dirname, '../fixtures/flights/.github/gatehouse.yml'), 'utf8')
  .replace('__STORE__', 'file:///srv/store')
  .replace('__DATA__', 'file:///nowhere/data');
const good = 'row,delay,carrier,email\n1,5,AA,a@b.c\n2,6,AA,a@b.d\n3,7,DL,x@y.z\n';
const bad = 'row,delay,carrier,email\n1,5,AA,a@b.c\n2,,AA,secret-person\n3,900,UA,x@y.z\n3,7,DL,x@y.z\n';

let dir = '';
const git = (...args: readonly string[]) =>
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.test', ...args], {
    cwd: dir,
    stdio: 'pipe',
  });
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
};
const read = (path: string) => readFileSync(join(dir, path), 'utf8');

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gatehouse-data-test-'));
  git('init', '--quiet', '--initial-branch=main');
  write('datasets/flights.yml', contract);
  write('data/flights.csv', good);
  write('.github/gatehouse.yml', policy);
  git('add', '.');
  git('commit', '--quiet', '-m', 'write');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function run(args: readonly string[], open: OpenEngine = openInstalled) {
  const out: string[] = [];
  const err: string[] = [];
  const lines: string[] = [];
  const world = {
    cwd: dir,
    env: {},
    now: () => '2026-11-21T10:00:00Z',
    print: (text: string) => out.push(text),
    complain: (text: string) => err.push(text),
    showProgress: (line: string) => lines.push(line),
  };
  const code = await runProgram(['data', ...args], world, [dataCommand(open, async () => [])]);
  return { code, out: out.join('\n'), err: err.join('\n'), lines };
}

test('data that keeps its contract: everything that was measured is shown, and the exit code is 0', async () => {
  const { code, out, err, lines } = await run(['check']);
  expect([code, err]).toEqual([0, '']);
  // Whatever was shown while it worked is taken away.
  expect(lines.at(-1)).toBe('');
  expect(out).toMatchInlineSnapshot(`
    "✅ Pass: flights (3 rows in 1 file) keeps datasets/flights.yml

    What was measured: 13 measurements

      Result   Rule          Column   Found   Allowed                   Rows
      ✅ kept  data/rows     –        3 rows  3 to 6                       3
      ✅ kept  data/nulls    row      no row  no empty cell                3
      ✅ kept  data/type     row      no row  integer (digits, 64-bit)     3
      ✅ kept  data/unique   row      no row  every value once             3
      ✅ kept  data/nulls    delay    no row  no empty cell                3
      ✅ kept  data/type     delay    no row  integer (digits, 64-bit)     3
      ✅ kept  data/range    delay    5 to 7  -60 to 600                   3
      ✅ kept  data/nulls    carrier  no row  no empty cell                3
      ✅ kept  data/type     carrier  no row  text                         3
      ✅ kept  data/allowed  carrier  no row  AA, DL                       3
      ✅ kept  data/nulls    email    no row  no empty cell                3
      ✅ kept  data/type     email    no row  text                         3
      ✅ kept  data/pattern  email    no row  the pattern .*@.*            3

    Drift was not looked at: the data of the champion is compared on the pull request. Compare here with --reference FILE."
  `);
});

test('broken data: each finding with its line, what is allowed and how to mend it', async () => {
  write('data/flights.csv', bad);
  const { code, out, err } = await run(['check', 'flights']);
  expect([code, err]).toEqual([1, '']);
  expect(out).toMatchInlineSnapshot(`
    "⛔ Data invalid: flights (4 rows in 1 file) may not be used: 5 findings by datasets/flights.yml

    datasets/flights.yml:12:41 ❌ fail data/unique Column "row" repeats the value of an earlier row in 1 of 4 rows (25 %), first at row 4.
      12 |   - { name: row, type: integer, unique: true }
         |                                         ^
      Column: row
      Found: 1 row (25 %)
      Allowed: every value once
      Fix: Drop the repeated rows at the source, or set unique: false for the column "row" if they are right.

    datasets/flights.yml:13:5 ❌ fail data/nulls Column "delay" is empty in 1 of 4 rows (25 %), first at row 2.
      13 |   - { name: delay, type: integer, min: -60, max: 600, reason: more is a typing error } # minutes
         |     ^
      Column: delay
      Found: 1 row (25 %)
      Allowed: no empty cell
      Why: more is a typing error
      Fix: Fill or drop the rows without delay at the source, or set nullable: true for the column "delay" if empty is right.

    datasets/flights.yml:13:40 ❌ fail data/range Column "delay" is out of range in 1 of 4 rows (25 %), first at row 3.
      13 |   - { name: delay, type: integer, min: -60, max: 600, reason: more is a typing error } # minutes
         |                                        ^
      Column: delay
      Found: 5 to 900; 1 row (25 %) outside, for example "900"
      Allowed: -60 to 600
      Why: more is a typing error
      Fix: Correct these values at the source, or widen min and max of the column "delay" if they are right.

    datasets/flights.yml:14:43 ❌ fail data/allowed Column "carrier" has values that are not listed in 1 of 4 rows (25 %), first at row 3.
      14 |   - { name: carrier, type: text, allowed: [AA, DL] }
         |                                           ^
      Column: carrier
      Found: 1 row (25 %), for example "UA"
      Allowed: AA, DL
      Fix: Correct these values at the source, or add the new ones to those allowed by the column "carrier".

    datasets/flights.yml:15:60 ❌ fail data/pattern Column "email" does not match its pattern in 1 of 4 rows (25 %), first at row 2.
      15 |   - { name: email, type: text, privacy: personal, pattern: ".*@.*" }
         |                                                            ^
      Column: email
      Found: 1 row (25 %)
      Allowed: the pattern .*@.*
      Fix: Correct these values at the source, or change the pattern of the column "email".

    Example rows
    data/unique column row

      Row  row  delay  carrier
        4  3    7      DL

    data/nulls column delay

      Row  delay  row  carrier
        2  empty  2    AA

    data/range column delay

      Row  delay  row  carrier
        3  900    3    UA

    data/allowed column carrier

      Row  carrier  row  delay
        3  UA       3    900

    data/pattern column email

      Row  row  delay  carrier
        2  2    empty  AA

    What was measured: 13 measurements

      Result     Rule          Column   Found                           Allowed                   Rows
      ✅ kept    data/rows     –        4 rows                          3 to 6                       4
      ✅ kept    data/nulls    row      no row                          no empty cell                4
      ✅ kept    data/type     row      no row                          integer (digits, 64-bit)     4
      ❌ broken  data/unique   row      1 row (25 %)                    every value once             4
      ❌ broken  data/nulls    delay    1 row (25 %)                    no empty cell                4
      ✅ kept    data/type     delay    no row                          integer (digits, 64-bit)     4
      ❌ broken  data/range    delay    5 to 900; 1 row (25 %) outside  -60 to 600                   4
      ✅ kept    data/nulls    carrier  no row                          no empty cell                4
      ✅ kept    data/type     carrier  no row                          text                         4
      ❌ broken  data/allowed  carrier  1 row (25 %)                    AA, DL                       4
      ✅ kept    data/nulls    email    no row                          no empty cell                4
      ✅ kept    data/type     email    no row                          text                         4
      ❌ broken  data/pattern  email    1 row (25 %)                    the pattern .*@.*            4

    Drift was not looked at: the data of the champion is compared on the pull request. Compare here with --reference FILE.

    If the data is right and the contract is not: gatehouse data accept data/unique --column "row" --dataset flights"
  `);
  expect(out).not.toMatch(/secret-person|a@b/);
});

test('JSON has findings, measurements and the public profile, and no value of a private column', async () => {
  write('data/flights.csv', bad);
  const { code, out } = await run(['check', '--json']);
  expect(code).toBe(1);
  const [flights] = JSON.parse(out);
  expect(flights.verdict).toBe('data invalid');
  expect(flights.headers).toEqual(['row', 'delay', 'carrier', 'email']);
  expect(flights.profile.columns[3]).toMatchObject({
    name: 'email',
    min: null,
    distribution: { kind: 'hidden' },
  });
  expect(out).not.toMatch(/secret-person|a@b/);
});

test('other files, another model, other examples; wrong input ends with 2 and a service with 3', async () => {
  write('new/batch.csv', bad);
  expect((await run(['check', 'flights', '--data', 'new/batch.csv'])).code).toBe(1);
  expect((await run(['check', 'datasets/flights.yml', '--examples', '0'])).out).not.toContain('Example rows');
  const typo = await run(['check', 'fligths']);
  expect([typo.code, typo.out]).toEqual([2, '']);
  expect(typo.err).toContain('Did you mean "flights"?');
  write('bad/semicolons.csv', good.replaceAll(',', ';'));
  const odd = await run(['check', '--data', 'bad/semicolons.csv']);
  expect(odd.code).toBe(1);
  // As it is called from the root of the repository, without the folders of this machine.
  expect(odd.out).toContain('data/unreadable bad/semicolons.csv has one column only');
  expect(odd.out).not.toContain('gatehouse data accept');
  expect((await run(['infer', 'bad/semicolons.csv', '--name', 'odd'])).err).toContain(
    'separated by semicolons',
  );
  expect((await run(['check', 'flights', '--examples', 'many'])).code).toBe(2);
  expect((await run(['check', '--model', 'unknown'])).code).toBe(2);
  const missing = await run(['check', '--data', 'nothing.csv']);
  expect([missing.code, missing.err.includes('FILE_MISSING: nothing.csv is not there')]).toEqual([2, true]);
  const broken = await run(['check'], async () => {
    throw new ServiceError('ENGINE_MISSING', 'there is none', { hint: 'Install it.' });
  });
  expect([broken.code, broken.out]).toEqual([3, '']);
});

test('a reference on this machine: drift is looked at by the rules of the contract', async () => {
  const rows = (shift: number) =>
    Array.from({ length: 400 }, (_, at) => `${at},${(at % 40) + shift}\n`).join('');
  write(
    'datasets/numbers.yml',
    contract
      .replace(/columns:[\s\S]*/, 'columns: [{ name: a, type: integer }, { name: b, type: integer }]\n')
      .replace('max: 6', 'max: 1000')
      .replace('flights.csv', 'numbers.csv'),
  );
  write('data/numbers.csv', `a,b\n${rows(20)}`);
  write('before.csv', `a,b\n${rows(0)}`);
  const drifted = await run(['check', 'numbers', '--reference', 'before.csv']);
  expect(drifted.out).toContain('data/drift Column "b" has moved away from');
  expect(drifted.code).toBe(0);
  await run(['profile', 'before.csv', '--contract', 'numbers', '--out', 'before.json']);
  const stored = await run(['check', 'numbers', '--reference', 'before.json']);
  expect(stored.out).toContain('data/drift Column "b" has moved away from');
  const accepted = await run([
    'accept',
    'data/drift',
    '--dataset',
    'numbers',
    '--column',
    'b',
    '--reference',
    'before.json',
  ]);
  expect(accepted.out).toContain('is no drift of "b"');
  expect((await run(['check', 'numbers', '--reference', 'before.json'])).out).not.toContain(
    'data/drift Column',
  );
});

test('data beside its pointer is read where it lies; a stale copy is told, a missing one asks the remote', async () => {
  const pointer = (text: string) =>
    `outs:\n- md5: ${createHash('md5').update(text).digest('hex')}\n  size: ${text.length}\n  hash: md5\n  path: flights.csv\n`;
  write('datasets/flights.yml', contract.replace('flights.csv', 'flights.csv.dvc'));
  write('.gitignore', '/data/flights.csv\n');
  write('data/flights.csv.dvc', pointer(good));
  const fresh = await run(['check']);
  expect([fresh.code, fresh.out.includes('is not what')]).toEqual([0, false]);
  write('data/flights.csv.dvc', pointer(bad));
  const stale = await run(['check']);
  expect([stale.code, stale.out.includes('data/flights.csv is not what data/flights.csv.dvc names')]).toEqual(
    [0, true],
  );
  rmSync(join(dir, 'data/flights.csv'));
  expect((await run(['check'])).code).toBe(3);
  rmSync(join(dir, '.github'), { recursive: true });
  const nowhere = await run(['check']);
  expect(nowhere.code).toBe(1);
  expect(nowhere.out).toContain('no policy says where it lies');
});

test('a profile is shown and written once, as canonical JSON that later checks read', async () => {
  const { code, out } = await run(['profile', 'data/flights.csv', '--out', 'profiles/flights.json']);
  expect(code).toBe(0);
  expect(out).toContain('3 rows, 4 columns');
  expect(out).toContain('Hidden because of their names or values: email.');
  expect(read('profiles/flights.json')).not.toContain('a@b');
  const again = await run(['profile', 'data/flights.csv', '--out', 'profiles/flights.json']);
  expect([again.code, again.err.includes('FILE_EXISTS')]).toEqual([2, true]);
  const text = read('profiles/flights.json');
  expect((await run(['profile', 'data/flights.csv', '--out', 'profiles/flights.json', '--force'])).code).toBe(
    0,
  );
  expect(read('profiles/flights.json')).toBe(text);
  expect((await run(['profile', 'nothing.csv'])).code).toBe(2);
});

const filled: Readonly<Record<string, string>> = {
  description: 'flights',
  owner: '{ users: [omar] }',
  source: 'the bureau',
  'legal-basis': 'public',
  'approved-by': 'omar',
  expires: '"2030-01-01"',
  access: '["*"]',
};

test('infer writes a contract that fails until its governance is filled, and then is kept by its data', async () => {
  const carriers = ['AA', 'DL', 'UA'];
  const lines = Array.from({ length: 500 }, (_, at) =>
    [
      at + 1,
      at % 50 === 0 ? '' : at * 3 - 100,
      `2001-01-${String((at % 28) + 1).padStart(2, '0')} 10:30:00`,
      carriers[at % 3],
      (at / 499).toFixed(4),
      at % 2 === 0,
      `0${at}`,
      `person${at}@example.test`,
      at % 7 === 0 ? '' : 'some, "quoted" text',
    ]
      .map((cell) => JSON.stringify(String(cell)).replaceAll('\\"', '""'))
      .join(','),
  );
  write(
    'data/late.csv',
    `row,delay,at,carrier,share,weekend,code,email,note\n${lines.join('\n')}\n`
      .replaceAll('""', '\0')
      .replaceAll('"\0"', '""')
      .replaceAll('\0', '""')
      .replace(/,"",|,""$/gm, (part) => part.replace('""', '')),
  );
  const { code, out } = await run(['infer', 'data/late.csv', '--name', 'late']);
  expect(code).toBe(0);
  expect(out).toContain('datasets/late.yml is written');
  const text = read('datasets/late.yml');
  expect(text).toContain('- { name: row, type: integer, unique: true, min: 1 }');
  expect(text).toContain('allowed: [AA, DL, UA]');
  expect(text).toContain('{ name: weekend, type: boolean }');
  expect(text).toContain('{ name: code, type: text, unique: true');
  expect(text).not.toContain('person1');
  const unfilled = await run(['check', 'late']);
  expect(unfilled.code).toBe(2);
  for (const key of Object.keys(filled)) expect(unfilled.err).toContain(`${key} is empty`);
  write(
    'datasets/late.yml',
    text.replace(/^([a-z-]+): # TODO.*$/gm, (_, key: string) => `${key}: ${filled[key]}`),
  );
  const kept = await run(['check', 'late']);
  expect(kept.out.split('\n')[0]).toBe('✅ Pass: late (500 rows in 1 file) keeps datasets/late.yml');
  expect(kept.code).toBe(0);
  const again = await run(['infer', 'data/late.csv', '--name', 'late']);
  expect([again.code, again.err.includes('FILE_EXISTS')]).toEqual([2, true]);
  const printed = await run(['infer', 'data/late.csv', '--name', 'other', '--dry-run']);
  expect([
    printed.out.startsWith('# First contract of "other"'),
    existsSync(join(dir, 'datasets/other.yml')),
  ]).toEqual([true, false]);
  expect((await run(['infer', 'data/late.csv', '--name', 'Not A Name'])).code).toBe(2);
});

test('accept changes one line a finding, keeps every comment, and says who must approve', async () => {
  write('data/flights.csv', bad.replace('secret-person', 'p@q.r'));
  const tried = await run(['accept', 'data/range', '--dry-run']);
  expect(read('datasets/flights.yml')).toBe(contract);
  expect(tried.out).toMatchInlineSnapshot(`
    "datasets/flights.yml would change: the limits hold what was seen

         - { name: row, type: integer, unique: true }
      -  - { name: delay, type: integer, min: -60, max: 600, reason: more is a typing error } # minutes
      +  - { name: delay, type: integer, min: -60, max: 900, reason: more is a typing error } # minutes
         - { name: carrier, type: text, allowed: [AA, DL] }

    Needs 1 × owner (omar), by origin/main: a change of datasets/flights.yml."
  `);
  for (const args of [['data/range'], ['data/nulls'], ['data/allowed'], ['data/unique']]) {
    const { code, err } = await run(['accept', ...args]);
    expect([args, code, err]).toEqual([args, 0, '']);
  }
  expect(read('datasets/flights.yml')).toBe(
    contract
      .replace('unique: true', 'unique: false')
      .replace('max: 600', 'max: 900')
      .replace('typing error }', 'typing error, nullable: true }')
      .replace('[AA, DL]', '[AA, DL, UA]'),
  );
  expect((await run(['check'])).code).toBe(0);
});

test('accept from a report needs no data; governance and unknown findings are refused', async () => {
  write('data/flights.csv', bad);
  write('report.json', (await run(['check', '--json'])).out);
  rmSync(join(dir, 'data'), { recursive: true });
  const { code, out } = await run(['accept', 'data/allowed', '--from', 'report.json']);
  expect([code, out.includes('allowed: [AA, DL, UA]')]).toEqual([0, true]);
  // The report says which contract it is about.
  write('datasets/other.yml', contract);
  const among = await run([
    'accept',
    'data/range',
    '--column',
    'delay',
    '--from',
    'report.json',
    '--dry-run',
  ]);
  expect([among.code, among.out.includes('max: 900')]).toEqual([0, true]);
  rmSync(join(dir, 'datasets/other.yml'));
  const secret = await run(['accept', 'data/pattern', '--from', 'report.json']);
  expect([secret.code, secret.err.includes('NOT_ACCEPTED')]).toEqual([2, true]);
  const unknown = await run(['accept', 'data/length', '--from', 'report.json']);
  expect([unknown.code, unknown.err.includes('Found: data/unique --column "row"')]).toEqual([2, true]);
  write('report.json', '[{]');
  expect((await run(['accept', 'data/range', '--from', 'report.json'])).err).toContain('REPORT_INVALID');
  write('data/flights.csv', good);
  write('datasets/flights.yml', contract.replace('2030-01-01', '2026-11-20'));
  const expired = await run(['accept', 'data/expired']);
  expect([expired.code, expired.err.includes('ask the owner')]).toEqual([2, true]);
});

test('a column that nobody described is described as it is, and one that was renamed is renamed', async () => {
  write(
    'data/flights.csv',
    good
      .replace('carrier', 'carriers')
      .replace(/$/m, ',gate')
      .replaceAll(/(@[a-z.]+)$/gm, '$1,7'),
  );
  expect((await run(['accept', 'data/column-missing'])).code).toBe(0);
  const { out } = await run(['accept', 'data/column-unknown']);
  expect(out).toContain('+  - { name: gate, type: integer }');
  expect(read('datasets/flights.yml')).toContain('{ name: carriers, type: text, allowed: [AA, DL] }');
  expect((await run(['check'])).code).toBe(0);
});

test('diff compares a committed dataset with a file, or profiles; without values of private columns', async () => {
  write('data/flights.csv', good.replace('7,DL', '700,UA').replace('x@y.z', 'new@person'));
  const { code, out } = await run([
    'diff',
    'main:datasets/flights.yml',
    'data/flights.csv',
    '--contract',
    'flights',
    '--min-rows',
    '2',
  ]);
  expect(code).toBe(0);
  expect(out).toContain('against main:datasets/flights.yml (3 rows)');
  expect(out).toContain('7 → 700');
  expect(out).toContain('DL → UA');
  expect(out).not.toContain('new@person');
  const json = await run(['diff', 'main:datasets/flights.yml', 'data/flights.csv', '--json']);
  expect(JSON.parse(json.out).drift.columns.length).toBeGreaterThan(2);
  expect(json.out).not.toContain('new@person');
  expect((await run(['diff', 'nowhere:datasets/flights.yml', 'data/flights.csv'])).code).toBe(2);
  expect((await run(['diff', 'nothing.json', 'data/flights.csv'])).code).toBe(2);
});

test('calibrate proposes limits with their rate of false alarms and writes them beside the comments', async () => {
  write(
    'datasets/flights.yml',
    `${contract.replace('max: 6', 'max: 9999')}drift: { min-rows: 20 } # quiet\n`,
  );
  for (let batch = 0; batch < 21; batch += 1) {
    const cells = (of: (at: number) => number) => Array.from({ length: 60 }, (_, at) => String(of(at)));
    const profile = buildProfile([
      { name: 'row', type: 'integer', cells: cells((at) => at) },
      { name: 'delay', type: 'integer', cells: cells((at) => (at * (7 + batch)) % 50) },
    ]);
    write(`history/${batch}.json`, renderProfile(profile));
  }
  const history = Array.from({ length: 21 }, (_, batch) => `history/${batch}.json`);
  const { code, out, err } = await run(['calibrate', 'flights', '--history', ...history, '--write']);
  expect(code).toBe(0);
  expect(out).toMatch(/delay +ks .*proposed/);
  expect(err).toContain('drift: { min-rows: 20, columns: { ');
  expect(read('datasets/flights.yml')).toMatch(
    /drift: \{ min-rows: 20, columns: \{ .*delay: \{ limit: [0-9.]+, test: ks \}.* \} # quiet\n$/,
  );
  const few = await run(['calibrate', 'flights', '--history', ...history.slice(0, 3)]);
  expect(few.out).toContain('not enough history');
  expect((await run(['calibrate', 'flights', '--history', 'nothing.json'])).code).toBe(2);
  expect((await run(['calibrate', 'flights'])).err).toContain('HISTORY_MISSING');
  expect((await run(['calibrate', 'flights', '--from-store'])).err).toContain('LEDGER_NOT_FOUND');
});

test('the production-like set of a model comes with the record of how it was made', async () => {
  const model = readFileSync(
    join(import.meta.dirname, '../fixtures/flights/models/flight-delay/model.yml'),
    'utf8',
  )
    .replace('__LABELS__', 'https://labels.example.test/late.csv')
    .replace('__LABELS_SHA256__', 'a'.repeat(64));
  const path = 'models/flight-delay/model.yml';
  const plain = model.replace(/^production-like:[\s\S]*?(?=^\S|$(?![\s\S]))/m, '');
  write(path, plain);
  write('held-out.csv', `row,delay\n${Array.from({ length: 40 }, (_, at) => `${at},${at}\n`).join('')}`);
  const args = ['production-like', 'flight-delay', '--features', 'held-out.csv', '--out', 'spoiled'];
  expect((await run(args)).err).toContain('SUITE_MISSING');
  write(
    path,
    `${plain}production-like: { seed: 1, corruptions: [{ name: lost, kind: missing, columns: [delay], share: 0.5 }] }\n`,
  );
  const { code, out, err } = await run(args);
  expect([code, err]).toEqual([0, '']);
  expect(out).toContain('Production-like set of flight-delay: 40 rows');
  const record = JSON.parse(read('spoiled/record.json'));
  expect(record.rows).toBe(40);
  expect(record.result).toBe(
    `sha256:${createHash('sha256').update(read('spoiled/held-out.csv')).digest('hex')}`,
  );
  expect((await run(args)).code).toBe(2);
  const allowed = await run(['check', '--model', 'flight-delay']);
  expect([allowed.code, allowed.out.includes('data/access')]).toEqual([0, false]);
  write('datasets/flights.yml', contract.replace('access: [flight-delay]', 'access: [other]'));
  const refused = await run(['check', '--model', 'flight-delay']);
  expect([refused.code, refused.out.includes('data/access')]).toEqual([1, true]);
});
