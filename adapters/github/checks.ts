import { withoutProgress } from '../../core/report/progress-overlay.ts';
import { batchesOf, missingOn, shownOf } from './check-annotations.ts';
import { type CheckRunAnswer, readCheckRuns, toCheckRun } from './check-runs.ts';
import type { AppIdentity, GitHubClient, RepositoryName } from './client.ts';
import { makeOnce, writeGitHub } from './failure.ts';
import type { FreshFacts } from './fresh-facts.ts';
import { toId } from './id.ts';
import { markKey } from './look-facts.ts';
import type { CheckMark, CheckRunFacts } from './reader.ts';
import type { CheckAnnotation, CheckContent, CheckOutput, CompletedCheck, WriteOutcome } from './writer.ts';

/** GitHub takes 65,535 characters of summary and of text. */
const maxText = 65_000;
/** Prefix of the external id of an anchor, which shares the name `gatehouse` and is never touched. */
export const anchorPrefix = 'anchor:';
/** The same for the mark on a merge commit that ends a merge which promoted nothing. */
export const finalPrefix = 'not-promoted:';
/** The same for the marks that something went past the gate, and that this is over. */
export const incidentPrefix = 'incident-';

/** True for a check that is left once and never updated, beside the decision's own. */
export const isFixed = (externalId: string): boolean =>
  [anchorPrefix, finalPrefix, incidentPrefix].some((prefix) => externalId.startsWith(prefix));

/**
 * Brings the decision's check of a commit to the given content, editing the newest one in place.
 * A completed check is not reopened, since GitHub does not document that it can be: a new one takes its place.
 */
export async function upsertCheck(
  client: GitHubClient,
  name: RepositoryName,
  identity: AppIdentity,
  check: CheckContent,
  fresh: FreshFacts,
): Promise<WriteOutcome> {
  const { headSha } = check;
  const read = async () =>
    fresh.withMadeChecks(
      headSha,
      check.name,
      await readCheckRuns(client, name, identity.appId, headSha, check.name),
    );
  const seen = fresh.checks(headSha, check.name);
  let runs = seen ?? (await read());
  let plan = planCheck(runs, check);
  // Another process may have made one since it was read.
  if (plan.kind === 'create' && seen !== undefined) {
    runs = await read();
    plan = planCheck(runs, check);
  }
  const hasEnded = await endOlder(client, name, runs);
  if (hasEnded) fresh.forgetChecks(headSha, check.name);
  if (plan.kind === 'unchanged') {
    if (seen === undefined && !hasEnded) fresh.putChecks(headSha, check.name, runs);
    return 'unchanged';
  }
  fresh.forgetChecks(headSha, check.name);
  if (plan.kind === 'create') {
    const made = await createCheck(client, name, identity, check);
    if (made !== null) fresh.addMadeCheck(made);
    if (made !== null) fresh.putChecks(headSha, check.name, [...runs, made]);
    return 'created';
  }
  const { current } = plan;
  const wanted = shownOf(check.output.annotations);
  const missing = current.annotations === 0 ? wanted : await missingOn(client, name, current.id, wanted);
  if (missing === null) return replaceCheck(client, name, identity, current, check, fresh);
  const now = await editCheck(client, name, current.id, check, missing);
  if (now?.id === current.id)
    fresh.putChecks(headSha, check.name, [...runs.filter(({ id }) => id !== now.id), now].sort(byId));
  return 'updated';
}

/** @param annotations those that it does not show yet @returns null: GitHub did not say all of what it wrote */
async function editCheck(
  client: GitHubClient,
  name: RepositoryName,
  runId: number,
  check: CheckContent,
  annotations: readonly CheckAnnotation[],
): Promise<CheckRunFacts | null> {
  let now: CheckRunFacts | null = null;
  for (const batch of batchesOf(annotations)) {
    const { data } = await writeGitHub(`update the check of ${check.headSha}`, () =>
      client.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
        ...name,
        check_run_id: runId,
        external_id: check.externalId,
        ...state(check),
        output: { ...toOutput(check.output), annotations: batch },
        actions: [...(check.buttons ?? [])],
      }),
    );
    now = parseWritten(data);
  }
  return now;
}

/** An annotation cannot be taken away: a new check takes the place of the one that shows what is mended. */
async function replaceCheck(
  client: GitHubClient,
  name: RepositoryName,
  identity: AppIdentity,
  old: CheckRunFacts,
  check: CheckContent,
  fresh: FreshFacts,
): Promise<WriteOutcome> {
  if (old.status !== 'completed') await endCheck(client, name, old);
  const made = await createCheck(client, name, identity, check);
  if (made !== null) fresh.addMadeCheck(made);
  return 'created';
}

/**
 * Two processes may have opened one each, while GitHub did not show the other's yet: the newest is the decision's, and
 * what is older waits for nothing.
 * @returns true: something was ended
 */
async function endOlder(
  client: GitHubClient,
  name: RepositoryName,
  runs: readonly CheckRunFacts[],
): Promise<boolean> {
  const older = runs.filter(({ externalId }) => !isFixed(externalId)).slice(0, -1);
  const open = older.filter(({ status }) => status !== 'completed');
  for (const run of open) await endCheck(client, name, run);
  return open.length > 0;
}

