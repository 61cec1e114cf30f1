import { z } from 'zod';

/** GitHub's numbers pass 32 bits, and some come as text for that reason. */
const id = z.union([z.int().positive(), z.string().regex(/^\d{1,16}$/)]).transform(Number);
const oid = z.string().regex(/^[0-9a-f]{40}$/);
const pageInfo = z.object({ hasNextPage: z.boolean() });
const page = <T extends z.ZodType>(node: T) => z.object({ pageInfo, nodes: z.array(node) });

const actor = z.object({ __typename: z.string(), login: z.string(), databaseId: id.nullish() }).nullable();
const user = z.object({ databaseId: id, login: z.string() });
const gitActor = z.object({ user: user.nullable() });

const mark = z.object({
  databaseId: id,
  name: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  externalId: z.string().nullable(),
  startedAt: z.string().nullable(),
  completedAt: z.string().nullable(),
});
const suites = <T extends z.ZodType>(run: T) =>
  page(z.object({ app: z.object({ databaseId: id }).nullable(), checkRuns: page(run) }));
const marks = suites(mark);
const shown = mark.extend({
  title: z.string().nullable(),
  summary: z.string().nullable(),
  text: z.string().nullable(),
  annotations: z.object({ totalCount: z.int().min(0) }),
});

const place = z.object({ oid, tree: z.object({ oid }), parents: page(z.object({ oid })) });
const commit = place.extend({
  message: z.string(),
  committedDate: z.string(),
  author: gitActor.extend({ email: z.string().nullable() }).nullable(),
  committer: gitActor.nullable(),
  signature: z.object({ isValid: z.boolean() }).nullable(),
});
const pulls = page(z.object({ number: z.int(), baseRepository: z.object({ databaseId: id }).nullable() }));

const tip = z.object({ oid, tree: z.object({ oid }) });
const baseTip = tip.extend({
  history: page(z.object({ oid })),
  marked: z.object({ nodes: z.array(place.extend({ checkSuites: marks })) }),
});

const pull = z.object({
  number: z.int(),
  state: z.enum(['OPEN', 'CLOSED', 'MERGED']),
  isDraft: z.boolean(),
  title: z.string(),
  body: z.string(),
  url: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  mergedAt: z.string().nullable(),
  author: actor,
  mergedBy: actor,
  headRefName: z.string(),
  headRefOid: oid,
  headRepository: z.object({ databaseId: id }).nullable(),
  baseRefName: z.string(),
  baseRefOid: oid,
  baseRef: z.object({ target: baseTip }).nullable(),
  mergeCommit: commit
    .extend({
      checkSuites: marks,
      line: z.object({ nodes: z.array(place) }),
      origin: z.object({ nodes: z.array(z.object({ oid, associatedPullRequests: pulls })) }),
    })
    .nullable(),
  reviewRequests: page(
    z.object({
      requestedReviewer: z.object({ __typename: z.string(), login: z.string().optional() }).nullable(),
    }),
  ),
  commits: page(z.object({ commit })),
  head: z.object({
    nodes: z.array(
      z.object({
        commit: z.object({ oid, associatedPullRequests: pulls, decision: suites(shown), evidence: marks }),
      }),
    ),
  }),
  reviews: page(
    z.object({
      fullDatabaseId: id,
      state: z.enum(['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED', 'COMMENTED', 'PENDING']),
      submittedAt: z.string().nullable(),
      author: actor,
      commit: z.object({ oid, evidence: marks }).nullable(),
    }),
  ),
  timelineItems: page(
    z.object({
      __typename: z.string(),
      createdAt: z.string().optional(),
      previousReviewState: z.string().optional(),
      actor: actor.optional(),
      review: z.object({ fullDatabaseId: id }).nullish(),
    }),
  ),
  comments: page(z.object({ fullDatabaseId: id, body: z.string(), author: actor })),
});

const answer = z.object({
  repository: z.object({
    databaseId: id,
    nameWithOwner: z.string(),
    url: z.string(),
    defaultBranchRef: z.object({ name: z.string(), target: tip }).nullable(),
    ledger: z.object({ target: tip }).nullable(),
    pullRequest: pull,
  }),
});

const team = z.object({ team: z.object({ databaseId: id, members: page(user) }) });

export type LookAnswer = z.infer<typeof answer>;
export type PullAnswer = LookAnswer['repository']['pullRequest'];
export type ActorAnswer = z.infer<typeof actor>;
export type UserAnswer = z.infer<typeof user>;
export type PlaceAnswer = z.infer<typeof place>;
export type CommitAnswer = z.infer<typeof commit>;
export type MarkAnswer = z.infer<typeof mark> & Partial<z.infer<typeof shown>>;
export interface Page<T> {
  readonly pageInfo: { readonly hasNextPage: boolean };
  readonly nodes: readonly T[];
}

/** The answer as it was asked for; null when GitHub gave anything else: then it is read in the other way. */
export function parseLookAnswer(data: unknown): LookAnswer | null {
  return answer.safeParse(data).data ?? null;
}

const marked = z.object({ oid, checkSuites: marks });

/** A commit with our check runs on it; null: anything else. */
export const parseMarks = (data: unknown): z.infer<typeof marked> | null =>
  marked.safeParse(data).data ?? null;

export const parseUser = (data: unknown): UserAnswer | null => user.safeParse(data).data ?? null;

/** Members of a team; null when not all of them came. */
export function parseTeam(data: unknown): readonly UserAnswer[] | null {
  const found = team.safeParse(data).data?.team.members;
  return found === undefined || found.pageInfo.hasNextPage ? null : found.nodes;
}
