import { advise, type Diagnosis, judge, mend, ok, unknown } from './diagnosis.ts';
import type { RunnerGroupSettings, RunnerSettings, Settings } from './settings.ts';

/**
 * First runner that runs actions on Node 24.
 * @see https://github.com/actions/checkout/releases/tag/v5.0.0
 */
const leastRunner = [2, 327, 1] as const;
const hosted = /^(?:ubuntu|windows|macos)-/i;

/** A place that asks for runners by their labels. */
export interface LabelUse {
  readonly file: string;
  readonly labels: readonly string[];
}

/** The machines that train: there, new enough, and in a group that lets nobody else in. */
export function diagnoseRunners(
  settings: Settings,
  uses: readonly LabelUse[],
  judgeGroup: string | null,
): readonly Diagnosis[] {
  const own = uses.filter(({ labels }) => labels.length > 0 && !labels.some((label) => hosted.test(label)));
  const groups = settings.groups.kind === 'read' ? settings.groups.value : [];
  const inGroups = groups.flatMap(({ runners }) => (runners.kind === 'read' ? runners.value : []));
  const direct = settings.repositoryRunners.kind === 'read' ? settings.repositoryRunners.value : [];
  const hidden =
    settings.repositoryRunners.kind === 'hidden' ||
    (settings.isOrganization &&
      (settings.groups.kind === 'hidden' || groups.some(({ runners }) => runners.kind === 'hidden')));
  const once = own.filter(
    (use, at) => own.findIndex((other) => other.labels.join() === use.labels.join()) === at,
  );
  return [
    ...once.flatMap((use) => diagnoseLabels(use, [...direct, ...inGroups], hidden)),
    ...(own.length === 0 ? [] : diagnoseGroups(settings, own)),
    ...(judgeGroup === null ? [] : diagnoseJudge(settings, judgeGroup)),
  ];
}

/** Labels are compared without regard to case, as GitHub does. */
const fits = ({ labels }: RunnerSettings, wanted: readonly string[]): boolean => {
  const has = new Set(labels.map((label) => label.toLowerCase()));
  return wanted.every((label) => has.has(label.toLowerCase()));
};

function diagnoseLabels(
  { file, labels }: LabelUse,
  runners: readonly RunnerSettings[],
  hidden: boolean,
): readonly Diagnosis[] {
  const code = 'runner/labels';
  const shown = `[${labels.join(', ')}]`;
  const found = runners.filter((runner) => fits(runner, labels));
  const online = found.filter((runner) => runner.online);
  const why = 'A job waits a day for a runner, and is then cancelled.';
  if (online.length > 0) {
    return [
      ok(code, `${online.length} of ${found.length} runners with ${shown} are online`),
      ...diagnoseVersion(online),
    ];
  }
  if (hidden)
    return [
      unknown(code, `Whether a runner has ${shown}, as ${file} asks, is not known`, 'self-hosted runners'),
    ];
  if (found.length > 0) {
    const names = found
      .map(({ name }) => name)
      .slice(0, 5)
      .join(', ');
    return [
      mend(
        code,
        `No runner with ${shown} is online: ${names}`,
        why,
        'Start the runner service on that machine: sudo ./svc.sh start.',
      ),
    ];
  }
  return [
    mend(
      code,
      `No runner has ${shown}, which ${file} asks for`,
      why,
      `Register one under Settings > Actions > Runners with these labels, or change them in ${file} and in train.runs-on of the model.`,
    ),
  ];
}

function diagnoseVersion(runners: readonly RunnerSettings[]): readonly Diagnosis[] {
  const code = 'runner/version';
  const least = leastRunner.join('.');
  const old = runners.filter(({ version }) => version !== null && isOlder(version));
  if (old.length > 0) {
    return [
      mend(
        code,
        `Too old: ${old.map(({ name, version }) => `${name} ${version}`).join(', ')}`,
        'Its runner software cannot start actions on Node 24.',
        `Update it to ${least} or newer: download it again under Settings > Actions > Runners > New runner.`,
      ),
    ];
  }
  if (runners.some(({ version }) => version === null)) {
    return [
      unknown(
        code,
        `Whether each runner is ${least} or newer is not known`,
        'GitHub does not tell its version',
      ),
    ];
  }
  return [ok(code, `Each of them is ${least} or newer`)];
}

