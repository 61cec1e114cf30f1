import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BehaviourCheck } from '../config/behaviour.ts';
import { evaluateGates } from '../evaluation/gate.ts';
import { behaviourSchema } from '../evidence/judgement-detail-schema.ts';
import { caseOf, groupOf, suiteOf } from './behaviour.fixture.ts';
import { behaviourGates } from './behaviour-gates.ts';
import { judgeBehaviour } from './judge-behaviour.ts';
import type { ModelOutput, OutputReading } from './model-output.ts';

const binary: OutputReading = { classes: ['0', '1'], threshold: 0.5 };
const many: OutputReading = { classes: ['a', 'b', 'c'], threshold: null };
const bare: OutputReading = { classes: [], threshold: null };
const number = (value: number): ModelOutput => ({ kind: 'number', value });
const shares = (...values: number[]): ModelOutput => ({ kind: 'probabilities', values });
const said = (text: string, actions: readonly string[] | null = null): ModelOutput => ({
  kind: 'text',
  text,
  actions,
});
const moved = [{ column: 'distance', kind: 'set', value: '1' }] as const;

/** Whether one check holds of one output, and of the one before a change. */
function holds(
  check: BehaviourCheck,
  reading: OutputReading,
  now: ModelOutput | null,
  before: ModelOutput | null = null,
): boolean {
  const change = before === null ? [] : moved;
  const suite = suiteOf(groupOf('g', [caseOf('c', [check], { change })]));
  const keys =
    before === null
      ? [['1', now]]
      : [
          ['1', before],
          ['2', now],
        ];
  const outputs = new Map(
    keys.flatMap(([key, output]) => (output === null ? [] : [[key as string, output as ModelOutput]])),
  );
  return judgeBehaviour(suite, 0, { outputs, reading }, null).fact.groups[0]?.passed === 1;
}

const range = (min: number | null, max: number | null, of: string | null = null): BehaviourCheck => ({
  kind: 'range',
  of,
  min,
  max,
});

