import { aggregateNames, type CustomMetric, type Scorer } from './custom-metric.ts';
import type { WrittenCustomMetric, WrittenScorer } from './custom-metric-schema.ts';
import type { Expression } from './expression.ts';
import { parseExpression } from './expression-parser.ts';
import { ExpressionError, type ExpressionFault } from './expression-token.ts';
import { isFairness, isMeasured } from './metric-form.ts';
import { checkMetricName } from './metric-name.ts';
import type { Task } from './model.ts';
import type { Path } from './position.ts';
import type { Problem } from './problem.ts';

export interface ReadCustomMetrics {
  readonly metrics: readonly CustomMetric[];
  readonly problems: readonly Problem[];
}

/** Reads the metrics of a team's own and holds their expressions against what the task has sums of. */
export function readCustomMetrics(written: readonly WrittenCustomMetric[], task: Task): ReadCustomMetrics {
  const metrics: CustomMetric[] = [];
  const problems: Problem[] = [];
  for (const [at, { name, expression: text, 'higher-is-better': higherIsBetter }] of written.entries()) {
    const path = ['metrics', at];
    // A gate on this name would mean one metric to a reader and another to the judge.
    if (checkMetricName(name, { task }) === null) problems.push(taken(name, [...path, 'name']));
    const read = readExpression(text, task);
    if (read.kind === 'fault') problems.push(toProblem(name, [...path, 'expression'], text, read.fault));
    else metrics.push({ name, expression: read.expression, higherIsBetter });
  }
  return { metrics, problems };
}

export const toScorer = (written: WrittenScorer): Scorer => ({
  name: written.name,
  higherIsBetter: written['higher-is-better'],
  range: written.range,
});

function readExpression(text: string, task: Task) {
  const read = parseExpression(text);
  if (read.kind === 'fault') return read;
  try {
    const named = checkPart(read.expression, task, read.offsets);
    if (named > 0) return read;
    throw new ExpressionError(
      0,
      'nothing that is measured',
      `a metric or one of ${aggregateNames.join(', ')}`,
    );
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { kind: 'fault', fault: error.fault } as const;
  }
}

/** Counts the names in a part; everything but arithmetic over them is refused. */
function checkPart(part: Expression, task: Task, offsets: ReadonlyMap<Expression, number>): number {
  const offset = offsets.get(part) ?? 0;
  switch (part.kind) {
    case 'number':
      return 0;
    case 'column':
      checkName(part.name, task, offset);
      return 1;
    case 'negative':
      return checkPart(part.of, task, offsets);
    case 'arithmetic':
      return checkPart(part.left, task, offsets) + checkPart(part.right, task, offsets);
    case 'call':
      if (part.name === 'abs') return checkPart(part.of, task, offsets);
      throw new ExpressionError(offset, `the function "${part.name}"`, 'abs, or + - * / and brackets');
    default:
      throw new ExpressionError(offset, 'a condition or a text', 'numbers, names, + - * / and brackets');
  }
}

function checkName(name: string, task: Task, offset: number): void {
  if (name === 'rows') return;
  const counted = (aggregateNames as readonly string[]).includes(name);
  if (counted && task === 'binary-classification') return;
  if (counted)
    throw new ExpressionError(
      offset,
      `"${name}", of which there is none`,
      'two classes for tp, fp, tn and fn',
    );
  if (isFairness(name) || isMeasured(name)) {
    throw new ExpressionError(offset, `"${name}"`, 'a metric that the judge computes over all rows');
  }
  const fault = checkMetricName(name, { task });
  if (fault === null) return;
  const meant = fault.meant === null ? aggregateNames.join(', ') : `\`${fault.meant}\``;
  throw new ExpressionError(
    offset,
    `the unknown name "${name.slice(0, 40)}"`,
    `${meant} or another metric of the task, in backticks where it has "-" or "@"`,
  );
}

const taken = (name: string, path: Path): Problem => ({
  code: 'config/value',
  message: `the metric "${name}" exists already: the judge computes it`,
  path,
  found: name,
  allowed: 'a name of your own',
  fix: 'Give it another name, or leave it out and name the metric in a gate.',
});

const toProblem = (name: string, path: Path, text: string, fault: ExpressionFault): Problem => ({
  code: 'config/expression',
  message: `the expression of metric "${name}" cannot be used: ${fault.message} at character ${fault.offset + 1}`,
  path,
  within: { text, offset: fault.offset },
  found: fault.message,
  allowed: fault.expected,
  fix: `Write ${fault.expected} at character ${fault.offset + 1}.`,
});
