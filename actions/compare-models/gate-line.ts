import { isFairness, isServing } from '../../core/config/metric-form.ts';
import { checkMetricName } from '../../core/config/metric-name.ts';
import type { Gate } from '../../core/config/policy.ts';
import { InputError } from '../../core/error/error.ts';

const limitForm = /^([a-z][a-z0-9-]*(?:@[\d.]+)?)\s*(>=|<=)\s*(-?\d+(?:\.\d+)?)$/;
const versusForm =
  /^([a-z][a-z0-9-]*(?:@[\d.]+)?)\s+(not-worse|better)(?:\s+(?:than\s+champion\s+)?(\d+(?:\.\d+)?))?$/;

/**
 * Reads gates as a workflow names them, one a line: `auc >= 0.6`, `log-loss <= 0.5`, `auc not-worse 0.002`, `auc better`.
 * @throws InputError GATES_INVALID with the line, what is allowed and an example
 */
export function parseGateLines(text: string): readonly Gate[] {
  const lines = text.split('\n').map((line) => line.trim());
  const gates = lines.flatMap((line, at) =>
    line === '' || line.startsWith('#') ? [] : [parseLine(line, at + 1)],
  );
  if (gates.length > 0) return gates;
  throw refuse('The input "gates" names no gate', 'Name at least one gate, for example: auc >= 0.6');
}

function parseLine(line: string, number: number): Gate {
  const [, limited, sign, limit] = limitForm.exec(line) ?? [];
  if (limited !== undefined) {
    const metric = metricOf(limited, number);
    const bound = numberOf(limit, number);
    return sign === '>=' ? { metric, min: bound } : { metric, max: bound };
  }
  const [, compared, versus, margin] = versusForm.exec(line) ?? [];
  if (compared !== undefined) {
    const metric = metricOf(compared, number);
    return { metric, versus: versus as 'not-worse' | 'better', margin: numberOf(margin, number) };
  }
  throw refuse(
    `Line ${number} of the input "gates" is ${JSON.stringify(line)}`,
    'Write "auc >= 0.6", "log-loss <= 0.5", "auc not-worse 0.002" or "auc better 0.001".',
  );
}

/** Four hundred digits are a number to JavaScript, and no limit. */
function numberOf(text: string | undefined, line: number): number {
  const value = Number(text ?? 0);
  if (Number.isFinite(value)) return value;
  throw refuse(`Line ${line} of the input "gates" names no finite number`, 'Write a number such as 0.6.');
}

function metricOf(name: string, line: number): string {
  const fault = checkMetricName(name, { task: 'binary-classification' });
  if (fault === null && (isServing(name) || isFairness(name))) {
    const hint = 'Labels and predictions do not tell it: name a metric such as auc, f1 or recall.';
    throw refuse(`Line ${line} of the input "gates" names the metric "${name}"`, hint);
  }
  if (fault === null) return name;
  throw refuse(
    `Line ${line} of the input "gates" names the metric "${name}"`,
    fault.meant === null ? `Name one of ${fault.allowed}.` : `Did you mean "${fault.meant}"?`,
  );
}

function refuse(message: string, hint: string): InputError {
  return new InputError('GATES_INVALID', message, { hint });
}
