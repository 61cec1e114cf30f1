import type { RepositoryName } from './client.ts';

/**
 * Commits of the base branch whose marks, parents and trees come along: an anchor lies nearer, or is read by itself. GitHub
 * counts what a question may need, and rounds: with as many commits before a merge it stays at four points.
 */
export const maxMarked = 30;
/** Commits of the base branch whose ids come along. */
export const maxHistory = 100;

/** What earlier looks asked for: a guess that saves calls. What it leaves out is read by itself. */
export interface LookGuess {
  readonly ledgerBranch: string;
  readonly logins: readonly string[];
  /** `organization/slug` */
  readonly teams: readonly string[];
}

export interface LookQuery {
  readonly text: string;
  readonly variables: Readonly<Record<string, string | number>>;
}

/**
 * Asks for everything about one pull request that can change, at one moment. Each field is in GitHub's published schema,
 * and an installation with the permissions of our manifest may read it; the hub executes the same text.
 * Check runs are asked for with `checkType: ALL`: the newest alone would hide an anchor behind a decision.
 * @see https://docs.github.com/en/graphql/reference/objects#pullrequest
 */
export function writeLookQuery(
  { owner, repo }: RepositoryName,
  appId: number,
  number: number,
  guess: LookGuess,
): LookQuery {
  const users = guess.logins.map((login, at) => [`user${at}`, login] as const);
  const teams = guess.teams.map((team, at) => [`team${at}`, ...team.split('/')] as const);
  const declared = [
    ...['$owner: String!', '$name: String!', '$number: Int!', '$app: Int!', '$ledger: String!'],
    ...users.map(([alias]) => `$${alias}: String!`),
    ...teams.flatMap(([alias]) => [`$${alias}org: String!`, `$${alias}slug: String!`]),
  ];
  const asked = [
    ...users.map(([alias]) => `${alias}: user(login: $${alias}) { databaseId login }`),
    ...teams.map(
      ([alias]) =>
        `${alias}: organization(login: $${alias}org) { team(slug: $${alias}slug) { databaseId
          members(first: 100) { pageInfo { hasNextPage } nodes { databaseId login } } } }`,
    ),
  ];
  return {
    text: `query (${declared.join(', ')}) {\n${main}\n${asked.join('\n')}\n}\n${fragments}`,
    variables: {
      ...{ owner, name: repo, number, app: appId, ledger: `refs/heads/${guess.ledgerBranch}` },
      ...Object.fromEntries(users),
      ...Object.fromEntries(
        teams.flatMap(([alias, org = '', slug = '']) => [
          [`${alias}org`, org],
          [`${alias}slug`, slug],
        ]),
      ),
    },
  };
}

const main = `repository(owner: $owner, name: $name) {
  databaseId nameWithOwner url
  defaultBranchRef { name target { oid ...on Commit { tree { oid } } } }
  ledger: ref(qualifiedName: $ledger) { target { oid ...on Commit { tree { oid } } } }
  pullRequest(number: $number) {
    number state isDraft title body url createdAt updatedAt mergedAt
    author { ...actor } mergedBy { ...actor }
    headRefName headRefOid headRepository { databaseId }
    baseRefName baseRefOid
    baseRef { target { oid ...on Commit { tree { oid }
      history(first: ${maxHistory}) { pageInfo { hasNextPage } nodes { oid } }
      marked: history(first: ${maxMarked}) { nodes { ...place ...marks } } } } }
    mergeCommit { ...commitFacts ...marks
      line: history(first: ${maxMarked}) { nodes { ...place } }
      origin: parents(first: 1) { nodes { oid ...pulls } } }
    reviewRequests(first: 100) { pageInfo { hasNextPage } nodes { requestedReviewer { __typename ...on User { login } } } }
    commits(first: 100) { pageInfo { hasNextPage } nodes { commit { ...commitFacts } } }
    head: commits(last: 1) { nodes { commit { oid ...pulls
      decision: checkSuites(first: 2, filterBy: { appId: $app }) { pageInfo { hasNextPage } nodes { app { databaseId }
        checkRuns(first: 50, filterBy: { checkType: ALL, appId: $app, checkName: "gatehouse" }) {
          pageInfo { hasNextPage } nodes { ...mark title summary text annotations(first: 1) { totalCount } } } } }
      ...evidence } } }
    reviews(first: 50) { pageInfo { hasNextPage } nodes {
      fullDatabaseId state submittedAt author { ...actor } commit { oid ...evidence } } }
    timelineItems(first: 100, itemTypes: [REVIEW_DISMISSED_EVENT]) { pageInfo { hasNextPage } nodes {
      __typename ...on ReviewDismissedEvent { createdAt previousReviewState actor { ...actor } review { fullDatabaseId } } } }
    comments(first: 100) { pageInfo { hasNextPage } nodes { fullDatabaseId body author { ...actor } } }
  }
}`;

const fragments = `fragment actor on Actor { __typename login
  ...on User { databaseId } ...on Bot { databaseId } ...on Mannequin { databaseId } ...on Organization { databaseId } }
fragment place on Commit { oid tree { oid } parents(first: 20) { pageInfo { hasNextPage } nodes { oid } } }
fragment commitFacts on Commit { oid message committedDate tree { oid }
  parents(first: 20) { pageInfo { hasNextPage } nodes { oid } }
  author { email user { databaseId login } } committer { user { databaseId login } } signature { isValid } }
fragment pulls on Commit { associatedPullRequests(first: 50) { pageInfo { hasNextPage } nodes {
  number baseRepository { databaseId } } } }
fragment mark on CheckRun { databaseId name status conclusion externalId startedAt completedAt }
fragment marks on Commit { checkSuites(first: 2, filterBy: { appId: $app }) { pageInfo { hasNextPage } nodes { app { databaseId }
  checkRuns(first: 50, filterBy: { checkType: ALL, appId: $app, checkName: "gatehouse" }) {
    pageInfo { hasNextPage } nodes { ...mark } } } } }
fragment evidence on Commit { evidence: checkSuites(first: 2, filterBy: { appId: $app }) { pageInfo { hasNextPage } nodes { app { databaseId }
  checkRuns(first: 50, filterBy: { checkType: ALL, appId: $app, checkName: "gatehouse evidence" }) {
    pageInfo { hasNextPage } nodes { ...mark } } } } }`;
