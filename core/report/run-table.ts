import type { RunRecord } from '../evidence/evidence.ts';
import { showCost } from '../training/cost.ts';
import { listDifferences } from '../training/run-comparison.ts';
import { type ListedRun, metricOf, runName, versionsOf } from '../training/run-list.ts';
import type { Block, Inline, Phrase, Table } from './block.ts';
import { terminalWidth } from './columns.ts';
import { counted, short } from './facts.ts';
import { showDuration } from './lineage-section.ts';

/** Rows of a table in a comment; the newest come first. */
const mostRows = 30;
const mostMetrics = 3;
const mostParameters = 3;

/** A training of a proposal, as its evidence or its record tells of it. */
export type TriedRun = Pick<
  RunRecord,
  'runId' | 'runAttempt' | 'commit' | 'metrics' | 'parameters' | 'seed' | 'durationMs' | 'cost'
>;

/**
 * The runs that a proposal tried, side by side: their claimed metrics, the parameters in which they differ, time and cost.
 * @param runs in the order that is shown
 * @returns no block for fewer than two: there is nothing to compare
 */
export function renderRunTable(runs: readonly TriedRun[]): readonly Block[] {
  if (runs.length < 2) return [];
  const shown = runs.slice(0, mostRows);
  const metrics = commonMetrics(runs, mostMetrics);
  const differing = listDifferences(shown);
  const parameters = differing.slice(0, mostParameters);
  const table: Table = {
    kind: 'table',
    head: ['Run', 'Commit', ...metrics, ...parameters.map(([name]) => name), 'Time', 'Cost'],
    align: ['l', 'l', ...metrics.map(() => 'r' as const), ...parameters.map(() => 'l' as const), 'r', 'r'],
    rows: shown.map((run, at) => [
      [`${run.runId}.${run.runAttempt}`],
      [{ code: short(run.commit) }],
      ...metrics.map((name): Phrase => [showMetric(metricOf(run, name))]),
      ...parameters.map(([, values]): Phrase => [toCode(values[at] ?? null)]),
      [showDuration(run.durationMs)],
      [run.cost === null ? '–' : showCost(run.cost)],
    ]),
  };
  return [table, { kind: 'small', text: [noteOf(runs.length, shown.length, differing.length)] }];
}

function noteOf(all: number, shown: number, differing: number): string {
  const more = all > shown ? `${counted(all - shown, 'run')} more. ` : '';
  const hidden = differing > mostParameters ? `${differing - mostParameters} more parameters differ. ` : '';
  return `${more}${hidden}Claimed: stated by the training jobs, gating nothing. More: gatehouse runs compare`;
}

/** `gatehouse runs list`: one line a run; the name of the model gets the room that the others leave. */
export function runListTable(runs: readonly ListedRun[], metric: string | undefined): Block {
  const [common] = commonMetrics(
    runs.map(({ record }) => record),
    1,
  );
  const named = metric ?? common;
  const head = ['run', 'started', 'outcome', cut(named ?? 'metric', 10), 'time', 'cost', 'version'];
  const rows = runs.map((run) => {
    const { record } = run;
    return [
      cut(runName(run), 14),
      record.startedAt.slice(0, 10),
      record.outcome,
      showMetric(named === undefined ? null : metricOf(record, named)),
      showDuration(record.durationMs),
      record.cost === null ? '–' : showCost(record.cost).replace('less than ', '<'),
      versionsOf(run)[0] ?? '–',
    ];
  });
  const taken = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const room = Math.max(6, terminalWidth - 2 - taken.reduce((sum, width) => sum + width + 2, 0));
  return {
    kind: 'table',
    head: ['model', ...head],
    align: ['l', 'l', 'l', 'l', 'r', 'r', 'r', 'l'],
    rows: rows.map((row, at) => [
      [cut(runs[at]?.record.model ?? '', room)],
      ...row.map((text): Phrase => [text]),
    ]),
  };
}

/** Names that most runs have; of equally many the first by alphabet. */
function commonMetrics(records: readonly Pick<RunRecord, 'metrics'>[], most: number): readonly string[] {
  const counts = new Map<string, number>();
  for (const { metrics } of records) {
    for (const name of Object.keys(metrics)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, most)
    .map(([name]) => name);
}

const showMetric = (value: number | null): string =>
  value === null ? '–' : String(Number(value.toPrecision(5)));

const toCode = (value: string | null): Inline => (value === null || value === '' ? '–' : { code: value });

export const cut = (text: string, most: number): string =>
  [...text].length <= most ? text : `${[...text].slice(0, most - 1).join('')}…`;
