import type { Hub } from '../hub/interface.ts';
import { renderUser } from '../hub/render/account.ts';
import { renderMinimalRepository, repositoryUrl, webUrl } from '../hub/render/repository.ts';
import { nodeId } from '../hub/webhook.ts';
import type { Repository } from '../hub/world.ts';
import type { Artifact, Run, RunAttempt, RunJob, WorkflowFile } from './run.ts';

/** `workflow-run`, of the newest attempt or of an earlier one. */
export async function renderRun(hub: Hub, run: Run, attempt: RunAttempt = run) {
  const api = repositoryUrl(hub, run.repository);
  const url = `${api}/actions/runs/${run.id}`;
  const suite = suiteIdOf(run);
  return {
    id: run.id,
    name: run.workflow.name,
    node_id: nodeId('WorkflowRun', run.id),
    check_suite_id: suite,
    check_suite_node_id: nodeId('CheckSuite', suite),
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: run.workflow.path,
    display_title: run.title,
    run_number: run.number,
    run_attempt: attempt.attempt,
    referenced_workflows: attempt.referenced.map(({ path, sha, ref }) => ({
      path,
      sha,
      ...(ref ? { ref } : {}),
    })),
    event: run.event,
    status: attempt.status,
    conclusion: attempt.conclusion,
    workflow_id: run.workflow.id,
    url: attempt === run ? url : `${url}/attempts/${attempt.attempt}`,
    html_url: `${webUrl(hub, run.repository)}/actions/runs/${run.id}`,
    pull_requests: renderPulls(hub, run),
    created_at: run.createdAt,
    updated_at: attempt.updatedAt,
    actor: renderUser(hub, run.actor),
    triggering_actor: renderUser(hub, attempt.triggeringActor),
    run_started_at: attempt.startedAt,
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: `${api}/check-suites/${suite}`,
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: attempt.attempt > 1 ? `${url}/attempts/${attempt.attempt - 1}` : null,
    workflow_url: `${api}/actions/workflows/${run.workflow.id}`,
    head_commit: await renderHeadCommit(hub, run),
    repository: renderMinimalRepository(hub, run.repository),
    head_repository: renderMinimalRepository(hub, run.headRepository),
  };
}

/** A run's check suite: one for each run, as GitHub makes it. */
export function suiteIdOf(run: Run): number {
  return run.id + 1_000_000_000;
}

async function renderHeadCommit(hub: Hub, run: Run) {
  const commit = await hub.git(run.headRepository).commit(run.headSha);
  if (commit === null) return null;
  return {
    id: commit.sha,
    tree_id: commit.tree,
    message: commit.message,
    timestamp: commit.committer.date,
    author: { name: commit.author.name, email: commit.author.email },
    committer: { name: commit.committer.name, email: commit.committer.email },
  };
}

// A pull request from a fork is never listed: GitHub leaves the field empty there.
function renderPulls(hub: Hub, run: Run) {
  if (run.headRepository.id !== run.repository.id) return [];
  const reference = (repository: Repository) => ({
    id: repository.id,
    url: repositoryUrl(hub, repository),
    name: repository.name,
  });
  return [...run.repository.pulls.values()]
    .filter(
      (pull) => pull.state === 'open' && pull.headRef === run.headBranch && pull.headSha === run.headSha,
    )
    .filter((pull) => pull.headRepositoryId === run.repository.id)
    .map((pull) => ({
      url: `${repositoryUrl(hub, run.repository)}/pulls/${pull.number}`,
      id: pull.id,
      number: pull.number,
      head: { ref: pull.headRef, sha: pull.headSha, repo: reference(run.headRepository) },
      base: { ref: pull.baseRef, sha: pull.baseSha, repo: reference(run.repository) },
    }));
}

/** `job`. */
export function renderJob(hub: Hub, job: RunJob) {
  const { run } = job;
  const api = repositoryUrl(hub, run.repository);
  return {
    id: job.id,
    run_id: run.id,
    run_url: `${api}/actions/runs/${run.id}`,
    run_attempt: job.attempt,
    node_id: nodeId('CheckRun', job.id),
    head_sha: run.headSha,
    head_branch: run.headBranch,
    url: `${api}/actions/jobs/${job.id}`,
    html_url: `${webUrl(hub, run.repository)}/actions/runs/${run.id}/job/${job.id}`,
    status: job.status,
    conclusion: job.conclusion,
    created_at: job.createdAt,
    started_at: job.startedAt,
    completed_at: job.completedAt,
    name: job.name,
    steps: job.steps.map((step) => ({
      name: step.name,
      status: step.status,
      conclusion: step.conclusion,
      number: step.number,
      started_at: step.startedAt,
      completed_at: step.completedAt,
    })),
    check_run_url: `${api}/check-runs/${job.id}`,
    labels: job.labels,
    runner_id: job.runnerId,
    runner_name: job.runnerName,
    runner_group_id: job.runnerName === null ? null : 1,
    runner_group_name: job.runnerGroup,
    workflow_name: run.workflow.name,
  };
}

/** `artifact`. */
export function renderArtifact(hub: Hub, artifact: Artifact) {
  const { run } = artifact;
  const url = `${repositoryUrl(hub, run.repository)}/actions/artifacts/${artifact.id}`;
  return {
    id: artifact.id,
    node_id: nodeId('Artifact', artifact.id),
    name: artifact.name,
    size_in_bytes: artifact.sizeBytes,
    url,
    archive_download_url: `${url}/zip`,
    expired: Date.parse(artifact.expiresAt) <= Date.parse(hub.clock.now()),
    digest: artifact.digest,
    created_at: artifact.createdAt,
    updated_at: artifact.createdAt,
    expires_at: artifact.expiresAt,
    workflow_run: {
      id: run.id,
      repository_id: run.repository.id,
      head_repository_id: run.headRepository.id,
      head_branch: run.headBranch,
      head_sha: run.headSha,
    },
  };
}

/** `workflow`. */
export function renderWorkflow(hub: Hub, repository: Repository, workflow: WorkflowFile) {
  return {
    id: workflow.id,
    node_id: nodeId('Workflow', workflow.id),
    name: workflow.name,
    path: workflow.path,
    state: 'active',
    created_at: workflow.createdAt,
    updated_at: workflow.createdAt,
    url: `${repositoryUrl(hub, repository)}/actions/workflows/${workflow.id}`,
    html_url: `${webUrl(hub, repository)}/blob/${repository.defaultBranch}/${workflow.path}`,
    badge_url: `${webUrl(hub, repository)}/workflows/${encodeURIComponent(workflow.name)}/badge.svg`,
  };
}
