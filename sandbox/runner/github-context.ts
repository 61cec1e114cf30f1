import type { Run } from '../actions-service/run.ts';
import type { Hub, Json } from '../hub/interface.ts';
import type { Pull } from '../hub/world.ts';
import type { Mapping } from './workflow.ts';

/** The `github` context that all jobs of a run share. */
export function makeGithubContext(hub: Hub, run: Run, event: Json, pull: Pull | undefined): Mapping {
  const { repository } = run;
  const isTag = run.ref.startsWith('refs/tags/');
  return {
    event,
    event_name: run.event,
    ref: run.ref,
    ref_name: run.ref.replace(/^refs\/(?:heads|tags|pull)\//, ''),
    ref_type: isTag ? 'tag' : 'branch',
    ref_protected: repository.protections.has(run.ref.replace('refs/heads/', '')),
    sha: run.sha,
    head_ref: pull?.headRef ?? '',
    base_ref: pull?.baseRef ?? '',
    repository: repository.fullName,
    repository_id: String(repository.id),
    repository_owner: repository.owner.login,
    repository_owner_id: String(repository.owner.id),
    repositoryUrl: `git://${new URL(hub.url).host}/${repository.fullName}.git`,
    actor: run.actor.login,
    actor_id: String(run.actor.id),
    triggering_actor: run.triggeringActor.login,
    run_id: String(run.id),
    run_number: String(run.number),
    run_attempt: String(run.attempt),
    retention_days: '90',
    workflow: run.workflow.name,
    workflow_ref: `${repository.fullName}/${run.workflow.path}@${run.ref}`,
    workflow_sha: run.sha,
    server_url: hub.url,
    api_url: hub.apiUrl,
    graphql_url: hub.graphqlUrl,
    secret_source: 'Actions',
  };
}
