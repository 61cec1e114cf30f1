import type { Corruption, CorruptionSuite } from '../config/production-like.ts';
import { InputError } from '../error/error.ts';
import { seedGenerator } from '../statistics/mulberry32.ts';
import { reformat, rescale, truncate } from './format.ts';

/** A table that production really sent. */
export interface RecordedTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A suite held against the header of a table. */
export interface CorruptionPlan {
  readonly steps: readonly Step[];
  /** Where the key of a row stands. */
  readonly key: number;
}

interface Step {
  readonly corruption: Corruption;
  readonly seed: number;
  /** Places of its columns. */
  readonly places: readonly number[];
  /** Of `recorded`: rows with the cells of those columns, in their order. */
  readonly rows: readonly (readonly string[])[];
}

/**
 * Holds a suite against the header of the held-out features.
 * @param key the key column: it joins rows with labels and predictions, so no corruption may touch it
 * @param recorded tables by the path that the suite names
 * @throws InputError PRODUCTION_LIKE_COLUMN, PRODUCTION_LIKE_KEY, PRODUCTION_LIKE_RECORDED
 */
export function planCorruptions(
  suite: CorruptionSuite,
  header: readonly string[],
  key: string,
  recorded: ReadonlyMap<string, RecordedTable>,
): CorruptionPlan {
  const steps = suite.corruptions.map((corruption): Step => {
    const { name, columns } = corruption;
    if (columns.includes(key)) {
      throw new InputError(
        'PRODUCTION_LIKE_KEY',
        `The corruption "${name}" touches the key column "${key}"`,
        {
          hint: 'Take it out: the key joins rows with labels, and every row must be found again.',
        },
      );
    }
    return {
      corruption,
      seed: mix(suite.seed ^ hashText(name)),
      places: columns.map((column) => placeOf(header, column, `The corruption "${name}"`)),
      rows: corruption.kind === 'recorded' ? pickCells(corruption, recorded.get(corruption.file)) : [],
    };
  });
  return { steps, key: placeOf(header, key, 'The held-out set') };
}

function placeOf(header: readonly string[], column: string, who: string): number {
  const place = header.indexOf(column);
  if (place >= 0 && header.lastIndexOf(column) === place) return place;
  const because = place < 0 ? 'the held-out features do not have' : 'stands twice in the held-out features';
  throw new InputError('PRODUCTION_LIKE_COLUMN', `${who} names the column "${column}", which ${because}`, {
    hint: 'Correct the name under production-like in model.yml, or the features.',
  });
}

function pickCells(
  { name, columns, file }: Corruption & { readonly kind: 'recorded' },
  table: RecordedTable | undefined,
): Step['rows'] {
  const places = columns.map((column) => table?.columns.indexOf(column) ?? -1);
  if (table === undefined || table.rows.length === 0 || places.includes(-1)) {
    throw new InputError('PRODUCTION_LIKE_RECORDED', `The corruption "${name}" needs rows of ${file}`, {
      hint: `Commit a table with at least one row and the columns ${columns.join(', ')}.`,
    });
  }
  return table.rows.map((row) => places.map((place) => row[place] ?? ''));
}

export interface CorruptedRow {
  readonly cells: readonly string[];
  /** Cells that are another text than before, by step of the plan. */
  readonly changed: readonly number[];
}

/**
 * Spoils one row. Depends on its key, its cells and the suite, and on nothing else: not on other rows or their order.
 * @param cells in the order of the header that the plan was made for
 */
export function corruptRow(cells: readonly string[], plan: CorruptionPlan): CorruptedRow {
  const key = hashText(cells[plan.key] ?? '');
  const now = [...cells];
  const changed = plan.steps.map((step) => {
    const next = seedGenerator(mix(step.seed ^ key));
    if (next() >= step.corruption.share) return 0;
    return replaceCells(now, step, next);
  });
  return { cells: now, changed };
}

function replaceCells(cells: string[], step: Step, next: () => number): number {
  const before = step.places.map((place) => cells[place] ?? '');
  const after = spoil(before, step, next);
  step.places.forEach((place, at) => {
    cells[place] = after[at] ?? '';
  });
  return after.filter((cell, at) => cell !== before[at]).length;
}

function spoil(cells: readonly string[], { corruption, rows }: Step, next: () => number): readonly string[] {
  switch (corruption.kind) {
    case 'missing':
      return cells.map(() => '');
    case 'format':
      return cells.map((cell) => reformat(cell, corruption.as));
    case 'units':
      return cells.map((cell) => rescale(cell, corruption.factor));
    case 'truncate':
      return cells.map((cell) => truncate(cell, corruption.characters));
    case 'categories':
      return cells.map(() => corruption.value);
    case 'swap':
      return [...cells].reverse();
    case 'recorded':
      return rows[Math.floor(next() * rows.length)] ?? cells;
  }
}

/** FNV-1a over UTF-16 units. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Spreads every bit over the word: keys 1, 2, 3 must not give neighbouring seeds. @see MurmurHash3, fmix32 */
function mix(word: number): number {
  let mixed = word | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
