import { load } from 'js-yaml';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly 'runs-on'?: unknown;
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
  readonly 'timeout-minutes'?: unknown;
  readonly secrets?: unknown;
  readonly env?: Readonly<Record<string, unknown>>;
}
interface Workflow {
  readonly on?: unknown;
  readonly env?: unknown;
  readonly permissions?: unknown;
  readonly jobs?: Readonly<Record<string, Job>>;
}

/** What is unsafe in a workflow that we ship, one sentence each. The rules are those of the README's security page. */
export function lintWorkflow(text: string): readonly string[] {
  const workflow = load(text) as Workflow;
  const events = typeof workflow.on === 'string' ? [workflow.on] : Object.keys(Object(workflow.on));
  const jobs = Object.entries(workflow.jobs ?? {});
  return [
    ...(events.includes('pull_request_target')
      ? ['pull_request_target gives pull-request code secrets']
      : []),
    ...(isEmptyMap(workflow.permissions) ? [] : ['permissions at the top are not {}']),
    ...(namesSecret(workflow.env) ? ['every job gets a secret'] : []),
    ...jobs.flatMap(([name, job]) => lintJob(job).map((sentence) => `job ${name}: ${sentence}`)),
  ];
}

function lintJob(job: Job): readonly string[] {
  const steps = job.steps ?? [];
  const uses = [...(job.uses ? [job.uses] : []), ...steps.flatMap((step) => step.uses ?? [])];
  const canSign = Object.entries(job.permissions ?? {}).some(
    ([scope, level]) => scope === 'id-token' && level === 'write',
  );
  const isCall = job.uses !== undefined;
  return [
    ...(job.permissions ? [] : ['has no permissions of its own']),
    ...(job.secrets === 'inherit' ? ['inherits every secret'] : []),
    ...(isCall || job['timeout-minutes'] ? [] : ['has no time limit']),
    ...uses.filter((name) => !isPinned(name)).map((name) => `${name} is not pinned by commit`),
    ...steps.flatMap((step) => (step.run?.includes('${{') ? ['an expression inside run'] : [])),
    ...steps.flatMap((step) =>
      isCheckout(step) && step.with?.['persist-credentials'] !== false
        ? ['checkout keeps its credentials']
        : [],
    ),
    ...lintSecrets(job, steps),
    ...(canSign && !isCall ? lintSigner(job, steps) : []),
  ];
}

/** Pull-request code may read what its machine holds, also what an earlier step was given: secrets stay out of its job. */
function lintSecrets(job: Job, steps: readonly Step[]): readonly string[] {
  // What lies at the commit of the run itself is governed: watch-dataset runs on a schedule and on pushes only.
  const runsProposed = steps.some(
    (step) =>
      (isCheckout(step) && step.with?.ref !== '${{ github.sha }}') ||
      /\/(?:train|predict)-model@/.test(step.uses ?? ''),
  );
  return [
    ...(namesSecret(job.env) ? ['gives a secret to every step'] : []),
    ...steps.flatMap((step) =>
      runsProposed && (namesSecret(step.env) || namesSecret(step.with))
        ? ['gives a secret to a job that runs code of the pull request']
        : [],
    ),
    ...steps.flatMap((step) =>
      namesSecret(step.env) && !/^gatehouse\/gatehouse\/actions\//.test(step.uses ?? '')
        ? ['gives a secret to a step that is not ours']
        : [],
    ),
  ];
}

const namesSecret = (value: unknown): boolean => /\bsecrets\b/.test(JSON.stringify(value ?? null));

/** A job that can sign runs nothing but our bundled actions and the upload of what they made. */
function lintSigner(job: Job, steps: readonly Step[]): readonly string[] {
  return [
    ...(job['runs-on'] === 'ubuntu-latest'
      ? []
      : ['signs on a machine that is not named literally as a hosted one']),
    ...(steps.some(isCheckout) ? ['signs and checks out code'] : []),
    ...steps.flatMap((step) =>
      /^actions\/(?:cache|setup-)/.test(step.uses ?? '') ? [`signs and uses ${step.uses}`] : [],
    ),
    ...steps.flatMap((step) =>
      step.run !== undefined && /\b(?:node|npm|python|bash|sh|make|\.\/)/.test(step.run)
        ? ['signs and runs a program']
        : [],
    ),
  ];
}

const isCheckout = (step: Step): boolean => step.uses?.startsWith('actions/checkout@') ?? false;
const isPinned = (uses: string): boolean => uses.startsWith('./') || /@[0-9a-f]{40}$/.test(uses);
const isEmptyMap = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;
