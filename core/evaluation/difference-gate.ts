import type { GateOutcome, MetricResult } from '../evidence/evidence.ts';
import { normalQuantile } from '../statistics/normal.ts';
import { showNumber, showNumbers } from './number.ts';
import { type Ruling, ruling, type Versus } from './requirement.ts';
import { estimateRows, rowsHint } from './rows-needed.ts';

/** Of one side: two sides make 95 % intervals. */
const level = 0.025;

/** What a family of comparisons leaves of the p-values of one of them (Holm). */
export interface Significance {
  /** One-sided; NaN: not known. */
  readonly worse: number;
  readonly better: number;
  /** Metrics that are compared on the same rows. */
  readonly family: number;
}

/** A difference, turned so that more is better. */
interface Gain {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly rows: number;
  readonly isBetter: boolean;
  readonly isWorse: boolean;
  /** How much wider an interval is that a family of comparisons asks for. */
  readonly widening: number;
}

/** What a comparison comes to, before it is put into words. */
interface Answer {
  readonly result: 'pass' | 'fail' | 'not evaluated';
  readonly answer: NonNullable<GateOutcome['answer']>;
  /** What follows the numbers in the sentence, with what divides it from them. */
  readonly clause: string;
  readonly rowsNeeded: number | null;
}

/**
 * Holds the difference to the champion against a margin. The whole 95 % interval must lie on the right side, and what is
 * called better must be so among all comparisons of these rows. What the rows cannot tell is not evaluated: never a pass.
 * @param champion as shown, for example `v1`
 */
export function judgeDifference(
  requirement: Versus,
  result: MetricResult,
  champion: string,
  significance: Significance,
): Ruling {
  const { difference, differenceInterval: interval } = result;
  if (difference === null || interval === null || ![difference, ...interval].every(Number.isFinite)) {
    const because = `The difference to ${champion} has no interval, so nothing can be said about it`;
    return ruling('fail', '-', because);
  }
  const { margin, noise } = requirement;
  if (!Number.isFinite(margin) || margin < 0 || !Number.isFinite(noise) || noise < 0) {
    return ruling('fail', '-', describeNoMargin(requirement, result, champion));
  }
  const gain = toGain(difference, interval, result, significance);
  if (
    requirement.kind === 'better' &&
    gain.low > Math.max(margin, noise) &&
    Number.isNaN(significance.better)
  ) {
    return ruling(
      'fail',
      describeFound(difference, interval),
      `No test says that it is better than ${champion}`,
    );
  }
  const answer =
    requirement.kind === 'better' ? answerBetter(gain, requirement) : answerNotWorse(gain, margin);
  return {
    result: answer.result,
    found: describeFound(difference, interval),
    because: describe(requirement, result, champion, answer),
    answer: answer.answer,
    rowsNeeded: answer.rowsNeeded,
  };
}

function toGain(
  difference: number,
  [from, to]: readonly [number, number],
  { higherIsBetter, rows }: MetricResult,
  { worse, better, family }: Significance,
): Gain {
  const [value, low, high] = higherIsBetter ? [difference, from, to] : [-difference, -to, -from];
  return {
    value,
    low,
    high,
    rows,
    isBetter: low > 0 && Number.isFinite(better) && better < level,
    // Where no test was made the interval speaks: this only ever leads away from a pass.
    isWorse: Number.isFinite(worse) ? worse < level : high < 0,
    widening: normalQuantile(1 - level / Math.max(1, family)) / normalQuantile(1 - level),
  };
}

function answerNotWorse(gain: Gain, margin: number): Answer {
  const { value, low, high, rows, isBetter, isWorse, widening } = gain;
  const decided = (result: Answer['result'], answer: Answer['answer'], word: string): Answer => ({
    result,
    answer,
    clause: `: ${word}`,
    rowsNeeded: null,
  });
  if (low >= -margin) {
    if (isBetter) return decided('pass', 'better', 'better');
    return decided('pass', 'not worse', isWorse ? 'worse, within the margin' : 'not worse');
  }
  if (isWorse) return decided('fail', 'worse', 'worse');
  const rowsNeeded = leastOf(
    value > -margin ? estimateRows(rows, value - low, value + margin) : null,
    value < 0 ? estimateRows(rows, (high - value) * widening, -value) : null,
  );
  return { ...open(rows, rowsNeeded, value >= -margin), answer: 'not enough rows' };
}

