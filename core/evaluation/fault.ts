import type { Finding } from '../finding/finding.ts';

/** One kind of fault that rows of a file can have. */
export interface FaultKind {
  /** `area/check` */
  readonly code: string;
  /** Follows the number: `3 rows have a score of NaN`. */
  readonly message: string;
  readonly fix: string;
}

interface Tally {
  readonly kind: FaultKind;
  readonly firstRow: number;
  readonly examples: string[];
  count: number;
  lastRow: number;
}

const singular: Readonly<Record<string, string>> = {
  have: 'has',
  repeat: 'repeats',
  are: 'is',
  'do not': 'does not',
};

/** What is said of many rows, said of one. */
const ofOne = (message: string): string =>
  message.replace(/\b(?:have|repeat|are|do not)\b/, (verb) => singular[verb] ?? verb);

const examplesShown = 3;
const exampleLength = 40;

/** Counts faulty rows kind by kind, keeping the first few examples: a file of a million faults makes a short report. */
export class FaultTally {
  readonly #source: string;
  readonly #tallies = new Map<FaultKind, Tally>();

  /** @param source path of the file, as shown */
  constructor(source: string) {
    this.#source = source;
  }

  /**
   * @param row 1-based, header not counted
   * @param example text from the file; pull-request controlled, so it is cut and made well-formed here and escaped when shown
   */
  add(kind: FaultKind, row: number, example?: string): void {
    const tally = this.#tallies.get(kind) ?? { kind, firstRow: row, examples: [], count: 0, lastRow: 0 };
    // Two cells of one row are one faulty row.
    if (row === 0 || row !== tally.lastRow) tally.count++;
    tally.lastRow = row;
    // Cutting can part a surrogate pair, and half a pair has no canonical JSON.
    if (example !== undefined && tally.examples.length < examplesShown) {
      tally.examples.push(example.slice(0, exampleLength).toWellFormed());
    }
    this.#tallies.set(kind, tally);
  }

  /** One finding a kind, in order of first appearance. */
  toFindings(total: number): readonly Finding[] {
    return [...this.#tallies.values()].map(({ kind, firstRow, examples, count }) => ({
      code: kind.code,
      severity: 'fail',
      message: `${this.#source}: ${count} ${count === 1 ? `row ${ofOne(kind.message)}` : `rows ${kind.message}`}`,
      where: { file: this.#source },
      count,
      total,
      ...(firstRow > 0 ? { firstRow } : {}),
      ...(examples.length > 0 ? { examples } : {}),
      fix: kind.fix,
    }));
  }
}
