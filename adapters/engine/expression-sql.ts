import type { ColumnType } from '../../core/config/contract.ts';
import type { Expression, ExpressionFunction } from '../../core/config/expression.ts';
import { writeLimit, writeNumber } from './fault.ts';
import { quoteText } from './sql.ts';
import type { TableColumn } from './table.ts';

const parts: Partial<Record<ExpressionFunction, string>> = {
  year: 'year',
  month: 'month',
  day: 'day',
  hour: 'hour',
  // Monday is 1, Sunday 7 (ISO 8601).
  weekday: 'isodow',
};

/**
 * Writes a row expression over the values of a table: three-valued, as SQL is. A cell that is empty or unreadable is
 * unknown, and so is what cannot be computed (division by zero, overflow).
 * @param columns those that the expression names
 */
export function writeExpression(expression: Expression, columns: ReadonlyMap<string, TableColumn>): string {
  const write = (of: Expression): string => writeExpression(of, columns);
  switch (expression.kind) {
    case 'column':
      return `v${atOf(expression.name, columns)}`;
    case 'number':
      return writeNumber(expression.value);
    case 'text':
      return quoteText(expression.value);
    case 'boolean':
      return String(expression.value);
    case 'presence':
      return `(${expression.missing ? 'NOT ' : ''}p${atOf(expression.column, columns)})`;
    case 'not':
      return `(NOT ${write(expression.of)})`;
    case 'negative':
      return `(- CAST(${write(expression.of)} AS DOUBLE))`;
    case 'logic':
      return `(${write(expression.left)} ${expression.operator.toUpperCase()} ${write(expression.right)})`;
    case 'comparison':
      return writeComparison(expression, columns);
    case 'arithmetic':
      return writeArithmetic(expression.operator, write(expression.left), write(expression.right));
    case 'in':
      return writeMembership(expression, columns);
    case 'call':
      return writeCall(expression.name, write(expression.of));
  }
}

function atOf(name: string, columns: ReadonlyMap<string, TableColumn>): number {
  const column = columns.get(name);
  if (column === undefined) throw new TypeError(`an expression on column ${name}, which is not in the table`);
  return column.at;
}

function writeComparison(
  expression: Extract<Expression, { kind: 'comparison' }>,
  columns: ReadonlyMap<string, TableColumn>,
): string {
  const { left, right, operator } = expression;
  const sides = [left, right].map((side, at) => {
    const other = at === 0 ? right : left;
    // A text beside a time is a time.
    const isTime = side.kind === 'text' && typeOf(other, columns) === 'timestamp';
    return isTime ? writeLimit('timestamp', side.value) : writeExpression(side, columns);
  });
  return `(${sides.join(` ${operator === '!=' ? '<>' : operator} `)})`;
}

function writeMembership(
  { of, values }: Extract<Expression, { kind: 'in' }>,
  columns: ReadonlyMap<string, TableColumn>,
): string {
  if (values.length === 0) return `(${writeExpression(of, columns)} IS NULL AND NULL)`;
  const isTime = typeOf(of, columns) === 'timestamp';
  const literals = values.map((value) =>
    typeof value === 'number'
      ? writeNumber(value)
      : isTime
        ? writeLimit('timestamp', value)
        : quoteText(value),
  );
  return `(${writeExpression(of, columns)} IN (${literals.join(', ')}))`;
}

function typeOf(expression: Expression, columns: ReadonlyMap<string, TableColumn>): ColumnType | null {
  return expression.kind === 'column' ? (columns.get(expression.name)?.check.type ?? null) : null;
}

function writeArithmetic(operator: string, left: string, right: string): string {
  const [a, b] = [left, right].map((side) => `CAST(${side} AS DOUBLE)`);
  const divisor = operator === '/' ? `nullif(${b}, 0)` : b;
  const result = `(${a} ${operator} ${divisor})`;
  return `(CASE WHEN isfinite(${result}) THEN ${result} END)`;
}

function writeCall(name: ExpressionFunction, of: string): string {
  if (name === 'length' || name === 'lower') return `${name}(${of})`;
  // The smallest 64-bit integer has no magnitude in 64 bits.
  if (name === 'abs') return `abs(CAST(${of} AS DOUBLE))`;
  return `${parts[name]}(${of})`;
}
