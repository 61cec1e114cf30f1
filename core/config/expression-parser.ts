import type { Expression, ExpressionFunction } from './expression.ts';
import { ExpressionError, type ExpressionFault, readTokens, type Token } from './expression-token.ts';

/** Most characters of an expression, and how deep brackets, `not`, `-` and functions may nest: the text is pull-request controlled. */
export const expressionLimits = { characters: 2000, depth: 50 } as const;

export const expressionFunctions = [
  'abs',
  'length',
  'lower',
  'year',
  'month',
  'day',
  'hour',
  'weekday',
] as const satisfies readonly ExpressionFunction[];

export type ReadExpression =
  | {
      readonly kind: 'expression';
      readonly expression: Expression;
      /** Where each part begins in the text. */
      readonly offsets: ReadonlyMap<Expression, number>;
    }
  | { readonly kind: 'fault'; readonly fault: ExpressionFault };

/** Reads the text of a row expression, in linear time. Whether it fits the columns is asked elsewhere (expression-type). */
export function parseExpression(source: string): ReadExpression {
  try {
    if (source.length > expressionLimits.characters) {
      const most = `at most ${expressionLimits.characters} characters`;
      throw new ExpressionError(expressionLimits.characters, 'a longer expression', most);
    }
    const parse: Parse = { tokens: readTokens(source), at: 0, depth: 0, offsets: new Map() };
    const expression = readOr(parse);
    if (peek(parse).kind !== 'end')
      throw refuse(parse, 'and, or, a comparison, or the end of the expression');
    return { kind: 'expression', expression, offsets: parse.offsets };
  } catch (error) {
    if (error instanceof ExpressionError) return { kind: 'fault', fault: error.fault };
    throw error;
  }
}

interface Parse {
  readonly tokens: readonly Token[];
  at: number;
  depth: number;
  readonly offsets: Map<Expression, number>;
}

const end: Token = { kind: 'end', text: '', offset: 0 };
const peek = (parse: Parse): Token => parse.tokens[parse.at] ?? end;
const words: ReadonlySet<string> = new Set(
  'and or not in between is missing present true false null like'.split(' '),
);

function isWord(token: Token, word: string): boolean {
  return token.kind === 'name' && token.text.toLowerCase() === word;
}

const isSymbol = (token: Token, symbol: string): boolean => token.kind === 'symbol' && token.text === symbol;

/** Passes a word or a symbol, if it is next. */
function take(parse: Parse, text: string): boolean {
  const next = peek(parse);
  if (!isSymbol(next, text) && !isWord(next, text)) return false;
  parse.at += 1;
  return true;
}

function demand(parse: Parse, text: string, expected = `"${text}"`): void {
  if (!take(parse, text)) throw refuse(parse, expected);
}

function refuse(parse: Parse, expected: string): ExpressionError {
  const { kind, text, offset } = peek(parse);
  const what = kind === 'end' ? 'the end of the expression' : `"${text.slice(0, 40)}"`;
  return new ExpressionError(offset, what, expected);
}

/** Remembers where a part began. */
function place<T extends Expression>(parse: Parse, offset: number, expression: T): T {
  parse.offsets.set(expression, offset);
  return expression;
}

function nest<T>(parse: Parse, read: () => T): T {
  if (parse.depth >= expressionLimits.depth) {
    throw refuse(parse, `at most ${expressionLimits.depth} brackets, "not" and "-" inside one another`);
  }
  parse.depth += 1;
  const result = read();
  parse.depth -= 1;
  return result;
}

function readOr(parse: Parse): Expression {
  return readLogic(parse, 'or', () => readLogic(parse, 'and', () => readNot(parse)));
}

function readLogic(parse: Parse, operator: 'and' | 'or', readPart: () => Expression): Expression {
  const { offset } = peek(parse);
  let left = readPart();
  while (take(parse, operator)) {
    left = place(parse, offset, { kind: 'logic', operator, left, right: readPart() });
  }
  return left;
}

function readNot(parse: Parse): Expression {
  const { offset } = peek(parse);
  if (!take(parse, 'not')) return readComparison(parse);
  return place(parse, offset, { kind: 'not', of: nest(parse, () => readNot(parse)) });
}

const comparisons = ['=', '!=', '<=', '>=', '<', '>'] as const;

function readComparison(parse: Parse): Expression {
  const { offset } = peek(parse);
  const left = readSum(parse);
  if (take(parse, 'is')) return readPresence(parse, left, offset);
  const negated = isWord(peek(parse), 'not');
  if (negated) parse.at += 1;
  const kept = (expression: Expression): Expression =>
    place(parse, offset, negated ? { kind: 'not', of: place(parse, offset, expression) } : expression);
  if (take(parse, 'in')) return kept({ kind: 'in', of: left, values: readValues(parse) });
  if (take(parse, 'between')) return kept(readBetween(parse, left, offset));
  if (negated) throw refuse(parse, '"in" or "between" after "not"');
  const operator = comparisons.find((symbol) => take(parse, symbol));
  if (operator === undefined) return left;
  const right = readSum(parse);
  if (comparisons.some((symbol) => isSymbol(peek(parse), symbol))) {
    throw refuse(parse, 'and, or, or the end: comparisons do not chain, write "a < b and b < c"');
  }
  return place(parse, offset, { kind: 'comparison', operator, left, right });
}

