import type { Policy } from '../config/policy.ts';
import type { Decision, RuleResult } from '../policy/decision.ts';
import { standsInTheWay } from '../policy/rule.ts';
import { underPolicy } from '../policy/under-policy.ts';
import { type HistoryLine, linesOf } from './history.ts';
import { decideAgain, type RecordedDecision } from './recorded-decision.ts';

/** What a policy would have said to a recorded decision. */
export interface ReplayedDecision {
  readonly model: string;
  /** Numbers in the whole ledger. */
  readonly entries: readonly number[];
  /** In the words of the history. */
  readonly what: readonly Pick<HistoryLine, 'what' | 'version' | 'endpoint'>[];
  readonly at: string;
  readonly pullRequest: number;
  /** What its own policy says to it today: `allowed`, or the inputs tell another story than the ledger. */
  readonly recorded: Decision['kind'];
  readonly kind: Decision['kind'];
  readonly blocked: boolean;
  /** The rules that stand in the way, each with the names above it: `approvals / 2 × risk`. */
  readonly by: readonly BlockingRule[];
  readonly missing: Decision['missing'];
}

export interface BlockingRule {
  readonly rule: string;
  readonly state: RuleResult['state'];
  readonly because: string;
}

export interface PolicyReplay {
  readonly decisions: readonly ReplayedDecision[];
  readonly blocked: number;
  /** Sentences: what the recorded inputs do not say and is taken for not met. */
  readonly unknown: readonly string[];
}

/** A recorded decision that put a version into production anew; a rollback is none. */
export const isPromotion = ({ events }: RecordedDecision): boolean =>
  events.some(({ data }) => data.type === 'VersionPromoted');

/**
 * Decides recorded promotions again with another policy: which would it have blocked, and by which rule?
 * @param decisions oldest first
 * @param last how many of the newest; a whole number
 * @throws InputError DECISION_UNREADABLE
 */
export function replayPolicy(
  decisions: readonly RecordedDecision[],
  policy: Policy,
  last: number,
): PolicyReplay {
  const chosen = last < 1 ? [] : decisions.slice(-last);
  const replayed = chosen.map((decision) => replayOne(decision, policy));
  return {
    decisions: replayed.map(({ line }) => line),
    blocked: replayed.filter(({ line }) => line.blocked).length,
    unknown: [...new Set(replayed.flatMap(({ unknown }) => unknown))],
  };
}

const whatOf = (events: RecordedDecision['events']): ReplayedDecision['what'] =>
  linesOf(events).map(({ what, version, endpoint }) => ({ what, version, endpoint }));

function replayOne({ model, cause, events, input }: RecordedDecision, policy: Policy) {
  const under = underPolicy(input, policy);
  const decision = decideAgain(under.input);
  // What is not certainly allowed is blocked.
  const blocked = decision.kind !== 'allowed';
  const line: ReplayedDecision = {
    ...{ model, entries: events.map(({ gseq }) => gseq), what: whatOf(events) },
    ...{ at: cause.at, pullRequest: cause.source.pullRequest },
    recorded: decideAgain(input).kind,
    kind: decision.kind,
    blocked,
    by: blocked ? blockingRules(decision.rules) : [],
    missing: decision.missing,
  };
  return { line, unknown: under.unknown };
}

/** The leaves of a tree that stand in the way, each with the names above it. */
export function blockingRules(rules: readonly RuleResult[], above = ''): readonly BlockingRule[] {
  return rules.flatMap(({ rule, state, because, children }) => {
    if (!standsInTheWay(state)) return [];
    const name = `${above}${rule}`;
    const below = blockingRules(children, `${name} / `);
    return below.length > 0 ? below : [{ rule: name, state, because }];
  });
}
