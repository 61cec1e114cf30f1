import type { FaultKind, FaultTally } from './fault.ts';
import { readText, showCell } from './table-cell.ts';

/** What is said of rows without a key of their own. */
export interface KeyFaults {
  readonly empty: FaultKind;
  readonly doubled: FaultKind;
}

export const predictionKeyFaults: KeyFaults = {
  empty: {
    code: 'evaluation/key-empty',
    message: 'have no key',
    fix: 'Copy the key of the row that was read: a text, or a whole number.',
  },
  doubled: {
    code: 'evaluation/key-doubled',
    message: 'repeat a key',
    fix: 'Write each row once.',
  },
};

/** Gathers the keys of a table and counts those that are missing or doubled. */
export class KeyColumn {
  readonly keys: string[] = [];
  readonly #rows: number[] = [];
  readonly #faults: FaultTally;
  readonly #kinds: KeyFaults;

  constructor(faults: FaultTally, kinds: KeyFaults) {
    this.#faults = faults;
    this.#kinds = kinds;
  }

  /** @param row 1-based */
  add(cell: unknown, row: number): void {
    const key = readText(cell) ?? '';
    if (key === '') this.#faults.add(this.#kinds.empty, row, cell === '' ? undefined : showCell(cell));
    this.keys.push(key);
    this.#rows.push(row);
  }

  /** Counts doubled keys. Keys that ascend, as row numbers do, need no set: it would cost more than the whole scan. */
  checkDoubled(): void {
    if (ascend(this.keys)) return;
    const seen = new Set<string>();
    for (const [at, key] of this.keys.entries()) {
      if (key !== '' && seen.has(key)) this.#faults.add(this.#kinds.doubled, this.#rows[at] ?? 0, key);
      seen.add(key);
    }
  }
}

/** True when each key is longer than the one before, or as long and later in the alphabet. */
function ascend(keys: readonly string[]): boolean {
  for (let at = 1; at < keys.length; at++) {
    const before = keys[at - 1] as string;
    const key = keys[at] as string;
    if (key.length < before.length || (key.length === before.length && key <= before)) return false;
  }
  return true;
}
