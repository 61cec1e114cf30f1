import { checkName } from '../adapters/github/anchors.ts';
import type { GitHubReader, PullFacts } from '../adapters/github/reader.ts';
import { linesOf } from '../core/audit/history.ts';
import { modelOfStages, namesIn, stagesPath } from '../core/config/layout.ts';
import { parseStages } from '../core/config/stages-file.ts';
import { InputError } from '../core/error/error.ts';
import { alignedStages, differencesToLedger, type StageDifference } from '../core/registry/alignment.ts';
import { isIncidentEvent } from '../core/registry/incident.ts';
import type { ModelState } from '../core/registry/ledger.ts';
import { emptyState, streamOf } from '../core/registry/stream.ts';
import { isByItself } from '../core/registry/trigger.ts';
import { renderMarkdown } from '../core/report/markdown.ts';
import { bringPull, closePull } from './align-pull.ts';
import { type BotDeps, openSources } from './deps.ts';
import { readDefaultPolicy } from './gather/governance.ts';
import { toText } from './gather/text.ts';
import { placeOf } from './gather.ts';
import { finalId } from './incident/marks.ts';
import type { ProvenLedger } from './ledger/ledger-book.ts';
import { leaveAnchor } from './record/anchor.ts';
import { rollBackOnTriggers } from './rollback/triggers.ts';
import { writeStages } from './stages-text.ts';

/** Merges of the last moments, which may not have been recorded yet. */
const recentMerges = 10;
/** Commits after which the anchor is left again on the tip. */
const farBehind = 20;
const renewedAfterMs = 7 * 86_400_000;

/**
 * While a stages.yml on the default branch and the ledger differ, keeps one pull request open that brings the file in
 * line; closes it when they agree (GATE.md rule 1). It moves nothing: its result is what the ledger says. Before that an
 * endpoint whose trigger was seen returns by itself.
 */
export async function align(deps: BotDeps): Promise<void> {
  const sources = openSources(deps);
  const { reader, identity, book } = sources;
  const repository = await reader.repository();
  const base = repository.defaultBranch;
  const tip = await reader.branchHead(base);
  const policy = await readDefaultPolicy(reader, repository);
  if (policy === null || tip === null) return;
  const ledger = await book.read(reader, identity, placeOf(policy.ledger.branch, base));
  await renewAnchor(deps, ledger, tip);
  const scene = { sources, policy, repositoryId: repository.id, defaultBranch: base, tip, ledger };
  // What serves is another version then: the file is held against the ledger as it is after that.
  if (await rollBackOnTriggers(deps, scene)) return align(deps);
  if (await isUnsettled(reader, ledger, base)) return;
  const tree = await reader.tree(tip);
  for (const model of namesIn(tree, modelOfStages))
    await alignModel(deps, reader, { base, tip, model, ledger });
}

/**
 * An anchor that is far behind the tip is hard to find, and checks are kept for a limited time only: weekly, and whenever
 * the tip has gone far, it is left again on the tip (GATE.md rule 21).
 */
async function renewAnchor(deps: BotDeps, ledger: ProvenLedger, tip: string): Promise<void> {
  const { size } = ledger.snapshot.head;
  const near = ledger.anchors.some(
    (anchor) =>
      anchor.size === size && anchor.distance <= farBehind && isFresh(anchor.completedAt, deps.now()),
  );
  if (size > 0 && !near) await leaveAnchor(deps, ledger, tip);
}

/** A time that cannot be read is old. */
function isFresh(completedAt: string, now: string): boolean {
  const ageMs = Date.parse(now) - Date.parse(completedAt);
  return Number.isFinite(ageMs) && ageMs < renewedAfterMs;
}

interface Place {
  readonly base: string;
  readonly tip: string;
  readonly model: string;
  readonly ledger: ProvenLedger;
}