async function endCheck(
  client: GitHubClient,
  name: RepositoryName,
  { id, headSha }: CheckRunFacts,
): Promise<void> {
  await writeGitHub(`end the check of ${headSha}`, () =>
    client.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      ...name,
      check_run_id: id,
      status: 'completed',
      conclusion: 'cancelled',
    }),
  );
}

const byId = (a: CheckRunFacts, b: CheckRunFacts): number => a.id - b.id;

type CheckPlan =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'create' }
  | { readonly kind: 'update'; readonly current: CheckRunFacts };

function planCheck(runs: readonly CheckRunFacts[], check: CheckContent): CheckPlan {
  const current = runs.filter((run) => !isFixed(run.externalId)).at(-1);
  // GitHub looks at the newest run of a name: an anchor left later must not stand for the decision.
  const hidden = runs.at(-1) !== current;
  if (current !== undefined && !hidden && isSame(current, check)) return { kind: 'unchanged' };
  const reopened = current?.status === 'completed' && !('conclusion' in check);
  return current === undefined || hidden || reopened ? { kind: 'create' } : { kind: 'update', current };
}

/** For checks that say what was there at one moment: evidence and anchors. */
export async function createFixedCheck(
  client: GitHubClient,
  name: RepositoryName,
  identity: AppIdentity,
  check: CompletedCheck,
  fresh: FreshFacts,
): Promise<WriteOutcome> {
  const { headSha, externalId } = check;
  const isThere = (runs: readonly CheckMark[]) =>
    runs.some((run) => run.externalId === externalId && run.status === 'completed');
  const key = markKey(headSha, check.name);
  let marks = fresh.checks(headSha, check.name) ?? fresh.marks(key);
  if (marks !== undefined && isThere(marks)) return 'unchanged';
  // A second anchor of the same ledger says the same; of other checks there is one, whoever made it since.
  if (marks === undefined || !externalId.startsWith(anchorPrefix)) {
    const runs = await readCheckRuns(client, name, identity.appId, headSha, check.name);
    marks = fresh.withMadeChecks(headSha, check.name, runs);
    if (isThere(marks)) return 'unchanged';
  }
  fresh.forgetChecks(headSha, check.name);
  const made = await createCheck(client, name, identity, check);
  if (made !== null) fresh.addMadeCheck(made);
  if (made !== null) fresh.putMarks(key, [...marks, made]);
  return 'created';
}

async function createCheck(
  client: GitHubClient,
  name: RepositoryName,
  { appId }: AppIdentity,
  check: CheckContent,
): Promise<CheckRunFacts | null> {
  const [first = [], ...more] = batchesOf(shownOf(check.output.annotations));
  const post = async () => {
    const { data } = await client.request('POST /repos/{owner}/{repo}/check-runs', {
      ...name,
      name: check.name,
      head_sha: check.headSha,
      external_id: check.externalId,
      ...state(check),
      output: { ...toOutput(check.output), annotations: first },
      actions: [...(check.buttons ?? [])],
      request: { retries: 0 },
    });
    return { id: toId(data.id), made: parseWritten(data) };
  };
  const find = async () => {
    const runs = await readCheckRuns(client, name, appId, check.headSha, check.name);
    const made = runs.findLast((run) => isMade(run, check));
    return made === undefined ? null : { id: made.id, made };
  };
  const { id, made } = await makeOnce(`create the check of ${check.headSha}`, post, find);
  if (more.length === 0) return made;
  return editCheck(client, name, id, check, shownOf(check.output.annotations).slice(first.length));
}

const isMade = (run: CheckRunFacts, check: CheckContent): boolean =>
  run.externalId === check.externalId && run.status === state(check).status;

/** What GitHub says it wrote; null: it does not say all of it, so it is read before the next write. */
function parseWritten(data: Partial<CheckRunAnswer> | undefined): CheckRunFacts | null {
  const { id, name, head_sha, status, output } = data ?? {};
  if (!id || !name || !head_sha || !status || !output) return null;
  return toCheckRun({
    ...{ conclusion: null, external_id: null, started_at: null, completed_at: null },
    ...{ ...data, id, name, head_sha, status, output },
  });
}

function state(check: CheckContent) {
  return 'conclusion' in check
    ? { status: 'completed' as const, conclusion: check.conclusion }
    : { status: check.status };
}

/** A check that GitHub refuses for its length would leave an older one standing, which may be a success. */
const short = (text: string): string =>
  text.length <= maxText ? text : `${text.slice(0, maxText).toWellFormed()}…`;

function isSame(found: CheckRunFacts, check: CheckContent): boolean {
  const wanted = state(check);
  const current = 'keepsProgress' in check && check.keepsProgress ? asDecided(found, check) : found;
  return (
    current.status === wanted.status &&
    (current.conclusion ?? undefined) === ('conclusion' in wanted ? wanted.conclusion : undefined) &&
    current.externalId === check.externalId &&
    current.title === check.output.title &&
    current.summary === short(check.output.summary) &&
    current.text === short(check.output.text) &&
    current.annotations === shownOf(check.output.annotations).length
  );
}

/** The check as the decision left it, below what a training's progress put above it. */
function asDecided(current: CheckRunFacts, { output }: CheckContent): CheckRunFacts {
  const summary = withoutProgress(current.summary);
  return summary === current.summary ? current : { ...current, summary, title: output.title };
}

function toOutput(output: CheckOutput) {
  return {
    title: output.title,
    summary: short(output.summary),
    text: short(output.text),
  };
}
