import { type Action, type CompositeAction, findAction, type NodeAction } from './action-file.ts';
import { runBuiltIn } from './built-in.ts';
import { findKey } from './call.ts';
import { evaluateCondition, interpolate, isTruthy, resolveValue } from './expression.ts';
import type { JobSession, StepRecord } from './job-session.ts';
import type { Result } from './job-task.ts';
import { type Frame, narrowScope, stepScope } from './scope.ts';
import {
  inputVariables,
  nodeCommand,
  runStepProcess,
  type StepAnswer,
  scriptCommand,
} from './step-process.ts';
import { type Mapping, mappingOf, type Step } from './workflow.ts';

const MINUTE_MS = 60_000;
/** @see https://docs.github.com/actions/reference/workflow-cancellation-reference */
const ACTION_GRACE_MS: readonly [number, number] = [7500, 2500];

/** Runs one step with its `if`, `env`, time limit and `continue-on-error`; records it under its id. */
export async function runStep(session: JobSession, frame: Frame, step: Step): Promise<Result> {
  const record = await attemptStep(session, frame, step);
  if (step.id !== undefined) frame.steps.set(step.id, record);
  if (record.conclusion === 'failure') frame.failed = true;
  return record.conclusion;
}

/** The name that GitHub shows for a step. */
export function titleOf(session: JobSession, frame: Frame, step: Step): string {
  const fallback = step.uses === undefined ? `Run ${(step.run ?? '').split('\n')[0]}` : `Run ${step.uses}`;
  try {
    return step.name === undefined ? fallback : interpolate(step.name, stepScope(session, frame));
  } catch {
    return step.name ?? fallback;
  }
}

async function attemptStep(session: JobSession, frame: Frame, step: Step): Promise<StepRecord> {
  let tolerated = false;
  if (session.lost) return { outputs: {}, outcome: 'cancelled', conclusion: 'cancelled' };
  try {
    // Secrets are not among what an `if` can see.
    if (!evaluateCondition(step.if, narrowScope(session, frame, ['secrets']))) {
      return { outputs: {}, outcome: 'skipped', conclusion: 'skipped' };
    }
    const env = evaluateEnv(session, frame, step.env);
    const scope = stepScope(session, frame, env);
    tolerated = isTruthy(resolveValue(step.continueOnError, scope));
    session.log.write(`##[group]${titleOf(session, frame, step)}`);
    session.log.write('##[endgroup]');
    const answer = await perform(
      session,
      { ...frame, env: { ...frame.env, ...env } },
      step,
      limitOf(step, scope),
    );
    return conclude(session, answer, tolerated);
  } catch (error) {
    session.log.fail(error instanceof Error ? error.message : String(error));
    return { outputs: {}, outcome: 'failure', conclusion: tolerated ? 'success' : 'failure' };
  }
}

function conclude(session: JobSession, answer: StepAnswer, tolerated: boolean): StepRecord {
  const { outputs, code, reason } = answer;
  if (reason === 'cancelled') {
    session.log.fail('The operation was canceled.');
    return { outputs, outcome: 'cancelled', conclusion: 'cancelled' };
  }
  if (reason === 'timeout') session.log.fail('The action has timed out.');
  else if (code !== 0) session.log.fail(`Process completed with exit code ${code}.`);
  const outcome = reason === 'exit' && code === 0 ? 'success' : 'failure';
  return { outputs, outcome, conclusion: tolerated ? 'success' : outcome };
}

function perform(
  session: JobSession,
  frame: Frame,
  step: Step,
  timeoutMs: number | undefined,
): Promise<StepAnswer> {
  if (step.uses !== undefined) return performAction(session, frame, step, step.uses, timeoutMs);
  const scope = stepScope(session, frame);
  const defaults = defaultsOf(session);
  const script = interpolate(step.run ?? '', scope);
  const shell = step.shell ?? (frame.secrets ? defaults.shell : undefined);
  const folder = step.workingDirectory ?? (frame.secrets ? defaults.folder : undefined);
  const cwd = folder === undefined ? undefined : interpolate(folder, scope);
  const command = scriptCommand(session, script, shell, cwd);
  for (const line of script.trimEnd().split('\n')) session.log.write(line);
  return runStepProcess(session, frame, { ...command, env: {}, timeoutMs, state: new Map() });
}

async function performAction(
  session: JobSession,
  frame: Frame,
  step: Step,
  uses: string,
  timeoutMs: number | undefined,
): Promise<StepAnswer> {
  const action = await findAction(session, uses);
  const given = withoutNulls(mappingOf(resolveValue(step.with, stepScope(session, frame))));
  const inner: Frame = { ...frame, github: { ...frame.github, ...actionContext(action) } };
  const inputs = evaluateInputs(session, inner, action, given);
  for (const [name, value] of Object.entries(given)) session.log.write(`  ${name}: ${String(value)}`);
  if (action.kind === 'built-in') return runBuiltIn(session, action.name, inputs);
  if (action.kind === 'composite') return runComposite(session, inner, action, inputs);
  return runNode(session, inner, step, action, inputs, timeoutMs);
}

/**
 * Runs the `pre` part of a remote node action, before the job's first step.
 * @returns success, or skipped when there is none.
 */