async function alignModel(deps: BotDeps, reader: GitHubReader, place: Place): Promise<void> {
  const { base, tip, model, ledger } = place;
  const path = stagesPath(model);
  const bytes = await reader.file(path, tip);
  const text = bytes === null ? null : toText(bytes);
  const desired = text === null ? null : parseOrNull(text, path);
  // What cannot be read cannot be aligned: the pull request that mends it is judged as any other.
  if (text === null || desired === null) return;
  const state = ledger.snapshot.states.get(model) ?? emptyState(model);
  const differences = differencesToLedger(desired, state);
  const branch = `gatehouse/align-${model.replaceAll('/', '--')}`;
  if (differences.length === 0) return closePull(deps, reader, branch);
  await bringPull(deps, reader, {
    branch,
    base,
    tip,
    path,
    content: writeStages(text, alignedStages(desired, state)),
    title: `Align ${path} with the ledger`,
    body: explain(path, differences, returnsOf(ledger, state)),
  });
}

function parseOrNull(text: string, path: string) {
  try {
    return parseStages(text, path);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

/** True while a merge that changed a stages.yml is neither in the ledger nor decided: its wish still stands. */
async function isUnsettled(reader: GitHubReader, ledger: ProvenLedger, base: string): Promise<boolean> {
  const recent = await reader.pulls({ state: 'closed', base, limit: recentMerges });
  // What no merge asked for names the tip of that moment, which may be a merge that nobody has recorded yet.
  const merges = ledger.events.filter(
    ({ data }) => data.type !== 'HeldOutUsed' && !isIncidentEvent(data) && !isByItself(data),
  );
  const recorded = new Set(merges.map(({ source }) => source.mergeSha));
  for (const pull of recent) {
    if (pull.mergeCommit === null || recorded.has(pull.mergeCommit)) continue;
    if ((await changesStages(reader, pull.mergeCommit)) && !(await isDecided(reader, pull))) return true;
  }
  return false;
}

async function changesStages(reader: GitHubReader, merge: string): Promise<boolean> {
  const [parent] = (await reader.commit(merge)).parents;
  if (parent === undefined) return false;
  const [before, after] = [await reader.tree(parent), await reader.tree(merge)];
  return [...after.values()].some(
    ({ path, blob }) => modelOfStages(path) !== null && before.get(path)?.blob !== blob,
  );
}

/** Decided as "nothing", by a completed check on its head, or as "not promoted", by the mark on its merge. */
async function isDecided(reader: GitHubReader, { number, mergeCommit, head }: PullFacts): Promise<boolean> {
  const marks = mergeCommit === null ? [] : await reader.checkRuns(mergeCommit, checkName);
  if (marks.some(({ externalId }) => externalId === finalId(number))) return true;
  const checks = await reader.checkRuns(head.sha, checkName);
  const last = checks.at(-1);
  return last?.status === 'completed' && last.externalId === 'no subject';
}

/** Endpoints that stand where a trigger put them: what it saw, in words. */
function returnsOf({ events }: ProvenLedger, { model, endpoints }: ModelState): readonly string[] {
  const serving = new Set([...endpoints.values()].map(({ by }) => by.seq));
  const own = events.filter(
    ({ stream, seq, data }) => stream === streamOf(model) && serving.has(seq) && isByItself(data),
  );
  return linesOf(own).map(
    ({ version, endpoint, because }) => `${endpoint} returned to v${version}, which ${because}.`,
  );
}

function explain(path: string, differences: readonly StageDifference[], returns: readonly string[]): string {
  const lines = differences.map(({ version, endpoint, desired, ledger }) => {
    const at = endpoint === null ? '' : ` at ${endpoint}`;
    return `- v${version}${at}: the file says ${desired ?? 'nothing'}, the ledger says ${ledger ?? 'unknown version'}`;
  });
  return [
    `\`${path}\` asks for something that the ledger does not hold. The ledger is what serves; this pull request makes the file say the same. Merging it moves nothing.`,
    '',
    ...lines,
    // A trigger has names that people chose.
    ...(returns.length === 0
      ? []
      : ['', renderMarkdown([{ kind: 'list', items: returns.map((text) => [text]) }])]),
    '',
    'To have what the file asked for, open a new pull request after this one, so that it is judged and approved.',
  ].join('\n');
}
