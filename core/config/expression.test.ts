import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnType } from './contract.ts';
import type { Expression } from './expression.ts';
import { expressionFunctions, expressionLimits, parseExpression } from './expression-parser.ts';
import { renderExpression } from './expression-text.ts';
import { checkExpression, columnsOf } from './expression-type.ts';

const columns = new Map<string, ColumnType>([
  ['delay', 'integer'],
  ['distance', 'number'],
  ['origin', 'text'],
  ['date', 'timestamp'],
  ['late', 'boolean'],
  ['arrival-delay', 'number'],
  ['in', 'number'],
]);

function read(source: string): Expression {
  const result = parseExpression(source);
  if (result.kind === 'fault') throw new Error(`${result.fault.offset}: ${result.fault.message}`);
  return result.expression;
}

/** What is wrong with an expression, be it the form or the types; null: nothing. */
function faultOf(source: string) {
  const result = parseExpression(source);
  if (result.kind === 'fault') return result.fault;
  return checkExpression(result.expression, columns, result.offsets);
}

const column = (name: string): Expression => ({ kind: 'column', name });
const number = (value: number): Expression => ({ kind: 'number', value });

describe('parseExpression', () => {
  it('binds not before and before or, and products before sums', () => {
    expect(renderExpression(read('not late and delay + 2 * distance < 3 or late'))).toBe(
      'not `late` and `delay` + 2 * `distance` < 3 or `late`',
    );
    expect(read('late or late and late')).toMatchObject({ operator: 'or', right: { operator: 'and' } });
    expect(read('1 - 2 - 3')).toMatchObject({ operator: '-', right: number(3), left: { operator: '-' } });
    expect(read('1 - (2 - 3)')).toMatchObject({ left: number(1), right: { operator: '-' } });
  });

  it.each<[string, Expression]>([
    ['delay IS Missing', { kind: 'presence', column: 'delay', missing: true }],
    ['delay is not null', { kind: 'presence', column: 'delay', missing: false }],
    ['delay is present', { kind: 'presence', column: 'delay', missing: false }],
    ['-5', number(-5)],
    ['-0', number(0)],
    ['-(5)', { kind: 'negative', of: number(5) }],
    ['2e3', number(2000)],
    ["'it''s'", { kind: 'text', value: "it's" }],
    ['`a``b`', column('a`b')],
    ['"a ""b"""', column('a "b"')],
    ['`in`', column('in')],
    ['length', column('length')],
    ['Länge_2', column('Länge_2')],
    ["origin in ('A', -1, 2)", { kind: 'in', of: column('origin'), values: ['A', -1, 2] }],
    ['origin not in (1)', { kind: 'not', of: { kind: 'in', of: column('origin'), values: [1] } }],
    [
      'delay between 1 and 2',
      {
        kind: 'logic',
        operator: 'and',
        left: { kind: 'comparison', operator: '>=', left: column('delay'), right: number(1) },
        right: { kind: 'comparison', operator: '<=', left: column('delay'), right: number(2) },
      },
    ],
  ])('reads %s', (source, expected) => {
    expect(read(source)).toEqual(expected);
  });

  const letters = fc.stringMatching(/^[a-z 'é"`\\|-]{1,8}$/);
  const leaf: fc.Arbitrary<Expression> = fc.oneof(
    letters.map(column),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter(isReadable).map(number),
    fc.integer().map(number),
    letters.map((value): Expression => ({ kind: 'text', value })),
    fc.boolean().map((value): Expression => ({ kind: 'boolean', value })),
    fc
      .record({ column: letters, missing: fc.boolean() })
      .map((rest): Expression => ({ kind: 'presence', ...rest })),
  );
  const { tree } = fc.letrec<{ tree: Expression }>((tie) => {
    const sides = { left: tie('tree'), right: tie('tree') };
    const node = (kind: string, operators: readonly string[]) =>
      fc.record({ kind: fc.constant(kind), operator: fc.constantFrom(...operators), ...sides });
    return {
      tree: fc.oneof(
        { maxDepth: 6, depthIdentifier: 'expression' },
        leaf,
        node('logic', ['and', 'or']),
        node('comparison', ['=', '!=', '<', '<=', '>', '>=']),
        node('arithmetic', ['+', '-', '*', '/']),
        fc.record({ kind: fc.constantFrom('not', 'negative'), of: tie('tree') }),
        fc.record({
          kind: fc.constant('call'),
          name: fc.constantFrom(...expressionFunctions),
          of: tie('tree'),
        }),
        fc.record({
          kind: fc.constant('in'),
          of: tie('tree'),
          values: fc.array(fc.oneof(letters, fc.integer()), { minLength: 1, maxLength: 3 }),
        }),
      ) as fc.Arbitrary<Expression>,
    };
  });

  it('reads again what it writes, whatever the expression', () => {
    fc.assert(
      fc.property(tree, (expression) => {
        const text = renderExpression(expression);
        fc.pre(text.length <= expressionLimits.characters);
        expect(read(text)).toEqual(expression);
      }),
    );
  });

  it('answers any text with an expression or a fault inside it, and quickly', () => {
    const word = fc.constantFrom(
      '(',
      ')',
      'not ',
      '-',
      'a',
      "'",
      '`',
      '"',
      ' and ',
      ' in ',
      ',',
      '1',
      '=',
      'is ',
      '\0',
      '𝒳',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(word, { maxLength: 60 }).map((words) => words.join('')),
    );
    fc.assert(
      fc.property(text, (source) => {
        const result = parseExpression(source);
        if (result.kind === 'expression')
          expect(read(renderExpression(result.expression))).toEqual(result.expression);
        else expect(result.fault.offset >= 0 && result.fault.offset <= source.length).toBe(true);
      }),
    );
    const started = performance.now();
    for (const part of ['(', 'not ', '-', "''", '``', '"', 'a+', 'a and ', "'", 'abs(', 'a in (1,']) {
      parseExpression(part.repeat(expressionLimits.characters / part.length));
    }
    parseExpression('x'.repeat(10_000_000));
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('stops at a depth that no recursion feels, and allows long chains', () => {
    const deep = (levels: number) => `${'('.repeat(levels)}late${')'.repeat(levels)}`;
    expect(faultOf(deep(expressionLimits.depth))).toBeNull();
    expect(faultOf(deep(expressionLimits.depth + 1))).toMatchObject({ offset: 51 });
    expect(faultOf(Array(200).fill('late').join(' and '))).toBeNull();
    expect(faultOf('-'.repeat(60))).toMatchObject({ offset: 51 });
    expect(faultOf(`late and ${'x'.repeat(2000)}`)).toMatchObject({ offset: 2000 });
  });
});

describe('checkExpression', () => {
  it.each([
    'delay >= 0 and (delay is missing or delay < 1440)',
    "date >= '2001-01-01' and date < '2001-05-01T10:00Z'",
    "weekday(date) in (1, 2) or date in ('2001-01-01')",
    "lower(origin) != 'x' and length(origin) = 3 and origin < 'Z'",
    'late = true',
    'late and not late',
    'abs(-delay) / 2 + `arrival-delay` < hour(date)',
    'late = (delay > 15)',
  ])('allows %s', (source) => {
    expect(faultOf(source)).toBeNull();
  });

  it.each([
    ['', 0, 'end of the expression', 'a column, a number'],
    ['delay >', 7, 'end of the expression', 'a column, a number'],
    ['delay == 1', 6, '"=="', '"="'],
    ['delay => 1', 6, '"=>"', '">="'],
    ['delay < 1 < 2', 10, '"<"', 'a < b and b < c'],
    ['late && late', 5, '"&&"', '"and"'],
    ["origin = 'x", 9, 'does not end', "a closing '"],
    ['`x', 0, 'does not end', 'a closing `'],
    ['delay ; 1', 6, 'the character ";"', 'an operator'],
    ['delay 𝒳', 6, '𝒳', 'and, or'],
    ['delay 5', 6, '"5"', 'and, or, a comparison'],
    ['(delay', 6, 'end of the expression', '")"'],
    ['delay is 5', 9, '"5"', '"missing" or "present"'],
    ['delay + 1 is missing', 0, 'something computed', 'the name of a column'],
    ['delay not 5', 10, '"5"', '"in" or "between"'],
    ['delay in ()', 10, '")"', 'a number or a text'],
    ['delay in (1 2)', 12, '"2"', '"," or ")"'],
    ['delay in (-x)', 11, '"x"', 'a number'],
    ['delay between 1 or 2', 16, '"or"', 'upper end'],
    ['9007199254740993 = delay', 0, 'the number 9007199254740993', '2^53'],
    ['delay < 1e999', 8, 'the number 1e999', '2^53'],
    ['and', 0, '"and"', 'backticks'],
    ["'a\0' = origin", 0, 'NUL', 'without NUL'],
    ['sum(delay) > 1', 0, 'the function "sum"', 'one of abs, length'],
    ['dealy > 1', 0, 'unknown column "dealy"', 'did you mean `delay`?'],
    ['arrival-delay > 1', 0, 'unknown column "arrival"', '`arrival-delay`? Such a name stands in backticks'],
    ['nothing_like_it > 1', 0, 'unknown column', 'a column of this contract'],
    ['delay', 0, 'the column "delay" is a number', 'a condition'],
    ['late and delay', 9, 'the column "delay" is a number', 'after "and"'],
    ["delay > 'x'", 0, 'a number compared with a text', 'one type'],
    ['date > 5', 0, 'a timestamp compared with a number', 'one type'],
    ["date > 'yesterday'", 7, 'yesterday', 'a date 2026-12-31'],
    ["date > '2001-02-31'", 7, '2001-02-31', 'a date 2026-12-31'],
    ['date > origin', 7, 'the column "origin" is a text', 'written as text'],
    ['late < late', 0, '"<" between conditions', '"="'],
    ['abs(origin) > 1', 4, 'the column "origin" is a text', 'a number in abs()'],
    ['hour(delay) > 1', 5, 'is a number', 'a timestamp in hour()'],
    ['origin + 1 > 1', 0, 'is a text', 'before "+"'],
    ['not delay', 4, 'is a number', 'after "not"'],
    ["delay in ('x')", 0, '"x" in the list', 'a number'],
    ["date in ('x')", 0, '"x" in the list', 'a date'],
    ['late in (1)', 0, 'after a condition', 'before "in"'],
    ['1 = 1', 0, 'no column', 'at least one column'],
    ['1 between 2 and 3', 0, 'no column', 'at least one column'],
  ])('refuses %j at %i', (source, offset, message, expected) => {
    const fault = faultOf(source);
    expect(fault?.message).toContain(message);
    expect(fault?.expected).toContain(expected);
    expect(fault?.offset).toBe(offset);
  });

  it('stays quick where between could double the work at each level', () => {
    const source = `${'('.repeat(40)}delay${' between 1 and 2)'.repeat(40)}`;
    const started = performance.now();
    expect(faultOf(source)).not.toBeNull();
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('columnsOf', () => {
  it('names each column once, in order', () => {
    expect(
      columnsOf(read("origin in ('a') and not late and -delay < abs(delay) or date is missing and true")),
    ).toEqual(['origin', 'late', 'delay', 'date']);
  });
});

function isReadable(value: number): boolean {
  return !Object.is(value, -0) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}
