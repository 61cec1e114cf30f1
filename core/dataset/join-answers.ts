import type { KeyedRows, KeyQuestion, PartitionAnswer } from './key-question.ts';
import type { Tally } from './measured.ts';
import type { KeyedAnswer, KeyedAnswers } from './merge-measured.ts';

/**
 * Joins what all partitions of the keys say.
 * @param keyed rows with a key, for each part in the order of the dataset
 * @param partitions the answers of every partition
 * @param sizes rows of each part
 * @param mostRows example rows of the plan
 * @returns no answer to a question of which a part has no key, or of which any row was lost on the way: it stays unmeasured
 */
export function joinAnswers(
  questions: readonly KeyQuestion[],
  keyed: readonly (readonly KeyedRows[])[],
  partitions: readonly (readonly PartitionAnswer[])[],
  sizes: readonly number[],
  mostRows: number,
): KeyedAnswers {
  const before = sizes.map((_, at) => sizes.slice(0, at).reduce((sum, size) => sum + size, 0));
  const answers = new Map<string, KeyedAnswer>();
  for (const { name } of questions) {
    const written = keyed.flatMap((part) => part.find((one) => one.name === name) ?? []);
    const compared = partitions.flatMap((part) => part.find((one) => one.name === name) ?? []);
    const whole = written.length === keyed.length && compared.length === partitions.length;
    if (!whole || sum(written) !== sum(compared)) continue;
    const first = compared
      .flatMap((answer) => answer.first)
      .map(([file, row]) => (before[file] ?? Number.NaN) + row)
      .sort((a, b) => a - b);
    const count = compared.reduce((total, answer) => total + answer.count, 0);
    // Rows are moved by files that were measured: anything else is no answer.
    if (!first.every(Number.isSafeInteger) || count > 0 !== first.length > 0) continue;
    const distinct = compared.reduce((total, answer) => total + answer.distinct, 0);
    answers.set(name, { tally: toTally(count, first, mostRows), distinct });
  }
  return answers;
}

const sum = (rows: readonly KeyedRows[]): number => rows.reduce((total, one) => total + one.rows, 0);

/** The second round knows rows by their hashes alone: it shows where they are and not what is in them. */
function toTally(count: number, rows: readonly number[], mostRows: number): Tally {
  return {
    count,
    firstRow: rows[0] ?? null,
    examples: [],
    rows: rows.slice(0, mostRows).map((row) => ({ row, cells: [] })),
  };
}
