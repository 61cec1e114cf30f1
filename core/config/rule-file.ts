import type { ColumnRule, Limits, RuleBody, RuleFrame, TableRule, Tolerance } from './contract.ts';
import type { Expression } from './expression.ts';
import { parseExpression } from './expression-parser.ts';
import type { ExpressionFault } from './expression-token.ts';
import { checkExpression } from './expression-type.ts';
import { mostProblems, type Problem } from './problem.ts';
import { checkRule, checkRuleSet } from './rule-check.ts';
import type { WrittenRule } from './rule-schema.ts';

/**
 * Reads the rules of a contract and holds them against its columns.
 * @returns the rules that can be applied, and what is wrong with the others
 */
export function readRules(
  written: readonly WrittenRule[],
  columns: readonly ColumnRule[],
): { readonly rules: readonly TableRule[]; readonly problems: readonly Problem[] } {
  const known = new Map(columns.map((column) => [column.name, column]));
  const types = new Map(columns.map(({ name, type }) => [name, type]));
  const rules: TableRule[] = [];
  const problems: Problem[] = [...checkRuleSet(written)];
  for (const [at, rule] of written.entries()) {
    // Nobody reads more at once, and each asks what was meant: the number of rules is pull-request controlled.
    if (problems.length >= mostProblems) break;
    const path = ['rules', at];
    const read = rule.rule === 'expression' ? readCondition(rule.keep, types) : null;
    if (read?.kind === 'fault')
      problems.push(toProblem(rule.name, [...path, 'keep'], 'keep' in rule ? rule.keep : '', read.fault));
    problems.push(...checkRule(rule, path, known));
    rules.push({
      ...toFrame(rule),
      ...toBody(rule, read?.kind === 'expression' ? read.expression : nothing),
    });
  }
  return { rules, problems };
}

/** Stands in for a condition that cannot be read: its contract is refused. */
const nothing: Expression = { kind: 'boolean', value: false };

function readCondition(keep: string, types: ReadonlyMap<string, ColumnRule['type']>) {
  const read = parseExpression(keep);
  if (read.kind === 'fault') return read;
  const fault = checkExpression(read.expression, types, read.offsets);
  return fault === null ? read : ({ kind: 'fault', fault } as const);
}

function toProblem(
  name: string,
  path: readonly PropertyKey[],
  text: string,
  fault: ExpressionFault,
): Problem {
  return {
    code: 'config/expression',
    message: `the condition of rule "${name}" cannot be used: ${fault.message} at character ${fault.offset + 1}`,
    path,
    within: { text, offset: fault.offset },
    found: fault.message,
    allowed: fault.expected,
    fix: `Write ${fault.expected} at character ${fault.offset + 1}.`,
  };
}

function toFrame(written: WrittenRule): RuleFrame {
  const tolerance = 'tolerance' in written ? written.tolerance : undefined;
  return {
    name: written.name,
    severity: written.severity,
    ...(tolerance === undefined ? {} : { tolerance: toTolerance(tolerance) }),
    ...(written.reason === undefined ? {} : { reason: written.reason }),
  };
}

function toBody(written: WrittenRule, expression: Expression): RuleBody {
  switch (written.rule) {
    case 'missing':
      return { rule: written.rule, column: written.column, max: written.max };
    case 'range':
    case 'length':
    case 'mean':
    case 'standard-deviation':
    case 'distinct':
      return { rule: written.rule, column: written.column, limits: toLimits(written) } as RuleBody;
    case 'allowed':
      return { rule: written.rule, column: written.column, values: written.values.map(String) };
    case 'pattern':
      return { rule: written.rule, column: written.column, pattern: written.pattern };
    case 'quantile':
      return { rule: written.rule, column: written.column, at: written.at, limits: toLimits(written) };
    case 'class-ratio':
      return {
        rule: written.rule,
        column: written.column,
        value: String(written.value),
        limits: toLimits(written),
      };
    case 'freshness':
      return { rule: written.rule, column: written.column, maxAgeHours: written['max-age-hours'] };
    case 'expression':
      return { rule: written.rule, keep: written.keep, expression };
    case 'unique':
      return { rule: written.rule, columns: written.columns };
    case 'duplicates':
      return { rule: written.rule, columns: written.columns ?? null, max: written.max };
    case 'leakage':
      return {
        rule: written.rule,
        label: written.label,
        features: written.features ?? null,
        max: written.max,
      };
    case 'label-conflicts':
      return { rule: written.rule, label: written.label, features: written.features ?? null };
    case 'overlap':
      return { rule: written.rule, with: written.with, columns: written.columns };
  }
}

/** The limits that are there. */
export function toLimits<T>({ min, max }: { min?: T | undefined; max?: T | undefined }): Limits<T> {
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

export function toTolerance(written: { share: number } | { count: number }): Tolerance {
  return 'share' in written
    ? { kind: 'share', share: written.share }
    : { kind: 'count', count: written.count };
}
