import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mergeMeasured } from '../../core/dataset/merge-measured.ts';
import type { CheckPlan } from '../../core/dataset/plan.ts';
import { emptyProfile } from '../../core/profile/merge.ts';
import { parseProfile, renderProfile } from '../../core/profile/parse-profile.ts';
import { openDuckDb } from '../engine/duckdb.ts';
import type { DataEngine } from '../engine/engine.ts';
import { cutCsv } from './cut-csv.ts';

const plan: CheckPlan = {
  columns: [
    { column: 'id', type: 'integer', min: 0, showValues: true },
    { column: 'x', type: 'number', max: 100, showValues: true },
    { column: 'name', type: 'text', length: { max: 3 }, allowed: ['a', 'b', 'é'], showValues: true },
    { column: 'at', type: 'timestamp', min: '2024-01-01', showValues: true },
    { column: 'ok', type: 'boolean', showValues: true },
    { column: 'who', type: 'text', pattern: '[A-Z]+', showValues: false },
  ],
  rules: [
    { name: 'small', kind: 'cells', check: { column: 'x', type: 'number', max: 5, showValues: true } },
    { name: 'held-out', kind: 'overlap', columns: ['id', 'name'], other: 'held-out.csv' },
    { name: 'leak', kind: 'association', label: 'ok', features: ['id', 'x', 'name', 'at'] },
    { name: 'leak of a number', kind: 'association', label: 'id', features: ['ok', 'x'] },
  ],
  examples: 4,
  distinct: [],
};
const sliced: CheckPlan = { ...plan, rules: plan.rules.filter(({ kind }) => kind !== 'overlap') };
const header = 'id,x,name,at,ok,who';

const cells = [
  fc.constantFrom('1', '007', '-3', '9223372036854775807', '9223372036854775808', ''),
  fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.constantFrom('-0', '1.50', 'NaN', ''),
  ),
  fc.constantFrom('a', 'b', 'é', 'longer', '\u{1f600}', ''),
  fc.constantFrom('2024-01-01', '2024-02-29 23:59:59.5', '1999-12-31T00:00Z', '2023-02-29', ''),
  fc.constantFrom('true', '0', 'TRUE', 'maybe', ''),
  fc.constantFrom('ADA', 'bo', ''),
];
const rows = fc.array(fc.tuple(...cells), { minLength: 1, maxLength: 30 });

let folder: string;
let engine: DataEngine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-parts-'));
  engine = await openDuckDb({ workdir: join(folder, 'spill') });
});
afterAll(async () => {
  engine.close();
  await rm(folder, { recursive: true });
});

it('the engine measures parts that add up to one pass over the same files, whole value, for any split', async () => {
  let turn = 0;
  await writeFile(join(folder, 'held-out.csv'), `${header}\n7,1,a,2024-01-01,1,X\n`);
  const others = new Map([['held-out.csv', [{ path: 'held-out.csv', local: join(folder, 'held-out.csv') }]]]);
  const property = fc.asyncProperty(
    rows,
    fc.array(fc.nat({ max: 30 }), { maxLength: 3 }),
    async (table, places) => {
      turn += 1;
      const ends = places.map((place) => Math.min(place, table.length)).sort((a, b) => a - b);
      const edges = [0, ...ends, table.length];
      const files = await Promise.all(
        edges.slice(1).map(async (end, at) => {
          const local = join(folder, `${turn}-${at}.csv`);
          const lines = table.slice(edges[at], end).map((row) => row.join(','));
          await writeFile(local, [header, ...lines, ''].join('\n'));
          return { path: `data/${at}.csv`, local };
        }),
      );
      const parts = [];
      for (const file of files) parts.push(await engine.profile(plan, [file], { others }));
      expect(mergeMeasured(plan, parts)).toEqual(await engine.profile(plan, files, { others }));
    },
  );
  await fc.assert(property, { numRuns: 15 });
}, 30_000);

it('the engine measures slices of one file that add up to the file', async () => {
  let turn = 0;
  const property = fc.asyncProperty(rows, fc.integer({ min: 2, max: 4 }), async (table, of) => {
    turn += 1;
    const local = join(folder, `whole-${turn}.csv`);
    const quoted = table.map((row) => row.map((cell) => (cell === 'longer' ? '"lo\nng"' : cell)).join(','));
    await writeFile(local, [header, ...quoted, ''].join('\n'));
    const path = 'data/whole.csv';
    const parts = [];
    for (let number = 1; number <= of; number++) {
      const slice = join(folder, `slice-${turn}-${number}.csv`);
      expect(await cutCsv(local, { number, of }, slice)).not.toBeNull();
      parts.push(await engine.profile(sliced, [{ path, local: slice }]));
    }
    const { files: _, ...whole } = await engine.profile(sliced, [{ path, local }]);
    expect(mergeMeasured(sliced, parts)).toMatchObject(whole);
  });
  await fc.assert(property, { numRuns: 4 });
}, 30_000);

it('adds up columns of more values than are kept: buckets, days, texts, and their exact sums', async () => {
  const leak = plan.rules.filter(({ name }) => name === 'leak');
  const wide: CheckPlan = { ...plan, rules: leak };
  const lines = Array.from({ length: 36_000 }, (_, row) => {
    const minutes = new Date(Date.UTC(1990, 0, 1, 0, 137 * row)).toISOString().slice(0, 16).replace('T', ' ');
    const number = ((row * 7919) % 35_993) / 7 - 900;
    return `${row * 1_000_003},${number},n${row % 20_000},${minutes},${row % 2},X`;
  });
  const cuts = [0, 11_000, 11_001, 30_000, 36_000];
  const files = await Promise.all(
    cuts.slice(1).map(async (end, at) => {
      const local = join(folder, `wide-${at}.csv`);
      await writeFile(local, [header, ...lines.slice(cuts[at], end), ''].join('\n'));
      return { path: `data/${at}.csv`, local };
    }),
  );
  const parts = [];
  for (const file of files) parts.push(await engine.profile(wide, [file]));
  const whole = await engine.profile(wide, files);
  expect(whole.profile?.columns.map(({ distribution }) => distribution.kind)).toEqual([
    ...['buckets', 'buckets', 'many', 'days', 'values', 'values'],
  ]);
  const [rule] = whole.rules;
  if (rule?.kind !== 'association') throw new TypeError('no association');
  expect(rule.features.map(({ keys, ordered }) => [(keys?.level ?? 0) > 0, ordered])).toEqual([
    ...[
      [true, true],
      [true, true],
      [false, false],
      [true, true],
    ],
  ]);
  const merged = mergeMeasured(wide, parts);
  expect(merged.profile).toEqual(whole.profile);
  expect(merged).toEqual(whole);
  const parsed = parseProfile(renderProfile(whole.profile ?? merged.profile ?? emptyProfile), 'p');
  expect(parsed).toEqual(whole.profile);
});
