import type { BothModels, CurvePoint } from '../evidence/judgement-detail.ts';
import type { Block, Phrase, Section } from './block.ts';
import { heightAt } from './curve.ts';
import { championOf, type ShownComparison } from './facts.ts';
import type { GateTableNames } from './gate-table.ts';
import { renderXyChart } from './xychart.ts';

/** False positive rates of the table. */
const places = [0.01, 0.05, 0.1, 0.2, 0.3, 0.5];
const steps = 20;

/** The ROC of both models as a picture, with the same curve as numbers beside it. */
export function curveSections(
  comparison: ShownComparison,
  { challenger }: GateTableNames,
): readonly Section[] {
  const roc = comparison.detail?.roc ?? null;
  if (roc === null) return [];
  const champion = roc.champion === null ? null : championOf(comparison);
  const blocks: readonly Block[] = [
    ...chartOf(roc),
    {
      kind: 'table',
      head: [
        'False positive rate',
        ...[challenger, champion].flatMap((name) => (name === null ? [] : [`True positive rate, ${name}`])),
      ],
      align: ['r', 'r', ...(champion === null ? [] : ['r' as const])],
      rows: places.map((place): readonly Phrase[] => [
        [place.toFixed(2)],
        [showRate(heightAt(roc.challenger, place))],
        ...(champion === null ? [] : [[showRate(heightAt(roc.champion ?? [], place))]]),
      ]),
    },
    {
      kind: 'small',
      text: [
        champion === null
          ? ''
          : `Where a picture stands, its first line is ${challenger}, its second ${champion}. `,
        'More pictures are in the HTML report.',
      ],
    },
  ];
  return [{ name: 'ROC curve', rank: 7, blocks: [{ kind: 'fold', title: 'ROC curve', blocks }] }];
}

const showRate = (value: number | null): string => (value === null ? '–' : value.toFixed(3));

function chartOf({ challenger, champion }: BothModels<readonly CurvePoint[]>): readonly Block[] {
  const xs = Array.from({ length: steps + 1 }, (_, at) => at / steps);
  const lines = [challenger, ...(champion === null ? [] : [champion])].map((points) =>
    xs.map((x) => heightAt(points, x) ?? Number.NaN),
  );
  const chart = renderXyChart({
    title: 'ROC',
    x: { title: 'False positive rate', from: 0, to: 1 },
    y: { title: 'True positive rate', from: 0, to: 1 },
    lines,
  });
  return chart === null ? [] : [{ kind: 'fence', language: 'mermaid', lines: chart }];
}
