import process from 'node:process';
import { runAction } from '../adapters/actions/boundary.ts';
import { readRunFacts } from '../adapters/actions/event.ts';
import { inputNumber } from '../adapters/actions/input.ts';
import { failStep, hide, input, needInput, setOutputs, writeSummary } from '../adapters/actions/toolkit.ts';
import { InputError } from '../core/error/error.ts';
import { parsePrivateKey } from './config.ts';
import { createLog } from './log.ts';
import { reconcileOnce } from './once.ts';
import { summarize } from './once-summary.ts';

/** The action `reconcile`: one reconcile of the repository whose workflow runs, in a job that has the app's key. */
await runAction(async () => {
  const appId = inputNumber('app-id');
  if (appId === null) needInput('app-id');
  const keys = readKeys();
  const { repository, serverUrl, apiUrl } = readRunFacts();
  const now = () => new Date().toISOString();
  const result = await reconcileOnce({
    ...{ appId: appId ?? 0, privateKeys: keys, repository, serverUrl, apiUrl, now },
    ref: process.env.GITHUB_REF ?? '',
    log: createLog({ write: (line) => process.stdout.write(line), now, secrets: keys }),
  });
  const { looked, failed } = result;
  await writeSummary(summarize(result));
  setOutputs({
    verdict: failed.length === 0 ? 'pass' : 'not evaluated',
    looked: String(looked.length),
    failed: String(failed.length),
  });
  if (failed.length > 0)
    failStep(
      `${failed.length} of ${looked.length} pull requests could not be looked at; the next run looks again. The log says why.`,
    );
});

/** @throws InputError INPUT_MISSING, BOT_PRIVATE_KEY */
function readKeys(): readonly [string, ...string[]] {
  const text = input('private-key');
  if (text === '')
    throw new InputError('INPUT_MISSING', 'The input "private-key" is empty', {
      hint: "Keep the app's key as the secret of an environment that only the default branch may use, name that environment in the job, and hand the secret on under its own name.",
    });
  const earlier = input('private-key-previous');
  const keys = [
    parsePrivateKey('private-key', text),
    ...(earlier === '' ? [] : [parsePrivateKey('private-key-previous', earlier)]),
  ] as const;
  // From a key service it is no secret that the runner knows; a log shows lines.
  for (const line of keys.flatMap((key) => key.split('\n')).filter((part) => part.length > 8)) hide(line);
  return keys as readonly [string, ...string[]];
}
