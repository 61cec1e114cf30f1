import { runAction } from '../../adapters/actions/boundary.ts';
import { openReader } from '../../adapters/actions/job.ts';
import { openSweepIssue } from '../../adapters/actions/sweep-issue.ts';
import { readSweptRunners } from '../../adapters/actions/swept-runners.ts';
import { askFor, readSweptRuns, readTrainingJobs } from '../../adapters/actions/swept-runs.ts';
import { hide, input, needInput, say, setOutputs, writeSummary } from '../../adapters/actions/toolkit.ts';
import { parseRepositoryName } from '../../adapters/github/client.ts';
import { createTokenClient } from '../../adapters/github/token-client.ts';
import { readProposal } from '../../adapters/proposal/read-proposal.ts';
import { renderSweepSummary } from '../../core/report/sweep-issue.ts';
import { run } from './run.ts';

await runAction(async () => {
  const { run: facts, client, reader } = openReader();
  const name = parseRepositoryName(facts.repository);
  const runnersToken = input('runners-token');
  if (runnersToken !== '') hide(runnersToken);
  const workflows = split(needInput('workflows'));
  const jobNames = split(needInput('jobs'));
  const now = new Date().toISOString();
  const { verdict, cancelled, retried, issue } = await run({
    ...{ reader, now, say },
    readProposal: (commits) => readProposal(reader, commits),
    runs: () => readSweptRuns(client, name, workflows, now),
    jobs: (listed) => readTrainingJobs(client, name, listed, jobNames),
    runners: () =>
      readSweptRunners(runnersToken === '' ? client : createTokenClient(facts.apiUrl, runnersToken), name),
    askFor: (action) => askFor(client, name, action),
    issue: input('issues') === 'false' ? null : openSweepIssue(client, name),
    dryRun: input('dry-run') === 'true',
    summarize: (sweep) => writeSummary(renderSweepSummary(sweep)),
  });
  setOutputs({ verdict, cancelled: cancelled.join(' '), retried: retried.join(' '), issue });
});

/** Parts of a text between commas. */
function split(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
