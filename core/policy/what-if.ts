import type { Policy } from '../config/policy.ts';
import { InputError } from '../error/error.ts';
import { parseInstant } from '../evidence/instant.ts';
import type { Person } from '../registry/ledger.ts';
import type { DecisionInput, Review } from './decision.ts';
import { subjectOf } from './subject.ts';
import { underPolicy } from './under-policy.ts';

/** What somebody wants to try on the inputs of a decision. */
export interface WhatIf {
  readonly policy?: Policy;
  /** Logins whose approvals are taken away. */
  readonly removed: readonly string[];
  /** One for each `LOGIN:ROLE`; the same login twice is one person with both roles. */
  readonly added: readonly { readonly login: string; readonly role: string }[];
}

export interface Supposed {
  readonly input: DecisionInput;
  /** Logins whose approval nobody gave. */
  readonly hypothetical: readonly string[];
  /** Sentences: what the inputs do not say and is taken for not met. */
  readonly unknown: readonly string[];
}

/**
 * Makes the inputs that would be there: first the policy, then without the removed approvals, then with the added ones.
 * An added approval is given last, for exactly what is asked now, after its evidence; everything else about whoever
 * gives it (author, contributor, earlier change request) stays as recorded, so it may still not count.
 * @throws InputError APPROVAL_UNKNOWN for a removed approval that nobody gave, ROLE_UNKNOWN, LOGIN_INVALID
 */
export function suppose(input: DecisionInput, { policy, removed, added }: WhatIf): Supposed {
  const under = policy === undefined ? { input, unknown: [] } : underPolicy(input, policy);
  const without = removed.reduce(withoutApproval, under.input);
  const roles = new Map<string, readonly string[]>();
  for (const { login, role } of added) {
    requireRole(role, without.policy);
    const key = login.toLowerCase();
    roles.set(key, [...(roles.get(key) ?? []), role]);
  }
  const logins = [...new Map(added.map(({ login }) => [login.toLowerCase(), login])).values()];
  return {
    input: logins.reduce(
      (each, login) => withApproval(each, login, roles.get(login.toLowerCase()) ?? []),
      without,
    ),
    hypothetical: logins,
    unknown: under.unknown,
  };
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** As if they had never approved: what they said before it, a change request say, speaks again. */
function withoutApproval(input: DecisionInput, login: string): DecisionInput {
  const reviews = input.reviews.filter(
    ({ reviewer, state }) => !(state === 'APPROVED' && isSame(reviewer.login, login)),
  );
  if (reviews.length < input.reviews.length) return { ...input, reviews };
  const known = input.reviews.flatMap(({ state, reviewer }) =>
    state === 'APPROVED' ? [reviewer.login] : [],
  );
  throw new InputError('APPROVAL_UNKNOWN', `${JSON.stringify(login.slice(0, 80))} gave no approval here`, {
    hint: `Approvals are there by: ${[...new Set(known)].slice(0, 10).join(', ') || 'nobody'}.`,
  });
}

function withApproval(input: DecisionInput, login: string, roles: readonly string[]): DecisionInput {
  const own = input.reviews.filter(({ reviewer }) => isSame(reviewer.login, login));
  const held = own.flatMap((review) => review.roles);
  const subject = subjectOf(input);
  const given = momentAfter(input);
  const seen = new Date(given - secondMs).toISOString();
  const ids = input.reviews.flatMap(({ id, evidenceChecks }) => [
    id,
    ...evidenceChecks.map((check) => check.id),
  ]);
  const id = Math.max(0, ...ids) + 1;
  const review: Review = {
    id,
    reviewer: personOf(input, login),
    state: 'APPROVED',
    commit: input.reviews.at(-1)?.commit ?? input.judgement?.origin.headSha ?? '0'.repeat(40),
    submittedAt: new Date(given).toISOString(),
    roles: [...new Set([...held, ...roles])].sort(),
    evidenceChecks: subject === null ? [] : [{ id, subject, completedAt: seen }],
  };
  return { ...input, reviews: [...input.reviews, review] };
}

const secondMs = 1000;

/** After everything that was said; at the time of the decision where that is known. */
function momentAfter(input: DecisionInput): number {
  const said = input.reviews.map(({ submittedAt }) => (parseInstant(submittedAt) ?? 0) + secondMs);
  const now = input.now === undefined ? null : parseInstant(input.now);
  return Math.max(now ?? secondMs, ...said);
}

/** Whoever is known keeps the id, so that what excludes them still does; a stranger gets one that nobody has. */
function personOf(input: DecisionInput, login: string): Person {
  const people = [
    ...input.reviews.map(({ reviewer }) => reviewer),
    ...input.exclusions.map(({ person }) => person),
  ];
  const known = people.find((person) => isSame(person.login, login));
  if (known !== undefined) return known;
  if (!/^[a-z\d](?:[a-z\d_-]{0,99})(?:\[bot\])?$/i.test(login)) {
    throw new InputError('LOGIN_INVALID', `${JSON.stringify(login.slice(0, 80))} is no login`, {
      hint: 'Write it as rita:reviewer.',
    });
  }
  const id = Math.max(0, ...people.map((person) => person.id)) + 1;
  return { id, login, kind: login.endsWith('[bot]') ? 'Bot' : 'User' };
}

/** @throws InputError ROLE_UNKNOWN */
function requireRole(role: string, policy: Policy): void {
  if (role === 'owner' || Object.hasOwn(policy.roles, role)) return;
  const known = ['owner', ...Object.keys(policy.roles)].sort().join(', ');
  throw new InputError('ROLE_UNKNOWN', `the policy has no role ${JSON.stringify(role.slice(0, 80))}`, {
    hint: `Known: ${known}.`,
  });
}
