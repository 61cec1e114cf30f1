import { directionOf } from './metric-form.ts';
import type { SearchMethod } from './search.ts';

/** A combination of values that no search can be made of. */
export interface SearchRuleBreak {
  /** From `search` on. */
  readonly path: readonly string[];
  /** What may stand there, in words. */
  readonly allowed: string;
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly scale: 'linear' | 'log';
  readonly step?: number | undefined;
  readonly whole: boolean;
}

interface Written {
  readonly method: SearchMethod;
  readonly space: Readonly<Record<string, readonly unknown[] | Range>>;
  readonly trials: number;
  readonly metric: string;
  readonly goal: 'maximize' | 'minimize';
  readonly resource?:
    | { readonly least: number; readonly most: number; readonly reduction: number }
    | undefined;
}

/** What the shape of the file alone does not tell. */
export function searchRuleBreaks(search: Written): readonly SearchRuleBreak[] {
  const ranges = Object.entries(search.space).flatMap(([name, written]) =>
    'from' in written ? [[name, written] as const] : [],
  );
  const wrong = ranges.flatMap(([name, range]) =>
    rangeBreaks(range).map(({ path, allowed }) => ({ path: ['space', name, ...path], allowed })),
  );
  return [
    ...wrong,
    // Points are counted of ranges that are sound.
    ...(search.method === 'grid' && wrong.length === 0 ? gridBreaks(search, ranges) : []),
    ...resourceBreaks(search),
    ...goalBreaks(search),
  ];
}

function rangeBreaks({ from, to, scale, step, whole }: Range): readonly SearchRuleBreak[] {
  const breaks: SearchRuleBreak[] = [];
  const say = (key: string, allowed: string) => breaks.push({ path: [key], allowed });
  if (from >= to) say('to', `a number above from, which is ${from}`);
  if (scale === 'log' && from <= 0)
    say('from', 'a number above 0: the logarithm of 0 and less does not exist');
  if (step !== undefined) {
    if (scale === 'log') say('step', 'no step with scale: log; write a list of values instead');
    else if (step <= 0 || step > to - from) say('step', 'a number above 0, not above to - from');
    else if ((to - from) / step > 1e9)
      say('step', 'a step that divides the range into at most 1,000,000,000');
  }
  if (whole) {
    for (const [key, value] of Object.entries({ from, to, step: step ?? 1 }))
      if (!Number.isSafeInteger(value)) say(key, 'a whole number, because of whole: true');
  }
  return breaks;
}

function gridBreaks(
  { space, trials }: Written,
  ranges: readonly (readonly [string, Range])[],
): readonly SearchRuleBreak[] {
  const endless = ranges.filter(([, { step, whole }]) => step === undefined && !whole);
  if (endless.length > 0) {
    return endless.map(([name]) => ({
      path: ['space', name],
      allowed: 'a list, or a range with step or whole: a grid cannot try every number between two',
    }));
  }
  const points = Object.values(space).reduce(
    (product, written) => product * ('from' in written ? countSteps(written) : written.length),
    1,
  );
  return points <= trials
    ? []
    : [
        {
          path: ['trials'],
          allowed: `at least ${points}: the grid has ${points} points, or fewer values in space`,
        },
      ];
}

/** Values of a range with steps. A hair is added: 0.3 / 0.1 is below 3. */
export const countSteps = ({ from, to, step = 1 }: Pick<Range, 'from' | 'to' | 'step'>): number =>
  Math.floor((to - from) / step + 1e-9) + 1;

function resourceBreaks({ method, resource }: Written): readonly SearchRuleBreak[] {
  const hasRungs = method === 'halving' || method === 'hyperband';
  if (hasRungs && resource === undefined)
    return [{ path: ['resource'], allowed: '{ name: epochs, least: 1, most: 27, reduction: 3 }' }];
  if (resource === undefined) return [];
  if (!hasRungs)
    return [
      {
        path: ['resource'],
        allowed: `no resource with method: ${method}, only halving and hyperband share one out`,
      },
    ];
  const { least, most, reduction } = resource;
  return most >= least * reduction
    ? []
    : [
        {
          path: ['resource', 'most'],
          allowed: `at least ${least * reduction}, least times reduction: else there is one rung`,
        },
      ];
}

function goalBreaks({ metric, goal }: Written): readonly SearchRuleBreak[] {
  // Libraries write log_loss for what gates call log-loss.
  const direction = directionOf(metric.replaceAll('_', '-'));
  if (direction === null) return [];
  const known = direction === 'higher' ? 'maximize' : 'minimize';
  return known === goal ? [] : [{ path: ['goal'], allowed: `${known}, as ${metric} is read` }];
}
