import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runAction } from '../../adapters/actions/boundary.ts';
import { readRunFacts } from '../../adapters/actions/event.ts';
import { makeFolder } from '../../adapters/actions/job.ts';
import { hide, input, needInput, say, setOutputs } from '../../adapters/actions/toolkit.ts';
import { readTree, resolveRef } from '../../adapters/git/read.ts';
import { parseContract } from '../../core/config/contract-file.ts';
import { contractPath } from '../../core/config/layout.ts';
import { isName } from '../../core/config/model-name.ts';
import { InputError } from '../../core/error/error.ts';
import { runIngest } from './run.ts';

await runAction(async () => {
  const { runId, runAttempt } = readRunFacts();
  const workspace = process.env.GITHUB_WORKSPACE ?? process.cwd();
  const dataset = needInput('dataset');
  const credentials = input('credentials');
  if (credentials !== '') hide(credentials);
  const commit = await resolveRef(workspace, 'HEAD');
  if (commit === null || !isName(dataset)) {
    throw new InputError('CHECKOUT_MISSING', `${workspace} holds no commit with a dataset "${dataset}"`, {
      hint: 'Put actions/checkout before this step, and name a dataset that has a contract.',
    });
  }
  const path = contractPath(dataset);
  const contractText = readFileSync(join(workspace, path), 'utf8');
  const folder = makeFolder('ingest');
  const { end, files } = await runIngest(
    {
      contract: parseContract(contractText, path),
      contractText,
      listing: await readTree(workspace, commit),
      commit,
      workspace,
      outputFolder: folder,
      runId,
      runAttempt,
      runner: process.env.RUNNER_NAME ?? '',
      env: process.env,
      credentials,
    },
    { now: () => new Date(), log: say },
  );
  const how = end.kind === 'failed' ? end.how : end.kind;
  say(end.kind === 'done' ? `${files.length} file(s) came in.` : `No batch came in: ${how}.`);
  setOutputs({ verdict: end.kind === 'done' ? 'pass' : 'fail', folder });
});
