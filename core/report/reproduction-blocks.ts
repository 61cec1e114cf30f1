import { showNumbers } from '../evaluation/number.ts';
import type { Reproduction, ReproductionOutcome } from '../training/reproduction.ts';
import { type Block, type Phrase, paragraph } from './block.ts';
import { counted, grouped } from './facts.ts';

const words: Readonly<Record<ReproductionOutcome, string>> = {
  equal: '✅ Equal',
  'within tolerance': '✅ Within tolerance',
  differs: '❌ Differs',
};

/** What a reproduction found: to the terminal and to the job summary alike. */
export function reproductionBlocks(found: Reproduction): readonly Block[] {
  const { model, version, commit, artifact, outcome } = found;
  const facts: readonly (readonly [string, ...Phrase])[] = [
    ['commit', { code: commit }],
    ['model file then', { code: artifact.was }],
    ['model file now', artifact.is === null ? 'none' : { code: artifact.is }],
    ['trained', found.trainedAt],
    ['took', `${showSeconds(found.durationMs.was)} then, ${showSeconds(found.durationMs.is)} now`],
  ];
  return [
    paragraph({ strong: `${words[outcome]}: ${model} v${version} was trained again` }),
    paragraph(`${found.because}.`),
    { kind: 'list', items: facts.map(([name, ...value]) => [`${name}: `, ...value]) },
    ...metricBlocks(found),
    ...scoreBlocks(found),
    ...causeBlocks(found),
  ];
}

function metricBlocks({ metrics, tolerance }: Reproduction): readonly Block[] {
  if (metrics.length === 0) return [];
  const rows = metrics.map(({ metric, was, is, within }): readonly Phrase[] => {
    const [before = '', after = ''] = showNumbers(was, ...(is === null ? [] : [is]));
    return [[metric], [before], [is === null ? 'not claimed' : after], [within ? '✅ within' : '❌ beyond']];
  });
  return [
    paragraph(`What the training claims, tolerance ${tolerance}:`),
    { kind: 'table', head: ['Metric', 'Then', 'Now', 'Tolerance'], align: ['l', 'r', 'r', 'l'], rows },
  ];
}

function scoreBlocks({ scores }: Reproduction): readonly Block[] {
  if (scores === null) return [];
  const { rows, changed, unmatched, largestDifference } = scores;
  const lost = unmatched === 0 ? '' : `, ${counted(unmatched, 'row')} on one side only`;
  const [largest = ''] = showNumbers(largestDifference);
  return [
    paragraph(
      `Scores of ${grouped(rows)} held-out rows: ${grouped(changed)} changed${lost}; largest difference ${largest}.`,
    ),
  ];
}

function causeBlocks({ causes, outcome }: Reproduction): readonly Block[] {
  const different = causes.filter(({ kind }) => kind === 'differs');
  const open = causes.filter(({ kind }) => kind === 'unpinned');
  const title =
    outcome === 'equal' ? 'What differs, and made no difference:' : 'What differs between then and now:';
  const table: readonly Block[] =
    different.length === 0
      ? [paragraph('Nothing that is recorded differs between then and now.')]
      : [
          paragraph(title),
          {
            kind: 'table',
            head: ['What', 'Then', 'Now'],
            rows: different.map(({ about, was, is }) => [[about], [shorten(was)], [shorten(is)]]),
          },
        ];
  if (open.length === 0) return table;
  return [
    ...table,
    paragraph('What nothing holds, so that nobody can tell:'),
    { kind: 'list', items: open.map(({ about, was }) => [`${about}: ${was}`]) },
  ];
}

/** A digest is told by its beginning: the report as JSON has it whole. */
function shorten(text: string): string {
  return text.replace(/(sha256:[0-9a-f]{12})[0-9a-f]{52}/g, '$1…');
}

function showSeconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
