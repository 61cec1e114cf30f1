import { isMap, isPair, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { type Permissions, parsePermissions } from './permission.ts';

export type Mapping = Readonly<Record<string, unknown>>;

export interface Step {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly if: unknown;
  readonly uses: string | undefined;
  readonly run: string | undefined;
  readonly shell: string | undefined;
  readonly workingDirectory: string | undefined;
  readonly with: Mapping;
  readonly env: Mapping;
  readonly continueOnError: unknown;
  readonly timeoutMinutes: unknown;
}

export interface Job {
  readonly id: string;
  readonly name: string | undefined;
  readonly needs: readonly string[];
  readonly if: unknown;
  readonly permissions: Permissions | undefined;
  readonly runsOn: unknown;
  readonly environment: unknown;
  readonly concurrency: unknown;
  readonly outputs: Mapping;
  readonly env: Mapping;
  readonly defaults: Mapping;
  readonly strategy: Mapping;
  readonly timeoutMinutes: unknown;
  readonly continueOnError: unknown;
  readonly steps: readonly Step[];
  /** Reusable workflow that this job calls; then it has no steps. */
  readonly uses: string | undefined;
  readonly with: Mapping;
  /** `inherit` or a mapping. */
  readonly secrets: unknown;
}

export interface Workflow {
  readonly path: string;
  readonly name: string | undefined;
  readonly runName: string | undefined;
  /** Event name to its filters. */
  readonly on: Readonly<Record<string, Mapping>>;
  readonly permissions: Permissions | undefined;
  readonly env: Mapping;
  readonly defaults: Mapping;
  readonly concurrency: unknown;
  readonly jobs: ReadonlyMap<string, Job>;
  /** `(Line: 3, Col: 5)` of a place such as `jobs.train.uses`. */
  readonly at: (place: readonly string[]) => string;
}

/** A workflow that GitHub would not start; the message is shown on the run. */
export class WorkflowError extends Error {}

const WORKFLOW_KEYS = ['name', 'run-name', 'on', 'permissions', 'env', 'defaults', 'concurrency', 'jobs'];
const JOB_KEYS = [
  ...[
    'name',
    'needs',
    'if',
    'permissions',
    'runs-on',
    'environment',
    'concurrency',
    'outputs',
    'env',
    'defaults',
  ],
  ...[
    'strategy',
    'timeout-minutes',
    'continue-on-error',
    'steps',
    'uses',
    'with',
    'secrets',
    'container',
    'services',
  ],
];
const STEP_KEYS = [
  ...['id', 'name', 'if', 'uses', 'run', 'shell', 'working-directory', 'with', 'env', 'continue-on-error'],
  'timeout-minutes',
];

/** Parses a workflow file. @throws WorkflowError with file, line and column, as GitHub words it. */
export function parseWorkflow(text: string, path: string): Workflow {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: '1.2' });
  const wrong = document.errors[0];
  if (wrong !== undefined) {
    throw new WorkflowError(
      `Invalid workflow file: ${path}#L${wrong.linePos?.[0].line ?? 1}: ${wrong.message}`,
    );
  }
  const at = locatePlaces(document.contents, lines);
  const fail = (place: readonly string[], message: string): never => {
    throw new WorkflowError(`Invalid workflow file: ${path} ${at(place)}: ${message}`);
  };
  const root = asMapping(document.toJS(), () => fail([], 'A mapping was expected'));
  refuseUnknown(root, WORKFLOW_KEYS, [], fail);
  const jobs = asMapping(root.jobs, () => fail(['jobs'], 'Required property is missing: jobs'));
  return {
    path,
    name: text0(root.name),
    runName: text0(root['run-name']),
    on: parseTriggers(root.on, () => fail(['on'], 'Required property is missing: on')),
    permissions: parseGrant(root.permissions, ['permissions'], fail),
    env: mappingOf(root.env),
    defaults: mappingOf(root.defaults),
    concurrency: root.concurrency,
    jobs: parseJobs(jobs, fail),
    at,
  };
}

type Fail = (place: readonly string[], message: string) => never;

function parseJobs(jobs: Mapping, fail: Fail): ReadonlyMap<string, Job> {
  const parsed = new Map<string, Job>();
  for (const [id, value] of Object.entries(jobs)) {
    const place = ['jobs', id];
    const job = asMapping(value, () => fail(place, 'A mapping was expected'));
    refuseUnknown(job, JOB_KEYS, place, fail);
    if (!/^[A-Za-z_][A-Za-z0-9_-]{0,99}$/.test(id)) fail(place, `The identifier '${id}' is invalid.`);
    parsed.set(id, parseJob(id, job, place, fail));
  }
  if (parsed.size === 0) fail(['jobs'], 'There must be at least one job');
  for (const job of parsed.values()) checkNeeds(job, parsed, fail);
  return parsed;
}

