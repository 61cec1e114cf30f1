import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { booleanFunction, type Scope, stringFunction } from './expression.ts';
import type { JobSession, StepRecord } from './job-session.ts';
import type { Mapping } from './workflow.ts';

/** Where a step stands: at the top of a job, or inside a composite action. */
export interface Frame {
  readonly steps: Map<string, StepRecord>;
  /** Inputs of the composite action; the workflow's inputs at the top. */
  readonly inputs: Mapping;
  /** Additions to the `github` context: action_path and the like. */
  readonly github: Mapping;
  /** Environment of the steps around: empty at the top. */
  readonly env: Readonly<Record<string, string>>;
  /** Composite actions see no secrets. */
  readonly secrets: boolean;
  /** Result so far of this frame's steps: a composite has its own. */
  failed: boolean;
}

/** The `github` context of a step. */
export function githubContext(session: JobSession, frame: Frame): Mapping {
  return {
    ...session.task.plan.github,
    job: session.task.job.id,
    job_workflow_sha: session.task.source.sha,
    workspace: session.workspace,
    event_path: join(session.temp, '_github_event.json'),
    token: session.token,
    ...frame.github,
  };
}

/** Everything that an expression in a step can see. */
export function stepScope(session: JobSession, frame: Frame, env: Mapping = {}): Scope {
  const { task } = session;
  const contexts = new Map<string, unknown>([
    ['github', githubContext(session, frame)],
    ['env', { ...envContext(session, frame), ...env }],
    ['vars', task.plan.settings.vars],
    ['job', jobContext(session)],
    ['steps', Object.fromEntries(frame.steps)],
    ['runner', runnerContext(session)],
    ['strategy', task.strategy],
    ['matrix', task.matrix ?? null],
    ['needs', task.needs],
    ['inputs', frame.inputs],
  ]);
  if (frame.secrets) contexts.set('secrets', { ...task.secrets, GITHUB_TOKEN: session.token });
  return { contexts, functions: stepFunctions(session, frame) };
}

/** A step's scope without some contexts: `env` of a job and `if` of a step see less. */
export function narrowScope(session: JobSession, frame: Frame, hidden: readonly string[]): Scope {
  const { contexts, functions } = stepScope(session, frame);
  const open = [...contexts].filter(([name]) => !hidden.includes(name));
  return { contexts: new Map(open), functions };
}

/** The `env` context of a frame: workflow and job, GITHUB_ENV, the composites around. */
export function envContext(session: JobSession, frame: Frame): Record<string, string> {
  return { ...session.env, ...Object.fromEntries(session.exported), ...frame.env };
}

function jobContext(session: JobSession): Mapping {
  const { source, record } = session.task;
  return {
    status: session.cancelled !== undefined ? 'cancelled' : session.status,
    check_run_id: record.id,
    workflow_ref: `${source.repository.fullName}/${source.path}@${source.ref}`,
    workflow_sha: source.sha,
    workflow_repository: source.repository.fullName,
    workflow_file_path: source.path,
  };
}

function runnerContext(session: JobSession): Mapping {
  return {
    name: session.task.runner.name,
    os: 'Linux',
    arch: process.arch === 'arm64' ? 'ARM64' : 'X64',
    environment: session.task.runner.environment,
    temp: session.temp,
    tool_cache: session.deps.folders.toolCache,
    workspace: join(session.workspace, '..'),
  };
}

function stepFunctions(session: JobSession, frame: Frame): Scope['functions'] {
  const stopped = () => session.cancelled !== undefined;
  // A composite's steps ask about the composite alone.
  const failed = () => frame.failed || (frame.secrets && session.status === 'failure');
  return new Map([
    ['success', booleanFunction('success', () => !stopped() && !failed())],
    ['failure', booleanFunction('failure', () => !stopped() && failed())],
    ['always', booleanFunction('always', () => true)],
    ['cancelled', booleanFunction('cancelled', stopped)],
    ['hashfiles', stringFunction('hashFiles', (patterns) => hashFiles(session.workspace, patterns))],
  ]);
}

/** SHA-256 over the SHA-256 of each file that matches, in path order; '' when none does. */
export function hashFiles(workspace: string, patterns: readonly string[]): string {
  const wanted = patterns.flatMap((pattern) => pattern.split('\n')).map((pattern) => pattern.trim());
  const found = wanted
    .filter((pattern) => pattern !== '')
    .flatMap((pattern) => globSync(pattern, { cwd: workspace }));
  const files = [...new Set(found)].sort().filter((path) => statSync(join(workspace, path)).isFile());
  if (files.length === 0) return '';
  const whole = createHash('sha256');
  for (const path of files)
    whole.update(
      createHash('sha256')
        .update(readFileSync(join(workspace, path)))
        .digest(),
    );
  return whole.digest('hex');
}
