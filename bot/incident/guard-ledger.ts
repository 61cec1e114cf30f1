import { checkName, type FoundAnchor } from '../../adapters/github/anchors.ts';
import { incidentPrefix } from '../../adapters/github/checks.ts';
import { paragraph } from '../../core/report/block.ts';
import { plainText } from '../../core/report/cell.ts';
import { renderMarkdown } from '../../core/report/markdown.ts';
import { type BotDeps, openSources } from '../deps.ts';
import type { LedgerPlace, ProvenLedger } from '../ledger/ledger-book.ts';
import { isFrozen, type Repair, repairLedger } from '../ledger/repair-ledger.ts';
import { closeMark, openMark } from './marks.ts';

const mark = 'ledger';
/** By book, so by repository and process: how the ledger was found last. A new process looks for marks once. */
const found = new WeakMap<BotDeps['book'], 'frozen' | 'sound'>();
/** Anchors whose commits may carry the mark: it was left beside the newest one. */
const maxMarked = 3;

/**
 * Reads the ledger; one that is not what the app wrote is put back where an anchor says what was there. Where that cannot
 * be done it stays frozen, and a mark beside the newest anchor says who mends it.
 * @returns the ledger, proven and anchored; null: it is frozen
 */
export async function guardLedger(deps: BotDeps, place: LedgerPlace): Promise<ProvenLedger | null> {
  const { reader, identity, book } = openSources(deps);
  try {
    const ledger = await book.read(reader, identity, place);
    if (found.get(book) !== 'sound') await closeMarks(deps, ledger.anchors);
    found.set(book, 'sound');
    return ledger;
  } catch (fault) {
    if (!isFrozen(fault)) throw fault;
    found.set(book, 'frozen');
    const repair = await repairLedger(deps, place, fault);
    if (repair.kind === 'left') {
      deps.log.warn({ branch: place.branch, because: repair.because }, 'the ledger stays frozen');
      await leaveFrozenMark(deps, place, fault.message, repair.because);
      return null;
    }
    return anchorRepaired(deps, place, repair);
  }
}

/** The notice comes first, since nothing later says which commit it was; the anchor last: only what was proven anew is vouched for. */
async function anchorRepaired(
  deps: BotDeps,
  place: LedgerPlace,
  repair: Extract<Repair, { kind: 'repaired' }>,
): Promise<ProvenLedger> {
  const { reader, identity, book } = openSources(deps);
  const tip = (await reader.branchHead(place.anchorBranch)) ?? repair.commit;
  await leaveNotice(deps, tip, repair);
  const ledger = await book.read(reader, identity, place);
  const anchored = await deps.ledgerWriter.ensureAnchor(deps, ledger, tip);
  await closeMarks(deps, ledger.anchors);
  found.set(deps.book, 'sound');
  return anchored;
}

async function leaveNotice(
  deps: BotDeps,
  headSha: string,
  { commit, foreign }: Extract<Repair, { kind: 'repaired' }>,
): Promise<void> {
  const others = foreign.map((sha) => sha.slice(0, 12)).join(', ');
  await deps.writer.createFixedCheck({
    name: checkName,
    headSha,
    externalId: `${incidentPrefix}corrected:${commit}`,
    conclusion: 'neutral',
    output: {
      title: 'The ledger was put back',
      summary: renderMarkdown([
        paragraph(
          { strong: 'Somebody else than the app had written to the ledger, or set it back.' },
          ` What the newest anchor vouches for stands there again, by commit `,
          { code: commit.slice(0, 12) },
          others === '' ? '.' : ` on top of what was there. Not written by the app: ${others}.`,
          ' Let a ruleset allow only the app on the branch, without force-pushes and deletions.',
        ),
      ]),
      text: '',
      annotations: [],
    },
  });
}

async function leaveFrozenMark(
  deps: BotDeps,
  place: LedgerPlace,
  message: string,
  because: string,
): Promise<void> {
  const { reader, book } = openSources(deps);
  const anchor = await book.newestAnchor(reader, place);
  const headSha = anchor?.commit ?? (await reader.branchHead(place.anchorBranch));
  if (headSha === null) return;
  await deps.writer.createFixedCheck({
    name: checkName,
    headSha,
    externalId: openMark(mark),
    conclusion: 'failure',
    output: {
      title: plainText('The ledger is frozen: nothing is promoted', 120),
      summary: renderMarkdown([
        paragraph({ strong: 'Nothing is promoted and nothing is anchored.' }, ` ${message}.`),
        paragraph(
          `Gatehouse could not put it back by itself: ${because}. Who mends it: an administrator, with the governors. See the guide "When something went past the gate".`,
        ),
      ]),
      text: '',
      annotations: [],
    },
  });
}

async function closeMarks(deps: BotDeps, anchors: readonly FoundAnchor[]): Promise<void> {
  const { reader } = openSources(deps);
  const commits = [...new Set(anchors.map(({ commit }) => commit))].slice(0, maxMarked);
  for (const commit of commits) {
    const runs = await reader.checkRuns(commit, checkName);
    const last = runs.filter(({ externalId }) => externalId.endsWith(`:${mark}`)).at(-1);
    if (last?.externalId === openMark(mark))
      await closeMark(deps, commit, mark, 'the ledger is what the app wrote');
  }
}