function parseJob(id: string, job: Mapping, place: readonly string[], fail: Fail): Job {
  const uses = text0(job.uses);
  if (job.container !== undefined || job.services !== undefined) {
    fail(place, 'containers and services are not supported by this runner');
  }
  if (uses === undefined && job['runs-on'] === undefined)
    fail(place, 'Required property is missing: runs-on');
  if (uses !== undefined && job.steps !== undefined) fail([...place, 'steps'], "Unexpected value 'steps'");
  const steps = Array.isArray(job.steps) ? job.steps : [];
  if (uses === undefined && steps.length === 0) fail(place, 'No steps defined in `steps`');
  return {
    id,
    name: text0(job.name),
    needs: listOf(job.needs),
    if: job.if,
    permissions: parseGrant(job.permissions, [...place, 'permissions'], fail),
    runsOn: job['runs-on'],
    environment: job.environment,
    concurrency: job.concurrency,
    outputs: mappingOf(job.outputs),
    env: mappingOf(job.env),
    defaults: mappingOf(job.defaults),
    strategy: mappingOf(job.strategy),
    timeoutMinutes: job['timeout-minutes'],
    continueOnError: job['continue-on-error'],
    steps: steps.map((step, index) => parseStep(step, [...place, 'steps', String(index)], fail)),
    uses,
    with: mappingOf(job.with),
    secrets: job.secrets,
  };
}

/** Parses one step of a job or of a composite action. */
export function parseStep(value: unknown, place: readonly string[], fail: Fail): Step {
  const step = asMapping(value, () => fail(place, 'A mapping was expected'));
  refuseUnknown(step, STEP_KEYS, place, fail);
  const [uses, run] = [text0(step.uses), text0(step.run)];
  if ((uses === undefined) === (run === undefined))
    fail(place, 'A step must have exactly one of uses and run');
  return {
    id: text0(step.id),
    name: text0(step.name),
    if: step.if,
    uses,
    run,
    shell: text0(step.shell),
    workingDirectory: text0(step['working-directory']),
    with: mappingOf(step.with),
    env: mappingOf(step.env),
    continueOnError: step['continue-on-error'],
    timeoutMinutes: step['timeout-minutes'],
  };
}

function checkNeeds(job: Job, jobs: ReadonlyMap<string, Job>, fail: Fail): void {
  const place = ['jobs', job.id, 'needs'];
  for (const need of job.needs) {
    if (!jobs.has(need)) fail(place, `Job '${job.id}' depends on unknown job '${need}'.`);
  }
  const seen = new Set<string>();
  const visitNeeds = (id: string): void => {
    for (const need of jobs.get(id)?.needs ?? []) {
      if (need === job.id) fail(place, `Job '${job.id}' depends on itself.`);
      if (!seen.has(need)) visitNeeds(seen.add(need) && need);
    }
  };
  visitNeeds(job.id);
}

function parseTriggers(value: unknown, fail: () => never): Record<string, Mapping> {
  if (typeof value === 'string') return { [value]: {} };
  if (Array.isArray(value)) return Object.fromEntries(value.map((name) => [String(name), {}]));
  return Object.fromEntries(
    Object.entries(asMapping(value, fail)).map(([name, on]) => [name, mappingOf(on)]),
  );
}

function parseGrant(value: unknown, place: readonly string[], fail: Fail): Permissions | undefined {
  if (value === undefined) return undefined;
  try {
    return parsePermissions(value ?? {});
  } catch (error) {
    return fail(place, error instanceof Error ? error.message : String(error));
  }
}

function refuseUnknown(value: Mapping, known: readonly string[], place: readonly string[], fail: Fail): void {
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) fail([...place, unknown], `Unexpected value '${unknown}'`);
}

// Positions are collected once, so that a problem found later still names its line.
function locatePlaces(contents: Node | null, lines: LineCounter): (place: readonly string[]) => string {
  const offsets = new Map<string, number>();
  if (contents !== null) {
    visit(contents, (key, node, path) => {
      if (!isPair(node)) return;
      const names = [...path.filter(isPair), node].map((pair) =>
        isScalar(pair.key) ? String(pair.key.value) : '',
      );
      const range = isScalar(node.key) ? node.key.range : undefined;
      if (range && key !== null) offsets.set(names.join('\n'), range[0]);
    });
  }
  return (place) => {
    for (let length = place.length; length > 0; length -= 1) {
      const offset = offsets.get(place.slice(0, length).join('\n'));
      if (offset === undefined) continue;
      const { line, col } = lines.linePos(offset);
      return `(Line: ${line}, Col: ${col})`;
    }
    return isMap(contents) ? '(Line: 1, Col: 1)' : '(Line: 0, Col: 0)';
  };
}

/** A value that must be a mapping. */
export function asMapping(value: unknown, fail: () => never): Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Mapping) : fail();
}

/** A mapping, or an empty one for anything else. */
export function mappingOf(value: unknown): Mapping {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Mapping) : {};
}

/** A list of texts from one text or a list. */
export function listOf(value: unknown): readonly string[] {
  if (value === undefined || value === null) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

function text0(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}
