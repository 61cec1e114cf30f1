import type { FaultKind, FaultTally } from './fault.ts';
import type { TableForm } from './table-rows.ts';

/** `0x1`, `1_000`, ` 1` and the empty text are no numbers, whatever `Number` says. */
const numberForm = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

const scoreFault = (code: string, message: string, fix: string): FaultKind => ({
  code: `evaluation/${code}`,
  message,
  fix,
});

export const notNumber = scoreFault(
  'score-not-number',
  'have a value that is no number',
  'Write plain decimal numbers: 0.25, -3, 1e-4.',
);
export const notANumber = scoreFault(
  'score-nan',
  'have a value of NaN',
  'Mend what makes the model divide by zero or read a missing value: NaN is never a prediction.',
);
export const infinite = scoreFault(
  'score-infinite',
  'have an infinite value',
  'Mend the overflow in the model: every value is a finite number.',
);

/**
 * Reads a number of a cell.
 * @returns NaN or an infinity where there is no finite number; `addNumberFault` says why
 */
export function readNumber(cell: unknown, form: TableForm): number {
  if (form === 'json-lines') return typeof cell === 'number' ? cell : Number.NaN;
  return numberForm.test(cell as string) ? Number(cell) : Number.NaN;
}

/** Where a faulty cell stands. */
export interface CellPlace {
  /** 1-based. */
  readonly row: number;
  /** Of its row: the example where the cell says less. */
  readonly key: unknown;
  /** Begins every example. */
  readonly whose: string;
}

/** Counts a cell that `readNumber` gave no finite number for. */
export function addNumberFault(faults: FaultTally, cell: unknown, { row, key, whose }: CellPlace): void {
  const text = showCell(cell);
  const [kind, example] = kindOf(cell, text);
  faults.add(kind, row, `${whose}${example === 'key' ? showCell(key) : text}`);
}

function kindOf(cell: unknown, text: string): readonly [kind: FaultKind, example: 'key' | 'cell'] {
  if (typeof cell === 'number' || (numberForm.test(text) && !Number.isFinite(Number(text))))
    return [infinite, 'key'];
  if (/^[+-]?nan$/i.test(text)) return [notANumber, 'key'];
  return /^[+-]?inf(?:inity)?$/i.test(text) ? [infinite, 'key'] : [notNumber, 'cell'];
}

const shownLength = 60;

/** A cell as an example of a finding. */
export function showCell(cell: unknown): string {
  if (typeof cell === 'string') return cell;
  return (JSON.stringify(cell) ?? '').slice(0, shownLength);
}

/**
 * Reads a short text of a cell: a key, a class. A whole number of JSON is the text of its digits, as CSV has it.
 * @returns null for anything else
 */
export function readText(cell: unknown): string | null {
  if (typeof cell === 'string') return cell;
  return Number.isSafeInteger(cell) ? String(cell) : null;
}
