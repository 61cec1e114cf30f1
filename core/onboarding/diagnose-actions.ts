import { advise, type Diagnosis, judge, mend, ok } from './diagnosis.ts';
import type { Reading, Settings } from './settings.ts';

/** Names under which people keep the key of an app. */
const keyNames = /^(?:GATEHOUSE_)?(?:(?:GITHUB_|GH_)?APP_)?PRIVATE_KEY(?:_PATH)?$|GATEHOUSE.*KEY$/i;

/** What workflows may do in this repository, and where the key of the app lies. */
export function diagnoseActions(
  settings: Settings,
  given: { readonly trustedRepository: string; readonly keySecrets: readonly string[] },
): readonly Diagnosis[] {
  const where = `Settings > Actions > General of ${settings.repository}`;
  return [
    ...diagnosePermissions(settings, given.trustedRepository, where),
    ...diagnoseForks(settings, where),
    ...diagnoseKey(settings.repositorySecrets, 'repository', settings, given.keySecrets),
    ...(settings.isOrganization
      ? diagnoseKey(settings.organizationSecrets, 'organization', settings, given.keySecrets)
      : []),
  ];
}

function diagnosePermissions(
  { actions, token, repository }: Settings,
  trusted: string,
  where: string,
): readonly Diagnosis[] {
  return [
    ...judge(actions, 'actions/enabled', 'Whether Actions may run', ({ enabled, allowed }) => {
      const code = 'actions/enabled';
      if (!enabled) {
        return [
          mend(
            code,
            'Actions are switched off',
            'Nothing is validated or judged.',
            `${where}: allow actions and reusable workflows.`,
          ),
        ];
      }
      if (allowed === 'local_only' && trusted.split('/')[0] !== repository.split('/')[0]) {
        return [
          mend(
            code,
            `Only workflows of ${repository.split('/')[0]} may run, and ${trusted} is not one of them`,
            'The run of every pull request fails at its start.',
            `${where}: allow ${trusted} as well.`,
          ),
        ];
      }
      return [
        allowed === 'selected'
          ? advise(
              code,
              'Only selected actions may run',
              `A run fails at its start if ${trusted}, actions/checkout or actions/upload-artifact is not among them.`,
              `${where}: look that ${trusted}/* and actions by GitHub are allowed.`,
            )
          : ok(code, 'Actions and reusable workflows may run'),
      ];
    }),
    ...judge(
      token,
      'actions/token',
      'What the token of a workflow may do by default',
      ({ write, approves }) => [
        write
          ? mend(
              'actions/token',
              'The token of every workflow may write by default',
              'A workflow that names no permissions can push, and make checks.',
              `${where}: Workflow permissions: "Read repository contents and packages permissions".`,
            )
          : ok('actions/token', 'The token of a workflow reads only by default'),
        approves
          ? advise(
              'actions/approvals',
              'Workflows may create and approve pull requests',
              'Gatehouse counts no approval of a bot, but a rule of GitHub does.',
              `${where}: take the mark off "Allow GitHub Actions to create and approve pull requests".`,
            )
          : ok('actions/approvals', 'Workflows approve no pull request'),
      ],
    ),
  ];
}

function diagnoseForks({ forks, isPrivate }: Settings, where: string): readonly Diagnosis[] {
  const code = 'actions/forks';
  return judge(
    forks,
    code,
    'What runs for pull requests from forks',
    ({ approval, writeTokens, secrets }) => {
      if (writeTokens || secrets) {
        return [
          mend(
            code,
            `Pull requests from forks get ${[writeTokens ? 'a token that may write' : '', secrets ? 'secrets' : ''].filter((word) => word !== '').join(' and ')}`,
            'A stranger runs code with them.',
            `${where}: Fork pull request workflows: send neither write tokens nor secrets.`,
          ),
        ];
      }
      if (approval === 'all') return [ok(code, 'A workflow of a fork waits for a maintainer')];
      return [
        mend(
          code,
          approval === 'none'
            ? 'Workflows of forks run without approval'
            : 'Only newcomers wait for approval before their workflow runs',
          'A pull request can change the workflow: whoever opens one runs code on your training machines.',
          isPrivate
            ? `${where}: Fork pull request workflows: "Require approval for fork pull request workflows".`
            : `${where}: Approval for running fork pull request workflows: "Require approval for all external contributors".`,
        ),
      ];
    },
  );
}

/** A quorum of people who do not exist waits for ever. */
export function diagnosePeople({ people }: Settings): readonly Diagnosis[] {
  const code = 'policy/people';
  const found = people.flatMap(({ name, exists }) =>
    judge(exists, code, `Whether there is a ${name.includes('/') ? 'team' : 'person'} ${name}`, (is) =>
      is
        ? []
        : [
            mend(
              code,
              `There is no ${name.includes('/') ? 'team' : 'person'} ${name} on this GitHub`,
              'Who does not exist approves nothing, and a role that cannot be resolved lets nothing pass.',
              `Name others under roles in the policy, or under owners of the model or contract.`,
            ),
          ],
    ),
  );
  return found.length === 0 ? [ok(code, 'Everybody who is named exists')] : found;
}

/** Whoever may push a branch can print such a secret (GATE.md rule 24). */
function diagnoseKey(
  secrets: Reading<readonly string[]>,
  level: 'repository' | 'organization',
  { repository }: Settings,
  used: readonly string[],
): readonly Diagnosis[] {
  const code = `key/${level}`;
  return judge(secrets, code, `Which secrets the ${level} has`, (names) => {
    const found = names.filter((name) => keyNames.test(name) || used.includes(name));
    if (found.length === 0) return [ok(code, `No secret of the ${level} has the name of the app's key`)];
    return [
      mend(
        code,
        `The ${level} has the secret ${found.join(', ')}`,
        'Whoever may push a branch can print it, and with the key of the app write the ledger and its anchors.',
        `Make a new key on the page of the app, delete the old one and the secret (gh secret delete ${found[0]} ${level === 'repository' ? `--repo ${repository}` : `--org ${repository.split('/')[0]}`}), and keep the new one with the server, or in an environment that only the default branch may use.`,
      ),
    ];
  });
}
