import type { Expression } from './expression.ts';

/** Binding strength: a part that binds less than its place asks for stands in brackets. */
const strength = { or: 1, and: 2, not: 3, comparison: 4, sum: 5, product: 6, factor: 7 } as const;

/** Writes an expression so that `parseExpression` reads the same one. */
export function renderExpression(expression: Expression): string {
  return write(expression, strength.or);
}

function write(part: Expression, least: number): string {
  const text = writePart(part);
  return strengthOf(part) < least ? `(${text})` : text;
}

function writePart(part: Expression): string {
  switch (part.kind) {
    case 'column':
      return writeName(part.name);
    case 'number':
      return writeNumber(part.value);
    case 'text':
      return writeText(part.value);
    case 'boolean':
      return String(part.value);
    case 'presence':
      return `${writeName(part.column)} is ${part.missing ? 'missing' : 'present'}`;
    case 'not':
      return `not ${write(part.of, strength.not)}`;
    case 'negative':
      // "-5" is the number: brackets keep the sign apart.
      return `-${part.of.kind === 'number' ? `(${writePart(part.of)})` : write(part.of, strength.factor)}`;
    case 'in':
      return `${write(part.of, strength.sum)} in (${part.values.map(writeValue).join(', ')})`;
    case 'call':
      return `${part.name}(${write(part.of, strength.sum)})`;
    default: {
      const own = strengthOf(part);
      // Comparisons do not chain: both sides bind more. The others take their like on the left.
      const left = write(part.left, part.kind === 'comparison' ? own + 1 : own);
      return `${left} ${part.operator} ${write(part.right, own + 1)}`;
    }
  }
}

function strengthOf(part: Expression): number {
  switch (part.kind) {
    case 'logic':
      return strength[part.operator];
    case 'not':
      return strength.not;
    case 'comparison':
    case 'presence':
    case 'in':
      return strength.comparison;
    case 'arithmetic':
      return part.operator === '+' || part.operator === '-' ? strength.sum : strength.product;
    default:
      return strength.factor;
  }
}

const writeValue = (value: string | number): string =>
  typeof value === 'number' ? writeNumber(value) : writeText(value);
const writeText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const writeNumber = (value: number): string => String(value);
/** Always quoted: no name can then be a word of the language. */
const writeName = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
