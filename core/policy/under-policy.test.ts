import { describe, expect, it } from 'vitest';
import type { Policy, Role } from '../config/policy.ts';
import { digest, policy } from '../evidence/evidence.fixture.ts';
import {
  ada,
  ben,
  omar,
  promotionInput,
  requestOf,
  reviewOf,
  rita,
  withReviews,
} from './decision.fixture.ts';
import type { DecisionInput } from './decision.ts';
import { subjectOf } from './subject.ts';
import { underPolicy } from './under-policy.ts';

const role = (users: readonly string[], teams: readonly string[] = []): Role => ({ users, teams });
const withRoles = (roles: Policy['roles']): Policy => ({ ...policy, roles });
const old = withRoles({
  zeal: role(['omar']),
  named: role(['rita']),
  team: role([], ['acme/a', 'acme/b']),
  mixed: role(['rita'], ['acme/a']),
  same: role([], ['acme/a']),
});
const waiting = promotionInput({
  policy: old,
  canApprove: { owner: ['omar'], same: ['rita', 'omar'], team: ['rita'], zeal: ['omar'] },
});
const held = ['team', 'mixed', 'same', 'owner'];
const input = withReviews(waiting, reviewOf(rita, held, waiting), reviewOf(ada, [], waiting));
const under = (roles: Policy['roles'], of: DecisionInput = input) => underPolicy(of, withRoles(roles));
const rolesOf = (roles: Policy['roles']) => under(roles).input.reviews.map((each) => each.roles);

describe('roles of people under another policy', () => {
  it.each<[string, Policy['roles'], readonly (readonly string[])[]]>([
    ['none is named', {}, [['owner'], []]],
    ['the same role is held as before', { same: role([], ['acme/a']) }, [['owner', 'same'], []]],
    ['a name holds, whatever its letters', { x: role(['Zed', 'RITA']) }, [['owner', 'x'], []]],
    ['sorted', { z: role(['rita', 'ada']), a: role(['rita']) }, [['a', 'owner', 'z'], ['z']]],
    ['a team more holds', { team: role([], ['acme/a', 'acme/b', 'acme/c']) }, [['owner', 'team'], []]],
    ['a team less does not', { team: role([], ['acme/a']) }, [['owner'], []]],
    ['other teams do not', { team: role([], ['acme/c']) }, [['owner'], []]],
    ['a team does not hold who was named', { mixed: role([], ['acme/a']) }, [['owner'], []]],
    ['a new team holds nobody', { fresh: role([], ['acme/a']) }, [['owner'], []]],
    ['a role that was not held is not', { zeal: role(['eve'], []) }, [['owner'], []]],
  ])('%s', (_, roles, expected) => {
    expect(rolesOf(roles)).toEqual(expected);
  });
});

describe('who could approve under another policy', () => {
  it.each<[string, Policy['roles'], DecisionInput['canApprove']]>([
    ['owners stay', {}, { owner: ['omar'] }],
    ['the same role stays', { same: role([], ['acme/a']) }, { owner: ['omar'], same: ['rita', 'omar'] }],
    ['the same role, unknown, stays unknown', { named: role(['rita']) }, { owner: ['omar'] }],
    ['its names, but for the author', { x: role(['rita', 'BEN']) }, { owner: ['omar'], x: ['rita'] }],
    ['nobody but the author: certainly nobody', { x: role(['ben']) }, { owner: ['omar'], x: [] }],
    ['a team may hold somebody', { x: role(['ben'], ['acme/z']) }, { owner: ['omar'] }],
    ['names beside a team', { x: role(['rita'], ['acme/z']) }, { owner: ['omar'], x: ['rita'] }],
    ['an empty role', { x: role([]) }, { owner: ['omar'], x: [] }],
  ])('%s', (_, roles, expected) => {
    expect(under(roles).input.canApprove).toEqual(expected);
  });

  it('nothing is known of owners where nothing was', () => {
    const { canApprove } = under({}, { ...input, canApprove: {} }).input;
    expect(canApprove).toEqual({});
  });
});

describe('what was not recorded is said', () => {
  it.each<[string, Policy['roles'], readonly string[]]>([
    ['nothing for names', { x: role(['rita']), named: role(['eve']) }, []],
    ['nothing for the same role', { same: role([], ['acme/a']) }, []],
    ['nothing for a team less', { team: role([], ['acme/b']) }, []],
    [
      'the teams that are new',
      { team: role([], ['acme/a', 'acme/c', 'acme/d']), fresh: role([], ['acme/a']) },
      [
        'Who is in acme/c, acme/d (role team) was not recorded: nobody is taken for a member.',
        'Who is in acme/a (role fresh) was not recorded: nobody is taken for a member.',
      ],
    ],
  ])('%s', (_, roles, expected) => {
    expect(under(roles).unknown).toEqual(expected);
  });
});

describe('approvals under another policy', () => {
  const strict = (of: Policy): Policy => ({
    ...of,
    stages: { ...of.stages, production: { ...of.stages.production, soakHours: 24 } },
  });
  const given = [
    { id: 1, subject: subjectOf(input) ?? '', completedAt: '2026-11-21T09:00:00Z' },
    { id: 2, subject: digest('other'), completedAt: '2026-11-21T09:00:00Z' },
  ];
  const reviewed = withReviews(waiting, reviewOf(omar, ['owner'], waiting, { evidenceChecks: given }));
  const subjectsOf = (of: DecisionInput) =>
    of.reviews.flatMap(({ evidenceChecks }) => evidenceChecks.map(({ subject }) => subject));

  it('are of the same change: what they saw is the new subject, and what else they saw is not', () => {
    const after = underPolicy(reviewed, strict(old)).input;
    const subject = subjectOf(after);
    expect(subject).not.toBe(subjectOf(reviewed));
    expect(subjectsOf(after)).toEqual([subject, digest('other')]);
  });

  it('stay as they are where no subject was, none is, or it is the same', () => {
    expect(underPolicy(reviewed, old).input.reviews[0]?.evidenceChecks).toBe(given);
    const early = { ...reviewed, judgement: null };
    expect(subjectsOf(underPolicy(early, strict(old)).input)).toEqual(subjectsOf(reviewed));
    const nothing = { ...reviewed, change: requestOf({ datasets: ['flights'] }) };
    expect(subjectsOf(underPolicy(nothing, strict(old)).input)).toEqual(subjectsOf(reviewed));
  });

  it('are of nobody whom the change excludes', () => {
    const excluded = {
      ...input,
      exclusions: [
        { person: ben, because: 'author' as const },
        { person: rita, because: 'pusher' as const },
      ],
    };
    expect(under({ x: role(['Ben', 'Rita', 'omar']) }, excluded).input.canApprove).toEqual({
      owner: ['omar'],
      x: ['omar'],
    });
  });
});