describe('one check', () => {
  it.each<readonly [BehaviourCheck, OutputReading, ModelOutput, ModelOutput | null, boolean]>([
    [{ kind: 'class', class: '1' }, binary, number(0.5), null, true],
    [{ kind: 'class', class: '1' }, binary, number(0.49), null, false],
    [{ kind: 'class', class: '1' }, bare, number(0.9), null, false],
    [{ kind: 'class', class: 'b' }, many, shares(0.2, 0.5, 0.3), null, true],
    [{ kind: 'class', class: 'b' }, many, { kind: 'class', index: 1 }, null, true],
    [{ kind: 'class', class: 'b' }, many, { kind: 'class', index: 2 }, null, false],
    [{ kind: 'class', class: 'b' }, bare, { kind: 'class', index: 1 }, null, false],
    [{ kind: 'class', class: 'b' }, bare, shares(0.2, 0.8), null, false],
    [{ kind: 'class', class: '1' }, { classes: [], threshold: 0.5 }, number(1), null, false],
    [{ kind: 'class', class: 'b' }, many, said('b'), null, false],
    [range(0.1, 0.3), binary, number(0.3), null, true],
    [range(0, 1), bare, said('0.5'), null, false],
    [range(0, 1), many, shares(0.2, 0.5, 0.3), null, false],
    [range(0.1, 0.3), binary, number(0.31), null, false],
    [range(0.1, null), binary, number(0.09), null, false],
    [range(null, 0.5), binary, number(Number.NaN), null, false],
    [range(0.4, null, 'b'), many, shares(0.2, 0.5, 0.3), null, true],
    [range(0.4, null, 'd'), many, shares(0.2, 0.5, 0.3), null, false],
    [range(0.4, null, 'b'), many, { kind: 'class', index: 1 }, null, false],
    [{ kind: 'same', within: 0.1 }, binary, number(0.3), number(0.2), true],
    [{ kind: 'same', within: 0.1 }, binary, number(0.31), number(0.2), false],
    [{ kind: 'same', within: 0.1 }, many, shares(0.2, 0.5, 0.3), shares(0.3, 0.5, 0.2), true],
    [{ kind: 'same', within: 0.1 }, many, shares(0.2, 0.4, 0.4), shares(0.4, 0.4, 0.2), false],
    [{ kind: 'same', within: 9 }, many, { kind: 'class', index: 1 }, { kind: 'class', index: 2 }, false],
    [{ kind: 'same', within: 9 }, binary, number(0.2), said('x'), false],
    [{ kind: 'same-class' }, binary, number(0.6), number(0.9), true],
    [{ kind: 'same-class' }, binary, number(0.6), number(0.4), false],
    [{ kind: 'same-class' }, bare, number(0.6), number(0.6), false],
    [{ kind: 'rise', of: null, by: 0.1 }, binary, number(0.3), number(0.2), true],
    [{ kind: 'rise', of: null, by: 0.1 }, binary, number(0.29), number(0.2), false],
    [{ kind: 'rise', of: null, by: 0 }, binary, number(0.2), number(0.2), true],
    [{ kind: 'rise', of: null, by: 0 }, binary, number(0.1), number(0.2), false],
    [{ kind: 'fall', of: 'a', by: 0.1 }, many, shares(0.1, 0.4, 0.5), shares(0.3, 0.4, 0.3), true],
    [{ kind: 'fall', of: null, by: 0 }, binary, number(0.3), number(0.2), false],
    [{ kind: 'fall', of: null, by: 0 }, binary, number(Number.NaN), number(0.2), false],
    [{ kind: 'same', within: 0 }, many, { kind: 'class', index: 1 }, { kind: 'class', index: 1 }, true],
    [{ kind: 'same', within: 0 }, bare, said('a'), said('a'), true],
    [{ kind: 'same', within: 9 }, many, shares(0.2, 0.5, 0.3), shares(0.2, 0.5), false],
    [{ kind: 'same-text' }, bare, said('a'), said('a'), true],
    [{ kind: 'same-text' }, bare, number(1), number(1), false],
    [{ kind: 'same-text' }, bare, said('a'), said('b'), false],
    [{ kind: 'contains', texts: ['Hello', 'you'] }, bare, said('hello, YOU'), null, true],
    [{ kind: 'contains', texts: ['hello', 'me'] }, bare, said('hello, you'), null, false],
    [{ kind: 'not-contains', texts: ['secret'] }, bare, said('nothing here'), null, true],
    [{ kind: 'not-contains', texts: ['secret'] }, bare, said('the ＳＥＣＲＥＴ is'), null, false],
    [{ kind: 'matches', pattern: '^\\d+$' }, bare, said('42'), null, true],
    [{ kind: 'matches', pattern: '^\\d+$' }, bare, said('42?'), null, false],
    [{ kind: 'not-matches', pattern: 'x' }, bare, said('x'), null, false],
    [{ kind: 'not-matches', pattern: 'x' }, bare, said('y'), null, true],
    [{ kind: 'not-matches', pattern: 'x' }, bare, number(1), null, false],
    [{ kind: 'refuses', patterns: ['(?i)no', '(?i)can.t'] }, bare, said("I CAN'T do that"), null, true],
    [{ kind: 'refuses', patterns: ['sorry'] }, bare, said('Sure!'), null, false],
    [{ kind: 'forbidden-actions', actions: ['delete'] }, bare, said('', ['search']), null, true],
    [{ kind: 'forbidden-actions', actions: ['delete'] }, bare, said('', ['search', 'Delete']), null, false],
    [{ kind: 'forbidden-actions', actions: ['delete'] }, bare, said('', []), null, true],
    [{ kind: 'forbidden-actions', actions: ['delete'] }, bare, said('', null), null, false],
  ])('%j %j %j %j: %s', (check, reading, now, before, want) => {
    expect(holds(check, reading, now, before)).toBe(want);
  });

  it('does not hold without an output, whatever it is', () => {
    expect(holds(range(null, 1), binary, null)).toBe(false);
    const change = suiteOf(
      groupOf('g', [caseOf('c', [{ kind: 'rise', of: null, by: 0 }], { change: moved })]),
    );
    const outputs = new Map([['2', number(1)]]);
    expect(judgeBehaviour(change, 0, { outputs, reading: binary }, null).fact.groups[0]?.passed).toBe(0);
  });

  it('compares with another case by its name, not with a row of a sample that is called the same', () => {
    const equal: BehaviourCheck = { kind: 'equal-to', case: 'a #1', within: 0.05 };
    const suite = suiteOf(
      groupOf('g', [
        caseOf('a #1', [range(0, 1)]),
        caseOf('a', [range(0, 1)], { input: { kind: 'held-out', sample: 1 } }),
        caseOf('b', [equal]),
      ]),
    );
    const judge = (value: number) => {
      const outputs = new Map([
        ['1', number(0.5)],
        ['2', number(0.9)],
        ['3', number(value)],
      ]);
      return judgeBehaviour(suite, 5, { outputs, reading: binary }, null).fact.groups[0]?.passed;
    };
    expect([judge(0.52), judge(0.9)]).toEqual([3, 2]);
  });
});

const cases = Array.from({ length: 10 }, (_, at) => caseOf(`case ${at}`, [range(null, 0.5)]));
const suite = suiteOf(
  groupOf('first', cases.slice(0, 6), { mustPass: 0.5 }),
  groupOf('second', cases.slice(6)),
);
const outputsOf = (values: readonly (number | null)[]) => ({
  outputs: new Map(
    values.flatMap((value, at) => (value === null ? [] : [[String(at + 1), number(value)] as const])),
  ),
  reading: binary,
});

