import { readFileSync } from 'node:fs';
import { notFound } from '../hub/hub-error.ts';
import type { Answer, Call } from '../hub/interface.ts';
import { answerPage } from './page.ts';
import { renderJob, renderRun } from './render-run.ts';
import { workflowOf } from './routes-workflow.ts';
import type { Run, RunJob, WorkflowFile } from './run.ts';
import type { ActionsService } from './service.ts';
import { packZip } from './zip.ts';

const READ = { scope: 'actions', level: 'read' } as const;
const WRITE = { scope: 'actions', level: 'write' } as const;
const BASE = '/repos/:owner/:repo/actions';

/** Mounts runs, attempts, jobs, logs, and what moves them: rerun, cancel, approve. */
export function mountRunRoutes(service: ActionsService): void {
  const { hub } = service;
  const { routes } = hub;
  routes.add('GET', `${BASE}/runs`, (call) => listRuns(service, call, null), READ);
  routes.add(
    'GET',
    `${BASE}/workflows/:workflow/runs`,
    async (call) => listRuns(service, call, await workflowOf(service, call)),
    READ,
  );
  routes.add(
    'GET',
    `${BASE}/runs/:run`,
    async (call) => ok(await renderRun(hub, runOf(service, call))),
    READ,
  );
  routes.add('GET', `${BASE}/runs/:run/attempts/:attempt`, (call) => showAttempt(service, call), READ);
  routes.add(
    'GET',
    `${BASE}/runs/:run/jobs`,
    (call) => listJobs(service, call, call.query.get('filter') ?? 'latest'),
    READ,
  );
  routes.add(
    'GET',
    `${BASE}/runs/:run/attempts/:attempt/jobs`,
    (call) => listJobs(service, call, call.params.attempt ?? ''),
    READ,
  );
  routes.add('GET', `${BASE}/jobs/:job`, (call) => ok(renderJob(hub, jobOf(service, call))), READ);
  routes.add('GET', `${BASE}/jobs/:job/logs`, (call) => linkJobLog(service, jobOf(service, call)), READ);
  routes.add('GET', `${BASE}/runs/:run/logs`, (call) => linkRunLogs(service, runOf(service, call)), READ);
  mountRunMoves(service);
}

function mountRunMoves(service: ActionsService): void {
  const { hub, hooks } = service;
  const { routes } = hub;
  const sender = (call: Call) =>
    'account' in call.caller ? call.caller.account : hub.account('github-actions[bot]');
  routes.add(
    'POST',
    `${BASE}/runs/:run/rerun`,
    (call) => {
      hooks.rerun(runOf(service, call), false, sender(call));
      return { status: 201, body: {} };
    },
    WRITE,
  );
  routes.add(
    'POST',
    `${BASE}/runs/:run/rerun-failed-jobs`,
    (call) => {
      hooks.rerun(runOf(service, call), true, sender(call));
      return { status: 201, body: {} };
    },
    WRITE,
  );
  routes.add(
    'POST',
    `${BASE}/runs/:run/approve`,
    (call) => {
      hooks.approve(runOf(service, call), sender(call));
      return { status: 201, body: {} };
    },
    WRITE,
  );
  routes.add(
    'POST',
    `${BASE}/runs/:run/cancel`,
    (call) => {
      hooks.cancel(runOf(service, call));
      return { status: 202, body: {} };
    },
    WRITE,
  );
}

/** The run of a path. @throws HubError 404 when it is another repository's. */
export function runOf(service: ActionsService, call: Call): Run {
  const run = service.runs.get(Number(call.params.run));
  if (run === undefined || run.repository.id !== call.repository().id) throw notFound();
  return run;
}

function jobOf(service: ActionsService, call: Call): RunJob {
  const job = service.jobs.get(Number(call.params.job));
  if (job === undefined || job.run.repository.id !== call.repository().id) throw notFound();
  return job;
}

/** @param workflow null: runs of every workflow */
function listRuns(service: ActionsService, call: Call, workflow: WorkflowFile | null): Promise<Answer> {
  const repository = call.repository();
  const wanted = (name: string) => call.query.get(name);
  const [sha, event, status] = [wanted('head_sha'), wanted('event'), wanted('status')];
  const [branch, actor] = [wanted('branch'), wanted('actor')];
  const from = /^>=(\d{4}-\d{2}-\d{2})$/.exec(wanted('created') ?? '')?.[1];
  const runs = [...service.runs.values()].filter(
    (run) =>
      run.repository.id === repository.id &&
      (workflow === null || run.workflow.id === workflow.id) &&
      (sha === null || run.headSha === sha) &&
      (event === null || run.event === event) &&
      (status === null || run.status === status || run.conclusion === status) &&
      (from === undefined || run.createdAt.slice(0, 10) >= from) &&
      (branch === null || run.headBranch === branch) &&
      (actor === null || run.actor.login === actor),
  );
  const isShort = call.query.get('exclude_pull_requests') === 'true';
  return answerPage(call, 'workflow_runs', runs.toReversed(), async (run) => ({
    ...(await renderRun(service.hub, run)),
    ...(isShort ? { pull_requests: [] } : {}),
  }));
}

async function showAttempt(service: ActionsService, call: Call): Promise<Answer> {
  const run = runOf(service, call);
  const number = Number(call.params.attempt);
  const attempt = number === run.attempt ? run : run.earlier.get(number);
  if (attempt === undefined) throw notFound();
  return ok(await renderRun(service.hub, run, attempt));
}

function listJobs(service: ActionsService, call: Call, attempt: string): Promise<Answer> {
  const run = runOf(service, call);
  const number = attempt === 'latest' ? run.attempt : Number(attempt);
  const jobs = [...service.jobs.values()].filter(
    (job) => job.run.id === run.id && (attempt === 'all' || job.attempt === number),
  );
  return answerPage(call, 'jobs', jobs, (job) => renderJob(service.hub, job));
}

function linkJobLog(service: ActionsService, job: RunJob): Answer {
  const { logFile } = job;
  if (logFile === undefined) throw notFound();
  return redirect(service, () => readFileSync(logFile), 'text/plain; charset=utf-8');
}

function linkRunLogs(service: ActionsService, run: Run): Answer {
  const jobs = [...service.jobs.values()].filter(
    (job) => job.run.id === run.id && job.attempt === run.attempt,
  );
  const entries = () =>
    jobs.flatMap((job, index) =>
      job.logFile === undefined
        ? []
        : [{ name: `${index}_${job.name.replaceAll('/', '_')}.txt`, bytes: readFileSync(job.logFile) }],
    );
  return redirect(service, () => packZip(entries()), 'application/zip');
}

/** 302 to a link without authentication that holds for a minute. */
export function redirect(
  service: ActionsService,
  read: () => Uint8Array | Promise<Uint8Array>,
  type: string,
): Answer {
  const location = `${service.hub.url}/_services/blobs/${service.links.issue(read, type)}`;
  return { status: 302, headers: { location } };
}

function ok(body: unknown): Answer {
  return { status: 200, body };
}
