import type { Person } from '../../core/registry/ledger.ts';
import { BlobBatch } from './blob-batch.ts';
import type { GitHubClient, RepositoryName } from './client.ts';
import type { EarlyLook } from './early-reads.ts';
import { parseLookAnswer, parseTeam, parseUser } from './look-answer.ts';
import { decisionName, type LookFacts, markKey, toLookFacts, toUser } from './look-facts.ts';
import { type LookGuess, writeLookQuery } from './look-query.ts';
import { MarkBatch } from './mark-batch.ts';
import { createReader, isSettled, type KnownFacts, nothingKnown } from './octokit-reader.ts';
import type { GitHubReader } from './reader.ts';
import type { ReaderMemory } from './reader-memory.ts';

/** Makes readers that share one memory: plain ones, and for a look at one pull request. */
export function openReader(
  client: GitHubClient,
  name: RepositoryName,
  appId: number,
  memory: ReaderMemory,
): (pull?: number) => GitHubReader {
  const batch = new BlobBatch(client, name);
  const marks = new MarkBatch(client, name, appId);
  const known: KnownFacts = {
    ...nothingKnown,
    blob: (sha) => batch.read(sha),
    marks: (sha, check) => marks.read(sha, check),
  };
  return (pull) =>
    pull === undefined
      ? createReader(client, name, appId, memory, known)
      : createLookReader(client, name, appId, memory, pull, known);
}

interface Look {
  readonly facts: LookFacts;
  readonly accounts: ReadonlyMap<string, Person>;
  readonly teams: ReadonlyMap<string, readonly Person[]>;
}

/**
 * A reader for one look at a pull request: what can change about it is read at one moment, by one question, as soon as
 * anything is asked for. What the answer did not bring, or brought in part, is read by itself as any reader does; an
 * error in it, or a shape that we do not know, and all of it is. The same questions have the same answers either way.
 */
function createLookReader(
  client: GitHubClient,
  name: RepositoryName,
  appId: number,
  memory: ReaderMemory,
  number: number,
  known: KnownFacts = nothingKnown,
): GitHubReader {
  let asked: Promise<Look | null> | null = null;
  let early: EarlyLook | null = null;
  const open = (tagged: GitHubClient): GitHubClient => {
    early = memory.early.open(number, tagged);
    return early.client;
  };
  const look = (): Promise<Look | null> => {
    if (asked !== null) return asked;
    early?.begin();
    asked = readLook(client, name, appId, memory, number).then((read) => {
      early?.saw(read?.facts.reviews?.some(({ state }) => state === 'APPROVED') === true);
      return read;
    });
    return asked;
  };
  const facts = async (): Promise<LookFacts | null> => (await look())?.facts ?? null;
  const plain = createReader(client, name, appId, memory, { ...known, ...toKnown(look), client: open });
  return {
    ...plain,
    repository: async () => (await facts())?.repository ?? plain.repository(),
    pull: async (asked) => (asked === number ? (await facts())?.pull : null) ?? plain.pull(asked),
    pullCommits: async (asked) =>
      (asked === number ? (await facts())?.commits : null) ?? plain.pullCommits(asked),
    reviews: async (asked) => (asked === number ? (await facts())?.reviews : null) ?? plain.reviews(asked),
    dismissals: async (asked) =>
      (asked === number ? (await facts())?.dismissals : null) ?? plain.dismissals(asked),
    pullsOfCommit: async (sha) => (await facts())?.pulls.get(sha) ?? plain.pullsOfCommit(sha),
    checkRuns: async (sha, check) =>
      (await facts())?.marks.get(markKey(sha, check)) ?? plain.checkRuns(sha, check),
    commit: async (sha) => {
      const merge = (await facts())?.merge;
      return merge?.sha === sha ? merge : plain.commit(sha);
    },
    tree: async (sha) => {
      await look();
      return plain.tree(sha);
    },
    history: async (ref, limit) => {
      const { shas = [], whole = false } = (await facts())?.history ?? {};
      const isTip = shas[0] === ref || (await facts())?.branches.get(ref) === shas[0];
      if (!isTip || shas.length === 0 || (shas.length < limit && !whole)) return plain.history(ref, limit);
      return shas.slice(0, limit);
    },
  };
}

/** What a reader reads within other reads, from the one question. */
const toKnown = (look: () => Promise<Look | null>): Pick<KnownFacts, 'account' | 'team' | 'branchHead'> => ({
  account: async (login) => (await look())?.accounts.get(login),
  team: async (team) => (await look())?.teams.get(team),
  branchHead: async (branch) => (await look())?.facts.branches.get(branch),
});

/** null: GitHub gave no answer that can be relied on. The guess is then forgotten, since it may be what was wrong. */
async function readLook(
  client: GitHubClient,
  name: RepositoryName,
  appId: number,
  memory: ReaderMemory,
  number: number,
): Promise<Look | null> {
  const guess = memory.guess.current();
  const { text, variables } = writeLookQuery(name, appId, number, guess);
  const data = await askOnce(client, text, variables);
  const answer = parseLookAnswer(data);
  if (answer === null || answer.repository.pullRequest.number !== number) {
    memory.guess.forgetPeople();
    return null;
  }
  const facts = toLookFacts(answer, guess.ledgerBranch, appId);
  for (const place of facts.places) memory.learnPlace(place);
  for (const [branch, sha] of facts.branches) memory.tips.see(branch, sha);
  if (facts.merge !== null) {
    if (isSettled(facts.merge)) memory.commits.put(facts.merge.sha, facts.merge);
    memory.learnMerge(facts.merge, answer.repository.pullRequest.headRefOid);
  }
  offerToWriter(memory, number, facts);
  return { facts, ...toPeople(data as Readonly<Record<string, unknown>>, guess) };
}

/** An error inside HTTP 200 is an error here as well: nothing is taken from an answer that has one. */
async function askOnce(client: GitHubClient, text: string, variables: object): Promise<unknown> {
  try {
    return await client.graphql<unknown>(text, { ...variables, request: { retries: 0 } });
  } catch {
    return null; // documented: every read is made again in the other way, which says what is wrong
  }
}

/** Whoever writes next need not read what was read a moment ago. */
function offerToWriter(
  memory: ReaderMemory,
  number: number,
  { pull, decision, marks, botComments }: LookFacts,
) {
  if (pull !== null && decision !== null) memory.fresh.putChecks(pull.head.sha, decisionName, decision);
  for (const [key, runs] of marks) memory.fresh.putMarks(key, runs);
  if (botComments !== null) memory.fresh.putComments(number, botComments);
}

function toPeople(
  data: Readonly<Record<string, unknown>>,
  guess: LookGuess,
): Pick<Look, 'accounts' | 'teams'> {
  return {
    accounts: new Map(
      guess.logins.flatMap((login, at) => {
        const user = parseUser(data[`user${at}`]);
        return user === null ? [] : [[login, toUser(user)] as const];
      }),
    ),
    teams: new Map(
      guess.teams.flatMap((team, at) => {
        const members = parseTeam(data[`team${at}`]);
        return members === null ? [] : [[team, members.map(toUser)] as const];
      }),
    ),
  };
}
