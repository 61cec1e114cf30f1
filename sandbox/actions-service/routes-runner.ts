import { notAccessible, notFound } from '../hub/hub-error.ts';
import type { Answer, Call } from '../hub/interface.ts';
import { answerPage } from './page.ts';
import type { ActionsService, ListedRunner } from './service.ts';

/**
 * Mounts the lists of self-hosted runners: every runner of the sandbox stands in the repository's. No workflow can give
 * its token either permission, so a job is always refused.
 */
export function mountRunnerRoutes(service: ActionsService): void {
  const { routes } = service.hub;
  routes.add(
    'GET',
    '/repos/:owner/:repo/actions/runners',
    (call) => {
      if (isJob(call)) throw notAccessible();
      return listRunners(service, call);
    },
    { scope: 'administration', level: 'read', user: 'admin' },
  );
  routes.add('GET', '/orgs/:org/actions/runners', (call) => {
    const { caller } = call;
    // Only an app of the organization can have this one; people of it are not modelled.
    if (caller.kind === 'installation') {
      if (caller.permissions.organization_self_hosted_runners !== undefined)
        return listRunners(service, call);
      throw notAccessible();
    }
    throw notFound();
  });
}

const isJob = ({ caller }: Call): boolean => caller.kind === 'job';

function listRunners(service: ActionsService, call: Call): Promise<Answer> {
  const name = call.query.get('name');
  const all = (service.hooks.runners?.() ?? []).filter((runner) => name === null || runner.name === name);
  return answerPage(call, 'runners', all, renderRunner);
}

/** `runner`. */
const renderRunner = (runner: ListedRunner) => ({
  id: runner.id,
  name: runner.name,
  os: 'linux',
  status: runner.isOnline ? 'online' : 'offline',
  busy: runner.isBusy,
  ephemeral: false,
  runner_group_id: 1,
  labels: runner.labels.map(({ name, type }, index) => ({ id: runner.id * 1000 + index, name, type })),
});
