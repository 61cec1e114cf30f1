import { type FaultKind, FaultTally } from './fault.ts';
import { scanKeyedCsv } from './keyed-csv.ts';
import { refuseInput } from './refusal.ts';

/** The truth about the held-out rows. Lives in the judge only: nothing of it is printed. */
export interface Labels {
  readonly keys: readonly string[];
  /** 1 for the positive class, 0 for the other; same order as `keys`. */
  readonly values: Uint8Array;
}

export interface LabelColumns {
  /** Name of the held-out key column; `key` is accepted as well. */
  readonly key: string;
  readonly label: string;
}

const badValue: FaultKind = {
  code: 'labels/value',
  message: 'have a label other than 0 and 1',
  fix: 'The owner of the held-out set publishes labels as 0 and 1.',
};
const badKey: FaultKind = {
  code: 'labels/key',
  message: 'have an empty or repeated key',
  fix: 'The owner of the held-out set publishes one line for each held-out row.',
};

/**
 * Reads held-out labels, CSV `key,<column>`. Findings carry counts and no examples: they may end in public evidence.
 * @throws InputError LABELS_INVALID
 */
export function parseLabels(content: Uint8Array | string, columns: LabelColumns): Labels {
  const faults = new FaultTally('labels');
  const file = {
    source: 'labels',
    keyNames: ['key', columns.key],
    valueName: columns.label,
    code: 'LABELS_INVALID',
    faults,
  };
  const seen = new Set<string>();
  const keys: string[] = [];
  const values: number[] = [];
  const rows = scanKeyedCsv(content, file, (key, value, row) => {
    if (key === '' || seen.has(key)) faults.add(badKey, row);
    if (value !== '0' && value !== '1') faults.add(badValue, row);
    seen.add(key);
    keys.push(key);
    values.push(value === '1' ? 1 : 0);
  });
  // The row number of a faulty label is a statement about one row: leave it out.
  const [first, ...rest] = faults.toFindings(rows).map(({ firstRow: _, ...finding }) => finding);
  if (first) throw refuseInput('LABELS_INVALID', [first, ...rest]);
  return { keys, values: Uint8Array.from(values) };
}
