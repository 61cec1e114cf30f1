import { describe, expect, it } from 'vitest';
import { InputError } from '../error/error.ts';
import { head, policy } from '../evidence/evidence.fixture.ts';
import {
  ada,
  ben,
  omar,
  person,
  promotionInput,
  proposalInput,
  reviewOf,
  rita,
  withReviews,
} from './decision.fixture.ts';
import type { Decision, DecisionInput, RuleResult } from './decision.ts';
import { compareDecisions } from './decision-difference.ts';
import { parseDecisionInput } from './decision-input-file.ts';
import { subjectOf } from './subject.ts';
import { suppose, type WhatIf } from './what-if.ts';

const waiting = promotionInput({ exclusions: [{ person: ben, because: 'author' }] });
const commit = 'c'.repeat(40);
const input = withReviews(
  waiting,
  reviewOf(rita, ['reviewer'], waiting, { id: 40 }),
  reviewOf(omar, ['risk', 'owner'], waiting, { id: 30, commit, submittedAt: '2026-11-21T10:30:00Z' }),
);
const supposed = (whatIf: Partial<WhatIf>, of: DecisionInput = input) =>
  suppose(of, { added: [], removed: [], ...whatIf });
const added = (login: string, of: DecisionInput = input, ...roles: readonly string[]) =>
  supposed({ added: roles.map((role) => ({ login, role })) }, of).input.reviews.at(-1);

function errorOf(run: () => unknown) {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return { code: error.code, message: error.message, hint: error.hint };
    throw error;
  }
  return null;
}

describe('an approval that is supposed', () => {
  it('is the last of all: its number, its time, its commit, its roles', () => {
    expect(added('Omar', input, 'reviewer', 'governor')).toEqual({
      id: 78,
      reviewer: omar,
      state: 'APPROVED',
      commit,
      submittedAt: '2026-11-21T10:30:01.000Z',
      roles: ['governor', 'owner', 'reviewer', 'risk'],
      evidenceChecks: [{ id: 78, subject: subjectOf(input), completedAt: '2026-11-21T10:30:00.000Z' }],
    });
  });

  it('is given now where the time is known, and later than what was said after that', () => {
    const at = (now: string) => added('zoe', { ...input, now }, 'owner')?.submittedAt;
    expect(at('2026-11-21T12:00:00Z')).toBe('2026-11-21T12:00:00.000Z');
    expect(at('2026-11-21T09:00:00Z')).toBe('2026-11-21T10:30:01.000Z');
    expect(at('soon')).toBe('2026-11-21T10:30:01.000Z');
    const first = added('zoe', waiting, 'owner');
    expect([first?.submittedAt, first?.commit]).toEqual(['1970-01-01T00:00:01.000Z', head]);
    const bare = added('zoe', proposalInput({ judgement: null }), 'owner');
    expect([bare?.commit, bare?.evidenceChecks, bare?.id]).toEqual(['0'.repeat(40), [], 1]);
  });

  it('is of who is known, or of a stranger with a number of their own', () => {
    expect(added('BEN', input, 'owner')?.reviewer).toEqual(ben);
    expect(added('zoe', input, 'owner')?.reviewer).toEqual(person(5, 'zoe'));
    expect(added('a-robot[bot]', input, 'owner')?.reviewer).toEqual(person(5, 'a-robot[bot]', 'Bot'));
    expect(added('Z9_x', { ...input, reviews: [], exclusions: [] }, 'owner')?.reviewer.id).toBe(1);
  });

  it('two of one login are one, in the letters that were written last', () => {
    const both = supposed({
      added: [
        { login: 'Zoe', role: 'owner' },
        { login: 'zoe', role: 'risk' },
        { login: 'yan', role: 'risk' },
      ],
    });
    expect(both.hypothetical).toEqual(['zoe', 'yan']);
    expect(
      both.input.reviews.slice(2).map(({ reviewer, roles }) => [reviewer.login, reviewer.id, roles]),
    ).toEqual([
      ['zoe', 5, ['owner', 'risk']],
      ['yan', 6, ['risk']],
    ]);
    expect(both.unknown).toEqual([]);
  });

  it.each(['-x', '', 'a b', 'a/b', 'a[bot]x', `x${'y'.repeat(100)}`, 'ä'])('%j is no login', (login) => {
    expect(errorOf(() => added(login, input, 'owner'))).toEqual({
      code: 'LOGIN_INVALID',
      message: `${JSON.stringify(login.slice(0, 80))} is no login`,
      hint: 'Write it as rita:reviewer.',
    });
  });

  it('needs a role of the policy', () => {
    const message = (role: string) => `the policy has no role ${JSON.stringify(role.slice(0, 80))}`;
    const hint = 'Known: governor, owner, reviewer, risk.';
    for (const role of ['king', 'k'.repeat(90), 'toString'])
      expect(errorOf(() => added('zoe', input, role))).toEqual({
        ...{ code: 'ROLE_UNKNOWN', message: message(role), hint },
      });
  });
});

