import type { CommitFacts, GitHubReader, PullFacts, Push } from '../../adapters/github/reader.ts';
import type { Change, ChangedPath, TreeListing } from '../../core/change/change.ts';
import { diffTrees } from '../../core/change/tree.ts';
import { stagesPath } from '../../core/config/layout.ts';
import type { Exclusion } from '../../core/policy/decision.ts';
import type { Person, VersionRecord } from '../../core/registry/ledger.ts';
import { readCoAuthors } from './co-author.ts';

/** Account that GitHub itself commits with when somebody presses a button. */
const webFlow = 19_864_447;

type TreeReader = Pick<GitHubReader, 'tree'>;

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
export async function readPeople(
  reader: Pick<GitHubReader, 'tree' | 'pushes' | 'account'>,
  input: PeopleInput,
): Promise<People> {
  const { pull } = input;
  const paths = judgedPaths(input);
  const updates = await findUpdates(reader, input.commits, paths);
  const content = await contentCommits(reader, input.commits, paths, updates);
  const coAuthors = await readCoAuthors(reader, content);
  const pushes = pull.head.repositoryId === input.repositoryId ? await reader.pushes(pull.head.ref) : null;
  const pushers = pushes === null ? [] : pushersOf(pushes, updates);
  const unknown = content.some((commit) => commit.author === null || commit.committer === null);
  const made: readonly Exclusion[] = [
    exclude(pull.author, 'author'),
    ...content.flatMap(({ author }) => (author === null ? [] : [exclude(author, 'committer')])),
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

function judgedPaths({ change }: PeopleInput): ReadonlySet<string> {
  const paths = new Set(change.contentPaths.map(({ path }) => path));
  if (change.model !== null) paths.add(stagesPath(change.model));
  return paths;
}

/**
 * Updates of the branch by GitHub's own button, by id: they are nobody's work. A merge whose conflicts somebody resolved
 * in GitHub's editor looks the same and holds text of theirs, so that each judged file must be that of one parent.
 */
async function findUpdates(
  reader: TreeReader,
  commits: readonly CommitFacts[],
  paths: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const commit of commits.filter(isButtonMerge)) {
    const changes: (readonly ChangedPath[])[] = [];
    for (const parent of commit.parents)
      changes.push(diffTrees(await reader.tree(parent), await reader.tree(commit.sha)));
    const [first = [], second = []] = changes;
    const other = new Set(second.map(({ path }) => path));
    if (!first.some(({ path }) => paths.has(path) && other.has(path))) found.add(commit.sha);
  }
  return found;
}

/** Commits that change what is judged: neither an update of the branch nor one that only touches other files. */
async function contentCommits(
  reader: TreeReader,
  commits: readonly CommitFacts[],
  paths: ReadonlySet<string>,
  updates: ReadonlySet<string>,
): Promise<readonly CommitFacts[]> {
  const found: CommitFacts[] = [];
  for (const commit of commits) {
    if (!updates.has(commit.sha) && (await touches(reader, commit, paths))) found.push(commit);
  }
  return found;
}

function isButtonMerge(commit: CommitFacts): boolean {
  return commit.parents.length === 2 && commit.verified && commit.committer?.id === webFlow;
}

async function touches(
  reader: TreeReader,
  commit: CommitFacts,
  paths: ReadonlySet<string>,
): Promise<boolean> {
  const [parent] = commit.parents;
  if (parent === undefined || commit.parents.length > 1) return true;
  const before: TreeListing = await reader.tree(parent);
  return diffTrees(before, await reader.tree(commit.sha)).some(({ path }) => paths.has(path));
}

/** Who pressed "update branch" pushed GitHub's own merge, nothing of theirs. */
function pushersOf(pushes: readonly Push[], updates: ReadonlySet<string>): readonly Person[] {
  return pushes.filter(({ after }) => !updates.has(after)).map(({ by }) => by);
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
