import { advise, type Diagnosis, judge, mend, ok } from './diagnosis.ts';
import type { EnvironmentSettings, Settings } from './settings.ts';
import { eventsOf, fieldsOf, readWorkflow } from './workflow-fields.ts';

/** A job that calls one of our workflows. */
interface Call {
  readonly path: string;
  readonly scheduled: boolean;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/**
 * What heals while the app's server is down, and what still proves the ledger when the app's key is stolen: both are
 * workflows on a schedule.
 * @param repository whose workflows are Gatehouse's: `acme/gatehouse`
 */
export function diagnoseStandby(
  files: ReadonlyMap<string, string>,
  repository: string,
): readonly Diagnosis[] {
  return [
    diagnoseSchedule(callsOf(files, repository, 'reconcile'), {
      code: 'standby/reconcile',
      name: 'reconcile.yml',
      absent: 'Nothing stands in for the app while its server is down',
      why: 'Merges wait to be recorded then, and where the check is required a new head of any pull request waits, also of one that touches no model.',
      fix: `Set up the scheduled reconcile: docs/guides/hosting.md of ${repository}, "Without a server"; the workflow to copy is fixtures/callers/reconcile.yml there.`,
      well: 'A scheduled reconcile heals while the app is down',
    }),
    diagnoseSchedule(callsOf(files, repository, 'anchor-ledger'), {
      code: 'standby/anchor',
      name: 'anchor-ledger.yml',
      absent: 'No workflow leaves anchors of the ledger that the key of the app cannot make',
      why: 'Whoever has that key could write the ledger anew together with all of its anchors.',
      fix: `Call anchor-ledger.yml of ${repository} by a weekly schedule: actions/anchor-ledger/README.md there.`,
      well: 'GitHub signs an anchor of the ledger by schedule',
    }),
  ];
}

/** Environments whose secrets are the key of the app, by the workflows that call the reconcile. */
export const keyEnvironments = (
  files: ReadonlyMap<string, string>,
  repository: string,
): readonly string[] => [
  ...new Set(
    callsOf(files, repository, 'reconcile').map(({ inputs }) =>
      typeof inputs.environment === 'string' && inputs.environment !== '' ? inputs.environment : 'gatehouse',
    ),
  ),
];

/** Of an environment that any branch may use whoever may push can print the key (GATE.md rule 24). */
export const diagnoseEnvironments = ({
  environments,
  repository,
  governed,
}: Settings): readonly Diagnosis[] =>
  environments.flatMap(({ name, found }) =>
    judge(found, 'key/environment', `Which branches may use the environment ${name}`, (environment) => [
      diagnoseEnvironment(name, environment, {
        where: `Settings > Environments > ${name} of ${repository}`,
        governed: governed.map((branch) => branch.name),
      }),
    ]),
  );

interface Place {
  readonly where: string;
  readonly governed: readonly string[];
}

function diagnoseEnvironment(
  name: string,
  environment: EnvironmentSettings | null,
  { where, governed }: Place,
): Diagnosis {
  const code = 'key/environment';
  if (environment === null)
    return mend(
      code,
      `There is no environment ${name}, which a workflow takes the key of the app from`,
      'It gets no key and heals nothing.',
      `${where}: make it, with the secret GATEHOUSE_PRIVATE_KEY and one deployment branch, the default one.`,
    );
  const { branches, defaultBranch } = environment;
  const fix = `${where}: Deployment branches and tags: "Selected branches and tags", ${defaultBranch} alone.`;
  const why = 'Whoever may push such a branch can print the key of the app, and with it write the ledger.';
  if (branches.kind === 'all') return mend(code, `Every branch may use the environment ${name}`, why, fix);
  if (branches.kind === 'protected')
    return advise(code, `Every protected branch may use the environment ${name}`, why, fix);
  const others = branches.names.filter((branch) => branch !== defaultBranch);
  if (others.length > 0)
    return mend(
      code,
      `Other branches than ${defaultBranch} may use the environment ${name}: ${others.join(', ')}`,
      why,
      fix,
    );
  if (branches.names.length === 0)
    return mend(code, `No branch may use the environment ${name}`, 'It gets no key and heals nothing.', fix);
  return governed.includes(defaultBranch)
    ? ok(code, `Only ${defaultBranch} may use the environment ${name}`)
    : advise(
        code,
        `Only ${defaultBranch} may use the environment ${name}, and the policy governs other branches`,
        'What is merged to it unseen can print the key.',
        `Name ${defaultBranch} under branches in the policy as well, and protect it.`,
      );
}

interface Words {
  readonly code: string;
  readonly name: string;
  readonly absent: string;
  readonly why: string;
  readonly fix: string;
  readonly well: string;
}

function diagnoseSchedule(calls: readonly Call[], { code, name, absent, why, fix, well }: Words): Diagnosis {
  const [first] = calls;
  if (first === undefined) return advise(code, absent, why, fix);
  const scheduled = calls.find((call) => call.scheduled);
  return scheduled === undefined
    ? advise(
        code,
        `${first.path} calls ${name}, and has no schedule`,
        why,
        `Add a schedule under "on:" of ${first.path}.`,
      )
    : ok(code, `${well} (${scheduled.path})`);
}

function callsOf(files: ReadonlyMap<string, string>, repository: string, name: string): readonly Call[] {
  // The name of a repository knows no case, a path does.
  const wanted = (uses: string): boolean => {
    const [place = ''] = uses.split('@');
    const end = `/.github/workflows/${name}.yml`;
    return place.endsWith(end) && place.slice(0, -end.length).toLowerCase() === repository.toLowerCase();
  };
  return [...files].flatMap(([path, text]): Call[] => {
    const workflow = readWorkflow(path, text);
    if (workflow === null) return [];
    const scheduled = eventsOf(workflow).includes('schedule');
    return Object.values(fieldsOf(workflow.jobs)).flatMap((job): Call[] => {
      const { uses, with: inputs } = fieldsOf(job);
      return typeof uses === 'string' && wanted(uses) ? [{ path, scheduled, inputs: fieldsOf(inputs) }] : [];
    });
  });
}
