import type { CommitFacts, GitHubReader, PullFacts, Push } from '../../adapters/github/reader.ts';
import type { Change, TreeListing } from '../../core/change/change.ts';
import { diffTrees } from '../../core/change/tree.ts';
import { stagesPath } from '../../core/config/layout.ts';
import type { Exclusion } from '../../core/policy/decision.ts';
import type { Person, VersionRecord } from '../../core/registry/ledger.ts';
import { readCoAuthors } from './co-author.ts';

/** Account that GitHub itself commits with when somebody presses a button. */
const webFlow = 19_864_447;

export interface People {
  readonly exclusions: readonly Exclusion[];
  readonly pushersKnown: boolean;
  /** Everybody who made the content: kept in the version record. */
  readonly contributors: readonly Person[];
}

export interface PeopleInput {
  readonly pull: PullFacts;
  readonly commits: readonly CommitFacts[];
  readonly change: Extract<Change, { kind: 'request' }>;
  readonly repositoryId: number;
  /** Who started the runs whose evidence is used; the dispatcher when it was dispatched. */
  readonly starters: readonly { readonly person: Person; readonly dispatched: boolean }[];
  /** Records of the versions that move towards production. */
  readonly records: readonly VersionRecord[];
}

/** Says whose approval cannot count (GATE.md rule 7), by id. What cannot be known makes it stricter, never laxer. */
export async function readPeople(reader: GitHubReader, input: PeopleInput): Promise<People> {
  const { pull } = input;
  const content = await contentCommits(reader, input);
  const coAuthors = await readCoAuthors(reader, content);
  const pushes = pull.head.repositoryId === input.repositoryId ? await reader.pushes(pull.head.ref) : null;
  const pushers = pushes === null ? [] : pushersOf(pushes, input.commits);
  const unknown = content.some((commit) => commit.author === null || commit.committer === null);
  const made: readonly Exclusion[] = [
    exclude(pull.author, 'author'),
    ...content.flatMap(({ author }) => (author === null ? [] : [exclude(author, 'author')])),
    ...content.flatMap(({ committer }) =>
      committer === null || committer.id === webFlow ? [] : [exclude(committer, 'committer')],
    ),
    ...coAuthors.people.map((person) => exclude(person, 'co-author')),
    ...pushers.map((person) => exclude(person, 'pusher')),
    ...input.starters
      .filter(({ dispatched }) => dispatched)
      .map(({ person }) => exclude(person, 'dispatcher')),
  ];
  const earlier = input.records.flatMap(({ contributors }) => contributors);
  return {
    exclusions: unique([...made, ...earlier.map((person) => exclude(person, 'contributor'))]),
    pushersKnown: pushes !== null && !unknown && coAuthors.allKnown,
    contributors: distinct([
      ...made.map(({ person }) => person),
      ...input.starters.map(({ person }) => person),
    ]),
  };
}

/**
 * Commits that change what is judged. An update from the base branch by GitHub's own button changes nothing of it, and
 * so does a commit that only touches other files.
 */
async function contentCommits(reader: GitHubReader, input: PeopleInput): Promise<readonly CommitFacts[]> {
  const paths = new Set(input.change.contentPaths.map(({ path }) => path));
  if (input.change.model !== null) paths.add(stagesPath(input.change.model));
  const found: CommitFacts[] = [];
  for (const commit of input.commits) {
    if (isButtonMerge(commit)) continue;
    if (await touches(reader, commit, paths)) found.push(commit);
  }
  return found;
}

function isButtonMerge(commit: CommitFacts): boolean {
  return commit.parents.length === 2 && commit.verified && commit.committer?.id === webFlow;
}

async function touches(
  reader: GitHubReader,
  commit: CommitFacts,
  paths: ReadonlySet<string>,
): Promise<boolean> {
  const [parent] = commit.parents;
  if (parent === undefined || commit.parents.length > 1) return true;
  const before: TreeListing = await reader.tree(parent);
  return diffTrees(before, await reader.tree(commit.sha)).some(({ path }) => paths.has(path));
}

/** Who pressed "update branch" pushed GitHub's own merge, nothing of theirs. */
function pushersOf(pushes: readonly Push[], commits: readonly CommitFacts[]): readonly Person[] {
  const merges = new Set(commits.filter(isButtonMerge).map(({ sha }) => sha));
  return pushes.filter(({ after }) => !merges.has(after)).map(({ by }) => by);
}

const exclude = (person: Person, because: Exclusion['because']): Exclusion => ({ person, because });

/** The first reason of a person is shown; the order above is the order of weight. */
function unique(exclusions: readonly Exclusion[]): readonly Exclusion[] {
  const byId = new Map<number, Exclusion>();
  for (const exclusion of exclusions)
    if (!byId.has(exclusion.person.id)) byId.set(exclusion.person.id, exclusion);
  return [...byId.values()].sort((a, b) => a.person.id - b.person.id);
}

function distinct(people: readonly Person[]): readonly Person[] {
  return [...new Map(people.map((person) => [person.id, person])).values()].sort((a, b) => a.id - b.id);
}
