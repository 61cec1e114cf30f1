import { type FaultKind, FaultTally } from './fault.ts';
import { scanKeyedCsv } from './keyed-csv.ts';
import { refuseInput } from './refusal.ts';

/** What one model says about every held-out row. */
export interface Predictions {
  /** Path, as shown in findings. */
  readonly source: string;
  /** Probability of class 1, in [0, 1], in file order. */
  readonly scores: Float64Array;
  /** key -> index in `scores` */
  readonly rowOf: ReadonlyMap<string, number>;
}

const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

function scoreFault(code: string, message: string, fix: string): FaultKind {
  return { code: `evaluation/${code}`, message, fix };
}

const emptyKey = scoreFault(
  'key-empty',
  'have no key',
  'Write the key of the held-out row in the first column.',
);
const doubledKey = scoreFault('key-doubled', 'repeat a key', 'Write each held-out row once.');
const notNumber = scoreFault(
  'score-not-number',
  'have a score that is no number',
  'Write a number from 0 to 1.',
);
const notANumber = scoreFault(
  'score-nan',
  'have a score of NaN',
  'Mend what makes the model divide by zero or read a missing value: NaN is never a prediction.',
);
const infinite = scoreFault(
  'score-infinite',
  'have an infinite score',
  'Mend the overflow in the model: write a number from 0 to 1.',
);
const outside = scoreFault(
  'score-range',
  'have a score outside 0 to 1',
  'Write the probability of class 1, not a log-odds, a percentage or a class.',
);

/**
 * Reads the predictions of a model, CSV `key,score`. The file is pull-request controlled: nothing in it is forgiven.
 * @param source path, as shown in findings
 * @throws InputError PREDICTIONS_INVALID with one finding a kind of fault, each with count and first examples
 */
export function parsePredictions(content: Uint8Array | string, source: string): Predictions {
  const faults = new FaultTally(source);
  const file = { source, keyNames: ['key'], valueName: 'score', code: 'PREDICTIONS_INVALID', faults };
  const rowOf = new Map<string, number>();
  const scores: number[] = [];
  const rows = scanKeyedCsv(content, file, (key, text, row) => {
    const score = Number(text);
    const fault = number.test(text) ? faultOf(score) : faultOfText(text);
    if (fault) faults.add(fault, row, fault === notNumber || fault === outside ? text : key);
    if (key === '') faults.add(emptyKey, row);
    else if (rowOf.has(key)) faults.add(doubledKey, row, key);
    rowOf.set(key, scores.length);
    scores.push(score);
  });
  const [first, ...rest] = faults.toFindings(rows);
  if (first) throw refuseInput('PREDICTIONS_INVALID', [first, ...rest]);
  return { source, scores: Float64Array.from(scores), rowOf };
}

function faultOf(score: number): FaultKind | null {
  if (!Number.isFinite(score)) return infinite;
  return score >= 0 && score <= 1 ? null : outside;
}

function faultOfText(text: string): FaultKind {
  if (/^[+-]?nan$/i.test(text)) return notANumber;
  return /^[+-]?inf(?:inity)?$/i.test(text) ? infinite : notNumber;
}
