import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What git alone says of a ledger branch: nothing of ours reads, folds or verifies here. */
export interface LedgerCount {
  readonly commits: number;
  readonly entries: number;
  /** Pull requests of all promotions, in the order of the ledger. */
  readonly promoted: readonly number[];
  /** Sentences about promotions of a champion that was not there, holes, forks and changed entries. */
  readonly faults: readonly string[];
}

interface Entry {
  readonly gseq: number;
  readonly stream: string;
  readonly source: { readonly pullRequest: number };
  readonly data: {
    readonly type: string;
    readonly version: number;
    readonly endpoint: string;
    readonly replaced: number | null;
  };
}

interface TransactionFile {
  readonly events: readonly Entry[];
  readonly decisionInput: {
    readonly ledger: {
      readonly champions: readonly { readonly endpoint: string; readonly version: number }[];
    };
  } | null;
}

/** Counts the promotions of a ledger branch by reading its files with git. */
export async function countLedger(gitDir: string, branch: string): Promise<LedgerCount> {
  const git = async (...args: string[]) =>
    (await run('git', ['--git-dir', gitDir, ...args], { maxBuffer: 2 ** 30 })).stdout;
  const listed = (await git('ls-tree', '-r', '--name-only', branch)).split('\n');
  const paths = listed.filter((path) => /^audit\/.*\/\d{6}\.json$/.test(path));
  const files = await readAll(gitDir, branch, paths);
  const events = files.flatMap((file) => file.events.map((event) => ({ event, file })));
  events.sort((a, b) => a.event.gseq - b.event.gseq);
  const faults: string[] = [];
  const champions = new Map<string, number>();
  const promoted: number[] = [];
  for (const [at, { event, file }] of events.entries()) {
    const { data, stream, source } = event;
    if (event.gseq !== at) faults.push(`entry ${at} has the number ${event.gseq}`);
    if (data.type !== 'VersionPromoted') continue;
    const where = `${stream} at ${data.endpoint}`;
    const champion = champions.get(where) ?? null;
    const compared = file.decisionInput?.ledger.champions.find(({ endpoint }) => endpoint === data.endpoint);
    if (data.replaced !== champion || (compared?.version ?? null) !== champion)
      faults.push(
        `pull request ${source.pullRequest} met v${compared?.version}; v${champion} served ${where}`,
      );
    champions.set(where, data.version);
    promoted.push(source.pullRequest);
  }
  const changed = (
    await git('log', '--format=%H', '--diff-filter=MDTR', branch, '--', 'audit/*/*.json')
  ).trim();
  if (changed !== '') faults.push(`entries were changed by ${changed}`);
  const merges = (await git('rev-list', '--merges', '--count', branch)).trim();
  if (merges !== '0') faults.push(`${merges} merges: the branch forked`);
  const commits = Number((await git('rev-list', '--count', branch)).trim());
  return { commits, entries: events.length, promoted, faults };
}

async function readAll(
  gitDir: string,
  branch: string,
  paths: readonly string[],
): Promise<readonly TransactionFile[]> {
  const child = run('git', ['--git-dir', gitDir, 'cat-file', '--batch'], { maxBuffer: 2 ** 30 });
  child.child.stdin?.end(paths.map((path) => `${branch}:${path}\n`).join(''));
  const { stdout } = await child;
  // `<id> blob <size>`, then the text, which is one JSON value without a line of this form in it.
  const texts = stdout.split(/^[0-9a-f]{40} blob \d+\n/m).slice(1);
  return texts.map((text) => JSON.parse(text) as TransactionFile);
}
