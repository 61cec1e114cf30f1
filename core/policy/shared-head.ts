import { decide } from './decide.ts';
import type { Decision, DecisionInput } from './decision.ts';

/** One of several open pull requests with the same head, with what is decided about it. */
export interface Shared {
  /** Its place in the list that was given. */
  readonly at: number;
  /** With the reviews and the makers of all that share head and base. */
  readonly input: DecisionInput;
  readonly decision: Decision;
}

/**
 * What the check of a commit says when several open pull requests with governed bases have it as head (GATE.md rule 9). On each
 * base they are one: what would be merged there is the same, so approvals are pooled, the makers of all are excluded and
 * the best of them speaks, since only one may hold the evidence. Of several bases the worst speaks: GitHub lets each of
 * them merge by that check. A pull request from a fork says nothing about a head that a branch of the repository has,
 * or any stranger could hold that branch up.
 * @param inputs all of them, at least one
 * @returns the one whose decision is shown
 */
export function decideTogether(inputs: readonly [DecisionInput, ...DecisionInput[]]): Shared {
  const all = inputs.map((input, at) => ({ input, at }));
  const own = all.filter(({ input }) => !input.fork);
  const counted = own.length > 0 ? own : all;
  const bases = [...new Set(counted.map(({ input }) => input.baseRef))];
  const best = bases.map((base) => bestOf(counted.filter(({ input }) => input.baseRef === base)));
  return best.reduce((a, b) => (holdRank(b) < holdRank(a) ? b : a));
}

/**
 * One of several pull requests with the same head and base, as if all of them were it: whoever reviewed one of them reviewed this content, and
 * whoever made or opened one of them has a hand in it.
 */
export function poolShared(input: DecisionInput, others: readonly DecisionInput[]): DecisionInput {
  if (others.length === 0) return input;
  const all = [input, ...others];
  const reviews = all.flatMap((each) => each.reviews);
  return {
    ...input,
    reviews: [...new Map(reviews.map((review) => [review.id, review])).values()].sort((a, b) => a.id - b.id),
    exclusions: all.flatMap((each) => each.exclusions),
    pushersKnown: all.every((each) => each.pushersKnown),
    ...(all.some((each) => each.openedByBot === true) ? { openedByBot: true } : {}),
    canApprove: commonTo(all),
  };
}

/** A role that one of them does not name is not known to be empty. */
function commonTo(inputs: readonly DecisionInput[]): DecisionInput['canApprove'] {
  const [first, ...rest] = inputs.map(({ canApprove }) => new Map(Object.entries(canApprove)));
  const common = [...(first ?? [])].map(([role, people]) => {
    const kept = people.filter((login) => rest.every((each) => each.get(role)?.includes(login) !== false));
    return [role, kept] as const;
  });
  return Object.fromEntries(common);
}

type Placed = { readonly input: DecisionInput; readonly at: number };

function bestOf(same: readonly Placed[]): Shared {
  const decided = same.map(({ input, at }) => {
    const others = same.filter((each) => each.at !== at).map((each) => each.input);
    const pooled = poolShared(input, others);
    return { at, input: pooled, decision: decide(pooled) };
  });
  return decided.reduce((a, b) => (rank(b) > rank(a) ? b : a));
}

const holding: readonly Decision['kind'][] = ['refused', 'not evaluated', 'waiting'];
const order: readonly Decision['kind'][] = [...holding, 'allowed', 'nothing'];
const rank = ({ decision }: Shared): number => rankOf(decision);

/** Of several decisions about one content the highest speaks. */
export const rankOf = ({ kind }: Pick<Decision, 'kind'>): number => order.indexOf(kind);

/** Of several bases: one that holds the merge up comes before every one whose policy only reports. */
function holdRank(shared: Shared): number {
  const reports = shared.input.policy.enforce === false;
  return rank(shared) + (reports || !holding.includes(shared.decision.kind) ? holding.length : 0);
}
