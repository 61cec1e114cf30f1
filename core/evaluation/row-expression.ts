import type { Expression, ExpressionFunction } from '../config/expression.ts';
import { checkExpression } from '../config/expression-type.ts';
import { readMoment } from '../config/moment.ts';
import { type FeatureColumn, missingCode, readBoolean } from './feature-column.ts';
import type { FeatureColumns } from './feature-columns.ts';

/** Null: unknown, as in SQL. A time is a number of milliseconds since 1970. */
type Value = number | string | boolean | null;
type Read = (row: number) => Value;

/**
 * Numbers of the rows for which a condition is true, ascending: a row where it is unknown is not one of them.
 * @returns a sentence instead when the expression does not fit the columns
 */
export function findRows(condition: Expression, table: FeatureColumns): Uint32Array | string {
  const types = new Map([...table.columns.values()].map(({ name, type }) => [name, type]));
  const fault = checkExpression(condition, types, new Map());
  if (fault !== null) return `${fault.message}; wanted: ${fault.expected}`;
  const read = compile(condition, table);
  const rows: number[] = [];
  for (let row = 0; row < table.rows; row++) if (read(row) === true) rows.push(row);
  return Uint32Array.from(rows);
}

function compile(part: Expression, table: FeatureColumns): Read {
  switch (part.kind) {
    case 'column':
      return readColumn(demand(table, part.name));
    case 'number':
    case 'text':
    case 'boolean': {
      const { value } = part;
      return () => value;
    }
    case 'presence': {
      const isPresent = readPresence(demand(table, part.column));
      return (row) => isPresent(row) !== part.missing;
    }
    case 'not': {
      const of = compile(part.of, table);
      return (row) => {
        const value = of(row);
        return value === null ? null : value !== true;
      };
    }
    case 'negative': {
      const of = compile(part.of, table);
      return (row) => {
        const value = of(row);
        return typeof value === 'number' ? -value : null;
      };
    }
    case 'logic':
      return compileLogic(part.operator, compile(part.left, table), compile(part.right, table));
    case 'comparison':
      return compileComparison(part, table);
    case 'arithmetic':
      return compileArithmetic(part.operator, compile(part.left, table), compile(part.right, table));
    case 'in':
      return compileList(part, table);
    case 'call':
      return compileCall(part.name, compile(part.of, table));
  }
}

function demand(table: FeatureColumns, name: string): FeatureColumn {
  const column = table.columns.get(name);
  if (column === undefined) throw new TypeError(`an expression on column ${name}, which is not in the table`);
  return column;
}

/** Cells that are unreadable for their type are unknown. */
function readColumn(column: FeatureColumn): Read {
  const { numbers, codes } = column;
  if (numbers !== null) {
    return (row) => {
      const value = numbers[row] as number;
      return Number.isNaN(value) ? null : value;
    };
  }
  const values = column.values.map((text) => readCell(text, column));
  return (row) => values[(codes as Uint32Array)[row] as number] ?? null;
}

function readCell(text: string, { type }: FeatureColumn): Value {
  if (type === 'boolean') return readBoolean(text);
  if (type !== 'timestamp') return text;
  const moment = readMoment(text);
  return Number.isNaN(moment) ? null : moment;
}

function readPresence({ numbers, codes }: FeatureColumn): (row: number) => boolean {
  if (codes !== null) return (row) => codes[row] !== missingCode;
  return (row) => !Number.isNaN(numbers?.[row] as number);
}

function compileLogic(operator: 'and' | 'or', left: Read, right: Read): Read {
  // What decides, whatever the other side is.
  const decisive = operator === 'or';
  return (row) => {
    const first = left(row);
    if (first === decisive) return decisive;
    const second = right(row);
    if (second === decisive) return decisive;
    return first === null || second === null ? null : !decisive;
  };
}

function compileComparison(
  { left, right, operator }: Extract<Expression, { kind: 'comparison' }>,
  table: FeatureColumns,
): Read {
  const [first, second] = [compileBeside(left, right, table), compileBeside(right, left, table)];
  return (row) => {
    const [a, b] = [first(row), second(row)];
    if (a === null || b === null || typeof a !== typeof b) return null;
    const order = compareValues(a, b);
    switch (operator) {
      case '=':
        return order === 0;
      case '!=':
        return order !== 0;
      case '<':
        return order < 0;
      case '<=':
        return order <= 0;
      case '>':
        return order > 0;
      case '>=':
        return order >= 0;
    }
  };
}

/** A text beside a time is a time. */
function compileBeside(part: Expression, other: Expression, table: FeatureColumns): Read {
  if (part.kind !== 'text' || !isTime(other, table)) return compile(part, table);
  const moment = readMoment(part.value);
  return () => (Number.isNaN(moment) ? null : moment);
}

const isTime = (part: Expression, table: FeatureColumns): boolean =>
  part.kind === 'column' && table.columns.get(part.name)?.type === 'timestamp';

/** Texts in the order of their code points, as data engines have it; JavaScript orders by halves of pairs. */
function compareValues(a: number | string | boolean, b: number | string | boolean): number {
  if (typeof a !== 'string' || typeof b !== 'string') return Number(a) - Number(b);
  if (a === b) return 0;
  let at = 0;
  while (a.charCodeAt(at) === b.charCodeAt(at)) at++;
  // Back to the start of a pair that both share the first half of.
  if (at > 0 && /[\uD800-\uDBFF]/.test(a.charAt(at - 1))) at--;
  return (a.codePointAt(at) ?? -1) - (b.codePointAt(at) ?? -1);
}

function compileArithmetic(operator: '+' | '-' | '*' | '/', left: Read, right: Read): Read {
  return (row) => {
    const [a, b] = [left(row), right(row)];
    if (typeof a !== 'number' || typeof b !== 'number') return null;
    const value = operator === '+' ? a + b : operator === '-' ? a - b : operator === '*' ? a * b : a / b;
    return Number.isFinite(value) ? value : null;
  };
}

function compileList({ of, values }: Extract<Expression, { kind: 'in' }>, table: FeatureColumns): Read {
  const read = compile(of, table);
  const wanted = new Set<Value>(isTime(of, table) ? values.map((text) => readMoment(String(text))) : values);
  return (row) => {
    const value = read(row);
    return value === null ? null : wanted.has(value);
  };
}

function compileCall(name: ExpressionFunction, of: Read): Read {
  return (row) => {
    const value = of(row);
    if (value === null) return null;
    if (typeof value === 'string') return name === 'lower' ? value.toLowerCase() : [...value].length;
    return typeof value === 'number' ? callNumber(name, value) : null;
  };
}

function callNumber(name: ExpressionFunction, value: number): number | null {
  if (name === 'abs') return Math.abs(value);
  const time = new Date(value);
  switch (name) {
    case 'year':
      return time.getUTCFullYear();
    case 'month':
      return time.getUTCMonth() + 1;
    case 'day':
      return time.getUTCDate();
    case 'hour':
      return time.getUTCHours();
    case 'weekday':
      // Monday is 1, Sunday 7 (ISO 8601).
      return ((time.getUTCDay() + 6) % 7) + 1;
    default:
      return null;
  }
}
