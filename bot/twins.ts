import type { PullFacts, RepositoryFacts } from '../adapters/github/reader.ts';
import { decide } from '../core/policy/decide.ts';
import type { Decision } from '../core/policy/decision.ts';
import type { Facts } from './gather/facts.ts';
import { readGovernance } from './gather/governance.ts';
import { gather, type Sources } from './gather.ts';

/** One pull request with what was decided about it. */
export interface Outcome {
  readonly facts: Facts;
  readonly decision: Decision;
}

export const isFork = (pull: PullFacts, repository: RepositoryFacts): boolean =>
  pull.head.repositoryId !== repository.id;

/** Other open pull requests with the same head, whose base is governed: they share the check, which is the commit's. */
export async function readTwins(
  { reader }: Sources,
  repository: RepositoryFacts,
  pull: PullFacts,
): Promise<readonly PullFacts[]> {
  const twins: PullFacts[] = [];
  for (const number of await reader.pullsOfCommit(pull.head.sha)) {
    if (number === pull.number) continue;
    const twin = await reader.pull(number);
    if (twin.state !== 'open' || twin.head.sha !== pull.head.sha) continue;
    if ((await readGovernance(reader, repository, twin.base.ref)).kind === 'governed') twins.push(twin);
  }
  return twins;
}

/**
 * What the check of the head says when several pull requests have it: on each base the best, since what would be merged
 * there is the same; of all bases the worst, since GitHub lets each of them merge by it (GATE.md rule 9).
 */
export async function decideTogether(
  sources: Sources,
  own: Outcome,
  twins: readonly PullFacts[],
): Promise<Outcome> {
  const outcomes = [own];
  for (const twin of twins) {
    const facts = await gather(sources, twin);
    outcomes.push({ facts, decision: decide(facts.input) });
  }
  const bases = [...new Set(outcomes.map(({ facts }) => facts.pull.base.ref))];
  const best = bases.map((base) =>
    outcomes.filter(({ facts }) => facts.pull.base.ref === base).reduce(better),
  );
  return best.reduce((a, b) => (holdRank(b) < holdRank(a) ? b : a));
}

const better = (a: Outcome, b: Outcome): Outcome => (rank(b) > rank(a) ? b : a);

const holding: readonly Decision['kind'][] = ['refused', 'not evaluated', 'waiting'];
const order: readonly Decision['kind'][] = [...holding, 'allowed', 'nothing'];
const rank = ({ decision }: Outcome): number => order.indexOf(decision.kind);

/** Of several bases: one that holds the merge up comes before every one whose policy only reports. */
function holdRank(outcome: Outcome): number {
  const reports = outcome.facts.input.policy.enforce === false;
  return rank(outcome) + (reports || !holding.includes(outcome.decision.kind) ? holding.length : 0);
}
