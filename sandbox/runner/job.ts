import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JobAnnotation, JobStep } from '../actions-service/run.ts';
import { findAction } from './action-file.ts';
import { interpolate, resolveValue } from './expression.ts';
import { JobSession } from './job-session.ts';
import type { JobOutcome, JobTask, Result, RunnerDeps } from './job-task.ts';
import { type Permissions, toTokenScopes } from './permission.ts';
import { type Frame, narrowScope, stepScope } from './scope.ts';
import { runPre, runStep, titleOf } from './step.ts';
import type { Mapping } from './workflow.ts';

const MINUTE_MS = 60_000;
const DEFAULT_MINUTES = 360;

/** A job under way: its end, and how to stop it. */
export interface RunningJob {
  readonly outcome: Promise<JobOutcome>;
  cancel(): void;
  /** The machine is gone in the middle of it. */
  lose(): void;
}

/** What GitHub's service says of a job whose runner is not heard of any more. */
const LOST =
  'lost communication with the server. Verify the machine is running and has a healthy network connection. Anything in your workflow that terminates the runner process, starves it for CPU/Memory, or blocks its network access can cause this error.';

/** Starts a job on its runner. The promise never rejects: what goes wrong is the job's failure. */
export function startJob(task: JobTask, deps: RunnerDeps): RunningJob {
  const session = openSession(task, deps);
  return {
    outcome: runSession(session),
    cancel: () => session.interrupt('cancel'),
    lose: () => session.lose(),
  };
}

function openSession(task: JobTask, deps: RunnerDeps): JobSession {
  const { hub } = deps.service;
  const { run } = task.plan;
  const token = hub.issueToken({
    kind: 'job',
    repositoryId: run.repository.id,
    permissions: toTokenScopes(task.permissions),
    fork: task.plan.restricted,
  });
  const identity =
    task.permissions['id-token'] === 'write' ? deps.service.grantIdentity(identityOf(task)) : undefined;
  const session = new JobSession(task, deps, token, identity);
  const tokens = [token, identity?.requestToken ?? '', session.runtime.token];
  for (const secret of [...tokens, ...Object.values(task.secrets)]) session.log.mask(secret);
  writeFileSync(join(session.temp, '_github_event.json'), JSON.stringify(task.plan.github.event));
  task.record.logFile = session.log.file;
  return session;
}

function identityOf(task: JobTask) {
  const { plan, record, source } = task;
  return {
    run: plan.run,
    jobId: record.id,
    jobWorkflowRef: `${source.repository.fullName}/${source.path}@${source.ref}`,
    jobWorkflowSha: source.sha,
    workflowName: plan.run.workflow.name,
    headRef: String(plan.github.head_ref ?? ''),
    baseRef: String(plan.github.base_ref ?? ''),
    environment: task.environment,
    runnerEnvironment: task.runner.environment,
  };
}

async function runSession(session: JobSession): Promise<JobOutcome> {
  const { task, log } = session;
  const frame: Frame = {
    ...{ steps: new Map(), inputs: task.inputs, github: {}, env: {}, secrets: true, failed: false },
  };
  let timer: NodeJS.Timeout | undefined;
  let outputs: Record<string, string> = {};
  try {
    writeHeader(session);
    session.env = evaluateJobEnv(session, frame);
    timer = setTimeout(() => session.interrupt('timeout'), limitOf(session, frame));
    await resolveActions(session);
    await runPres(session, frame);
    await runSteps(session, frame);
    if (frame.failed) session.status = 'failure';
    await runPosts(session);
    if (session.cancelled === 'timeout') log.fail('The job has exceeded its maximum execution time.');
    outputs = collectOutputs(session, frame);
  } catch (error) {
    session.status = 'failure';
    log.fail(error instanceof Error ? error.message : String(error));
  } finally {
    clearTimeout(timer);
    task.record.annotations = session.lost ? [lostNote(task)] : log.annotations;
    if (session.summaries.length > 0)
      writeFileSync(log.file.replace(/\.txt$/, '.summary.md'), session.summaries.join('\n'));
    session.cleanUp();
  }
  if (session.lost) return { result: 'failure', outputs: {} };
  return { result: session.cancelled === undefined ? session.status : 'cancelled', outputs };
}

