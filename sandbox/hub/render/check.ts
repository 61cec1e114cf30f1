import type { Hub } from '../interface.ts';
import { nodeId } from '../webhook.ts';
import type { CheckRun, CheckSuite, Pull, Repository } from '../world.ts';
import { renderApp } from './account.ts';
import { renderMinimalRepository, repositoryUrl, webUrl } from './repository.ts';

const repositoryReference = (hub: Hub, repository: Repository) => ({
  id: repository.id,
  url: repositoryUrl(hub, repository),
  name: repository.name,
});

/** `pull-request-minimal`: open pull requests of this repository with that head; forks' are never listed. */
function renderPulls(hub: Hub, repository: Repository, sha: string) {
  const pulls = [...repository.pulls.values()].filter(
    (pull: Pull) => pull.headSha === sha && pull.state === 'open' && pull.headRepositoryId === repository.id,
  );
  return pulls.map((pull) => ({
    url: `${repositoryUrl(hub, repository)}/pulls/${pull.number}`,
    id: pull.id,
    number: pull.number,
    head: { ref: pull.headRef, sha: pull.headSha, repo: repositoryReference(hub, repository) },
    base: { ref: pull.baseRef, sha: pull.baseSha, repo: repositoryReference(hub, repository) },
  }));
}

/** `check-run`. */
export function renderCheckRun(hub: Hub, repository: Repository, run: CheckRun) {
  const url = `${repositoryUrl(hub, repository)}/check-runs/${run.id}`;
  const html = `${webUrl(hub, repository)}/runs/${run.id}`;
  return {
    id: run.id,
    node_id: nodeId('CheckRun', run.id),
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: html,
    details_url: run.detailsUrl ?? html,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    name: run.name,
    check_suite: { id: run.suite.id },
    app: renderApp(hub, run.app),
    pull_requests: renderPulls(hub, repository, run.headSha),
  };
}

function suiteState(repository: Repository, suite: CheckSuite) {
  const runs = [...repository.checkRuns.values()].filter((run) => run.suite.id === suite.id);
  if (runs.length === 0) return { status: 'queued', conclusion: null };
  if (runs.some((run) => run.status !== 'completed')) return { status: 'in_progress', conclusion: null };
  const failed = runs.find((run) => run.conclusion !== 'success' && run.conclusion !== 'neutral');
  return { status: 'completed', conclusion: failed?.conclusion ?? 'success' };
}

/** The `check_run` of a webhook: its suite is told in full. */
export function renderCheckRunPayload(hub: Hub, repository: Repository, run: CheckRun) {
  const { suite } = run;
  return {
    ...renderCheckRun(hub, repository, run),
    check_suite: {
      id: suite.id,
      node_id: nodeId('CheckSuite', suite.id),
      head_branch: suite.headBranch,
      head_sha: suite.headSha,
      ...suiteState(repository, suite),
      url: `${repositoryUrl(hub, repository)}/check-suites/${suite.id}`,
      before: null,
      after: suite.headSha,
      pull_requests: renderPulls(hub, repository, suite.headSha),
      app: renderApp(hub, suite.app),
      created_at: suite.createdAt,
      updated_at: suite.createdAt,
    },
  };
}

/** `check-suite`: GET /repos/{owner}/{repo}/check-suites/{id} without its head commit. */
export function renderCheckSuite(hub: Hub, repository: Repository, suite: CheckSuite) {
  const url = `${repositoryUrl(hub, repository)}/check-suites/${suite.id}`;
  const runs = [...repository.checkRuns.values()].filter((run) => run.suite.id === suite.id);
  return {
    id: suite.id,
    node_id: nodeId('CheckSuite', suite.id),
    head_branch: suite.headBranch,
    head_sha: suite.headSha,
    ...suiteState(repository, suite),
    url,
    before: null,
    after: suite.headSha,
    pull_requests: renderPulls(hub, repository, suite.headSha),
    app: renderApp(hub, suite.app),
    repository: renderMinimalRepository(hub, repository),
    created_at: suite.createdAt,
    updated_at: suite.createdAt,
    latest_check_runs_count: runs.length,
    check_runs_url: `${url}/check-runs`,
  };
}
