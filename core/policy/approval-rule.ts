import type { Change } from '../change/change.ts';
import type { Digest } from '../evidence/evidence.ts';
import { parseInstant } from '../evidence/instant.ts';
import { acknowledgingRoles } from './acknowledgement-rule.ts';
import { type ApprovalInput, type ApprovalTally, countApprovals, type LineTally } from './approval.ts';
import { askOf, nowOf } from './break-glass.ts';
import type { DecisionInput } from './decision.ts';
import { breakGlassLines } from './pass-over.ts';
import { type RequiredLine, requiredApprovals } from './requirement.ts';
import { gather, type Ruling, refuse, rule } from './rule.ts';
import { subjectOf } from './subject.ts';
import { stagesEntered } from './time-rule.ts';

const hoursADay = 24;

type Request = Change & { readonly kind: 'request' };

/** Requirements of the change and the reviews that meet them. */
export function tallyApprovals(change: Request, subject: Digest | null, input: DecisionInput): ApprovalTally {
  return countApprovals({ ...usualInput(change, subject, input), ...emergencyOf(change, input) });
}

/** True when an emergency goes past people: those whom the move asks for without it are not all there. */
export function passesQuorum(change: Request, input: DecisionInput): boolean {
  const { lines: _, ...emergency } = emergencyOf(change, input);
  const usual = usualInput({ ...change, configuration: [] }, subjectOf(input), input);
  return countApprovals({ ...usual, ...emergency }).lines.some(({ missing }) => missing > 0);
}

function usualInput(change: Request, subject: Digest | null, input: DecisionInput): ApprovalInput {
  return {
    reviews: input.reviews,
    exclusions: input.exclusions,
    lines: requiredApprovals(change, input.policy, input.model, input),
    subject,
    ...expiryOf(change, input),
    acknowledging: acknowledgingRoles(input),
    excludeContributors: change.moves.some(
      (move) => move.kind === 'stage' && (move.to === 'candidate' || move.to === 'production'),
    ),
  };
}

/** In an emergency its own roles are asked, who asks for it does not count, and an approval is hours old at most. */
function emergencyOf(
  change: Request,
  input: DecisionInput,
): Partial<Pick<ApprovalInput, 'lines' | 'exclusions' | 'expiry'>> {
  const [ask, rule] = [askOf(input), input.policy.breakGlass];
  if (ask === null || rule === undefined) return {};
  const asking = input.reviews.filter(
    ({ reviewer }) => reviewer.login.toLowerCase() === ask.by.toLowerCase(),
  );
  const exclusions = asking.map(({ reviewer }) => ({
    person: reviewer,
    because: 'asked for this pull request' as const,
  }));
  return {
    lines: breakGlassLines(change, rule, input),
    exclusions: [...input.exclusions, ...exclusions],
    expiry: { hours: rule.hours, now: nowOf(input) },
  };
}

/** The shortest of all stages that are entered. */
function expiryOf(change: Request, input: DecisionInput): Pick<ApprovalInput, 'expiry'> {
  const entered = change.moves.flatMap((move) => stagesEntered(move, input.policy));
  const days = entered.flatMap((stage) =>
    stage === 'registered' ? [] : (input.policy.stages[stage].expiresDays ?? []),
  );
  if (days.length === 0) return {};
  const now = input.now === undefined ? null : parseInstant(input.now);
  return { expiry: { hours: Math.min(...days) * hoursADay, now } };
}

/** Every line of the quorum is filled by people of its own. */
export function ruleOnApprovals(tally: ApprovalTally, input: DecisionInput): Ruling {
  const rulings = tally.lines.map((line) => ruleOnLine(line, input));
  return gather('approvals', rulings, rule('approvals', 'met', 'The policy asks for no approval here.'));
}

/** Logins who could fill a line: those of its roles, each once. Display only. */
export function candidatesFor(line: RequiredLine, input: DecisionInput): readonly string[] {
  const known = new Map(Object.entries(input.canApprove));
  return [...new Set(line.anyOf.flatMap((role) => known.get(role) ?? []))].sort();
}

function ruleOnLine({ line, people, missing }: LineTally, input: DecisionInput): Ruling {
  const name = `${line.count} × ${line.role}`;
  if (!Number.isInteger(line.count) || line.count < 1) return refuse(name, notACount(line));
  if (line.anyOf.length === 1 && !isKnownRole(line.role, input)) return refuse(name, unknownRole(line));
  if (missing === 0) {
    return rule(name, 'met', `Approved by ${people.map((person) => person.login).join(', ')}.`);
  }
  if (line.anyOf.every((role) => hasNobody(role, input))) return refuse(name, nobody(line));
  const asks = line.because.join('; ');
  return rule(name, 'waiting', `${people.length} of ${line.count}: asked for by ${asks}.`);
}

/** Change requests by people with a role stand until they approve, review again, or a governor dismisses them. */
export function ruleOnChangeRequests(tally: ApprovalTally): Ruling {
  const rulings = tally.blocking.map((review) => {
    const who = review.reviewer.login;
    const how = review.state === 'DISMISSED' ? 'was dismissed, but not by a governor' : 'stands';
    return refuse(`change request by ${who}`, {
      code: 'approval/changes-requested',
      message: `${who} asked for changes on ${review.commit.slice(0, 7)}, and that ${how}`,
      fix: `Answer it and ask ${who} to review again; a governor may dismiss it.`,
    });
  });
  return gather(
    'change requests',
    rulings,
    rule('change requests', 'met', 'Nobody with a role asks for changes.'),
  );
}

/** `owner` is a role of each file; every other role is named in the policy, as an own property. */
function isKnownRole(role: string, input: DecisionInput): boolean {
  return role === 'owner' || Object.hasOwn(input.policy.roles, role);
}

/** True when it is certain that nobody can help: no user and no team, or all of them resolved to nobody. */
function hasNobody(role: string, input: DecisionInput): boolean {
  if (Object.hasOwn(input.canApprove, role)) return input.canApprove[role]?.length === 0;
  if (role === 'owner') return false;
  const named = Object.hasOwn(input.policy.roles, role) ? input.policy.roles[role] : undefined;
  return named === undefined || named.users.length + named.teams.length === 0;
}

const notACount = (line: RequiredLine) => ({
  code: 'approval/count',
  message: `The policy asks for ${line.count} approvals by ${line.role}, which is no count of people`,
  fix: 'Write a whole number of at least 1 in .github/gatehouse.yml.',
});

const unknownRole = (line: RequiredLine) => ({
  code: 'approval/unknown-role',
  message: `The policy asks for an approval by ${line.role}, a role that it does not define`,
  fix: `Define ${line.role} under roles in .github/gatehouse.yml, or ask for a role that is there.`,
});

const nobody = (line: RequiredLine) => ({
  code: 'approval/nobody',
  message: `${line.count} × ${line.role} is asked for, and nobody holds that role who may approve this`,
  fix:
    line.role === 'owner'
      ? 'Change files of different owners in pull requests of their own, or name a common owner in model.yml and the contract.'
      : `Add a user or team to ${line.role} under roles in .github/gatehouse.yml.`,
});
