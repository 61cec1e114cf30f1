import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countedJudgements } from '../../../core/audit/counted-judgement.ts';
import { canonicalJson } from '../../../core/json/canonical.ts';
import { flights } from '../world.ts';
import { callerPath, changed, params, paramsPath } from './files.ts';
import { announce, close, look, numberOf, type Stage } from './stage.ts';

/** e: a fork, and what a proposer with push rights can try. Each is refused, each with its reason. */
export async function attack(stage: Stage): Promise<void> {
  stage.tell.heading('e. A fork, and four ways to cheat: each is refused with its reason');
  await proposeFromFork(stage);
  await passOtherArtifact(stage);
  await weakenBase(stage);
  await writeEvidenceByHand(stage);
  const restore = await replacePredictions(stage);
  const attempts = ['other-artifact', 'weak-base', 'forged-evidence', 'spoiled-store'];
  for (const name of attempts) await look(stage, name);
  restore();
  for (const name of attempts) await close(stage, name, 'eve');
  await stage.afterStep(stage);
}

async function proposeFromFork(stage: Stage): Promise<void> {
  const { world } = stage;
  const { zoe } = world.people;
  await world.hub.fork(flights, 'zoe');
  await zoe.push('zoe/flights', 'from-fork', 'Try all five features', {
    [paramsPath]: params(['hour', 'weekday', 'origin']),
  });
  const number = await zoe.openPull(flights, 'zoe:from-fork', 'Try the origin as well');
  stage.pulls.set('fork', number);
  stage.tell.say(`zoe opens #${number} from her fork`);
  await look(stage, 'fork');
  await close(stage, 'fork', 'zoe');
}

/** The caller hands the judge the artifact of an earlier run, whose model passed. */
async function passOtherArtifact(stage: Stage): Promise<void> {
  const { world } = stage;
  const earlier = [...world.actions.service.runs.values()].find(
    (run) => run.pullNumber === numberOf(stage, 'v2'),
  );
  const artifact = world.actions.service.artifacts
    .list()
    .find((one) => one.run.id === earlier?.id && one.name === 'gatehouse-model');
  await cheat(stage, 'other-artifact', "pass another model's artifact", {
    [callerPath]: changed(
      world,
      callerPath,
      "${{ needs.train.outputs.artifact-id || '' }}",
      `'${artifact?.id}'`,
    ),
  });
}

/** A branch with a policy of her own, as base of the pull request. */
async function weakenBase(stage: Stage): Promise<void> {
  const { world } = stage;
  const path = '.github/gatehouse.yml';
  const weak = changed(world, path, '[rita, eve]', '[eve]');
  await world.people.eve.push(flights, 'weak', 'A weaker policy', { [path]: weak });
  await announce(stage, {
    name: 'weak-base',
    by: 'eve',
    title: 'Propose against a weaker base',
    edit: { [paramsPath]: params(['weekday']) },
    base: 'weak',
  });
}

/** Evidence in the right words, with a token that her own job asked for. */
async function writeEvidenceByHand(stage: Stage): Promise<void> {
  const script = `import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
const event = JSON.parse(readFileSync(process.env.GITHUB_EVENT_PATH, 'utf8'));
const evidence = JSON.parse(readFileSync('evidence-of-v2.json', 'utf8'));
Object.assign(evidence.origin, {
  pullRequest: event.number,
  headSha: event.pull_request.head.sha,
  runId: Number(process.env.GITHUB_RUN_ID),
  runAttempt: 1,
});
const sorted = (value) =>
  Array.isArray(value)
    ? value.map(sorted)
    : value && typeof value === 'object'
      ? Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]))
      : value;
const text = JSON.stringify(sorted(evidence));
const audience = 'gatehouse:sha256:' + createHash('sha256').update(text).digest('hex');
const answer = await fetch(process.env.ACTIONS_ID_TOKEN_REQUEST_URL + '&audience=' + audience, {
  headers: { authorization: 'Bearer ' + process.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN },
});
mkdirSync('forged', { recursive: true });
writeFileSync('forged/evidence.json', text);
writeFileSync('forged/receipt.jwt', (await answer.json()).value);
`;
  const job = `
  forge:
    runs-on: ubuntu-latest
    permissions: { contents: read, id-token: write }
    steps:
      - uses: actions/checkout@8e8c483db84b4bee98b60c0593521ed34d9990e8
      - run: node forge.mjs
      - uses: actions/upload-artifact@330a01c490aca151604b8cf639adc76d48f6c5d4
        with: { name: gatehouse-evidence-judgement, path: forged }
`;
  const caller = stage.world.setup[callerPath] ?? '';
  await cheat(stage, 'forged-evidence', 'hand in evidence of her own', {
    [callerPath]: caller.slice(0, caller.indexOf('\n  train:')) + job,
    'forge.mjs': script,
    'evidence-of-v2.json': await evidenceOf(stage, 'v2'),
  });
}

/** The evidence that passed for another pull request: the ledger keeps it for everybody who may read the repository. */
async function evidenceOf({ world, pulls }: Stage, name: string): Promise<string> {
  const { transactions } = await world.ledger();
  const number = pulls.get(name);
  const found = countedJudgements(transactions, ({ source }) => source.pullRequest === number).at(-1);
  if (!found) throw new Error(`The ledger has no judgement of ${name}.`);
  return canonicalJson(found.evidence);
}

/**
 * Training runs on a machine that reaches the store's folder: she overwrites what the champion predicted.
 * @returns restores the file
 */
async function replacePredictions(stage: Stage): Promise<() => void> {
  const { world } = stage;
  const file = await championPredictions(stage);
  const original = readFileSync(file);
  const path = 'models/flight-delay/train.mjs';
  const spoil = `import { chmodSync, writeFileSync as spoil } from 'node:fs';
chmodSync(${JSON.stringify(file)}, 0o644);
spoil(${JSON.stringify(file)}, 'key,score\\n1,0.5\\n');
`;
  await cheat(stage, 'spoiled-store', "replace the champion's predictions", {
    [path]: changed(world, path, /^/, spoil),
  });
  return () => {
    writeFileSync(file, original);
    chmodSync(file, 0o444);
    stage.tell.say('ada restores the file of the store from its backup');
  };
}

/** File in the store that holds the predictions of the version in production. */
async function championPredictions({ world }: Stage): Promise<string> {
  const champion = (await world.ledger()).state('flight-delay').versions.get(2);
  const hex = champion?.record.predictions.digest.slice('sha256:'.length) ?? '';
  const file = join(world.folder, 'store', 'sha256', hex.slice(0, 2), hex.slice(2));
  if (!existsSync(file)) throw new Error(`The store has no ${file}.`);
  return file;
}

async function cheat(
  stage: Stage,
  name: string,
  what: string,
  edit: Readonly<Record<string, string>>,
): Promise<void> {
  const title = `Propose hour and origin, and ${what}`;
  await announce(stage, {
    name,
    by: 'eve',
    title,
    edit: { [paramsPath]: params(['hour', 'origin']), ...edit },
  });
}