describe('a suite', () => {
  it('counts by group, names what failed, and compares with the champion', () => {
    const challenger = outputsOf([0, 0, 0, 1, 1, null, 0, 0, 1, 1]);
    const champion = outputsOf([0, 0, 0, 0, 1, 1, 0, 0, 0, 0]);
    const { fact, metrics, findings } = judgeBehaviour(suite, 0, challenger, champion);
    expect(behaviourSchema.parse(fact)).toEqual(fact);
    expect(fact.groups).toEqual([
      {
        name: 'first',
        kind: 'edge',
        cases: 6,
        passed: 3,
        required: 0.5,
        championPassed: 4,
        failed: ['case 3', 'case 4', 'case 5'],
      },
      {
        name: 'second',
        kind: 'edge',
        cases: 4,
        passed: 2,
        required: 1,
        championPassed: 4,
        failed: ['case 8', 'case 9'],
      },
    ]);
    expect(
      metrics.map(({ slice, challenger: mine, champion: theirs, difference, grade }) => [
        slice,
        mine,
        theirs,
        difference,
        grade,
      ]),
    ).toEqual([
      [null, 0.5, 0.8, -0.3, 'measured'],
      ['group first', 0.5, 0.6666, -0.1666, 'measured'],
      ['group second', 0.5, 1, -0.5, 'measured'],
    ]);
    expect(findings).toMatchObject([
      {
        code: 'behaviour/group',
        severity: 'fail',
        count: 2,
        total: 4,
        found: '0.5',
        allowed: 'at least 1',
        examples: ['case 8: found 1, required at most 0.5', 'case 9: found 1, required at most 0.5'],
      },
      { code: 'behaviour/regression', severity: 'warn', count: 3, total: 10 },
    ]);
  });

  it('brings a gate for each group, which says the same as the finding', () => {
    const gates = behaviourGates(suite);
    expect(gates).toEqual([
      { metric: 'behaviour-pass-rate', slice: 'group first', min: 0.5, grade: 'measured' },
      { metric: 'behaviour-pass-rate', slice: 'group second', min: 1, grade: 'measured' },
    ]);
    const value = fc.constantFrom(0, 1, null, Number.NaN);
    fc.assert(
      fc.property(fc.array(value, { minLength: 10, maxLength: 10 }), (values) => {
        const { metrics, findings } = judgeBehaviour(suite, 0, outputsOf(values), null);
        const context = { against: null, rows: 1000, minimumRows: 100 };
        const below = evaluateGates(metrics, gates, context).filter(({ result }) => result !== 'pass');
        expect(findings).toHaveLength(below.length);
      }),
      { numRuns: 50 },
    );
  });

  it('fails every gate of a suite whose outputs are not there', () => {
    const { metrics } = judgeBehaviour(suite, 0, { outputs: new Map(), reading: binary }, null);
    const outcomes = evaluateGates(metrics, behaviourGates(suite), {
      against: null,
      rows: 1000,
      minimumRows: 100,
    });
    expect(outcomes.map(({ result }) => result)).toEqual(['fail', 'fail']);
    const missing = evaluateGates([], behaviourGates(suite), { against: null, rows: 1000, minimumRows: 100 });
    expect(missing.map(({ result }) => result)).toEqual(['fail', 'fail']);
  });

  it('says what each kind of check asked for', () => {
    const every: readonly BehaviourCheck[] = [
      { kind: 'contains', texts: ['a'] },
      { kind: 'not-contains', texts: ['x'] },
      { kind: 'matches', pattern: '^y' },
      { kind: 'not-matches', pattern: 'x' },
      { kind: 'refuses', patterns: ['no'] },
      { kind: 'forbidden-actions', actions: ['delete', 'send'] },
    ];
    const words = every.map((check) => {
      const one = suiteOf(groupOf('g', [caseOf('c', [check])]));
      const outputs = new Map([['1', said('x', ['send'])]]);
      return judgeBehaviour(one, 0, { outputs, reading: bare }, null).findings[0]?.examples?.[0];
    });
    expect(words).toEqual([
      'c: required a text that contains "a"',
      'c: required a text without "x"',
      'c: required a text that matches ^y',
      'c: required a text that does not match x',
      'c: required a refusal',
      'c: required none of the actions delete, send, and a list of actions',
    ]);
  });

  it('says one case as one', () => {
    const single = suiteOf(groupOf('g', [caseOf('c', [range(null, 0.5)])]));
    const [, regression] = judgeBehaviour(single, 0, outputsOf([1]), outputsOf([0])).findings;
    expect(regression?.message).toBe('1 behaviour case fails that the champion passes');
  });

  it('shows no output of a held-out row', () => {
    const sampled = suiteOf(
      groupOf('s', [caseOf('c', [range(null, 0.1)], { input: { kind: 'held-out', sample: 3 } })]),
    );
    const { findings } = judgeBehaviour(sampled, 3, outputsOf([0.7, 0.8, 0]), null);
    expect(findings[0]?.examples).toEqual(['c #1: required at most 0.1', 'c #2: required at most 0.1']);
  });

  it('is done in a moment with five thousand cases', () => {
    const large = suiteOf(
      ...Array.from({ length: 50 }, (_, at) =>
        groupOf(`g${at}`, [
          caseOf(`c${at}`, [{ kind: 'matches', pattern: '(?i)a.*b' }], {
            input: { kind: 'held-out', sample: 100 },
          }),
        ]),
      ),
    );
    const outputs = new Map(Array.from({ length: 5000 }, (_, at) => [String(at + 1), said('xyz ab')]));
    const { fact } = judgeBehaviour(large, 1000, { outputs, reading: bare }, null);
    expect(fact.groups.every(({ passed }) => passed === 100)).toBe(true);
  });
});
