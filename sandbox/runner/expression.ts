import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import type { FunctionDefinition } from '@actions/expressions/funcs/info';

/** What an expression can see: contexts by name (github, env, needs ...) and functions besides the built-in ones. */
export interface Scope {
  readonly contexts: ReadonlyMap<string, unknown>;
  readonly functions: ReadonlyMap<string, FunctionDefinition>;
}

/** The four functions that ask how the job or its needs went. */
export const STATUS_FUNCTIONS: readonly string[] = ['success', 'failure', 'always', 'cancelled'];

type Value = ReturnType<Evaluator['evaluate']>;

/** Makes a function without parameters that answers a boolean. */
export function booleanFunction(name: string, answer: () => boolean): FunctionDefinition {
  return { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(answer()) };
}

/** Makes a function over strings that answers a string. */
export function stringFunction(name: string, answer: (values: readonly string[]) => string) {
  return {
    name,
    minArgs: 1,
    maxArgs: 255,
    call: (...values: { coerceString(): string }[]) =>
      new data.StringData(answer(values.map((value) => value.coerceString()))),
  };
}

/** Evaluates one expression without its `${{ }}`. @throws Error with GitHub's wording when it does not parse. */
export function evaluateExpression(expression: string, scope: Scope): unknown {
  return toPlain(evaluateValue(expression, scope));
}

/** Replaces every `${{ }}` in a text by its value: plain insertion, exactly as unsafe as on GitHub. */
export function interpolate(text: string, scope: Scope): string {
  return splitTemplate(text)
    .map((part) => (part.kind === 'text' ? part.text : evaluateValue(part.text, scope).coerceString()))
    .join('');
}

/** Resolves expressions anywhere in a YAML value; a string that is one whole expression keeps the value's type. */
export function resolveValue(value: unknown, scope: Scope): unknown {
  if (typeof value === 'string') {
    const parts = splitTemplate(value);
    const only = parts.length === 1 ? parts[0] : undefined;
    return only?.kind === 'expression' ? evaluateExpression(only.text, scope) : interpolate(value, scope);
  }
  if (Array.isArray(value)) return value.map((item) => resolveValue(item, scope));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [interpolate(key, scope), resolveValue(item, scope)]),
    );
  }
  return value;
}

/** Decides an `if:`; without a status function it means `success() && (...)`. */
export function evaluateCondition(condition: unknown, scope: Scope): boolean {
  const text = condition === undefined || condition === null ? '' : String(condition).trim();
  const expression = text === '' ? 'success()' : unwrapCondition(text);
  if (expression === undefined) return interpolate(text, scope) !== '';
  const full = asksForStatus(expression) ? expression : `success() && (${expression})`;
  return isTruthy(toPlain(evaluateValue(full, scope)));
}

/** Truth as GitHub's expressions see it: false, 0, '', null and NaN are false. */
export function isTruthy(value: unknown): boolean {
  return !(
    value === undefined ||
    value === null ||
    value === false ||
    value === 0 ||
    value === '' ||
    Number.isNaN(value)
  );
}

// `if: ${{ a }} == 'b'` is not one expression: GitHub takes it as a text, which is always true.
function unwrapCondition(text: string): string | undefined {
  if (!text.includes('${{')) return text;
  const parts = splitTemplate(text);
  const only = parts.length === 1 ? parts[0] : undefined;
  return only?.kind === 'expression' ? only.text : undefined;
}

function asksForStatus(expression: string): boolean {
  const tokens = new Lexer(expression).lex().tokens;
  return tokens.some(
    (token, index) =>
      STATUS_FUNCTIONS.includes(token.lexeme.toLowerCase()) && tokens[index + 1]?.lexeme === '(',
  );
}

function evaluateValue(expression: string, scope: Scope): Value {
  const { tokens } = new Lexer(expression).lex();
  const names = [...scope.contexts.keys()];
  const tree = new Parser(tokens, names, [...scope.functions.values()]).parse();
  const mentioned = new Set(tokens.map((token) => token.lexeme.toLowerCase()));
  const context = new data.Dictionary();
  // Only what the expression names is converted: an event payload is large.
  for (const [name, value] of scope.contexts) if (mentioned.has(name)) context.add(name, toData(value));
  return new Evaluator(tree, context, new Map(scope.functions)).evaluate();
}

function toData(value: unknown): Value {
  return JSON.parse(JSON.stringify(value ?? null), data.reviver);
}

function toPlain(value: Value): unknown {
  // NaN has no JSON form, and GitHub prints it as a text of its own.
  if (value instanceof data.NumberData) return value.number();
  return JSON.parse(JSON.stringify(value, data.replacer));
}

interface TemplatePart {
  readonly kind: 'text' | 'expression';
  readonly text: string;
}

/** Splits a text at `${{ }}`; a `}}` inside a quoted string does not end an expression. */
export function splitTemplate(text: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let rest = text;
  for (let start = rest.indexOf('${{'); start >= 0; start = rest.indexOf('${{')) {
    const end = findEnd(rest, start + 3);
    if (end < 0)
      throw new Error(
        `The expression is not closed. An unescaped \${{ sequence was found, but the closing }} sequence was not found.`,
      );
    if (start > 0) parts.push({ kind: 'text', text: rest.slice(0, start) });
    parts.push({ kind: 'expression', text: rest.slice(start + 3, end).trim() });
    rest = rest.slice(end + 2);
  }
  if (rest !== '' || parts.length === 0) parts.push({ kind: 'text', text: rest });
  return parts;
}

function findEnd(text: string, from: number): number {
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "'") quoted = !quoted;
    else if (!quoted && text.startsWith('}}', at)) return at;
  }
  return -1;
}
