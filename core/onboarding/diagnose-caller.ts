import type { Policy } from '../config/policy.ts';
import { aboutRule } from './diagnose-workflows.ts';
import { type Diagnosis, mend, ok } from './diagnosis.ts';
import { eventsOf, type Fields, fieldsOf, readWorkflow } from './workflow-fields.ts';

/** Permissions without which a called workflow fails at its start. @see reusable-workflows */
const needed: Readonly<Record<'validate' | 'judge', readonly string[]>> = {
  validate: [
    'contents: read',
    'pull-requests: read',
    'checks: read',
    'actions: read',
    'issues: read',
    'id-token: write',
  ],
  judge: ['contents: read', 'pull-requests: read', 'checks: read', 'actions: read', 'id-token: write'],
};

/** Events with the secrets and the token of the base, whoever opened the pull request. */
const dangerous = ['pull_request_target', 'workflow_run', 'issue_comment'];

/** How the workflows of a repository call Gatehouse, and what runs on machines of the team. */
export function diagnoseCallers(files: ReadonlyMap<string, string>, policy: Policy): readonly Diagnosis[] {
  const workflows = [...files].flatMap(([path, text]): readonly (readonly [string, Fields])[] => {
    const value = readWorkflow(path, text);
    return value === null ? [] : [[path, value]];
  });
  return workflows.flatMap(([path, workflow]) => [
    ...diagnoseCalls(path, workflow, policy),
    ...diagnoseExposure(path, workflow),
  ]);
}

/** Secrets that a workflow hands on as the key of the app. */
export function keySecretsOf(files: ReadonlyMap<string, string>): readonly string[] {
  return [...files].flatMap(([path, text]) =>
    path.startsWith('.github/workflows/')
      ? [...text.matchAll(/(?:private-key|PRIVATE_KEY)\s*:\s*['"]?\$\{\{\s*secrets\.([A-Za-z0-9_]+)/g)].map(
          ([, name = '']) => name,
        )
      : [],
  );
}

function diagnoseCalls(path: string, workflow: Fields, { trusted }: Policy): readonly Diagnosis[] {
  const calls = Object.entries(fieldsOf(workflow.jobs)).flatMap(([name, job]) => {
    const uses = fieldsOf(job).uses;
    const called = typeof uses === 'string' ? uses.split('@')[0] : undefined;
    const kind =
      called === trusted.validate.path ? 'validate' : called === trusted.judge.path ? 'judge' : null;
    return kind === null ? [] : [{ name, kind, job: fieldsOf(job) } as const];
  });
  if (calls.length === 0) return [];
  return [
    ...diagnoseTop(path, workflow),
    ...calls.flatMap(({ name, kind, job }) =>
      diagnoseJob(path, name, job.permissions ?? workflow.permissions, needed[kind]),
    ),
  ];
}

function diagnoseTop(path: string, { permissions }: Fields): readonly Diagnosis[] {
  const code = 'caller/permissions';
  if (typeof permissions === 'object' && permissions !== null && Object.keys(permissions).length === 0) {
    return [ok(code, `${path} grants no permission but job by job`)];
  }
  const found = mend(
    code,
    `${path} has no "permissions: {}" at its top`,
    'A job that names none gets those of the repository; training runs code of the pull request.',
    `Write "permissions: {}" above "jobs:" of ${path}.`,
  );
  return [{ ...found, about: aboutRule(path, 'excessive-permissions') }];
}

function diagnoseJob(
  path: string,
  name: string,
  permissions: unknown,
  wanted: readonly string[],
): readonly Diagnosis[] {
  const code = 'caller/permissions';
  const has = fieldsOf(permissions);
  const missing = wanted.filter((line) => {
    const [key = '', level] = line.split(': ');
    return has[key] !== level && has[key] !== 'write';
  });
  const all = permissions === 'write-all' || permissions === 'read-all';
  const more = Object.entries(has).filter(([key, level]) => level === 'write' && key !== 'id-token');
  if (missing.length > 0 && !all) {
    return [
      mend(
        code,
        `Job ${name} of ${path} lacks ${missing.join(', ')}`,
        'A called workflow gets no more than its caller grants: the run fails at its start.',
        `Write permissions: { ${wanted.join(', ')} } at the job ${name}.`,
      ),
    ];
  }
  if (all || more.length > 0) {
    return [
      mend(
        code,
        `Job ${name} of ${path} grants more than is needed: ${all ? String(permissions) : more.map(([key]) => `${key}: write`).join(', ')}`,
        'What is not granted cannot be misused.',
        `Write permissions: { ${wanted.join(', ')} } at the job ${name}.`,
      ),
    ];
  }
  return [ok(code, `Job ${name} of ${path} grants what is needed and no more`)];
}

/** Code of a stranger must not meet machines of the team, or the token of the base. */
function diagnoseExposure(path: string, workflow: Fields): readonly Diagnosis[] {
  const events = eventsOf(workflow).filter((event) => dangerous.includes(event));
  return Object.entries(fieldsOf(workflow.jobs)).flatMap(([name, value]): readonly Diagnosis[] => {
    const job = fieldsOf(value);
    if (!isOwnMachine(job['runs-on'])) return [];
    if (events.length > 0) {
      const found = mend(
        'caller/exposed',
        `Job ${name} of ${path} runs on your own machines for ${events.join(', ')}`,
        'Your own machines then run it with the token and the secrets of the base, also for a stranger.',
        `Let ${path} run on pull_request, or the job on a hosted runner.`,
      );
      return [{ ...found, about: aboutRule(path, 'dangerous-triggers') }];
    }
    const steps = Array.isArray(job.steps) ? job.steps.map(fieldsOf) : [];
    const keeps = steps.some(
      (step) =>
        typeof step.uses === 'string' &&
        step.uses.startsWith('actions/checkout@') &&
        String(fieldsOf(step.with)['persist-credentials']) !== 'false',
    );
    if (!keeps || !eventsOf(workflow).includes('pull_request')) return [];
    const found = mend(
      'caller/credentials',
      `Job ${name} of ${path} leaves a token in the checkout of your own machine`,
      'On your own machine code of the pull request can read it, and the next job there as well.',
      'Write "with: { persist-credentials: false }" at actions/checkout.',
    );
    return [{ ...found, about: aboutRule(path, 'artipacked') }];
  });
}

function isOwnMachine(runsOn: unknown): boolean {
  const labels =
    typeof runsOn === 'string' ? [runsOn] : Array.isArray(runsOn) ? runsOn : fieldsOf(runsOn).labels;
  if (fieldsOf(runsOn).group !== undefined) return true;
  return [labels].flat().some((label) => label === 'self-hosted');
}
