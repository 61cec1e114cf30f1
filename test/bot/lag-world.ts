import { checkName } from '../../adapters/github/anchors.ts';
import { isFixed } from '../../adapters/github/checks.ts';
import { readLedgerFiles } from '../../bot/ledger/ledger-files.ts';
import type { CheckRun } from '../../sandbox/hub/world.ts';
import { type BotBench, fullName } from './bench.ts';
import { describeWorld, plain } from './crash-run.ts';

const ledgerBranch = 'gatehouse-ledger';
/** What is noted of the repository as a whole: two notes that have nothing to do with each other come in either order. */
const notes = /^(?:README\.md|audit\/_repository\/.*|audit\/incidents\.yml)$/;

/**
 * Lines that say what GitHub holds and what the ledger says, by its words: a commit that is made anew has another id.
 * @param mayDouble two processes wrote within the lag: a check that only says what was there may stand twice, not more
 */
export async function describeAll(bench: BotBench, mayDouble: boolean): Promise<readonly string[]> {
  const lines = (await describeWorld(bench, await leftOut(bench, mayDouble))).filter(
    (line) => !line.startsWith(`branch refs/heads/${ledgerBranch} `),
  );
  const head = await bench.reader.branchHead(ledgerBranch);
  const files = head === null ? [] : [...(await readLedgerFiles(bench.reader, head, 'own'))];
  const noted: string[] = [];
  const own: string[] = [];
  for (const [path, text] of files) {
    // Which number of all entries one has depends on what was noted before it.
    const words = plain(text.replace(/"gseq":\d+/g, '"gseq":n'));
    if (notes.test(path)) noted.push(...words.split(/[\s,{}[\]]+/));
    else own.push(`ledger ${plain(path)} ${words}`);
  }
  return [...lines, ...own, `ledger notes ${noted.sort().join(' ')}`].sort();
}

/** Checks that nobody looks at any more: GitHub looks at the newest one of a name, on a commit that a branch leads to. */
async function leftOut(bench: BotBench, mayDouble: boolean): Promise<(run: CheckRun) => boolean> {
  const repository = bench.hub.repository(fullName);
  const { stdout } = await bench.hub.git(repository).run(['rev-list', '--branches']);
  const held = new Set(stdout.toString().split('\n'));
  const runs = [...repository.checkRuns.values()].sort((a, b) => a.id - b.id);
  const isDecision = ({ name, externalId }: CheckRun) => name === checkName && !isFixed(externalId);
  const after = (run: CheckRun) => runs.filter(({ id, headSha }) => id > run.id && headSha === run.headSha);
  const twins = (run: CheckRun) =>
    runs.filter(
      ({ headSha, name, externalId }) =>
        headSha === run.headSha && name === run.name && externalId === run.externalId,
    );
  return (run) => {
    // The app's own branch was made anew: nobody can merge what its earlier commit says.
    if (!held.has(run.headSha)) return true;
    if (isDecision(run)) return run.status === 'completed' && after(run).some(isDecision);
    // The first one counts; a third is a fault.
    return mayDouble && twins(run)[1] === run;
  };
}
