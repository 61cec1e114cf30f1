import type { Change, Move } from '../change/change.ts';
import { isConfiguration } from '../config/layout.ts';
import type { Policy } from '../config/policy.ts';
import { assignApprovers } from '../policy/matching.ts';
import { requiredApprovals } from '../policy/requirement.ts';
import type { Person } from '../registry/ledger.ts';
import type { Found } from './found.ts';

/** A pull request that was merged before Gatehouse was there: everything that GitHub holds of it. */
export interface PastPull {
  readonly number: number;
  readonly mergedAt: string;
  readonly paths: readonly string[];
  /** Author of it, authors and committers of its commits. */
  readonly makers: readonly Person[];
  /** True when somebody who committed has no account that GitHub knows. */
  readonly strangers: boolean;
  readonly reviews: readonly {
    readonly id: number;
    readonly reviewer: Person;
    readonly state: string;
    readonly submittedAt: string;
  }[];
}

/** What the proposed policy would have asked for before the merge. */
export interface ReplayedPull {
  readonly number: number;
  /** In words; empty: nothing that Gatehouse looks at. */
  readonly touches: readonly string[];
  /** True for one that would have waited for validated data or a judged model besides. */
  readonly judged: boolean;
  readonly missing: readonly { readonly role: string; readonly count: number }[];
  /** Who approved and made it, too. */
  readonly own: readonly string[];
}

export interface PastReplay {
  /** Of the repository, for links: `https://github.com/acme/flights`. */
  readonly url: string;
  /** Newest first. */
  readonly pulls: readonly ReplayedPull[];
  /** Numbers of those that could not be read. */
  readonly unread: readonly number[];
}

export interface PastInput {
  readonly pulls: readonly PastPull[];
  readonly found: Pick<Found, 'models' | 'datasets'>;
  readonly policy: Policy;
  /** By role: who is in it today. */
  readonly members: ReadonlyMap<string, readonly Person[]>;
}

/**
 * Says what approvals a policy would have asked for in pull requests of before, as if its models had been set up then.
 * Evidence there was none: what data and gates would have said is not known, and is not guessed.
 */
export const replayPulls = (input: PastInput): readonly ReplayedPull[] =>
  input.pulls.map((pull) => replayPull(pull, input)).sort((a, b) => b.number - a.number);

function replayPull(pull: PastPull, { found, policy, members }: PastInput): ReplayedPull {
  const { number, paths } = pull;
  const holds = (files: readonly (string | null)[]): boolean => files.some((file) => isAt(file, paths));
  const models = found.models.filter(({ name, script, artifact, reads }) =>
    holds([`models/${name}`, script, artifact, ...reads]),
  );
  const datasets = found.datasets.filter(({ files, local }) => holds([...files, ...local]));
  const configuration = paths.filter(isConfiguration);
  const change: Change = {
    ...{ kind: 'request', model: models[0]?.name ?? null, proposal: models.length > 0, newModel: false },
    ...{ datasets: datasets.map(({ name }) => name), newDatasets: [], configuration },
    moves: models.map(({ name }): Move => ({ kind: 'registration', model: name, to: 'registered' })),
    ...{ contentPaths: [], contentDigest: '' },
  };
  const { approvers, own } = whoApproved(pull, members);
  const lines = requiredApprovals(change, policy, null, { pushersKnown: !pull.strangers });
  const filled = assignApprovers(lines, approvers);
  const touches = [
    ...models.map(({ name }) => `model ${name}`),
    ...datasets.map(({ name }) => `dataset ${name}`),
    ...(configuration.length === 0 ? [] : ['workflows and rules']),
  ];
  return {
    ...{ number, touches, own, judged: models.length + datasets.length > 0 },
    // Nothing of Gatehouse in it: it passes at once, whoever approved.
    missing:
      touches.length === 0 ? [] : lines.flatMap(({ role, count }, at) => shortOf(role, count, filled[at])),
  };
}

function shortOf(role: string, count: number, filled: readonly number[] = []): ReplayedPull['missing'] {
  const missing = count - filled.length;
  return missing > 0 ? [{ role, count: missing }] : [];
}

/** A file, or one below a folder. */
const isAt = (file: string | null, paths: readonly string[]): boolean =>
  file !== null && paths.some((path) => path === file || path.startsWith(`${file}/`));

/** The latest review that decides speaks for each person, and nobody for what he or she made. */
function whoApproved({ makers, reviews, mergedAt }: PastPull, members: PastInput['members']) {
  const before = reviews
    .filter(({ state, submittedAt }) => state !== 'COMMENTED' && submittedAt <= mergedAt)
    .toSorted((a, b) =>
      a.submittedAt === b.submittedAt ? a.id - b.id : a.submittedAt < b.submittedAt ? -1 : 1,
    );
  const latest = new Map(before.map((review) => [review.reviewer.id, review]));
  const approved = [...latest.values()].filter(
    ({ state, reviewer }) => state === 'APPROVED' && reviewer.kind === 'User',
  );
  const made = new Set(makers.map(({ id }) => id));
  const rolesOf = (id: number): readonly string[] =>
    [...members].flatMap(([role, people]) => (people.some((person) => person.id === id) ? [role] : []));
  return {
    own: approved.filter(({ reviewer }) => made.has(reviewer.id)).map(({ reviewer }) => reviewer.login),
    approvers: approved
      .filter(({ reviewer }) => !made.has(reviewer.id))
      .map(({ reviewer: { id } }) => ({ id, roles: rolesOf(id) })),
  };
}
