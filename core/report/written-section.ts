import {
  cardPath,
  endpointPath,
  frontPagePath,
  headPath,
  statePath,
  statusPath,
  versionPath,
} from '../registry/layout.ts';
import { linkLedgerFile } from './address.ts';
import type { Block, Phrase, Section } from './block.ts';
import { counted, requestOf, type StageMove, stageMovesOf } from './facts.ts';
import type { Report } from './report.ts';

const filesShown = 30;

/** What the merge writes into the ledger; after it was recorded, links to the files. */
export function writtenSections(report: Report): readonly Section[] {
  if (report.recorded !== null) return [recordedSection(report.recorded)];
  const { decision, input } = report;
  const registers = decision.moves.some(({ kind }) => kind === 'registration');
  const moves = stageMovesOf(report);
  const mayMerge = decision.kind === 'allowed' || decision.kind === 'waiting';
  if (!mayMerge || (moves.length === 0 && !registers)) return [];
  const model = requestOf(report)?.model ?? '';
  const files = [
    ...(registers ? [versionPath(model, 0).replace('0000', 'NNNN')] : []),
    ...moves.flatMap(({ endpoint }) => (endpoint === null ? [] : [endpointPath(endpoint, model)])),
    ...[statePath(model), statusPath(model), cardPath(model), `audit/${model}/`, headPath],
  ];
  const blocks: readonly Block[] = [
    { kind: 'paragraph', text: ['One commit on branch ', { code: input.policy.ledger.branch }, ' writes:'] },
    { kind: 'list', items: [...new Set(files)].map((file): Phrase => [{ code: file }]) },
    ...diffOf(report, moves, registers),
  ];
  return [
    {
      name: 'what merging writes',
      rank: 5,
      blocks: [{ kind: 'fold', title: 'If it is merged now', blocks }],
    },
  ];
}

/** Stage lines as the ledger has them and will have them. */
function diffOf(report: Report, moves: readonly StageMove[], registers: boolean): readonly Block[] {
  const staged = report.input.policy.proposal.onMerge;
  const lines = moves.flatMap((move) => diffMove(move, report));
  const all = registers ? [`+ vN (the next number): ${staged}`, ...lines] : lines;
  return all.length === 0 ? [] : [{ kind: 'fence', language: 'diff', lines: all }];
}

function diffMove(move: StageMove, { input }: Report): readonly string[] {
  const champion = input.ledger.champions.find(({ endpoint }) => endpoint === move.endpoint);
  const stages = [`- v${move.version}: ${move.from ?? 'unknown'}`, `+ v${move.version}: ${move.to}`];
  if (move.to !== 'production' || move.endpoint === null) return stages;
  return [
    ...stages,
    `- ${move.endpoint}: champion ${champion === undefined ? 'none' : `v${champion.version}`}`,
    `+ ${move.endpoint}: champion v${move.version}${champion === undefined || move.rollback ? '' : `, previous v${champion.version}`}`,
  ];
}

/**
 * Commands that work as they stand, whatever was written since: the ledger as of this commit, with the anchor that the
 * app left for it.
 */
function verifyLines({ ledgerUrl, files, size, root }: Recorded): readonly string[] {
  const [, commit] = /\/commit\/([0-9a-f]{40,64})$/.exec(ledgerUrl) ?? [];
  const ledger = commit === undefined ? '' : ` --ledger ${commit}`;
  const shared = files.includes(frontPagePath('shared')) ? ' --shared' : '';
  return ['git fetch origin', `gatehouse verify${ledger}${shared} --anchor ${size}:${root}`];
}

type Recorded = NonNullable<Report['recorded']>;

/** Name of the decision, and of what carries an anchor. */
const checkName = 'gatehouse';

function recordedSection(recorded: Recorded): Section {
  const { ledgerUrl, size } = recorded;
  // The mark that an operation is done tells a reader nothing.
  const files = recorded.files.filter((file) => !file.includes('/ops/'));
  const shown = files.slice(0, filesShown).map((file): Phrase => [linkLedgerFile(ledgerUrl, file)]);
  const more = files.length - shown.length;
  const blocks: readonly Block[] = [
    {
      kind: 'paragraph',
      text: [{ strong: 'Written to the ledger' }, ' in ', { link: 'one commit', to: ledgerUrl }, ':'],
    },
    { kind: 'list', items: more > 0 ? [...shown, [`and ${counted(more, 'file')} more`]] : shown },
    {
      kind: 'paragraph',
      text: [
        `The ledger has ${counted(size, 'entry', 'entries')} now. Check it in a clone, offline; the anchor stands in the check `,
        { code: checkName },
        ' of the merge commit too, which the app alone can write:',
      ],
    },
    { kind: 'fence', language: 'text', lines: verifyLines(recorded) },
  ];
  return { name: 'written files', rank: 1, blocks };
}