function readPresence(parse: Parse, left: Expression, offset: number): Expression {
  const negated = take(parse, 'not');
  const missing = take(parse, 'missing') || take(parse, 'null');
  if (!missing) demand(parse, 'present', '"missing" or "present"');
  if (left.kind !== 'column') {
    throw new ExpressionError(
      offset,
      'something computed',
      'the name of a column before "is missing" or "is present"',
    );
  }
  return place(parse, offset, { kind: 'presence', column: left.name, missing: missing !== negated });
}

function readBetween(parse: Parse, of: Expression, offset: number): Expression {
  const least = readSum(parse);
  demand(parse, 'and', '"and" and the upper end of "between"');
  const most = readSum(parse);
  const low = place(parse, offset, { kind: 'comparison', operator: '>=', left: of, right: least } as const);
  const high = place(parse, offset, { kind: 'comparison', operator: '<=', left: of, right: most } as const);
  return { kind: 'logic', operator: 'and', left: low, right: high };
}

function readValues(parse: Parse): readonly (string | number)[] {
  demand(parse, '(', '"(" and a list of values');
  const values = [readValue(parse)];
  while (take(parse, ',')) values.push(readValue(parse));
  demand(parse, ')', '"," or ")"');
  return values;
}

function readValue(parse: Parse): string | number {
  const token = peek(parse);
  if (token.kind === 'text') {
    parse.at += 1;
    return token.text;
  }
  const negative = take(parse, '-');
  if (peek(parse).kind !== 'number')
    throw refuse(parse, negative ? 'a number' : "a number or a text in 'single quotes'");
  return readNumber(parse, negative);
}

function readNumber(parse: Parse, negative: boolean): number {
  const { text, offset } = peek(parse);
  const value = Number(text);
  // A number that a double cannot hold would be compared as another number.
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) {
    throw new ExpressionError(
      offset,
      `the number ${text.slice(0, 40)}`,
      'a number that a double holds (whole numbers up to 2^53)',
    );
  }
  parse.at += 1;
  return negative && value !== 0 ? -value : value;
}

function readSum(parse: Parse): Expression {
  return readArithmetic(parse, ['+', '-'], () => readArithmetic(parse, ['*', '/'], () => readFactor(parse)));
}

function readArithmetic(
  parse: Parse,
  operators: readonly ('+' | '-' | '*' | '/')[],
  readPart: () => Expression,
): Expression {
  const { offset } = peek(parse);
  let left = readPart();
  for (;;) {
    const operator = operators.find((symbol) => take(parse, symbol));
    if (operator === undefined) return left;
    left = place(parse, offset, { kind: 'arithmetic', operator, left, right: readPart() });
  }
}

function readFactor(parse: Parse): Expression {
  const token = peek(parse);
  const { offset } = token;
  if (take(parse, '-')) {
    if (peek(parse).kind === 'number')
      return place(parse, offset, { kind: 'number', value: readNumber(parse, true) });
    return place(parse, offset, { kind: 'negative', of: nest(parse, () => readFactor(parse)) });
  }
  if (take(parse, '(')) {
    const inner = nest(parse, () => readOr(parse));
    demand(parse, ')');
    return inner;
  }
  if (token.kind === 'number')
    return place(parse, offset, { kind: 'number', value: readNumber(parse, false) });
  if (token.kind === 'name') return readName(parse, token);
  if (token.kind !== 'text' && token.kind !== 'quoted') throw refuse(parse, operand);
  parse.at += 1;
  if (token.kind === 'text') return place(parse, offset, { kind: 'text', value: token.text });
  return place(parse, offset, { kind: 'column', name: token.text });
}

const operand = 'a column, a number, a text in \'single quotes\', true, false, a function or "("';

function readName(parse: Parse, token: Token): Expression {
  const { offset, text } = token;
  const word = text.toLowerCase();
  const next = parse.tokens[parse.at + 1] ?? end;
  if (word === 'true' || word === 'false') {
    parse.at += 1;
    return place(parse, offset, { kind: 'boolean', value: word === 'true' });
  }
  if (words.has(word)) throw refuse(parse, `${operand}; a column of this name stands in \`backticks\``);
  parse.at += 1;
  if (!isSymbol(next, '(')) return place(parse, offset, { kind: 'column', name: text });
  const name = expressionFunctions.find((known) => known === word);
  if (name === undefined) {
    throw new ExpressionError(
      offset,
      `the function "${text.slice(0, 40)}"`,
      `one of ${expressionFunctions.join(', ')}`,
    );
  }
  parse.at += 1;
  const of = nest(parse, () => readSum(parse));
  demand(parse, ')');
  return place(parse, offset, { kind: 'call', name, of });
}
