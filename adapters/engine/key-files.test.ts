import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joinAnswers } from '../../core/dataset/join-answers.ts';
import { listKeyQuestions } from '../../core/dataset/key-question.ts';
import { distinctName } from '../../core/dataset/merge-measured.ts';
import type { CheckPlan } from '../../core/dataset/plan.ts';
import { toValueText } from '../../core/profile/value-text.ts';
import { openDuckDb } from './duckdb.ts';
import type { KeyEngine } from './key-engine.ts';

const plan: CheckPlan = {
  columns: [
    { column: 'id', type: 'integer', showValues: true },
    { column: 'x', type: 'number', showValues: true },
    { column: 'name', type: 'text', showValues: true },
    { column: 'secret', type: 'text', showValues: false },
  ],
  rules: [
    { name: 'unique:id', kind: 'repeated', columns: ['id'], nulls: 'skip' },
    { name: 'pair', kind: 'repeated', columns: ['name', 'x'], nulls: 'skip' },
    { name: 'rows', kind: 'repeated', columns: ['id', 'x', 'name'], nulls: 'equal' },
    { name: 'label', kind: 'conflicts', label: 'x', features: ['id', 'name'] },
    { name: 'hidden', kind: 'repeated', columns: ['secret'], nulls: 'skip' },
  ],
  examples: 5,
  distinct: ['x', 'secret'],
};

let folder: string;
let engine: KeyEngine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-keys-'));
  engine = await openDuckDb({ workdir: join(folder, 'spill') });
});
afterAll(async () => {
  engine.close();
  await rm(folder, { recursive: true });
});

const cell = fc.constantFrom('1', '01', '2', 'x', '', '-0', '0.0', '"a,b"', 'a');
const rows = fc.array(fc.tuple(cell, cell, cell, cell), { maxLength: 12 });
let turn = 0;

async function writeTable(name: string, table: readonly (readonly string[])[]) {
  const local = join(folder, `${turn}-${name}.csv`);
  const lines = table.map((row) => row.join(','));
  await writeFile(local, ['id,x,name,secret', ...lines, ''].join('\n'));
  return { path: `data/${name}.csv`, local };
}

/** Writes files, and hands each to a machine of its own. */
async function inTwoRounds(tables: readonly (readonly (readonly string[])[])[]) {
  turn += 1;
  const files = await Promise.all(tables.map((table, at) => writeTable(String(at), table)));
  const questions = listKeyQuestions(plan);
  const keys = join(folder, `keys-${turn}`);
  const keyed = [];
  const sizes = [];
  for (const [at, file] of files.entries()) {
    const size = tables[at]?.length ?? 0;
    sizes.push(size);
    const target = { questions, folder: keys, at, rows: [size], partitions: 3 };
    keyed.push(await engine.writeKeys(plan, [file], target));
  }
  const partitions = [];
  for (const part of [1, 2, 3]) {
    const from = join(keys, `part=${part}`);
    const found = readdirSync(keys).includes(`part=${part}`) ? readdirSync(from).sort() : [];
    partitions.push(
      await engine.compareKeys(
        questions,
        found.map((name) => join(from, name)),
        5,
      ),
    );
  }
  const answers = joinAnswers(questions, keyed, partitions, sizes, plan.examples);
  return { answers };
}

describe('keys compared over several machines', () => {
  it('give the counts and rows of one machine that has all rows', async () => {
    const property = fc.asyncProperty(fc.array(rows, { minLength: 1, maxLength: 4 }), async (tables) => {
      const { answers } = await inTwoRounds(tables);
      const whole = await engine.profile(plan, [await writeTable('whole', tables.flat())]);
      for (const rule of whole.rules.filter(({ name }) => name !== 'hidden')) {
        if (rule.kind !== 'tally') throw new TypeError(`${rule.name}: not measured`);
        const tally = answers.get(rule.name)?.tally;
        expect({ name: rule.name, ...tally, rows: tally?.rows.map(({ row }) => row) }).toEqual({
          ...{ name: rule.name, count: rule.tally.count, firstRow: rule.tally.firstRow, examples: [] },
          rows: rule.tally.rows.map(({ row }) => row),
        });
      }
      const numbers = tables.flat().flatMap(([, x = '']) => toValueText('number', x) ?? []);
      expect(answers.get(distinctName('x'))?.distinct).toBe(new Set(numbers).size);
    });
    await fc.assert(property, { numRuns: 12 });
  }, 30_000);

  it('leave out personal and secret columns: a hash tells who guesses well', async () => {
    const { answers } = await inTwoRounds([[['1', '1', 'a', 'CANARY']], [['2', '1', 'a', 'CANARY']]]);
    expect([...answers.keys()]).toEqual(['unique:id', 'pair', 'rows', 'label', distinctName('x')]);
    expect(answers.get('pair')?.tally).toMatchObject({ count: 1, firstRow: 2 });
  });
});
