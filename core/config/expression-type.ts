import type { ColumnType } from './contract.ts';
import type { Expression, ExpressionFunction } from './expression.ts';
import { ExpressionError, type ExpressionFault } from './expression-token.ts';
import { isMoment, momentRule } from './moment.ts';
import { suggest } from './suggestion.ts';

type ValueType = 'number' | 'text' | 'time' | 'boolean';

const valueTypes: Record<ColumnType, ValueType> = {
  integer: 'number',
  number: 'number',
  text: 'text',
  timestamp: 'time',
  boolean: 'boolean',
};
const names: Record<ValueType, string> = {
  number: 'a number',
  text: 'a text',
  time: 'a timestamp',
  boolean: 'true or false',
};
const takes: Record<ExpressionFunction, ValueType> = {
  abs: 'number',
  length: 'text',
  lower: 'text',
  year: 'time',
  month: 'time',
  day: 'time',
  hour: 'time',
  weekday: 'time',
};

/**
 * Checks that an expression names columns that are there, and applies to each only what its type knows.
 * @param offsets where each part begins, from `parseExpression`
 * @returns null when it is a condition that a row can keep or break; else what is wrong, and where
 */
export function checkExpression(
  expression: Expression,
  columns: ReadonlyMap<string, ColumnType>,
  offsets: ReadonlyMap<Expression, number>,
): ExpressionFault | null {
  const check: Check = { columns, offsets, seen: new Set() };
  try {
    demand(check, expression, 'boolean', 'a condition, for example a comparison');
    // Without a column it is the same for every row: it can never fail, or never pass.
    if (check.seen.size === 0)
      throw refuse(check, expression, 'no column', 'a condition on at least one column');
    return null;
  } catch (error) {
    if (error instanceof ExpressionError) return error.fault;
    throw error;
  }
}

/** Columns that an expression reads, each once, in the order in which they stand in it. */
export function columnsOf(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'column':
      return [expression.name];
    case 'presence':
      return [expression.column];
    case 'logic':
    case 'comparison':
    case 'arithmetic':
      return [...new Set([...columnsOf(expression.left), ...columnsOf(expression.right)])];
    case 'not':
    case 'negative':
    case 'in':
    case 'call':
      return columnsOf(expression.of);
    default:
      return [];
  }
}

interface Check {
  readonly columns: ReadonlyMap<string, ColumnType>;
  readonly offsets: ReadonlyMap<Expression, number>;
  readonly seen: Set<string>;
}

function refuse(check: Check, at: Expression, message: string, expected: string): ExpressionError {
  return new ExpressionError(check.offsets.get(at) ?? 0, message, expected);
}

function demand(check: Check, part: Expression, wanted: ValueType, expected: string = names[wanted]): void {
  const type = typeOf(check, part);
  if (type !== wanted) throw refuse(check, part, `${describe(part)} is ${names[type]}`, expected);
}

function describe(part: Expression): string {
  if (part.kind === 'column') return `the column "${part.name}"`;
  return part.kind === 'text' || part.kind === 'number' ? `"${String(part.value).slice(0, 40)}"` : 'this';
}

function typeOf(check: Check, part: Expression): ValueType {
  switch (part.kind) {
    case 'column':
      return columnType(check, part, part.name);
    case 'number':
    case 'text':
    case 'boolean':
      return part.kind;
    case 'presence':
      columnType(check, part, part.column);
      return 'boolean';
    case 'not':
      demand(check, part.of, 'boolean', 'a condition after "not"');
      return 'boolean';
    case 'negative':
      demand(check, part.of, 'number');
      return 'number';
    case 'logic':
      demand(check, part.left, 'boolean', `a condition before "${part.operator}"`);
      demand(check, part.right, 'boolean', `a condition after "${part.operator}"`);
      return 'boolean';
    case 'arithmetic':
      demand(check, part.left, 'number', `a number before "${part.operator}"`);
      demand(check, part.right, 'number', `a number after "${part.operator}"`);
      return 'number';
    case 'call':
      demand(check, part.of, takes[part.name], `${names[takes[part.name]]} in ${part.name}()`);
      return part.name === 'lower' ? 'text' : 'number';
    case 'comparison':
      return checkComparison(check, part);
    case 'in':
      return checkList(check, part);
  }
}

function columnType(check: Check, at: Expression, name: string): ValueType {
  const type = check.columns.get(name);
  if (type !== undefined) {
    check.seen.add(name);
    return valueTypes[type];
  }
  const known = [...check.columns.keys()].slice(0, mostSuggestions);
  // "arrival-delay" without quotes is read as a subtraction.
  const longer = known.find(
    (column) => column.startsWith(name) && /^[^\p{L}\p{N}_]/u.test(column.slice(name.length)),
  );
  const meant = longer ?? suggest(name, known);
  const hint = meant === null ? 'a column of this contract' : `did you mean \`${meant}\`?`;
  throw refuse(
    check,
    at,
    `the unknown column "${name.slice(0, 80)}"`,
    longer === undefined ? hint : `${hint} Such a name stands in backticks`,
  );
}

/** Columns are pull-request controlled: their number must not decide how long a suggestion takes. */
const mostSuggestions = 500;

function checkComparison(check: Check, part: Expression & { readonly kind: 'comparison' }): ValueType {
  const left = typeOf(check, part.left);
  const right = typeOf(check, part.right);
  const times = left === 'time' || right === 'time';
  for (const [side, type] of [
    [part.left, left],
    [part.right, right],
  ] as const) {
    if (times && type === 'text') checkMoment(check, side);
  }
  const same = left === right || (times && [left, right].includes('text'));
  if (!same) {
    throw refuse(check, part, `${names[left]} compared with ${names[right]}`, 'two values of one type');
  }
  if (left === 'boolean' && part.operator !== '=' && part.operator !== '!=') {
    throw refuse(check, part, `"${part.operator}" between conditions`, '"=" or "!="');
  }
  return 'boolean';
}

/** Only a text that stands there can be read as a time: one that is computed or comes from a column cannot. */
function checkMoment(check: Check, part: Expression): void {
  if (part.kind !== 'text')
    throw refuse(check, part, `${describe(part)} is a text`, 'a timestamp, or one written as text');
  if (!isMoment(part.value)) throw refuse(check, part, `"${part.value.slice(0, 40)}"`, momentRule);
}

function checkList(check: Check, part: Expression & { readonly kind: 'in' }): ValueType {
  const type = typeOf(check, part.of);
  if (type === 'boolean')
    throw refuse(check, part, '"in" after a condition', 'a number, a text or a timestamp before "in"');
  const wanted = type === 'number' ? 'number' : 'string';
  const odd = part.values.find((value) => typeof value !== wanted);
  if (odd !== undefined) {
    throw refuse(
      check,
      part,
      `"${String(odd).slice(0, 40)}" in the list`,
      `${names[type]}, as ${describe(part.of)}`,
    );
  }
  const bad = type === 'time' ? part.values.find((value) => !isMoment(String(value))) : undefined;
  if (bad !== undefined) throw refuse(check, part, `"${String(bad).slice(0, 40)}" in the list`, momentRule);
  return 'boolean';
}
