import type { GitHubReader, PullFacts } from '../../adapters/github/reader.ts';
import type { LedgerEvent } from '../../core/registry/ledger.ts';
import { orderOf } from './ledger-job.ts';
import type { LedgerWriter } from './ledger-writer.ts';

/** A merge that nobody told of for so long is found by the whole reconcile, and stands behind what was written since. */
const lookBackMs = 3_600_000;

/** What one process knows of the merges of one repository. */
interface MergeLine {
  /** Numbers that are looked at now: `MergeOrder` keeps them in order. */
  readonly looking: Map<number, number>;
  /** Numbers that were looked at to the end. */
  readonly done: Set<number>;
  /** Commits of the base before which nothing is left to look at: what is merged onto one of them needs no list. */
  readonly settled: Set<string>;
  /** The newest list of changed pull requests; it is asked for again for a merge that it does not show. */
  listed: readonly PullFacts[];
  /** The list on its way: merges that are looked at together ask once. */
  asking: Promise<readonly PullFacts[]> | null;
}

const lines = new WeakMap<LedgerWriter, MergeLine>();

export function lineOf(writer: LedgerWriter): MergeLine {
  const line = lines.get(writer) ?? {
    looking: new Map(),
    done: new Set(),
    settled: new Set(),
    listed: [],
    asking: null,
  };
  lines.set(writer, line);
  return line;
}

/** Says that a merge is looked at, so that no later one looks at it as well. */
export async function inLine<Result>(
  { looking, done }: MergeLine,
  number: number,
  look: () => Promise<Result>,
): Promise<Result> {
  looking.set(number, (looking.get(number) ?? 0) + 1);
  try {
    const result = await look();
    done.add(number);
    return result;
  } finally {
    const left = (looking.get(number) ?? 1) - 1;
    if (left > 0) looking.set(number, left);
    else looking.delete(number);
  }
}

/**
 * Merges of the last hour before this one that may still have to be written, oldest first: a delivery that was lost or is
 * late must not change in which order the ledger says what happened.
 * @param events of the ledger: what is written there is done
 */
export async function listEarlier(
  line: MergeLine,
  reader: Pick<GitHubReader, 'pulls'>,
  pull: PullFacts,
  events: readonly LedgerEvent[],
): Promise<readonly number[]> {
  const { mergedAt } = pull;
  if (mergedAt === null) return [];
  const since = new Date(Date.parse(mergedAt) - lookBackMs).toISOString();
  const ask = () => reader.pulls({ state: 'all', updatedSince: since });
  const listed = await listAround(line, pull, ask);
  const written = new Set(events.map(({ source }) => source.mergeSha));
  return listed
    .filter(
      (each) =>
        each.mergedAt !== null &&
        each.mergedAt >= since &&
        orderOf(each) < orderOf(pull) &&
        !line.done.has(each.number) &&
        !line.looking.has(each.number) &&
        !written.has(each.mergeCommit ?? ''),
    )
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
    .map(({ number }) => number);
}

/** A list that shows this merge shows those before it. */
async function listAround(
  line: MergeLine,
  pull: PullFacts,
  ask: () => Promise<readonly PullFacts[]>,
): Promise<readonly PullFacts[]> {
  const shows = (listed: readonly PullFacts[]) =>
    listed.some(({ number, merged }) => merged && number === pull.number);
  if (shows(line.listed)) return line.listed;
  const shared = line.asking;
  if (shared !== null && shows(await shared)) return shared;
  const asked = ask();
  line.asking = asked;
  try {
    line.listed = await asked;
    return line.listed;
  } finally {
    if (line.asking === asked) line.asking = null;
  }
}
