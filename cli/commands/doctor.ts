import { runGit } from '../../adapters/git/git.ts';
import { remoteUrl } from '../../adapters/git/read.ts';
import { readWorkTree } from '../../adapters/git/work-tree.ts';
import {
  createQuietClient,
  needRepositoryAddress,
  parseRepositoryAddress,
  type RepositoryAddress,
} from '../../adapters/github/token-client.ts';
import { readSettings } from '../../adapters/onboarding/settings.ts';
import { isChecked } from '../../core/config/layout.ts';
import type { ModelConfig } from '../../core/config/model.ts';
import type { Policy } from '../../core/config/policy.ts';
import { readRepositoryConfig } from '../../core/config/repository.ts';
import { InputError } from '../../core/error/error.ts';
import { callerPath } from '../../core/onboarding/caller-text.ts';
import { diagnoseActions, diagnosePeople } from '../../core/onboarding/diagnose-actions.ts';
import { diagnoseApp } from '../../core/onboarding/diagnose-app.ts';
import { diagnoseBranches } from '../../core/onboarding/diagnose-branches.ts';
import { diagnoseCallers, keySecretsOf } from '../../core/onboarding/diagnose-caller.ts';
import { diagnoseFiles, diagnosePolicy } from '../../core/onboarding/diagnose-files.ts';
import { diagnoseMachine } from '../../core/onboarding/diagnose-machine.ts';
import { diagnoseRunners, type LabelUse } from '../../core/onboarding/diagnose-runners.ts';
import {
  diagnoseEnvironments,
  diagnoseStandby,
  keyEnvironments,
} from '../../core/onboarding/diagnose-standby.ts';
import { diagnoseWorkflows } from '../../core/onboarding/diagnose-workflows.ts';
import { type Diagnosis, unknown } from '../../core/onboarding/diagnosis.ts';
import { diagnosisBlocks } from '../../core/onboarding/diagnosis-blocks.ts';
import { findRunners } from '../../core/onboarding/find-people.ts';
import { tellOnce } from '../../core/onboarding/tell-once.ts';
import { renderText } from '../../core/report/text.ts';
import type { AddCommand, CommandContext } from '../context.ts';

interface DoctorOptions {
  readonly github?: string;
  readonly app?: string;
  readonly offline?: boolean;
  readonly json?: boolean;
}

/** `gatehouse doctor`: what stands between this repository and a gate that holds, each with its fix. Changes nothing. */
export const doctorCommand: AddCommand = (program, context) => {
  program
    .command('doctor')
    .description(
      'Looks for what the gate rests on: files, workflows, rulesets, runners, secrets; each with its fix',
    )
    .option('--github <url>', 'ask this repository (default: the remote of the clone, with GITHUB_TOKEN set)')
    .option('--app <id>', 'number of your app (default: GATEHOUSE_APP_ID)')
    .option('--offline', 'look at this clone alone')
    .option('--json', 'print JSON')
    .action((options: DoctorOptions) =>
      context.run(async () => {
        const diagnoses = await examine(options, context);
        context.print(
          options.json === true
            ? JSON.stringify({ diagnoses }, null, 2)
            : renderText(diagnosisBlocks(diagnoses)),
        );
        return diagnoses.some(({ health }) => health === 'mend') ? 1 : 0;
      }),
    );
};

/** What the clone says, then what GitHub says. */
async function examine(options: DoctorOptions, context: CommandContext): Promise<readonly Diagnosis[]> {
  const tree = await readWorkTree(context.cwd, isChecked);
  const files = new Map(tree.paths.map((path) => [path, tree.texts.get(path) ?? '']));
  for (const path of tree.links) files.delete(path);
  const config = readRepositoryConfig(files);
  const policy = config.policy?.value ?? null;
  const models = [...config.models.values()].map(({ value }) => value);
  const address = await findAddress(options, tree.root);
  const offline = [
    ...diagnoseMachine({
      git: await gitVersion(tree.root),
      node: process.version,
      offline: context.env.GATEHOUSE_OFFLINE === 'true',
      enginePath: context.env.GATEHOUSE_ENGINE_PATH ?? '',
    }),
    ...diagnoseFiles(files),
    ...(policy === null ? [] : diagnosePolicy(policy, models, serverOf(address))),
    ...(policy === null ? [] : diagnoseCallers(files, policy)),
    ...diagnoseWorkflows(files, trustedRepository(policy)),
    ...(policy === null ? [] : diagnoseStandby(files, trustedRepository(policy))),
  ];
  const online = await examineOnline(options, context, { address, policy, models, files });
  return tellOnce([...offline, ...online]);
}

