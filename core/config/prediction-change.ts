import type { Finding } from '../finding/finding.ts';
import type { Consumer, PredictionContract, PredictionPromise } from './prediction.ts';

/** One way in which the predictions of a version are no longer what somebody counts on. */
export interface PredictionBreak {
  /** JSON pointer into model.yml. */
  readonly pointer: string;
  /** One clause: what changed. */
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

/**
 * Finds what a change of the prediction contract breaks for those who read the predictions: a class, a column or a
 * promise that is gone, another order, a wider range. What is added or narrowed breaks nobody, but for a class: code that
 * knows three classes does not know the fourth.
 * @param before what the champion promises
 * @param after what the challenger promises
 */
export function findPredictionBreaks(
  before: PredictionPromise,
  after: PredictionPromise,
): readonly PredictionBreak[] {
  if (before.task !== after.task) {
    return [
      { pointer: '/task', what: 'the kind of prediction changed', before: before.task, after: after.task },
    ];
  }
  if (before.contract === null) return [];
  const now: PredictionContract = after.contract ?? { consumers: [] };
  return [
    ...classBreaks(before.contract, now),
    ...rangeBreaks(before.contract, now),
    ...sumBreaks(before.contract, now),
    ...columnBreaks(before.contract, now),
  ];
}

/**
 * Turns breaks into findings that name who must acknowledge them: the consumers of the champion's contract, since those
 * whom a change leaves out are who it breaks.
 * @param file path of model.yml
 */
export function predictionFindings(
  before: PredictionPromise,
  after: PredictionPromise,
  file: string,
): readonly Finding[] {
  const consumers = consumersOf(before, after);
  return findPredictionBreaks(before, after).map((broken) => ({
    code: 'prediction/breaking',
    severity: 'fail',
    message: `${broken.what}: ${consumers.length === 0 ? 'no consumer is named' : `${listed(consumers)} must acknowledge it`}`,
    where: { file, pointer: broken.pointer },
    found: broken.after,
    allowed: broken.before,
    fix:
      consumers.length === 0
        ? 'Keep what the champion promises, or name the consumers and have them approve the change.'
        : `Keep what the champion promises, or have ${listed(consumers)} approve this pull request.`,
  }));
}

/** Who must acknowledge a break: those of the champion's contract, and those that the change adds. Sorted, each once. */
export function consumersOf(before: PredictionPromise, after: PredictionPromise): readonly Consumer[] {
  const all = [...(after.contract?.consumers ?? []), ...(before.contract?.consumers ?? [])];
  // Of one name the champion's people count: a change cannot appoint who waves it through.
  const byName = new Map(all.map((consumer) => [consumer.name, consumer]));
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function listed(consumers: readonly Consumer[]): string {
  return consumers.map(({ name, users, teams }) => `${name} (${[...users, ...teams].join(', ')})`).join(', ');
}

function classBreaks({ classes: before }: PredictionContract, { classes: after }: PredictionContract) {
  if (before === undefined) return [];
  const said = { before: before.join(', '), after: after?.join(', ') ?? 'nothing' };
  const say = (what: string): readonly PredictionBreak[] => [
    { pointer: '/prediction/classes', what, ...said },
  ];
  if (after === undefined) return say('the list of classes is gone');
  const gone = before.filter((name) => !after.includes(name));
  const added = after.filter((name) => !before.includes(name));
  // In the same place with another name: whoever reads by place gets another meaning.
  const renamed =
    gone.length === added.length && gone.every((name) => added.includes(after[before.indexOf(name)] ?? ''));
  if (gone.length > 0 && renamed) return say(`${quoted(gone)} renamed to ${quoted(added)}`);
  const changes = [
    ...(gone.length > 0 ? [`${quoted(gone)} gone`] : []),
    ...(added.length > 0 ? [`${quoted(added)} new`] : []),
  ];
  if (changes.length > 0) return say(`classes changed, ${changes.join(', ')}`);
  return before.every((name, at) => after[at] === name) ? [] : say('the classes stand in another order');
}

function rangeBreaks({ range: before }: PredictionContract, { range: after }: PredictionContract) {
  if (before === undefined) return [];
  const lower = (after?.min ?? Number.NEGATIVE_INFINITY) < (before.min ?? Number.NEGATIVE_INFINITY);
  const higher = (after?.max ?? Number.POSITIVE_INFINITY) > (before.max ?? Number.POSITIVE_INFINITY);
  if (!lower && !higher) return [];
  return [
    {
      pointer: '/prediction/range',
      what: after === undefined ? 'the range of values is gone' : 'the range of values is wider',
      before: showRange(before),
      after: showRange(after),
    },
  ];
}

function showRange(range: PredictionContract['range']): string {
  if (range === undefined) return 'any number';
  if (range.min === undefined) return `at most ${range.max}`;
  return range.max === undefined ? `at least ${range.min}` : `${range.min} to ${range.max}`;
}

function sumBreaks({ sumToOne: before }: PredictionContract, { sumToOne: after }: PredictionContract) {
  if (before === undefined || (after !== undefined && after <= before)) return [];
  const shown = (tolerance: number | undefined) =>
    tolerance === undefined ? 'any sum' : `one, within ${tolerance}`;
  return [
    {
      pointer: '/prediction/sum-to-one',
      what: 'probabilities sum to one less exactly',
      before: shown(before),
      after: shown(after),
    },
  ];
}

/** Columns by what stands in them. */
function columnsOf({ interval, quantiles = [] }: PredictionContract): ReadonlyMap<string, string> {
  return new Map([
    ...(interval === undefined
      ? []
      : ([
          ['the lower end of the interval', interval.low],
          ['the upper end of the interval', interval.high],
        ] as const)),
    ...quantiles.map(({ quantile, column }) => [`quantile ${quantile}`, column] as const),
  ]);
}

function columnBreaks(before: PredictionContract, after: PredictionContract): readonly PredictionBreak[] {
  const now = columnsOf(after);
  return [...columnsOf(before)].flatMap(([what, column]) => {
    const own = now.get(what);
    if (own === column) return [];
    const pointer = what.startsWith('quantile') ? '/prediction/quantiles' : '/prediction/interval';
    const change =
      own === undefined ? `the column of ${what} is gone` : `the column of ${what} has another name`;
    return [{ pointer, what: change, before: column, after: own ?? 'nothing' }];
  });
}

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
