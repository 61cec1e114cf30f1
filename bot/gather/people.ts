import type { CommitFacts, GitHubReader, PullFacts, Push } from '../../adapters/github/reader.ts';
import type { Change, ChangedPath, TreeListing } from '../../core/change/change.ts';
import { diffTrees } from '../../core/change/tree.ts';
import { stagesPath } from '../../core/config/layout.ts';
import type { Exclusion } from '../../core/policy/decision.ts';
import type { Person, VersionRecord } from '../../core/registry/ledger.ts';
import { askersOf } from '../commands/asked-branch.ts';
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
  /** Another bot than the app opened it: whoever started a run of it stands behind it. */
  readonly openedByBot?: boolean;
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
  // GitHub writes down pushes a moment late: without the one that brought this head, the list is of before.
  const complete = pushes?.some(({ after }) => after === pull.head.sha) === true;
  const unknown = content.some((commit) => commit.author === null || commit.committer === null);
  // Behind a bot's push stands somebody whom GitHub does not name. A bot's own pull request is counted as such elsewhere.
  const hidden = pushers.some(({ id, kind }) => kind !== 'User' && id !== pull.author.id);
  const made: readonly Exclusion[] = [
    exclude(pull.author, 'author'),
    ...excludeAskers(pull),
    ...content.flatMap(({ author }) => (author === null ? [] : [exclude(author, 'committer')])),
    ...content.flatMap(({ committer }) =>
      committer === null || committer.id === webFlow ? [] : [exclude(committer, 'committer')],
    ),
    ...coAuthors.people.map((person) => exclude(person, 'co-author')),
    ...pushers.map((person) => exclude(person, 'pusher')),
    ...input.starters
      .filter(({ dispatched }) => dispatched || input.openedByBot === true)
      .map(({ person }) => exclude(person, 'dispatcher')),
  ];
  const earlier = input.records.flatMap(({ contributors }) => contributors);
  return {
    exclusions: unique([...made, ...earlier.map((person) => exclude(person, 'contributor'))]),
    pushersKnown: complete && !unknown && !hidden && coAuthors.allKnown,
    contributors: distinct([
      ...made.map(({ person }) => person),
      ...input.starters.map(({ person }) => person),
    ]),
  };
}

/**
 * Who had the app open this pull request: as good as its author. It stands in the name of the branch, which nobody can
 * change while the pull request is open.
 */
function excludeAskers({ author, head }: PullFacts): readonly Exclusion[] {
  const people = author.kind === 'User' ? [] : askersOf(head.ref);
  return people.map((person) => exclude(person, 'asked for this pull request'));
}

function judgedPaths({ change }: PeopleInput): ReadonlySet<string> {
  const paths = new Set(change.contentPaths.map(({ path }) => path));
  if (change.model !== null) paths.add(stagesPath(change.model));
  return paths;
}

/** Commit of an update -> the commit of the branch that it was made on. */
type Updates = ReadonlyMap<string, string>;

/**
 * Updates of the branch from its base by GitHub's own button, by id: they are nobody's work. A merge whose conflicts
 * somebody resolved in GitHub's editor looks the same and holds text of theirs, so that each judged file must be that of
 * one parent. The same button merges any other branch, with whatever somebody pushed there: its commits are then commits
 * of the pull request, where those of the base are not.
 */
async function findUpdates(
  reader: TreeReader,
  commits: readonly CommitFacts[],
  paths: ReadonlySet<string>,
): Promise<Updates> {
  const found = new Map<string, string>();
  const own = new Set(commits.map(({ sha }) => sha));
  for (const commit of commits.filter(isButtonMerge)) {
    const [onto = '', from = ''] = commit.parents;
    if (own.has(from)) continue;
    const changes: (readonly ChangedPath[])[] = [];
    for (const parent of commit.parents)
      changes.push(diffTrees(await reader.tree(parent), await reader.tree(commit.sha)));
    const [first = [], second = []] = changes;
    const other = new Set(second.map(({ path }) => path));
    if (!first.some(({ path }) => paths.has(path) && other.has(path))) found.set(commit.sha, onto);
  }
  return found;
}

/** Commits that change what is judged: neither an update of the branch nor one that only touches other files. */
async function contentCommits(
  reader: TreeReader,
  commits: readonly CommitFacts[],
  paths: ReadonlySet<string>,
  updates: Updates,
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

/** Who pressed "update branch" pushed GitHub's own merge, nothing of theirs; one that brought more is a push. */
function pushersOf(pushes: readonly Push[], updates: Updates): readonly Person[] {
  return pushes.filter(({ before, after }) => updates.get(after) !== before).map(({ by }) => by);
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