interface Subject {
  readonly address: RepositoryAddress | null;
  readonly policy: Policy | null;
  readonly models: readonly ModelConfig[];
  readonly files: ReadonlyMap<string, string>;
}

async function examineOnline(
  { app, offline, github }: DoctorOptions,
  { env }: CommandContext,
  { address, policy, models, files }: Subject,
): Promise<readonly Diagnosis[]> {
  if (offline === true) return [notAsked('--offline was given')];
  if (address === null) return [notAsked('the remote of this clone is no GitHub')];
  if (!env.GITHUB_TOKEN && github === undefined) return [notAsked('GITHUB_TOKEN is not set')];
  const settings = await readSettings(createQuietClient(address.apiUrl, env.GITHUB_TOKEN), {
    name: address.name,
    appId: parseAppId(app ?? env.GATEHOUSE_APP_ID),
    branches: policy?.branches ?? [],
    ledgerBranch: policy?.ledger.branch ?? 'gatehouse-ledger',
    people: [...Object.values(policy?.roles ?? {}), ...models.map(({ owners }) => owners)].flatMap(
      ({ users, teams }) => [...users, ...teams],
    ),
    environments: keyEnvironments(files, trustedRepository(policy)),
  });
  const ledgerOnBase = settings.governed.some(({ name }) => name === settings.ledger.name);
  const judgeRunner = policy?.judgeRunner ?? 'github-hosted';
  return [
    ...diagnoseBranches(settings, { enforced: policy?.enforce !== false, ledgerOnBase }),
    ...diagnoseActions(settings, {
      trustedRepository: trustedRepository(policy),
      keySecrets: keySecretsOf(files),
    }),
    ...diagnoseApp(settings),
    ...diagnoseEnvironments(settings),
    ...diagnosePeople(settings),
    ...diagnoseRunners(
      settings,
      labelUses(models, files),
      judgeRunner === 'github-hosted' ? null : judgeRunner,
    ),
  ];
}

/** `acme/gatehouse`, empty without a policy. */
const trustedRepository = (policy: Policy | null): string =>
  policy?.trusted.judge.path.split('/').slice(0, 2).join('/') ?? '';

const notAsked = (why: string): Diagnosis => ({
  ...unknown('github/settings', 'The settings on GitHub were not looked at', why),
  why: `Rulesets, runners and secrets decide whether the gate holds (${why}).`,
  fix: 'GITHUB_TOKEN=$(gh auth token) gatehouse doctor --app ID, by an admin of the repository.',
});

/** Labels that models name, and those of the job that trains. */
function labelUses(models: readonly ModelConfig[], files: ReadonlyMap<string, string>): readonly LabelUse[] {
  return [
    ...models.map(({ model, train }) => ({ file: `models/${model}/model.yml`, labels: train.runsOn })),
    ...findRunners({ texts: new Map([['.github/workflows/caller.yml', files.get(callerPath) ?? '']]) }).map(
      ({ labels }) => ({ file: callerPath, labels }),
    ),
  ];
}

async function findAddress({ github }: DoctorOptions, root: string): Promise<RepositoryAddress | null> {
  if (github !== undefined) return needRepositoryAddress(github);
  const remote = await remoteUrl(root);
  return remote === null ? null : parseRepositoryAddress(remote);
}

/** `https://github.com` of an API address: a server of one's own has it below the same host. */
const serverOf = (address: RepositoryAddress | null): string | null =>
  address === null
    ? null
    : address.apiUrl === 'https://api.github.com'
      ? 'https://github.com'
      : address.apiUrl.replace(/\/api\/v3$/, '');

async function gitVersion(root: string): Promise<string | null> {
  const { code, stdout } = await runGit(root, ['--version']);
  return code === 0 ? stdout.toString().trim() : null;
}

function parseAppId(text: string | undefined): number | null {
  if (text === undefined || text === '') return null;
  const id = Number(text);
  if (Number.isSafeInteger(id) && id > 0) return id;
  throw new InputError('APP_ID_MISSING', `"${text}" is no id of an app`, {
    hint: "Write the number on the app's page, under General.",
  });
}
