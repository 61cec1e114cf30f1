import { checkName } from '../../adapters/github/anchors.ts';
import { renderAnchor } from '../../core/audit/anchor.ts';
import type { BotDeps } from '../deps.ts';
import type { ProvenLedger } from '../ledger/ledger-book.ts';

/**
 * Leaves size and root of the ledger on a commit of the base branch, where nobody but the app can write. Only a ledger
 * that was proven is anchored: the app must not bless a forgery (GATE.md rule 20).
 */
export async function leaveAnchor(deps: BotDeps, ledger: ProvenLedger, commit: string): Promise<void> {
  const { size, root } = ledger.snapshot.head;
  await deps.writer.createFixedCheck({
    name: checkName,
    headSha: commit,
    externalId: renderAnchor({ size, root }),
    conclusion: 'neutral',
    output: {
      title: `Ledger: ${size} entries`,
      summary: `Anchor of the ledger on branch \`${ledger.branch}\`: ${size} entries, root \`${root}\`. Until something is added, this compares the ledger of a clone with it, offline: \`gatehouse verify --anchor ${size}:${root}\`. At any time, with the newest anchor read from GitHub: \`gatehouse verify --github ADDRESS --app ${deps.identity.appId}\`, with the address of this repository.`,
      text: '',
      annotations: [],
    },
  });
  deps.book.addAnchor(ledger.branch, { size, root, commit, completedAt: deps.now() });
}