function isOlder(version: string): boolean {
  const parts = version.split('.').map(Number);
  for (const [at, least] of leastRunner.entries()) {
    const part = parts[at];
    // Not a number: not known to be new enough.
    if (part === undefined || !Number.isFinite(part) || part < least) return true;
    if (part > least) return false;
  }
  return false;
}

function diagnoseGroups(settings: Settings, uses: readonly LabelUse[]): readonly Diagnosis[] {
  const code = 'runner/group';
  const trains = (runner: RunnerSettings): boolean => uses.some(({ labels }) => fits(runner, labels));
  const direct = judge(
    settings.repositoryRunners,
    code,
    'Which runners the repository has itself',
    (runners) =>
      runners.some(trains)
        ? [
            advise(
              code,
              'A training machine is registered at the repository',
              'Every workflow of every branch can run on it.',
              'Register it in a runner group of the organization that only this repository may use.',
            ),
          ]
        : [],
  );
  if (!settings.isOrganization) return direct;
  return [
    ...direct,
    ...judge(settings.groups, code, 'Who may use the runner groups', (groups) =>
      groups.flatMap((group) =>
        judge(group.runners, code, `Which runners the group ${group.name} has`, (runners) =>
          runners.some(trains) ? diagnoseGroup(group, settings) : [],
        ),
      ),
    ),
  ];
}

function diagnoseGroup(
  group: RunnerGroupSettings,
  { repository, isPrivate }: Settings,
): readonly Diagnosis[] {
  const code = 'runner/group';
  const where = `Settings > Actions > Runner groups of ${repository.split('/')[0]}, group ${group.name}`;
  if (group.visibility !== 'selected') {
    return [
      mend(
        code,
        `Every repository may use the runner group ${group.name}`,
        'Whoever may push to any of them runs code on the training machines.',
        `${where}: Repository access: only ${repository}.`,
      ),
    ];
  }
  if (group.publicRepositories && isPrivate) {
    return [
      advise(
        code,
        `Public repositories may use the runner group ${group.name}`,
        'A fork of a public one could reach the machines.',
        `${where}: take the mark off "Allow public repositories".`,
      ),
    ];
  }
  if (!group.restrictedToWorkflows) {
    return [
      advise(
        code,
        `Every workflow of the selected repositories may use the runner group ${group.name}`,
        'The conditions in a workflow are a courtesy: a pull request can edit them.',
        `${where}: Workflow access: only propose-model.yml of your copy of Gatehouse at its commit, if you call that one.`,
      ),
    ];
  }
  return [ok(code, `The runner group ${group.name} is for selected repositories and workflows`)];
}

/** Labels and signature meet on this machine: nothing but the judge may run there. */
function diagnoseJudge(settings: Settings, name: string): readonly Diagnosis[] {
  const code = 'runner/judge';
  return judge(settings.groups, code, `The runner group ${name} of the judge`, (groups) => {
    const group = groups.find((each) => each.name === name);
    const where = `Settings > Actions > Runner groups of ${settings.repository.split('/')[0]}`;
    if (group === undefined) {
      return [
        mend(
          code,
          `There is no runner group "${name}" for the judge`,
          'Nothing is judged.',
          `${where}: make it, or change judge-runner in the policy.`,
        ),
      ];
    }
    const alone =
      group.restrictedToWorkflows &&
      group.workflows.length > 0 &&
      group.workflows.every((path) => /\/judge-model\.yml@[0-9a-f]{40}$/.test(path));
    return [
      alone
        ? ok(code, `Only the judge runs in the runner group ${name}`)
        : mend(
            code,
            `Other workflows may use the runner group ${name} of the judge`,
            'Code of a pull request could read labels, or sign.',
            `${where}, group ${name}: Workflow access: judge-model.yml at its full commit alone.`,
          ),
    ];
  });
}