const lostNote = ({ runner }: JobTask): JobAnnotation => ({
  ...{ level: 'failure', path: '.github', line: 1, title: '' },
  message: `The self-hosted runner: ${runner.name} ${LOST}`,
});

// GitHub downloads every action before the first step: one that is missing stops the job at once.
async function resolveActions(session: JobSession): Promise<void> {
  for (const step of session.task.job.steps) {
    if (step.uses !== undefined && !step.uses.startsWith('./')) await findAction(session, step.uses);
  }
}

async function runPres(session: JobSession, frame: Frame): Promise<void> {
  for (const step of session.task.job.steps) {
    const result = await runPre(session, frame, step);
    if (result === 'failure') session.status = 'failure';
  }
}

async function runSteps(session: JobSession, frame: Frame): Promise<void> {
  for (const step of session.task.job.steps) {
    if (session.lost) return;
    const record = openRecord(session, titleOf(session, frame, step));
    const result = await runStep(session, frame, step);
    // Nobody told the end of this step: it stays as it was seen last.
    if (session.lost) return;
    closeRecord(session, record, result);
    if (result === 'failure') session.status = 'failure';
  }
}

async function runPosts(session: JobSession): Promise<void> {
  for (const post of session.posts.toReversed()) {
    if (session.lost) return;
    const record = openRecord(session, post.name);
    const result = await post.run();
    closeRecord(session, record, result);
    if (result === 'failure') session.status = 'failure';
  }
}

function openRecord(session: JobSession, name: string): JobStep {
  const { steps } = session.task.record;
  const now = session.deps.service.hub.clock.now();
  const record: JobStep = {
    ...{ number: steps.length + 1, name: session.log.hide(name), startedAt: now, completedAt: null },
    ...{ status: 'in_progress', conclusion: null },
  };
  steps.push(record);
  return record;
}

function closeRecord(session: JobSession, record: JobStep, conclusion: Result): void {
  Object.assign(record, {
    status: 'completed',
    conclusion,
    completedAt: session.deps.service.hub.clock.now(),
  });
}

function writeHeader({ log, task }: JobSession): void {
  const { runner, source, permissions } = task;
  log.write(`Current runner: '${runner.name}' (${runner.environment}, ${runner.labels.join(', ')})`);
  log.write('##[group]GITHUB_TOKEN Permissions');
  for (const [scope, level] of grantedOf(permissions)) log.write(`${scope}: ${level}`);
  log.write('##[endgroup]');
  log.write(`Job defined at: ${source.repository.fullName}/${source.path}@${source.ref} (${source.sha})`);
}

function grantedOf(permissions: Permissions): [string, string][] {
  return Object.entries(permissions).filter(([, level]) => level !== 'none');
}

const UNKNOWN_TO_JOB = ['env', 'steps', 'job', 'runner'];
const UNKNOWN_TO_WORKFLOW = [...UNKNOWN_TO_JOB, 'needs', 'matrix', 'strategy'];

function evaluateJobEnv(session: JobSession, frame: Frame): Record<string, string> {
  const { workflow, job } = session.task;
  const evaluate = (values: Mapping, hidden: readonly string[]) => {
    const scope = narrowScope(session, frame, hidden);
    return Object.entries(values).map(([name, value]) => [name, interpolate(String(value ?? ''), scope)]);
  };
  const outer = evaluate(workflow.env, UNKNOWN_TO_WORKFLOW);
  return Object.fromEntries([...outer, ...evaluate(job.env, UNKNOWN_TO_JOB)]);
}

function limitOf(session: JobSession, frame: Frame): number {
  const minutes = Number(
    resolveValue(session.task.job.timeoutMinutes ?? DEFAULT_MINUTES, stepScope(session, frame)),
  );
  return (Number.isFinite(minutes) ? minutes : DEFAULT_MINUTES) * MINUTE_MS;
}

// A value that would show a secret is left out, as on GitHub: it would travel to other jobs unmasked.
function collectOutputs(session: JobSession, frame: Frame): Record<string, string> {
  const outputs: Record<string, string> = {};
  for (const [name, value] of Object.entries(session.task.job.outputs)) {
    const text = interpolate(String(value ?? ''), stepScope(session, frame));
    if (session.log.hide(text) === text) outputs[name] = text;
    else session.log.take(`::warning::Skip output '${name}' since it may contain secret.`);
  }
  return outputs;
}
