import type { CustomMetric } from '../config/custom-metric.ts';
import type { Expression } from '../config/expression.ts';
import type { Task } from '../config/model.ts';
import { type BinaryCounts, makeBinaryConfusion } from './binary-confusion.ts';
import type { Metric } from './metric.ts';
import { defineMetric } from './metric-definition.ts';
import type { Pass, Passes } from './metric-pass.ts';
import type { Sample } from './sample.ts';
import { refuseMetric } from './undefined-metric.ts';

type Read = () => number;

/**
 * A metric of the team's own: arithmetic over sums of all rows and over other metrics, under the same weights. It cannot
 * name a row or a column, so that no expression can spell out a label.
 * @param find the metrics of the judge; a custom one cannot name another, so there is no circle
 */
export function makeCustom(custom: CustomMetric, task: Task, find: (name: string) => Metric | null): Metric {
  return defineMetric({
    name: custom.name,
    tasks: [task],
    higherIsBetter: custom.higherIsBetter,
    range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    estimate: { kind: 'resampled' },
    plan: (passes) => {
      const read = planPart(custom.expression, { name: custom.name, passes, find });
      // x / 0 is no value, and neither is what overflows.
      return () => {
        const value = read();
        return Number.isFinite(value) ? value : Number.NaN;
      };
    },
  });
}

interface Planning {
  /** Of the custom metric. */
  readonly name: string;
  readonly passes: Passes;
  readonly find: (name: string) => Metric | null;
}

function planPart(part: Expression, planning: Planning): Read {
  switch (part.kind) {
    case 'number':
      return () => part.value;
    case 'column':
      return planName(part.name, planning);
    case 'negative': {
      const of = planPart(part.of, planning);
      return () => -of();
    }
    case 'arithmetic':
      return planArithmetic(part, planning);
    case 'call':
      if (part.name === 'abs') {
        const of = planPart(part.of, planning);
        return () => Math.abs(of());
      }
  }
  throw refuseMetric(planning.name, 'numbers, names, abs() and + - * / alone');
}

function planArithmetic(part: Extract<Expression, { kind: 'arithmetic' }>, planning: Planning): Read {
  const left = planPart(part.left, planning);
  const right = planPart(part.right, planning);
  switch (part.operator) {
    case '+':
      return () => left() + right();
    case '-':
      return () => left() - right();
    case '*':
      return () => left() * right();
    case '/':
      return () => left() / right();
  }
}

const counted = ['tp', 'fp', 'tn', 'fn'] as const satisfies readonly (keyof BinaryCounts)[];

function planName(name: string, { name: ofCustom, passes, find }: Planning): Read {
  const count = counted.find((each) => each === name);
  if (count !== undefined) {
    const counts = passes.share(makeBinaryConfusion, makeBinaryConfusion);
    return () => counts[count];
  }
  if (name === 'rows') {
    const weight = passes.share(makeWeightSum, makeWeightSum);
    return () => weight.total;
  }
  const metric = find(name);
  if (metric?.plan === undefined)
    throw refuseMetric(ofCustom, `a metric "${name}", which this task does not have`);
  return metric.plan(passes);
}

interface WeightSum extends Pass {
  total: number;
}

/** How many rows there are under the weights. */
function makeWeightSum({ rows }: Sample): WeightSum {
  const sum: WeightSum = {
    total: 0,
    run: (weights) => {
      let total = 0;
      for (let row = 0; row < rows; row++) total += weights[row] as number;
      sum.total = total;
    },
  };
  return sum;
}
