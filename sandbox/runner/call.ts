import type { Hub } from '../hub/interface.ts';
import type { CommitReader } from './commit-reader.ts';
import { findViolation, type Permissions } from './permission.ts';
import { findCalledSource, type MovingRef, nameOf, type Source } from './source.ts';
import {
  type Job,
  type Mapping,
  mappingOf,
  parseWorkflow,
  type Workflow,
  WorkflowError,
} from './workflow.ts';

/** A workflow with everything that it calls, loaded and checked before anything runs. */
export interface WorkflowTree {
  readonly workflow: Workflow;
  readonly source: Source;
  /** Called workflows by the id of the calling job. */
  readonly called: ReadonlyMap<string, WorkflowTree>;
}

export interface LoadDeps {
  readonly hub: Hub;
  readonly reader: CommitReader;
  readonly defaults: Permissions;
  readonly onMoving: (moving: MovingRef) => void;
}

const MAX_DEPTH = 10;

/**
 * Loads a workflow and what it calls.
 * @throws WorkflowError for anything that GitHub refuses at start-up: a file that does not parse, an input that
 * is undeclared, missing or of the wrong type, a called workflow that asks for more than its caller grants.
 */
export async function loadTree(text: string, source: Source, deps: LoadDeps): Promise<WorkflowTree> {
  return expand(parseWorkflow(text, source.path), source, undefined, deps, 0);
}

async function expand(
  workflow: Workflow,
  source: Source,
  granted: Permissions | undefined,
  deps: LoadDeps,
  depth: number,
): Promise<WorkflowTree> {
  const called = new Map<string, WorkflowTree>();
  for (const job of workflow.jobs.values()) {
    if (job.uses === undefined) continue;
    const place = `${source.path} ${workflow.at(['jobs', job.id, 'uses'])}`;
    if (depth >= MAX_DEPTH)
      throw new WorkflowError(
        `Invalid workflow file: ${place}: Nested reusable workflow depth exceeded ${MAX_DEPTH}.`,
      );
    const from = await findCalledSource(deps.hub, deps.reader, job.uses, source, deps.onMoving);
    const text = await deps.reader.readText(deps.hub.git(from.repository), from.sha, from.path);
    if (text === undefined) {
      throw new WorkflowError(
        `Invalid workflow file: ${place}: error parsing called workflow "${job.uses}": workflow was not found.`,
      );
    }
    const inner = parseWorkflow(text, from.path);
    const allowed = job.permissions ?? workflow.permissions ?? granted;
    const problem = checkCall(job, inner, allowed ?? deps.defaults, nameOf(from));
    if (problem !== undefined) throw new WorkflowError(`Invalid workflow file: ${place}: ${problem}`);
    called.set(job.id, await expand(inner, from, allowed, deps, depth + 1));
  }
  return { workflow, source, called };
}

function checkCall(job: Job, inner: Workflow, allowed: Permissions, name: string): string | undefined {
  const call = inner.on.workflow_call;
  if (call === undefined) return 'workflow_call key is not defined in the referenced workflow.';
  return (
    checkGrant(inner, allowed, name) ?? checkInputs(job, mappingOf(call.inputs)) ?? checkSecrets(job, call)
  );
}

function checkGrant(inner: Workflow, allowed: Permissions, name: string): string | undefined {
  const whole = inner.permissions === undefined ? undefined : findViolation(inner.permissions, allowed);
  if (whole !== undefined) {
    return `Error calling workflow '${name}'. The workflow is requesting '${whole.requested}', but is only allowed '${whole.allowed}'.`;
  }
  for (const job of inner.jobs.values()) {
    const beyond = job.permissions === undefined ? undefined : findViolation(job.permissions, allowed);
    if (beyond !== undefined) {
      return `Error calling workflow '${name}'. The nested job '${job.id}' is requesting '${beyond.requested}', but is only allowed '${beyond.allowed}'.`;
    }
  }
  return undefined;
}

function checkInputs(job: Job, declared: Mapping): string | undefined {
  for (const name of Object.keys(job.with)) {
    if (findKey(declared, name) === undefined)
      return `Invalid input, ${name} is not defined in the referenced workflow.`;
  }
  for (const [name, spec] of Object.entries(declared)) {
    const { required, default: fallback, type } = mappingOf(spec);
    const given = job.with[findKey(job.with, name) ?? ''];
    if (given === undefined && required === true && fallback === undefined) {
      return `Input ${name} is required, but not provided while calling.`;
    }
    if (given !== undefined && !isLikely(given, type)) return `Unexpected value '${String(given)}'`;
  }
  return undefined;
}

function checkSecrets(job: Job, call: Mapping): string | undefined {
  const declared = mappingOf(call.secrets);
  if (job.secrets === 'inherit') return undefined;
  const given = mappingOf(job.secrets);
  for (const name of Object.keys(given)) {
    if (findKey(declared, name) === undefined)
      return `Invalid secret, ${name} is not defined in the referenced workflow.`;
  }
  for (const [name, spec] of Object.entries(declared)) {
    if (mappingOf(spec).required === true && findKey(given, name) === undefined) {
      return `Secret ${name} is required, but not provided while calling.`;
    }
  }
  return undefined;
}

/** A key whatever its case: GitHub compares names of inputs and secrets so. */
export function findKey(mapping: Mapping, name: string): string | undefined {
  return Object.keys(mapping).find((key) => key.toLowerCase() === name.toLowerCase());
}

// An expression is only known later; a literal must have the declared type now.
function isLikely(given: unknown, type: unknown): boolean {
  if (typeof given === 'string' && given.includes('${{')) return true;
  if (type === 'boolean') return typeof given === 'boolean';
  if (type === 'number') return typeof given === 'number';
  return typeof given !== 'object';
}

/** Inputs of a called or dispatched workflow with defaults, in their declared types. */
export function typeInputs(declared: Mapping, given: Mapping): Record<string, unknown> {
  const inputs: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(declared)) {
    const { type, default: fallback } = mappingOf(spec);
    const value = given[findKey(given, name) ?? ''] ?? fallback;
    inputs[name] = toType(name, value, type);
  }
  return inputs;
}

function toType(name: string, value: unknown, type: unknown): unknown {
  if (type === 'boolean') {
    if (value === undefined || value === '') return false;
    if (value === true || value === 'true') return true;
    if (value === false || value === 'false') return false;
    throw new WorkflowError(`The value of input '${name}' is not a boolean: ${String(value)}`);
  }
  if (type === 'number') {
    const number = Number(value ?? 0);
    if (Number.isFinite(number)) return number;
    throw new WorkflowError(`The value of input '${name}' is not a number: ${String(value)}`);
  }
  return value === undefined || value === null ? '' : String(value);
}