describe('an approval that is taken away', () => {
  it('leaves everything else that was said', () => {
    const asked = withReviews(input, reviewOf(rita, ['reviewer'], input, { state: 'CHANGES_REQUESTED' }));
    const left = supposed({ removed: ['Rita'] }, asked).input.reviews;
    expect(left.map(({ reviewer, state }) => [reviewer.login, state])).toEqual([
      ['omar', 'APPROVED'],
      ['rita', 'CHANGES_REQUESTED'],
    ]);
  });

  it('must have been given: the hint says by whom ones were', () => {
    const asked = withReviews(
      input,
      reviewOf(ada, [], input, { state: 'CHANGES_REQUESTED' }),
      reviewOf(rita, [], input),
    );
    const unknown = (login: string, of: DecisionInput) => errorOf(() => supposed({ removed: [login] }, of));
    expect(unknown('ada', asked)).toEqual({
      ...{ code: 'APPROVAL_UNKNOWN', message: '"ada" gave no approval here' },
      hint: 'Approvals are there by: rita, omar.',
    });
    expect(unknown('z'.repeat(90), waiting)).toEqual({
      ...{ code: 'APPROVAL_UNKNOWN', message: `"${'z'.repeat(80)}" gave no approval here` },
      hint: 'Approvals are there by: nobody.',
    });
    const many = Array.from({ length: 12 }, (_, at) => reviewOf(person(20 + at, `p${at}`), [], waiting));
    expect(unknown('zoe', withReviews(waiting, ...many))?.hint).toBe(
      'Approvals are there by: p0, p1, p2, p3, p4, p5, p6, p7, p8, p9.',
    );
  });
});

