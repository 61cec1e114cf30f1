import process from 'node:process';
import { readAnchors } from '../../adapters/github/anchors.ts';
import { evaluate } from '../../bot/evaluate.ts';
import { tend } from '../../bot/incident/tend.ts';
import { readLedgerFiles } from '../../bot/ledger/ledger-files.ts';
import { correctionsOf, incidentsOf } from '../../core/registry/incident.ts';
import { proveLedger } from '../../core/report/ledger-proof.ts';
import { type BotBench, fullName, startBotBench } from './bench.ts';
import { mortal } from './crash-run.ts';
import { playJudge } from './judge.ts';
import { rememberMoment } from './moment.ts';

/**
 * The app ends at every call while it tends a repository in which something went past the gate; one more look of a new
 * process leaves a ledger that is proven, each incident and each correction once, and no mark twice.
 */

const model = 'models/flight-delay';
const branch = 'gatehouse-ledger';

interface Trouble {
  readonly name: string;
  make(bench: BotBench): Promise<void>;
  /** What the ledger says when all is tended: incidents with their ends, and how many corrections there are. */
  readonly ends: readonly string[];
  readonly corrections: number;
}

const forge = async (
  bench: BotBench,
  name: string,
  ...git: readonly (readonly string[])[]
): Promise<void> => {
  const work = await bench.bench.clone(fullName, 'eve', bench.tokens.eve ?? '', name);
  await bench.bench.git(work, 'checkout', '-q', branch);
  for (const args of git) await bench.bench.git(work, ...args);
  await bench.bench.git(work, 'push', '-q', '-f', 'origin', branch);
};

/** Each comes on top of those before it. */
const troubles: readonly Trouble[] = [
  {
    name: 'a push past the gate',
    make: async (bench) =>
      void (await bench.push('eve', 'main', { [`${model}/params.json`]: '{"mine":1}\n' })),
    ends: ['open'],
    corrections: 0,
  },
  {
    name: 'the push is taken back',
    make: async (bench) => {
      await bench.push('ben', 'back', { [`${model}/params.json`]: '{"name":"v1"}\n' });
      await bench.merge('ada', await bench.openPull('ben', 'back'));
    },
    ends: ['taken back'],
    corrections: 0,
  },
  {
    name: 'a foreign commit on the ledger',
    make: (bench) =>
      forge(bench, 'foreign', ['rm', '-q', `${model}/state.yml`], ['commit', '-q', '-m', 'Tidy']),
    ends: ['taken back'],
    corrections: 1,
  },
  {
    name: 'the ledger set back',
    make: (bench) => forge(bench, 'set-back', ['reset', '-q', '--hard', 'HEAD~2']),
    ends: ['taken back'],
    corrections: 2,
  },
  {
    name: 'the ledger deleted',
    make: async (bench) => {
      const work = await bench.bench.clone(fullName, 'eve', bench.tokens.eve ?? '', 'deleted');
      await bench.bench.git(work, 'push', '-q', 'origin', '--delete', branch);
    },
    ends: ['taken back'],
    corrections: 3,
  },
];

async function faultsIn(bench: BotBench, { ends, corrections }: Trouble): Promise<readonly string[]> {
  const head = await bench.reader.branchHead(branch);
  if (head === null) return ['there is no ledger'];
  const files = await readLedgerFiles(bench.reader, head, 'own');
  const proof = proveLedger(files, await readAnchors(bench.reader, 'main'), 'own', 'refuse');
  const found = incidentsOf(proof.states).map(({ closed }) => closed?.because ?? 'open');
  const put = correctionsOf(proof.states).length;
  const marks = [...bench.hub.repository(fullName).checkRuns.values()]
    .filter(({ externalId }) => !externalId.startsWith('sha256:'))
    .map(({ headSha, externalId }) => `${headSha} ${externalId}`);
  const doubled = marks.filter((mark, at) => marks.indexOf(mark) !== at);
  return [
    ...proof.findings.map(({ message }) => message),
    ...(found.join() === ends.join() ? [] : [`incidents: ${found.join(', ')}`]),
    ...(put === corrections ? [] : [`${put} corrections`]),
    ...doubled.map((mark) => `twice: ${mark}`),
  ];
}

async function crashThrough(
  bench: BotBench,
  trouble: Trouble,
): Promise<readonly [number, readonly string[]]> {
  await trouble.make(bench);
  // What came, or was written, within a minute may still be told otherwise.
  bench.hub.clock.advance(60);
  const back = await rememberMoment(bench);
  const faults: string[] = [];
  let at = 1;
  for (; ; at += 1) {
    await back();
    const { client, hasEnded } = mortal(bench.client(), at);
    await tend(bench.newDeps(client)).catch(() => undefined);
    if (!hasEnded()) break;
    await tend(bench.newDeps());
    faults.push(...(await faultsIn(bench, trouble)).map((fault) => `after call ${at}: ${fault}`));
  }
  faults.push(...(await faultsIn(bench, trouble)));
  return [at - 1, faults];
}

const bench = await startBotBench();
let [passed, failed] = [0, 0];
try {
  await bench.push('ben', 'v1', { [`${model}/params.json`]: '{"name":"v1"}\n' });
  const number = await bench.openPull('ben', 'v1');
  await playJudge(bench, number);
  await evaluate(bench.newDeps(), number);
  await bench.approve('rita', number);
  await bench.merge('ada', number);
  await evaluate(bench.newDeps(), number);
  for (const trouble of troubles) {
    const [crashes, faults] = await crashThrough(bench, trouble);
    console.log(`${trouble.name}: ${crashes} crashes, ${faults.length} faults`);
    for (const fault of faults.slice(0, 5)) console.log(`  ${fault}`);
    passed += crashes - (faults.length > 0 ? 1 : 0);
    failed += faults.length;
  }
} finally {
  await bench.close();
}
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;
