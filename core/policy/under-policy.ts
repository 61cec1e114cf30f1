import type { Policy, Role } from '../config/policy.ts';
import { canonicalJson } from '../json/canonical.ts';
import type { DecisionInput, Review } from './decision.ts';
import { subjectOf } from './subject.ts';

/** The inputs of a decision as they would be under another policy, and what could not be told. */
export interface UnderPolicy {
  readonly input: DecisionInput;
  /** Sentences: what is taken for not met because the recorded inputs do not say it. */
  readonly unknown: readonly string[];
}

/**
 * Lays another policy under recorded inputs. People are asked for what they said, not for when: an approval of the
 * recorded subject is taken as one of the same change under the new policy. Evidence stays as bound: it was not judged
 * anew. Who holds a role is read off the names in the policy; of a team that the recorded policy did not name nobody is
 * known, and nobody is taken for a member.
 */
export function underPolicy(input: DecisionInput, policy: Policy): UnderPolicy {
  const { reviews, exclusions } = input;
  const given = reviews.map((review) => ({ ...review, roles: rolesUnder(review, input.policy, policy) }));
  const excluded = new Set(exclusions.map(({ person }) => person.login.toLowerCase()));
  const changed: DecisionInput = {
    ...input,
    policy,
    canApprove: candidatesUnder(input, policy, excluded),
  };
  const [before, after] = [subjectOf(input), subjectOf(changed)];
  const rebased = given.map((review) => rebase(review, before, after));
  return { input: { ...changed, reviews: rebased }, unknown: unknownTeams(input.policy, policy) };
}

/** An own property alone: no role has the name of something that every object has. */
const roleOf = ({ roles }: Policy, name: string): Role | undefined =>
  Object.hasOwn(roles, name) ? roles[name] : undefined;

const isSame = (a: Role | undefined, b: Role | undefined): boolean =>
  a !== undefined && b !== undefined && canonicalJson(a) === canonicalJson(b);

const names = (role: Role, login: string): boolean =>
  role.users.some((user) => user.toLowerCase() === login.toLowerCase());

function rolesUnder(review: Review, before: Policy, after: Policy): readonly string[] {
  const { login } = review.reviewer;
  const held = (name: string): boolean => {
    const [old, now] = [roleOf(before, name), roleOf(after, name)];
    if (now === undefined) return false;
    const had = review.roles.includes(name);
    if (isSame(old, now)) return had;
    if (names(now, login)) return true;
    // Whoever held it without being named was in one of its teams: it must still name all of them.
    return (
      had && old !== undefined && !names(old, login) && old.teams.every((team) => now.teams.includes(team))
    );
  };
  const owner = review.roles.includes('owner') ? ['owner'] : [];
  return [...owner, ...Object.keys(after.roles).filter(held)].sort();
}

function candidatesUnder(
  input: DecisionInput,
  policy: Policy,
  excluded: ReadonlySet<string>,
): DecisionInput['canApprove'] {
  const roles = Object.entries(policy.roles).flatMap(([name, role]): [string, readonly string[]][] => {
    const known = Object.hasOwn(input.canApprove, name) ? input.canApprove[name] : undefined;
    if (isSame(roleOf(input.policy, name), role)) return known === undefined ? [] : [[name, known]];
    const users = role.users.filter((user) => !excluded.has(user.toLowerCase()));
    // An empty list says that certainly nobody can; of a team that cannot be said.
    return users.length === 0 && role.teams.length > 0 ? [] : [[name, users]];
  });
  const owners = Object.hasOwn(input.canApprove, 'owner') ? input.canApprove.owner : undefined;
  return Object.fromEntries([...(owners === undefined ? [] : [['owner', owners] as const]), ...roles]);
}

function rebase(review: Review, before: string | null, after: string | null): Review {
  if (before === null || after === null || before === after) return review;
  const checks = review.evidenceChecks.map((check) =>
    check.subject === before ? { ...check, subject: after } : check,
  );
  return { ...review, evidenceChecks: checks };
}

function unknownTeams(before: Policy, after: Policy): readonly string[] {
  return Object.entries(after.roles).flatMap(([name, role]) => {
    const old = roleOf(before, name);
    if (isSame(old, role)) return [];
    const teams = role.teams.filter((team) => old?.teams.includes(team) !== true);
    if (teams.length === 0) return [];
    return [`Who is in ${teams.join(', ')} (role ${name}) was not recorded: nobody is taken for a member.`];
  });
}
