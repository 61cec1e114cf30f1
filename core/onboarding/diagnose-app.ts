import { type Diagnosis, judge, mend, ok } from './diagnosis.ts';
import { unusedPermissions, usedPermissions } from './onboarding.ts';
import type { InstalledApp, Settings } from './settings.ts';

/** Asked for to show more, never needed. */
const optional: readonly string[] = ['organization_self_hosted_runners'];

/** The app as it is installed: there, awake, with what it needs and nothing that it must never hold. */
export function diagnoseApp({ app, appId, repository }: Settings): readonly Diagnosis[] {
  const owner = repository.split('/')[0];
  const where = `Settings > GitHub Apps of ${owner}`;
  return judge(app, 'app/installed', `Whether the app ${appId ?? ''} is installed`, (installed) => {
    if (installed === null)
      return [
        mend(
          'app/installed',
          `The app ${appId} is not installed for ${owner}`,
          'Nobody decides, and nothing is recorded.',
          `Install it from its page, under "Install App", for ${repository}; or name another one with --app ID.`,
        ),
      ];
    if (installed.suspended)
      return [
        mend(
          'app/installed',
          `The app ${appId} is suspended`,
          'Nobody decides, and nothing is recorded.',
          `${where}: Configure, "Unsuspend".`,
        ),
      ];
    return [ok('app/installed', `The app ${appId} is installed`), ...diagnosePermissions(installed, where)];
  });
}

function diagnosePermissions({ permissions }: InstalledApp, where: string): readonly Diagnosis[] {
  const code = 'app/permissions';
  const lacks = Object.entries(usedPermissions)
    .filter(([name]) => !optional.includes(name))
    .map(([name, why]) => ({ name, level: why.split(':')[0] ?? '' }))
    .filter(({ name, level }) => permissions[name] !== level && permissions[name] !== 'write');
  const more = unusedPermissions.filter((name) => Object.hasOwn(permissions, name));
  const found = [
    ...(lacks.length === 0
      ? []
      : [
          mend(
            code,
            `The app lacks ${lacks.map(({ name, level }) => `${name}: ${level}`).join(', ')}`,
            'What it may not read or write ends in a check that says so.',
            `Grant them on the page of the app, under Permissions, then accept them: ${where}.`,
          ),
        ]),
    ...(more.length === 0
      ? []
      : [
          mend(
            code,
            `The app may touch ${more.join(', ')}, which Gatehouse never asks for`,
            'With its key somebody could change rules, secrets or workflows, and so the gate itself.',
            'Take them away on the page of the app, under Permissions.',
          ),
        ]),
  ];
  return found.length > 0
    ? found
    : [ok(code, 'The app has the permissions that it needs, and none that it must not have')];
}
