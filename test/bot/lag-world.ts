import { isFixed } from '../../adapters/github/checks.ts';
import { readLedgerFiles } from '../../bot/ledger/ledger-files.ts';
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
  const lost = await lostCommits(bench);
  const lines = (await describeWorld(bench)).filter(
    (line) =>
      !line.startsWith(`branch refs/heads/${ledgerBranch} `) &&
      // The app's own branch was made anew: nobody can merge what its earlier commit says.
      !lost.some((sha) => line.startsWith(`check ${sha} `)),
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
  const all = [...lines, ...own, `ledger notes ${noted.sort().join(' ')}`].sort();
  return mayDouble ? withoutDoubles(all) : all;
}

/** Commits with a check that no branch leads to. */
async function lostCommits(bench: BotBench): Promise<readonly string[]> {
  const repository = bench.hub.repository(fullName);
  const { stdout } = await bench.hub.git(repository).run(['rev-list', '--branches']);
  const held = new Set(stdout.toString().split('\n'));
  return [...repository.checkRuns.values()].map(({ headSha }) => headSha).filter((sha) => !held.has(sha));
}

/** The second of two equal fixed checks is left out; a third stays. */
function withoutDoubles(lines: readonly string[]): readonly string[] {
  const isDouble = (line: string, at: number): boolean =>
    /^anchor .* left 2 times$/.test(line) ||
    (isFixed(/^check \S+ gatehouse (\S+)/.exec(line)?.[1] ?? '') &&
      lines[at - 1] === line &&
      lines[at - 2] !== line);
  return lines.filter((line, at) => !isDouble(line, at));
}