describe('inputs of a decision in a file', () => {
  type Part = readonly [where: string, change: (value: DecisionInput) => unknown];
  const [review] = input.reviews;
  const parts: readonly Part[] = [
    ['/repositoryId', (value) => ({ ...value, repositoryId: 'x' })],
    ['/baseRef', (value) => ({ ...value, baseRef: 1 })],
    ['/change/kind', (value) => ({ ...value, change: {} })],
    ['/policy/roles', (value) => ({ ...value, policy: { defaults: {} } })],
    ['/policy/roles/x/users', (value) => ({ ...value, policy: { ...policy, roles: { x: { teams: [] } } } })],
    ['/policy/roles/x/teams', (value) => ({ ...value, policy: { ...policy, roles: { x: { users: [] } } } })],
    ['/policy/defaults', (value) => ({ ...value, policy: { roles: {} } })],
    ...(['id', 'reviewer', 'state', 'commit', 'submittedAt', 'roles', 'evidenceChecks'] as const).map(
      (key): Part => [`/reviews/0/${key}`, (value) => ({ ...value, reviews: [{ ...review, [key]: null }] })],
    ),
    ...(['id', 'login', 'kind'] as const).map(
      (key): Part => [
        `/reviews/0/reviewer/${key}`,
        (value) => ({ ...value, reviews: [{ ...review, reviewer: { ...rita, [key]: null } }] }),
      ],
    ),
    ...(['id', 'subject', 'completedAt'] as const).map(
      (key): Part => [
        `/reviews/0/evidenceChecks/0/${key}`,
        (value) => ({
          ...value,
          reviews: [{ ...review, evidenceChecks: [{ ...review?.evidenceChecks[0], [key]: null }] }],
        }),
      ],
    ),
    ['/exclusions/0/person', (value) => ({ ...value, exclusions: [{ because: 'author' }] })],
    ['/exclusions/0/because', (value) => ({ ...value, exclusions: [{ person: ben }] })],
    ['/canApprove/x', (value) => ({ ...value, canApprove: { x: 1 } })],
    ['/ledger/champions', (value) => ({ ...value, ledger: { artifacts: [] } })],
    ['/ledger/artifacts', (value) => ({ ...value, ledger: { champions: [] } })],
  ];

  it.each(parts)('%s must have its shape', (where, change) => {
    const refused = (text: string, pointer: string) => {
      try {
        parseDecisionInput(text, 'a.json');
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        expect(error.code).toBe('DECISION_INPUT_INVALID');
        expect(error.where).toEqual({ file: 'a.json', pointer });
        expect(error.message).toMatch(/^a\.json holds no inputs of a decision: .{8,} at \//);
        expect(error.hint).toContain('gatehouse policy explain');
        return;
      }
      expect.unreachable(where);
    };
    refused(JSON.stringify(change(input)), where);
    refused(JSON.stringify({ input: change(input) }), `/input${where}`);
  });

  it.each(['"input"', '7', 'true', 'null'])('%s is none', (text) => {
    expect(() => parseDecisionInput(text, 'a.json')).toThrow(/holds no inputs of a decision: .{8,} at \/$/);
  });

  it('every kind of change, of person and of review is read', () => {
    const states = ['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED', 'COMMENTED'] as const;
    const reviews = states.map((state, at) => ({
      ...reviewOf(person(at, 'p', at % 2 === 0 ? 'Bot' : 'User'), [], waiting),
      state,
    }));
    const changes = [
      waiting.change,
      { kind: 'nothing', because: '' },
      { kind: 'refused', findings: [] },
    ] as const;
    for (const change of changes) {
      const value = { ...waiting, reviews, change };
      expect(parseDecisionInput(JSON.stringify(value), 'a.json')).toEqual(JSON.parse(JSON.stringify(value)));
    }
  });
});

describe('what two decisions answer otherwise', () => {
  const leaf = (rule: string, state: RuleResult['state'], because = rule): RuleResult => ({
    ...{ rule, state, because, children: [] },
  });
  const decisionOf = (...rules: readonly RuleResult[]) => ({ rules }) as unknown as Decision;
  const differ = (before: readonly RuleResult[], after: readonly RuleResult[]) =>
    compareDecisions(decisionOf(...before), decisionOf(...after)).map((each) => [
      ...[each.rule, each.without?.state ?? null, each.with?.state ?? null],
    ]);

  it('a state or a sentence, a rule more or less', () => {
    const a = leaf('a', 'met');
    expect(differ([a], [a])).toEqual([]);
    expect(differ([a], [leaf('a', 'waiting')])).toEqual([['a', 'met', 'waiting']]);
    expect(differ([a], [leaf('a', 'met', 'other')])).toEqual([['a', 'met', 'met']]);
    expect(differ([a], [])).toEqual([['a', 'met', null]]);
    expect(differ([], [a])).toEqual([['a', null, 'met']]);
  });

  it('rules of one name by their order, and only leaves', () => {
    const parent = (...children: readonly RuleResult[]) => ({ ...leaf('p', 'met'), children });
    const [met, refused] = [leaf('a', 'met'), leaf('a', 'refused')];
    expect(differ([parent(met, met, met)], [{ ...parent(met, refused, refused), state: 'refused' }])).toEqual(
      [
        ['p / a (2)', 'met', 'refused'],
        ['p / a (3)', 'met', 'refused'],
      ],
    );
  });
});
