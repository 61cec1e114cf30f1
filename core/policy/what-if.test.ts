import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { policy } from '../evidence/evidence.fixture.ts';
import { decide } from './decide.ts';
import { ada, omar, promotionInput, proposalInput, reviewOf, rita, withReviews } from './decision.fixture.ts';
import type { DecisionInput } from './decision.ts';
import { compareDecisions } from './decision-difference.ts';
import { parseDecisionInput } from './decision-input-file.ts';
import { underPolicy } from './under-policy.ts';
import { suppose, type WhatIf } from './what-if.ts';

const waiting = promotionInput();
const input = withReviews(
  waiting,
  reviewOf(rita, ['reviewer'], waiting),
  reviewOf(omar, ['owner', 'risk'], waiting),
);
const tried = (whatIf: Partial<WhatIf>, of: DecisionInput = input) =>
  decide(suppose(of, { added: [], removed: [], ...whatIf }).input);

test('without any change everything is as it was, also under the same policy', () => {
  expect(suppose(input, { added: [], removed: [] }).input).toBe(input);
  expect(decide(underPolicy(input, policy).input)).toEqual(decide(input));
  expect(compareDecisions(decide(input), decide(input))).toEqual([]);
});

test('an approval taken away is missed, by name of the rule', () => {
  expect(decide(input).kind).toBe('allowed');
  const after = tried({ removed: ['OMAR'] });
  expect(after.kind).toBe('waiting');
  expect(after.missing).toMatchObject([{ role: 'owner', count: 1, candidates: ['omar'] }]);
  expect(compareDecisions(decide(input), after)).toEqual([
    {
      rule: 'approvals / 1 × owner',
      without: { state: 'met', because: 'Approved by omar.' },
      with: { state: 'waiting', because: expect.stringContaining('0 of 1') },
    },
  ]);
  expect(() => tried({ removed: ['zoe'] })).toThrow(/"zoe" gave no approval/);
});

describe('an added approval', () => {
  test('counts as one given last and after the evidence', () => {
    const bare = tried({ removed: ['rita', 'omar'] });
    expect(bare.kind).toBe('waiting');
    const lone = withReviews(waiting, reviewOf(rita, ['reviewer'], waiting));
    const after = tried({ added: [{ login: 'zoe', role: 'owner' }] }, lone);
    expect(after.kind).toBe('allowed');
    expect(after.counted.map(({ reviewer }) => reviewer.login)).toEqual(['rita', 'zoe']);
    expect(suppose(lone, { removed: [], added: [{ login: 'zoe', role: 'owner' }] }).hypothetical).toEqual([
      'zoe',
    ]);
    expect(lone.reviews).toHaveLength(1);
  });

  test('is one person, however many roles: nobody fills two seats', () => {
    const added = ['reviewer', 'owner'].map((role) => ({ login: 'zoe', role }));
    const after = tried({ added }, waiting);
    expect(after.counted.map(({ reviewer }) => reviewer.login)).toEqual(['zoe']);
    expect(after.missing.reduce((sum, { count }) => sum + count, 0)).toBe(1);
  });

  test('of the author, of a bot and before the evidence still does not count', () => {
    const author = tried({ added: [{ login: 'Ben', role: 'owner' }] });
    expect(author.uncounted).toMatchObject([{ because: expect.stringContaining('author') }]);
    const bot = tried({ added: [{ login: 'helper[bot]', role: 'owner' }] });
    expect(bot.uncounted).toMatchObject([{ because: expect.stringContaining('a bot') }]);
    const early = tried({ added: [{ login: 'omar', role: 'owner' }] }, proposalInput({ judgement: null }));
    expect(early.uncounted).toMatchObject([{ because: expect.stringContaining('nothing to approve') }]);
    expect(early.kind).not.toBe('allowed');
  });

  test('lifts the change request of the same person and of nobody else', () => {
    const asked = withReviews(
      input,
      reviewOf(ada, ['governor'], input, { state: 'CHANGES_REQUESTED', submittedAt: '2026-11-21T11:00:00Z' }),
    );
    expect(decide(asked).kind).toBe('refused');
    expect(tried({ added: [{ login: 'ada', role: 'governor' }] }, asked).kind).toBe('allowed');
    expect(tried({ added: [{ login: 'zoe', role: 'governor' }] }, asked).kind).toBe('refused');
  });

  test('needs a role of the policy and a login', () => {
    expect(() => tried({ added: [{ login: 'zoe', role: 'king' }] })).toThrow(/no role "king"/);
    expect(() => tried({ added: [{ login: 'zoe', role: 'constructor' }] })).toThrow(/no role/);
    expect(() => tried({ added: [{ login: '../x', role: 'owner' }] })).toThrow(/is no login/);
  });
});

test('another policy and an approval together: the approval is given for what is asked then', () => {
  const production = { ...policy.stages.production, approvals: [{ role: 'governor', count: 1 }] };
  const strict = { ...policy, stages: { ...policy.stages, production } };
  expect(tried({ policy: strict }).kind).toBe('waiting');
  expect(tried({ policy: strict, added: [{ login: 'ada', role: 'governor' }] }).kind).toBe('allowed');
});

test('inputs are read from what explain prints or bare; another shape is refused by its place', () => {
  const bare = JSON.stringify(input);
  expect(decide(parseDecisionInput(bare, 'a.json'))).toEqual(decide(input));
  expect(parseDecisionInput(`{"ledger":{},"input":${bare}}`, 'a.json')).toEqual(JSON.parse(bare));
  const broken = { ...input, reviews: [{ id: 1 }] };
  expect(() => parseDecisionInput(JSON.stringify(broken), 'a.json')).toThrow(
    /a.json holds no inputs.*reviews\/0/,
  );
  for (const text of ['null', '[]', '{}', '{"input":null}'])
    expect(() => parseDecisionInput(text, 'a.json')).toThrow(/holds no inputs/);
});

test('law: an approval more never blocks what was allowed, one less never allows what was blocked', () => {
  const people = [rita, omar, ada].map(({ login }) => login);
  const roles = ['reviewer', 'owner', 'risk', 'governor'];
  const given = fc.array(
    fc.record({ login: fc.constantFrom(...people, 'zoe'), role: fc.constantFrom(...roles) }),
    {
      maxLength: 4,
    },
  );
  const counts = fc.dictionary(fc.constantFrom(...roles), fc.integer({ min: 1, max: 2 }), { maxKeys: 3 });
  fc.assert(
    fc.property(given, counts, fc.constantFrom(...people, 'zoe'), (added, quorum, login) => {
      const approvals = Object.entries(quorum).map(([role, count]) => ({ role, count }));
      const stages = { ...policy.stages, production: { ...policy.stages.production, approvals } };
      const some = suppose(waiting, { policy: { ...policy, stages }, added, removed: [] }).input;
      const more = tried({ added: [{ login, role: 'owner' }] }, some).kind;
      const isThere = some.reviews.some(({ reviewer }) => reviewer.login === login);
      const less = isThere ? tried({ removed: [login] }, some).kind : 'waiting';
      if (decide(some).kind === 'allowed') expect(more).toBe('allowed');
      else expect(less).not.toBe('allowed');
    }),
    { numRuns: 60 },
  );
});
