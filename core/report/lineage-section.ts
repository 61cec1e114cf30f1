import type { ClaimedRun, JudgementEvidence, MetricResult } from '../evidence/evidence.ts';
import { showGpus } from '../training/gpu-text.ts';
import type { Block, Phrase, Section } from './block.ts';
import { grouped } from './facts.ts';
import { methodsInTable } from './metric-sections.ts';
import type { Report } from './report.ts';
import { isFound } from './slice-section.ts';
import { showDuration } from './time-text.ts';

export { showDuration };

/** How the result came about: data, model file, held-out rows, training run. What training says is called claimed. */
export function lineageSections({ input }: Report): readonly Section[] {
  const { judgement, validation } = input;
  const rows: (readonly Phrase[])[] = [];
  for (const dataset of validation?.datasets ?? []) {
    const size = dataset.rows === null ? 'rows unknown' : `${grouped(dataset.rows)} rows`;
    rows.push([
      [`Dataset ${dataset.dataset}`],
      [{ code: dataset.dataDigest }, ` ${size}, ${dataset.verdict}`],
      ['judged'],
    ]);
  }
  if (judgement !== null) rows.push(...judgementRows(judgement));
  if (rows.length === 0) return [];
  const table: Block = { kind: 'table', head: ['What', 'Which', 'Grade'], rows };
  const grades: Block = {
    kind: 'paragraph',
    text: ['Judged: computed by trusted code. Claimed: stated by the training job, shown and never gating.'],
  };
  return [
    {
      name: 'how it got here',
      rank: 5,
      blocks: [{ kind: 'fold', title: 'How it got here: data, model, run', blocks: [table, grades] }],
    },
  ];
}

function judgementRows({
  artifact,
  heldOut,
  claimed,
  comparisons,
}: JudgementEvidence): readonly (readonly Phrase[])[] {
  const untold = comparisons.flatMap(({ metrics }) => untoldMethods(metrics));
  const rows: readonly (readonly Phrase[])[] = [
    [['Model file'], [{ code: artifact.digest }, ` ${grouped(artifact.sizeBytes)} bytes`], ['judged']],
    [['Held-out rows'], [{ code: heldOut.featuresDigest }, ` ${grouped(heldOut.rows)} rows`], ['judged']],
    [['Trained by'], trainedBy(claimed), ['claimed']],
  ];
  if (untold.length === 0) return rows;
  const names = new Map<string, ReadonlySet<string>>();
  for (const { metric, method } of untold) names.set(method, new Set([...(names.get(method) ?? []), metric]));
  const methods = [...names].map(([method, metrics]) => `${[...metrics].join(', ')}: ${method}`);
  return [...rows, [['Intervals'], [methods.slice(0, 6).join('; ')], ['judged']]];
}

/** Where all metrics are in a table of their own, its column Method says it already; found segments say it themselves. */
function untoldMethods(metrics: readonly MetricResult[]): readonly MetricResult[] {
  const told = methodsInTable(metrics);
  return metrics.filter(
    (result) =>
      !isFound(result) &&
      !told.some(({ metric, method }) => metric === result.metric && method === result.method),
  );
}

const trainedBy = ({ command, durationMs, runner, machine }: ClaimedRun): Phrase => [
  { code: command },
  ` in ${showDuration(durationMs)} on `,
  { code: runner },
  ', GPU ',
  { code: showGpus(machine) },
];
