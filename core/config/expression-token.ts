/** A word of a row expression. `text` is the value: quotes are taken off, doubled quotes are one. */
export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'quoted' | 'symbol' | 'end';
  readonly text: string;
  /** UTF-16 index in the expression. */
  readonly offset: number;
}

/** Why an expression cannot be read, and where. `offset` is a UTF-16 index in it. */
export interface ExpressionFault {
  readonly offset: number;
  /** One clause: what stands there. */
  readonly message: string;
  readonly expected: string;
}

export class ExpressionError extends Error {
  readonly fault: ExpressionFault;
  constructor(offset: number, message: string, expected: string) {
    super(message);
    this.fault = { offset, message, expected };
  }
}

/** Every alternative begins with another character, so that no text is read twice: linear time. */
const form =
  /(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|'(?<text>(?:[^']|'')*)'|`(?<back>(?:[^`]|``)+)`|"(?<double>(?:[^"]|"")+)"|(?<name>[\p{L}_][\p{L}\p{M}\p{N}_]*)|(?<symbol><=|>=|!=|<>|==|=>|=<|&&|\|\||[=<>+\-*/(),!])/uy;
const space = /[ \t\r\n]*/y;

/** What people write out of habit, and what it is called here. */
const habits: Readonly<Record<string, string>> = {
  '==': '=',
  '<>': '!=',
  '=>': '>=',
  '=<': '<=',
  '&&': 'and',
  '||': 'or',
  '!': 'not',
};

/**
 * Splits a row expression into words.
 * @returns the words and one of kind `end`
 * @throws ExpressionError at the first character that begins no word
 */
export function readTokens(source: string): readonly Token[] {
  const tokens: Token[] = [];
  let offset = skipSpace(source, 0);
  while (offset < source.length) {
    form.lastIndex = offset;
    const match = form.exec(source);
    if (match === null) throw refuseCharacter(source, offset);
    tokens.push(toToken(match.groups ?? {}, offset));
    offset = skipSpace(source, form.lastIndex);
  }
  return [...tokens, { kind: 'end', text: '', offset: source.length }];
}

function toToken(groups: Partial<Record<string, string>>, offset: number): Token {
  const { number, text, back, double, name, symbol = '' } = groups;
  const quoted = back?.replaceAll('``', '`') ?? double?.replaceAll('""', '"');
  if ((text ?? quoted ?? '').includes('\0')) {
    throw new ExpressionError(offset, 'a NUL character', 'text without NUL');
  }
  if (number !== undefined) return { kind: 'number', text: number, offset };
  if (text !== undefined) return { kind: 'text', text: text.replaceAll("''", "'"), offset };
  if (quoted !== undefined) return { kind: 'quoted', text: quoted, offset };
  if (name !== undefined) return { kind: 'name', text: name, offset };
  const meant = habits[symbol];
  if (meant !== undefined) throw new ExpressionError(offset, `"${symbol}"`, `"${meant}"`);
  return { kind: 'symbol', text: symbol, offset };
}

function skipSpace(source: string, from: number): number {
  space.lastIndex = from;
  return from + (space.exec(source)?.[0].length ?? 0);
}

function refuseCharacter(source: string, offset: number): ExpressionError {
  const character = String.fromCodePoint(source.codePointAt(offset) ?? 0);
  if (character === "'") return new ExpressionError(offset, 'a text that does not end', "a closing '");
  if (character === '`' || character === '"') {
    return new ExpressionError(
      offset,
      'a column name that is empty or does not end',
      `a closing ${character}`,
    );
  }
  return new ExpressionError(
    offset,
    `the character "${character}"`,
    "a column, a number, a text in 'single quotes', or an operator; other column names in `backticks`",
  );
}
