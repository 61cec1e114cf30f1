import { fairnessNames } from '../config/metric-form.ts';
import { type GroupConfusion, makeGroupConfusion, type RowGroups } from './group-confusion.ts';
import type { Metric } from './metric.ts';
import { defineMetric } from './metric-definition.ts';
import { refuseMetric } from './undefined-metric.ts';

/** A rate of one group; NaN where it has no row to take it over. */
type Rate = (sums: Float64Array, group: number) => number;

interface FairnessDefinition {
  readonly higherIsBetter: boolean;
  readonly read: (confusion: GroupConfusion) => number;
}

/**
 * How far groups lie apart in what a classifier does to them. A group without a rate is left out; with fewer than two
 * groups left nothing is compared: NaN, not "no difference".
 * @see Hardt, Price and Srebro 2016 for equal opportunity and odds; 29 CFR 1607.4 (D) for four fifths
 */
const definitions: Readonly<Record<(typeof fairnessNames)[number], FairnessDefinition>> = {
  'demographic-parity-difference': {
    higherIsBetter: false,
    read: (confusion) => differ(confusion, selectionOf),
  },
  // The larger difference of the true and the false positive rates; where one has no rates, the other.
  'equalized-odds-difference': {
    higherIsBetter: false,
    read: (confusion) => larger(differ(confusion, truePositiveOf), differ(confusion, falsePositiveOf)),
  },
  'equal-opportunity-difference': {
    higherIsBetter: false,
    read: (confusion) => differ(confusion, truePositiveOf),
  },
  // Lowest over highest selection rate; NaN when nobody is selected.
  'disparate-impact-ratio': {
    higherIsBetter: true,
    read: (confusion) => extreme(confusion, selectionOf, false) / extreme(confusion, selectionOf, true),
  },
};

/**
 * A fairness metric between the groups of one column, or null when there is none of that name.
 * @param name as in results: `disparate-impact-ratio by sex`
 * @param groups null while no data are read: the metric is known, and cannot be computed
 */
export function makeFairness(name: string, base: string, groups: RowGroups | null): Metric | null {
  const known = fairnessNames.find((each) => each === base);
  if (known === undefined) return null;
  const definition = definitions[known];
  return defineMetric({
    name,
    tasks: ['binary-classification'],
    higherIsBetter: definition.higherIsBetter,
    range: [0, 1],
    estimate: { kind: 'resampled' },
    leans: true,
    plan: (passes) => {
      if (groups === null) throw refuseMetric(name, 'the group of each row');
      const confusion = passes.share(groups, (sample) => makeGroupConfusion(sample, groups, name));
      return () => definition.read(confusion);
    },
  });
}

const selectionOf: Rate = (sums, group) => {
  const selected = at(sums, group, 1) + at(sums, group, 3);
  return selected / (selected + at(sums, group, 0) + at(sums, group, 2));
};
const truePositiveOf: Rate = (sums, group) => at(sums, group, 3) / (at(sums, group, 2) + at(sums, group, 3));
const falsePositiveOf: Rate = (sums, group) => at(sums, group, 1) / (at(sums, group, 0) + at(sums, group, 1));

/** @param cell label * 2 + predicted */
function at(sums: Float64Array, group: number, cell: number): number {
  return sums[group * 4 + cell] as number;
}

function larger(first: number, second: number): number {
  if (Number.isNaN(first)) return second;
  return Number.isNaN(second) ? first : Math.max(first, second);
}

function differ(confusion: GroupConfusion, rate: Rate): number {
  return extreme(confusion, rate, true) - extreme(confusion, rate, false);
}

/** Highest or lowest rate of the groups that have one; NaN with fewer than two of them. */
function extreme({ groups, sums }: GroupConfusion, rate: Rate, highest: boolean): number {
  let found = highest ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  let known = 0;
  for (let group = 0; group < groups; group++) {
    const value = rate(sums, group);
    if (Number.isNaN(value)) continue;
    known++;
    found = highest ? Math.max(found, value) : Math.min(found, value);
  }
  return known < 2 ? Number.NaN : found;
}
