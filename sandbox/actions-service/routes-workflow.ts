import { HubError, notFound } from '../hub/hub-error.ts';
import type { Call } from '../hub/interface.ts';
import { answerPage } from './page.ts';
import { renderWorkflow } from './render-run.ts';
import type { WorkflowFile } from './run.ts';
import type { ActionsService } from './service.ts';

const READ = { scope: 'actions', level: 'read' } as const;
const WRITE = { scope: 'actions', level: 'write' } as const;
const BASE = '/repos/:owner/:repo/actions/workflows';

/** Mounts workflow files and their manual start. */
export function mountWorkflowRoutes(service: ActionsService): void {
  const { hub } = service;
  const { routes } = hub;
  routes.add(
    'GET',
    BASE,
    async (call) => {
      const repository = call.repository();
      await learnWorkflows(service, call);
      const own = [...service.workflows.values()].filter(
        (workflow) => workflow.repositoryId === repository.id,
      );
      return answerPage(call, 'workflows', own, (workflow) => renderWorkflow(hub, repository, workflow));
    },
    READ,
  );
  routes.add(
    'GET',
    `${BASE}/:workflow`,
    async (call) => ({
      status: 200,
      body: renderWorkflow(hub, call.repository(), await workflowOf(service, call)),
    }),
    READ,
  );
  routes.add(
    'POST',
    `${BASE}/:workflow/dispatches`,
    async (call) => {
      const { ref, inputs } = call.json();
      if (typeof ref !== 'string') throw new HubError(422, 'Invalid request.\n\n"ref" wasn\'t supplied.');
      if (inputs !== undefined && (typeof inputs !== 'object' || inputs === null || Array.isArray(inputs))) {
        throw new HubError(422, "Invalid request.\n\nFor 'properties/inputs', value is not an object.");
      }
      const { caller } = call;
      const sender = 'account' in caller ? caller.account : hub.account('github-actions[bot]');
      await service.hooks.dispatch(await workflowOf(service, call), ref, { ...inputs }, sender);
      return { status: 204 };
    },
    WRITE,
  );
}

/** The workflow that a path names by its id or file. @throws HubError 404 */
export async function workflowOf(service: ActionsService, call: Call): Promise<WorkflowFile> {
  const { id } = call.repository();
  await learnWorkflows(service, call);
  const name = call.params.workflow ?? '';
  const own = [...service.workflows.values()].filter((workflow) => workflow.repositoryId === id);
  const found = own.find(
    (workflow) => String(workflow.id) === name || workflow.path === `.github/workflows/${name}`,
  );
  if (found === undefined) throw notFound();
  return found;
}

// A file on the default branch is a workflow of the repository before it ever ran.
async function learnWorkflows(service: ActionsService, call: Call): Promise<void> {
  const repository = call.repository();
  const git = service.hub.git(repository);
  const folder = await git.read(`refs/heads/${repository.defaultBranch}:.github/workflows`);
  if (folder?.type !== 'tree') return;
  for (const entry of (await git.tree(folder.sha)) ?? []) {
    const path = `.github/workflows/${entry.path}`;
    const known = [...service.workflows.values()].some(
      (one) => one.repositoryId === repository.id && one.path === path,
    );
    if (/\.ya?ml$/.test(entry.path) && !known) service.workflow(repository, path, path);
  }
}
