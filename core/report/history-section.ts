import type { Block, Phrase, Section } from './block.ts';
import { short } from './facts.ts';
import type { PastResult } from './history.ts';
import { verdictWords } from './icon.ts';
import { showValue } from './metric-text.ts';
import { renderXyChart } from './xychart.ts';

/** Earlier commits of this pull request beside this one: whether the pushes lead anywhere. */
export function historySections(history: readonly PastResult[]): readonly Section[] {
  if (history.length < 2) return [];
  const names = [...new Set(history.flatMap(({ metrics }) => metrics.map(([metric]) => metric)))].slice(0, 3);
  const table: Block = {
    kind: 'table',
    head: ['Commit', ...names, 'Result'],
    align: ['l', ...names.map(() => 'r' as const), 'l'],
    rows: history.map((past, at): readonly Phrase[] => [
      [{ code: short(past.head) }, ...(at === 0 ? [' (this one)'] : [])],
      ...names.map((name): Phrase => {
        const value = metricOf(past, name);
        return [value === null ? '–' : showValue(name, value)];
      }),
      [verdictWords[past.verdict].toLowerCase()],
    ]),
  };
  const title = `Compared with earlier commits of this pull request: ${history.length - 1}`;
  const blocks = [...chartOf(history, names[0]), table];
  return [{ name: 'earlier commits', rank: 5, blocks: [{ kind: 'fold', title, blocks }] }];
}

const metricOf = ({ metrics }: PastResult, name: string): number | null =>
  metrics.find(([metric]) => metric === name)?.[1] ?? null;

/** The first metric over the commits, oldest on the left. Two points are told faster by the table. */
function chartOf(history: readonly PastResult[], name: string | undefined): readonly Block[] {
  if (name === undefined) return [];
  const points = history
    .map((past) => ({ head: past.head, value: metricOf(past, name) }))
    .flatMap(({ head, value }) => (value === null ? [] : [{ head, value }]))
    .reverse();
  if (points.length < 3) return [];
  const values = points.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  // A flat line is no picture.
  if (high === low) return [];
  const room = (high - low) * 0.1;
  const chart = renderXyChart({
    title: `${name} by commit`,
    x: points.map(({ head }) => short(head)),
    y: { title: name, from: low - room, to: high + room },
    lines: [values],
  });
  return chart === null ? [] : [{ kind: 'fence', language: 'mermaid', lines: chart }];
}
