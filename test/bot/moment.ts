import type { Repository } from '../../sandbox/hub/world.ts';
import { type BotBench, fullName } from './bench.ts';

type Kept = Map<number, object>;

/** A copy that shares people and apps, and no list. */
const copy = <T extends object>(value: T): T =>
  Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, Array.isArray(each) ? [...each] : each]),
  ) as T;

const mapsOf = ({ checkRuns, comments, issues, pulls }: Repository): readonly Kept[] =>
  [checkRuns, comments, issues, pulls] as unknown as readonly Kept[];

const listsOf = ({ activity, events }: Repository): readonly unknown[][] => [activity, events];

/**
 * Remembers what GitHub holds of the repository at this moment.
 * @returns a function that takes it back to that: refs, checks, comments, pull requests and their stories
 */
export async function rememberMoment(bench: BotBench): Promise<() => Promise<void>> {
  const repository = bench.hub.repository(fullName);
  const git = bench.hub.git(repository);
  const refs = new Map((await git.refs('refs/heads')).map(({ ref, sha }) => [ref, sha]));
  const { nextNumber } = repository;
  const lists = listsOf(repository).map((list) => ({ list, values: [...list] }));
  const maps = mapsOf(repository).map((map) => ({
    map,
    entries: [...map].map(([key, value]) => [key, copy(value)] as const),
  }));
  return async () => {
    const now = new Map((await git.refs('refs/heads')).map(({ ref, sha }) => [ref, sha]));
    for (const ref of now.keys()) if (!refs.has(ref)) await git.run(['update-ref', '-d', ref]);
    for (const [ref, sha] of refs) if (now.get(ref) !== sha) await git.run(['update-ref', ref, sha]);
    repository.nextNumber = nextNumber;
    for (const { list, values } of lists) list.splice(0, list.length, ...values);
    for (const { map, entries } of maps) {
      map.clear();
      for (const [key, value] of entries) map.set(key, copy(value));
    }
  };
}
