import { withoutProgress } from '../../core/report/progress-overlay.ts';
import { readCheckRuns } from './check-runs.ts';
import type { AppIdentity, GitHubClient, RepositoryName } from './client.ts';
import { writeGitHub } from './failure.ts';
import type { CheckRunFacts } from './reader.ts';
import type { CheckContent, CheckOutput, CompletedCheck, WriteOutcome } from './writer.ts';

/** GitHub takes 50 annotations a request. */
const maxAnnotations = 50;
/** GitHub takes 65,535 characters of summary and of text. */
const maxText = 65_000;
/** Prefix of the external id of an anchor, which shares the name `gatehouse` and is never touched. */
export const anchorPrefix = 'anchor:';
/** The same for the mark on a merge commit that ends a merge which promoted nothing. */
export const finalPrefix = 'not-promoted:';

/** True for a check that is left once and never updated, beside the decision's own. */
export const isFixed = (externalId: string): boolean =>
  externalId.startsWith(anchorPrefix) || externalId.startsWith(finalPrefix);

/**
 * Brings the decision's check of a commit to the given content, editing the newest one in place.
 * A completed check is not reopened, since GitHub does not document that it can be: a new one takes its place.
 */
export async function upsertCheck(
  client: GitHubClient,
  name: RepositoryName,
  identity: AppIdentity,
  check: CheckContent,
): Promise<WriteOutcome> {
  const runs = await readCheckRuns(client, name, identity.appId, check.headSha, check.name);
  const current = runs.filter((run) => !isFixed(run.externalId)).at(-1);
  // GitHub looks at the newest run of a name: an anchor left later must not stand for the decision.
  const hidden = runs.at(-1) !== current;
  if (current !== undefined && !hidden && isSame(current, check)) return 'unchanged';
  const reopened = current?.status === 'completed' && !('conclusion' in check);
  if (current === undefined || hidden || reopened) {
    await createCheck(client, name, check);
    return 'created';
  }
  await writeGitHub(`update the check of ${check.headSha}`, () =>
    client.request('PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}', {
      ...name,
      check_run_id: current.id,
      external_id: check.externalId,
      ...state(check),
      output: toOutput(check.output),
    }),
  );
  return 'updated';
}

/** For checks that say what was there at one moment: evidence and anchors. */
export async function createFixedCheck(
  client: GitHubClient,
  name: RepositoryName,
  identity: AppIdentity,
  check: CompletedCheck,
): Promise<WriteOutcome> {
  const runs = await readCheckRuns(client, name, identity.appId, check.headSha, check.name);
  if (runs.some((run) => run.externalId === check.externalId && run.status === 'completed'))
    return 'unchanged';
  await createCheck(client, name, check);
  return 'created';
}

async function createCheck(client: GitHubClient, name: RepositoryName, check: CheckContent): Promise<void> {
  await writeGitHub(`create the check of ${check.headSha}`, () =>
    client.request('POST /repos/{owner}/{repo}/check-runs', {
      ...name,
      name: check.name,
      head_sha: check.headSha,
      external_id: check.externalId,
      ...state(check),
      output: toOutput(check.output),
      request: { retries: 0 },
    }),
  );
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
    current.text === short(check.output.text)
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
    annotations: output.annotations.slice(0, maxAnnotations).map((annotation) => ({
      path: annotation.path,
      start_line: annotation.startLine,
      end_line: annotation.endLine,
      annotation_level: annotation.level,
      title: annotation.title,
      message: annotation.message,
    })),
  };
}
