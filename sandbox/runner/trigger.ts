import { matchesPatterns } from './glob.ts';
import { listOf, type Mapping } from './workflow.ts';

/** What happened, as the filters of a workflow see it. */
export interface Happening {
  readonly event: string;
  readonly action: string | undefined;
  /** push: the ref pushed; pull_request: `refs/heads/<base branch>`. */
  readonly ref: string;
  /** Read only when a workflow has a `paths` filter. */
  readonly changedPaths: () => Promise<readonly string[]>;
}

const DEFAULT_TYPES: ReadonlyMap<string, readonly string[]> = new Map([
  ['pull_request', ['opened', 'synchronize', 'reopened']],
]);

/** Whether a workflow's `on` asks for this event. */
export async function isTriggered(
  on: Readonly<Record<string, Mapping>>,
  happening: Happening,
): Promise<boolean> {
  const filters = Object.hasOwn(on, happening.event) ? on[happening.event] : undefined;
  if (filters === undefined) return false;
  const types = filters.types === undefined ? DEFAULT_TYPES.get(happening.event) : listOf(filters.types);
  if (types !== undefined && !types.includes(happening.action ?? '')) return false;
  return matchesRef(filters, happening) && (await matchesPaths(filters, happening));
}

function matchesRef(filters: Mapping, { event, ref }: Happening): boolean {
  const isTag = ref.startsWith('refs/tags/');
  const name = ref.replace(/^refs\/(?:heads|tags)\//, '');
  const [only, ignore] = isTag ? ['tags', 'tags-ignore'] : ['branches', 'branches-ignore'];
  const other = isTag ? ['branches', 'branches-ignore'] : ['tags', 'tags-ignore'];
  if (filters[only] !== undefined) return matchesPatterns(name, listOf(filters[only]));
  if (filters[ignore] !== undefined) return !matchesPatterns(name, listOf(filters[ignore]));
  // A push filter for branches alone leaves tags out, and the other way round.
  return event !== 'push' || other.every((key) => filters[key] === undefined);
}

async function matchesPaths(filters: Mapping, { changedPaths }: Happening): Promise<boolean> {
  const [only, ignore] = [filters.paths, filters['paths-ignore']];
  if (only === undefined && ignore === undefined) return true;
  const paths = await changedPaths();
  if (only !== undefined) return paths.some((path) => matchesPatterns(path, listOf(only)));
  return paths.some((path) => !matchesPatterns(path, listOf(ignore)));
}
