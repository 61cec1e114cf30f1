import type { Hub } from '../hub/interface.ts';
import { webUrl } from '../hub/render/repository.ts';
import type { CheckSuite } from '../hub/world.ts';
import { ACTIONS_APP_ID } from '../hub/world-builder.ts';
import { suiteIdOf } from './render-run.ts';
import type { Run, RunJob } from './run.ts';

/**
 * Shows a job as a check run of the app `github-actions`, under the job's own id and name: a job may well be
 * called `gatehouse`, and only the app tells it from the real check.
 */
export function showJob(hub: Hub, job: RunJob): void {
  const { run } = job;
  const { checkRuns } = run.repository;
  const suite = suiteOf(hub, run);
  const known = checkRuns.get(job.id);
  const check = known ?? {
    ...{ id: job.id, app: suite.app, suite, headSha: run.headSha, name: job.name, externalId: '' },
    detailsUrl: `${webUrl(hub, run.repository)}/actions/runs/${run.id}/job/${job.id}`,
    ...{ status: 'queued', conclusion: null, startedAt: job.createdAt, completedAt: null },
    ...{ title: null, summary: null, text: null, annotations: [], actions: [] },
  };
  checkRuns.set(job.id, check);
  check.status = job.status;
  check.conclusion = job.conclusion;
  check.startedAt = job.startedAt;
  check.completedAt = job.completedAt;
  check.annotations = job.annotations.map(({ path, line, level, title, message }) => ({
    ...{ path, start_line: line, end_line: line, start_column: null, end_column: null },
    ...{ annotation_level: level, title: title === '' ? null : title, message, raw_details: null },
  }));
}

/** Every run has a suite of its own, though all belong to one app and commit. */
function suiteOf(hub: Hub, run: Run): CheckSuite {
  const { checkSuites } = run.repository;
  const key = `${ACTIONS_APP_ID} ${run.headSha} ${run.id}`;
  const app = hub.world.apps.get(ACTIONS_APP_ID);
  if (app === undefined) throw new Error('the hub has no app github-actions');
  const suite = checkSuites.get(key) ?? {
    ...{
      id: suiteIdOf(run),
      app,
      headSha: run.headSha,
      headBranch: run.headBranch,
      createdAt: run.createdAt,
    },
  };
  checkSuites.set(key, suite);
  return suite;
}
