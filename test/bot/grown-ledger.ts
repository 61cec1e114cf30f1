import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { leaveAnchor } from '../../bot/record/anchor.ts';
import { Story } from '../../core/audit/ledger.fixture.ts';
import { judgementOf } from '../../core/evidence/evidence.fixture.ts';
import { digestBytes } from '../../core/json/canonical.ts';
import { ledgerRenderersFor } from '../../core/report/ledger-renderers.ts';
import { type BotBench, fullName } from './bench.ts';
import { place } from './writers.ts';

/** Five entries each: registered, staged, looked at, promoted, and what served before archived. */
const versionsOfModel = 4;

/**
 * The files of a ledger of about so many entries, written the way the app writes them: real decisions, whole inputs.
 * Pages are rendered at the end: to render the front page for each of thousands of steps would only take time.
 */
export function growLedger(entries: number): Story {
  const pages = ledgerRenderersFor('own');
  const story = new Story('own', { ...pages, readme: () => '' });
  for (let at = 0; story.snapshot.head.size < entries; at += 1) {
    const model = `model-${String(at).padStart(5, '0')}`;
    for (let version = 1; version <= versionsOfModel && story.snapshot.head.size < entries; version += 1) {
      story.propose(model);
      story.look({ ...judgementOf({ artifactDigest: digestBytes(`${model} ${version} bytes`) }), model });
      story.move([{ version }], model);
    }
  }
  const states = [...story.snapshot.states.values()].sort((a, b) => (a.model < b.model ? -1 : 1));
  story.files.set('README.md', pages.readme(states));
  return story;
}

/** Puts the ledger onto its branch by one commit of the app, with its anchor on the newest commit of main. */
export async function plantLedger(bench: BotBench, { files, snapshot }: Story): Promise<void> {
  const git = bench.hub.git(bench.hub.repository(fullName));
  const { id, login } = { id: bench.identity.botId, login: bench.identity.botLogin };
  const child = spawn('git', ['-c', 'core.compression=1', 'fast-import', '--quiet', '--done'], {
    cwd: git.dir,
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  const closed = once(child, 'close');
  child.stdin.write(
    `commit refs/heads/${place.branch}\ncommitter ${login} <${id}+${login}@users.noreply.github.com> 1790000000 +0000\ndata 6\nLedger\n`,
  );
  for (const [path, text] of files) {
    const change = `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
    if (!child.stdin.write(change)) await once(child.stdin, 'drain');
  }
  child.stdin.end('done\n');
  const [code] = await closed;
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
  const tip = await bench.reader.branchHead('main');
  const commit = await bench.reader.branchHead(place.branch);
  const ledger = { ...place, commit, snapshot, events: [], anchors: [], anchored: snapshot.head.size };
  await leaveAnchor(bench.newDeps(), ledger, tip ?? '');
}
