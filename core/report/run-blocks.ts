import type { RunRecord } from '../evidence/evidence.ts';
import type { RunFact } from '../training/run-comparison.ts';
import { type ListedRun, runName } from '../training/run-list.ts';
import { type Block, type Phrase, paragraph } from './block.ts';
import { terminalWidth } from './columns.ts';
import { counted } from './facts.ts';
import { showDuration } from './lineage-section.ts';
import { trainingSections } from './run-section.ts';
import { cut } from './run-table.ts';

const widestName = 30;
const narrowestValue = 9;

/** `gatehouse runs show`: one run, whole; long lists by their length and their ends. */
export function runBlocks(run: ListedRun): readonly Block[] {
  const { record } = run;
  return [
    ...trainingSections(record).flatMap(({ blocks }) => blocks),
    paragraph('Found as ', { code: runName(run) }, ` at ${run.places.join(', ')}; record `, {
      code: run.digest,
    }),
    ...listTable(
      ['data', 'digest'],
      record.datasets.map(({ dataset, dataDigest }) => [dataset, dataDigest]),
    ),
    ...listTable(
      ['phase', 'time'],
      record.phases.map(({ name, durationMs }) => [name, showDuration(durationMs)]),
    ),
    ...historyTable(record),
    ...listTable(
      ['lock file', 'digest'],
      record.lockFiles.map(({ path, digest }) => [path, digest]),
    ),
    ...listTable(['variable', 'value'], Object.entries(record.environment)),
    ...listTable(
      ['output', 'digest'],
      record.outputs.map(({ path, digest }) => [path, digest]),
    ),
  ];
}

const listTable = (head: readonly string[], rows: readonly (readonly string[])[]): readonly Block[] =>
  rows.length === 0
    ? []
    : [{ kind: 'table', head, rows: rows.map((row) => row.map((text): Phrase => [text])) }];

/** The first two and the last eight: JSON has them all. */
function historyTable({ history }: RunRecord): readonly Block[] {
  const shown = history.length <= 10 ? history : [...history.slice(0, 2), ...history.slice(-8)];
  const rows = shown.map(({ at, epoch, step, metrics }) => [
    at.slice(0, 19).replace('T', ' '),
    epoch === null ? '–' : String(epoch),
    step === null ? '–' : String(step),
    Object.entries(metrics)
      .slice(0, 6)
      .map(([name, value]) => `${cut(name, 24)} ${Number(value.toPrecision(5))}`)
      .join(' '),
  ]);
  return listTable(['at', 'epoch', 'step', 'metrics'], rows);
}

/**
 * `gatehouse runs compare`: facts of several runs side by side, by aspect.
 * @param all also those in which the runs agree
 */
export function comparisonBlocks(
  runs: readonly ListedRun[],
  facts: readonly RunFact[],
  all: boolean,
): readonly Block[] {
  const shown = facts.filter(({ differs }) => all || differs);
  const same = facts.length - shown.length;
  const names = Math.min(widestName, Math.max(6, ...shown.map(({ name }) => name.length)));
  const room = Math.floor((terminalWidth - 2 - names - 2 * runs.length) / runs.length);
  const width = Math.max(narrowestValue, room);
  const tables = [...new Set(shown.map(({ aspect }) => aspect))].map(
    (aspect): Block => ({
      kind: 'table',
      head: [aspect, ...runs.map((run) => cutMiddle(runName(run), width))],
      rows: shown
        .filter((fact) => fact.aspect === aspect)
        .map(({ name, values }) => [
          [cutMiddle(name, widestName)],
          ...values.map((value): Phrase => [value === null ? '–' : cutMiddle(value, width)]),
        ]),
    }),
  );
  const note =
    same === 0
      ? []
      : [
          paragraph(
            `${counted(same, 'fact')} ${same === 1 ? 'is' : 'are'} the same in all of them (--all shows them)`,
          ),
        ];
  return [...tables, ...note];
}

/** Keeps both ends: paths, commands and numbered names differ at either. A digest needs its beginning alone. */
function cutMiddle(text: string, most: number): string {
  const plain = /^(?:sha256:)?[0-9a-f]{40,64}$/.test(text) ? text.replace('sha256:', '').slice(0, 12) : text;
  const characters = [...plain];
  if (characters.length <= most) return plain;
  const head = Math.ceil((most - 1) / 2);
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (most - 1 - head)).join('')}`;
}
