import type { WrittenGate } from './gate-schema.ts';
import { directionOf } from './metric-form.ts';
import { checkMetricName, type MetricScope } from './metric-name.ts';
import type { Path } from './position.ts';
import { nameOf, type Problem } from './problem.ts';

/** Holds the metrics of written gates against those that the task has, and directions against what is known of them. */
export function checkGates(
  gates: readonly WrittenGate[],
  path: Path,
  scope: MetricScope,
): readonly Problem[] {
  return gates.flatMap((gate, at) => [
    ...checkMetric(gate.metric, [...path, at, 'metric'], scope),
    ...checkDirection(gate, [...path, at]),
  ]);
}

/** A metric that is named at a place of a file. */
export function checkMetric(metric: string, path: Path, scope: MetricScope): readonly Problem[] {
  const fault = checkMetricName(metric, scope);
  if (fault === null) return [];
  return [
    {
      code: 'config/value',
      message: `${nameOf(path)}: ${fault.message}${fault.meant === null ? '' : `. Did you mean "${fault.meant}"?`}`,
      path,
      found: `the text "${metric.slice(0, 80)}"`,
      allowed: fault.allowed,
      fix: fault.meant === null ? 'Name one of the metrics that are allowed here.' : `Write ${fault.meant}.`,
    },
  ];
}

/** Somebody who thinks that more loss is better has a threshold on the wrong side. */
function checkDirection(gate: WrittenGate, path: Path): readonly Problem[] {
  const key = gate['greater-is-better'] === undefined ? 'greater_is_better' : 'greater-is-better';
  const said = gate[key];
  const known = directionOf(gate.metric);
  if (said === undefined || known === null || said === (known === 'higher')) return [];
  const meant = String(known === 'higher');
  return [
    {
      code: 'config/value',
      message: `${nameOf([...path, key])} is ${said}, but of ${gate.metric} ${known} is better`,
      path: [...path, key],
      found: String(said),
      allowed: meant,
      fix: `Write ${key}: ${meant}.`,
    },
  ];
}