export async function runPre(session: JobSession, frame: Frame, step: Step): Promise<Result> {
  if (step.uses === undefined || step.uses.startsWith('./')) return 'skipped';
  const action = await findAction(session, step.uses);
  if (action.kind !== 'node' || action.pre === undefined) return 'skipped';
  const env = evaluateEnv(session, frame, step.env);
  const inner: Frame = {
    ...frame,
    env: { ...frame.env, ...env },
    github: { ...frame.github, ...actionContext(action) },
  };
  const scope = stepScope(session, inner);
  if (!evaluateCondition(action.preIf, scope)) return 'skipped';
  const given = withoutNulls(mappingOf(resolveValue(step.with, scope)));
  const inputs = evaluateInputs(session, inner, action, given);
  const answer = await startNode(session, inner, step, action, inputs, action.pre, undefined);
  return conclude(session, answer, false).conclusion;
}

async function runNode(
  session: JobSession,
  frame: Frame,
  step: Step,
  action: NodeAction,
  inputs: Mapping,
  timeoutMs: number | undefined,
): Promise<StepAnswer> {
  const { post, postIf } = action;
  if (post !== undefined) {
    session.posts.push({
      name: `Post ${action.name}`,
      run: async () => {
        if (!evaluateCondition(postIf, stepScope(session, frame))) return 'skipped';
        const answer = await startNode(session, frame, step, action, inputs, post, undefined);
        return conclude(session, answer, false).conclusion;
      },
    });
  }
  return startNode(session, frame, step, action, inputs, action.main, timeoutMs);
}

function startNode(
  session: JobSession,
  frame: Frame,
  step: Step,
  action: NodeAction,
  inputs: Mapping,
  file: string,
  timeoutMs: number | undefined,
): Promise<StepAnswer> {
  const command = nodeCommand(session, action.folder, file);
  const state = session.stateOf(step);
  const { url, token } = session.runtime;
  const env = { ...inputVariables(inputs), ACTIONS_RESULTS_URL: url, ACTIONS_RUNTIME_TOKEN: token };
  return runStepProcess(session, frame, { ...command, env, timeoutMs, graceMs: ACTION_GRACE_MS, state });
}

async function runComposite(
  session: JobSession,
  frame: Frame,
  action: CompositeAction,
  inputs: Mapping,
): Promise<StepAnswer> {
  const inner: Frame = { ...frame, steps: new Map(), inputs, secrets: false, failed: false };
  let code = 0;
  for (const step of action.steps) if ((await runPre(session, inner, step)) === 'failure') code = 1;
  for (const step of action.steps) {
    const conclusion = await runStep(session, inner, step);
    if (conclusion === 'failure') code = 1;
  }
  const outputs: Record<string, string> = {};
  for (const [name, spec] of Object.entries(action.outputs)) {
    outputs[name] = interpolate(String(mappingOf(spec).value ?? ''), stepScope(session, inner));
  }
  return { outputs, code, reason: session.cancelled === undefined ? 'exit' : 'cancelled' };
}

function actionContext(action: Action): Mapping {
  return { action_path: action.folder, action_repository: action.repository, action_ref: action.ref };
}

/** An expression without a value, such as the output of a job that was skipped, gives an empty input. */
function withoutNulls(values: Mapping): Mapping {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? '']));
}

function evaluateInputs(session: JobSession, frame: Frame, action: Action, given: Mapping): Mapping {
  if (action.kind === 'built-in') return given;
  const known = Object.keys(action.inputs);
  const unknown = Object.keys(given).filter((name) => findKey(action.inputs, name) === undefined);
  for (const name of unknown) {
    session.log.take(
      `::warning::Unexpected input(s) '${name}', valid inputs are [${known.map((one) => `'${one}'`).join(', ')}]`,
    );
  }
  const inputs: Record<string, unknown> = { ...given };
  for (const name of known) {
    if (findKey(given, name) !== undefined) continue;
    const fallback = mappingOf(action.inputs[name]).default;
    inputs[name] = fallback === undefined ? '' : interpolate(String(fallback), stepScope(session, frame));
  }
  return inputs;
}

// One entry does not see its neighbours, only the environment around the step.
function evaluateEnv(session: JobSession, frame: Frame, env: Mapping): Record<string, string> {
  const scope = stepScope(session, frame);
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, interpolate(String(value ?? ''), scope)]),
  );
}

function limitOf(step: Step, scope: Parameters<typeof resolveValue>[1]): number | undefined {
  const minutes =
    step.timeoutMinutes === undefined ? undefined : Number(resolveValue(step.timeoutMinutes, scope));
  return minutes === undefined || !Number.isFinite(minutes) ? undefined : minutes * MINUTE_MS;
}

function defaultsOf(session: JobSession): {
  readonly shell: string | undefined;
  readonly folder: string | undefined;
} {
  const { job, workflow } = session.task;
  const run = { ...mappingOf(workflow.defaults.run), ...mappingOf(job.defaults.run) };
  const text = (value: unknown) => (value === undefined ? undefined : String(value));
  return { shell: text(run.shell), folder: text(run['working-directory']) };
}
