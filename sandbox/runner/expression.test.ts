import { describe, expect, it } from 'vitest';
import {
  booleanFunction,
  evaluateCondition,
  evaluateExpression,
  interpolate,
  resolveValue,
  type Scope,
} from './expression.ts';

const scope = (contexts: Record<string, unknown>, ok = true): Scope => ({
  contexts: new Map(Object.entries(contexts)),
  functions: new Map([
    ['success', booleanFunction('success', () => ok)],
    ['failure', booleanFunction('failure', () => !ok)],
    ['always', booleanFunction('always', () => true)],
  ]),
});

describe('evaluateExpression', () => {
  const cases: [string, unknown][] = [
    ["'it''s'", "it's"],
    ["contains('Hello', 'ell')", true],
    ['contains(fromJSON(\'["a","b"]\'), \'b\')', true],
    ["startsWith('Hello', 'he')", true],
    ["endsWith('Hello', 'LO')", true],
    ["format('{0}-{1}', 'a', 2)", 'a-2'],
    ["join(fromJSON('[1,2]'), ', ')", '1, 2'],
    ['fromJSON(toJSON(x)).a[1]', 2],
    ["'ABC' == 'abc'", true],
    ["'' == 0", true],
    ["'a' == 0", false],
    ['x.a[0] < x.a[1]', true],
    ['x.missing.deeper', null],
    ["x.missing || 'fallback'", 'fallback'],
    ['x.list.*.n', [1, 2]],
  ];
  it.each(cases)('%s', (expression, expected) => {
    const found = evaluateExpression(expression, scope({ x: { a: [1, 2], list: [{ n: 1 }, { n: 2 }] } }));
    expect(found).toEqual(expected);
  });

  it('refuses a context that is not there, and what does not parse', () => {
    expect(() => evaluateExpression('secrets.KEY', scope({ github: {} }))).toThrow(
      /Unrecognized named-value: 'secrets'/,
    );
    expect(() => evaluateExpression('a ==', scope({ a: 1 }))).toThrow();
    expect(() => evaluateExpression('nothing(1)', scope({}))).toThrow(/Unrecognized function/);
  });
});

describe('interpolate and resolveValue', () => {
  it('keep the type of a whole expression and insert text otherwise', () => {
    expect(resolveValue({ a: '${{ x }}', b: ['n ${{ x }}'] }, scope({ x: 3 }))).toEqual({ a: 3, b: ['n 3'] });
    expect(interpolate("${{ format('{{0}} }} {0}', x) }}!", scope({ x: true }))).toBe('{0} } true!');
  });
  it('refuse an expression that is not closed', () => {
    expect(() => interpolate('${{ x', scope({ x: 1 }))).toThrow(/not closed/);
  });
});

describe('evaluateCondition', () => {
  it('means success() unless a status function is called', () => {
    expect(evaluateCondition(undefined, scope({}, false))).toBe(false);
    expect(evaluateCondition('x == 1', scope({ x: 1 }, false))).toBe(false);
    expect(evaluateCondition('always()', scope({}, false))).toBe(true);
    expect(evaluateCondition('${{ failure() && x == 1 }}', scope({ x: 1 }, false))).toBe(true);
    expect(evaluateCondition("x == 'always()'", scope({ x: 'always()' }, false))).toBe(false);
  });
  it('takes half an expression as a text, which is true: the trap of GitHub', () => {
    expect(evaluateCondition("${{ x }} == 'no'", scope({ x: 'yes' }))).toBe(true);
  });
  it('takes YAML booleans', () => {
    expect(evaluateCondition(false, scope({}))).toBe(false);
    expect(evaluateCondition(true, scope({}))).toBe(true);
  });
});