function answerBetter(gain: Gain, { margin, noise }: Versus): Answer {
  const { value, low, high, rows, isBetter, widening } = gain;
  const most = Math.max(margin, noise);
  if (low > most && isBetter)
    return { result: 'pass', answer: 'better', clause: ': better', rowsNeeded: null };
  // An interval that does not reach beyond the margin is decided, whatever else is open.
  if (high <= most) return { result: 'fail', ...missOf(gain, margin), rowsNeeded: null };
  const rowsNeeded =
    value > most
      ? estimateRows(rows, (value - low) * widening, value - most)
      : estimateRows(rows, high - value, most - value);
  const answer = isBetter ? 'better' : 'not enough rows';
  return { ...open(rows, rowsNeeded, value > most), answer };
}

/** What a challenger is that is surely not better by the margin. */
function missOf({ low, isBetter, isWorse }: Gain, margin: number): Pick<Answer, 'answer' | 'clause'> {
  if (isBetter) return { answer: 'better', clause: ': better, but not by as much' };
  if (isWorse && low < -margin) return { answer: 'worse', clause: ': worse' };
  return { answer: low >= -margin ? 'not worse' : 'not enough rows', clause: ': not better' };
}

function open(rows: number, rowsNeeded: number | null, wouldDo: boolean): Omit<Answer, 'answer'> {
  const clause = `${wouldDo ? ', which may be chance' : ''}: ${rowsHint(rows, rowsNeeded)}`;
  return { result: 'not evaluated', clause, rowsNeeded };
}

function leastOf(...numbers: readonly (number | null)[]): number | null {
  const known = numbers.filter((number) => number !== null);
  return known.length === 0 ? null : Math.min(...known);
}

function describeNoMargin(
  { margin, noise, gate }: Versus,
  { champion: value }: MetricResult,
  champion: string,
) {
  if (Number.isNaN(margin) && gate.includes(' ratio ')) {
    return `${champion} has the value ${value ?? 'of none'}: there is no ratio to it`;
  }
  if (Number.isNaN(margin)) return `The value of ${champion} is not known, so no share of it is`;
  const [name, wrong] = Number.isFinite(margin) && margin >= 0 ? ['noise floor', noise] : ['margin', margin];
  return `The ${name} ${wrong} is not a number from 0 up`;
}

function describe(requirement: Versus, result: MetricResult, champion: string, { clause }: Answer): string {
  const { difference, differenceInterval, challenger, higherIsBetter } = result;
  const [low, high] = differenceInterval as [number, number];
  const gap = difference as number;
  const [apart, from, to] = showNumbers(Math.abs(gap), low, high) as [string, string, string];
  const [value] = showNumbers(challenger) as [string];
  const place = gap === 0 ? 'equal to' : `${apart} ${gap < 0 ? 'below' : 'above'}`;
  const interval = low === high ? '' : ` (95 % interval ${from} to ${to})`;
  return `${value} is ${place} ${champion}${interval}${clause}; ${describeAllowed(requirement, higherIsBetter)}`;
}

function describeAllowed({ kind, margin, noise }: Versus, higherIsBetter: boolean): string {
  const better = higherIsBetter ? 'above' : 'below';
  const worse = higherIsBetter ? 'below' : 'above';
  if (kind === 'not-worse') {
    return margin === 0 ? `allowed: not ${worse}` : `allowed: not more than ${showNumber(margin)} ${worse}`;
  }
  if (noise > margin) {
    return `required: more than ${showNumber(noise)} ${better}, since trainings of the same thing differ by that much`;
  }
  return margin === 0 ? `required: surely ${better}` : `required: more than ${showNumber(margin)} ${better}`;
}

function describeFound(difference: number, [low, high]: readonly [number, number]): string {
  const [shown, from, to] = showNumbers(difference, low, high) as [string, string, string];
  return `${difference > 0 ? '+' : ''}${shown}${low === high ? '' : ` (${from} to ${to})`}`;
}
