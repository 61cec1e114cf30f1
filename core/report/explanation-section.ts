import type { ExplanationFact, FeatureImportance } from '../evidence/judgement-detail.ts';
import type { Block, Phrase, Section } from './block.ts';
import { championOf, type ShownComparison } from './facts.ts';
import type { GateTableNames } from './gate-table.ts';

const topCount = 10;

/** What a reader must know of each feature, by its name: new at the top, turned its sign, or moved far. */
export function notesOnFeatures({ features }: ExplanationFact): ReadonlyMap<string, string> {
  // Without a champion nothing is new.
  if (features.every(({ championRank }) => championRank === null)) return new Map();
  return new Map(
    features.flatMap((each) => {
      const note = noteOn(each);
      return note === null ? [] : [[each.feature, note] as const];
    }),
  );
}

function noteOn({ rank, challenger, champion, championRank }: FeatureImportance): string | null {
  if (championRank === null) return '⚠️ newcomer';
  if (rank <= topCount && championRank > topCount) return `⚠️ newcomer: was ${championRank}`;
  if (champion !== null && challenger * champion < 0) return '⚠️ sign turned';
  const moved = championRank - rank;
  if (Math.abs(moved) < 3) return null;
  return moved > 0 ? `up ${moved}` : `down ${-moved}`;
}

/** The features that the challenger leans on, beside what the champion leans on. */
export function explanationSections(
  comparison: ShownComparison,
  { challenger }: GateTableNames,
): readonly Section[] {
  const { explanation } = comparison;
  if (explanation === null || explanation.features.length === 0) return [];
  const top = explanation.features.slice(0, topCount);
  const notes = notesOnFeatures(explanation);
  const warned = top.filter(({ feature }) => notes.get(feature)?.startsWith('⚠️') === true).length;
  const champion = championOf(comparison) ?? 'champion';
  const table: Block = {
    kind: 'table',
    head: ['Rank', 'Feature', challenger, champion, `Rank in ${champion}`, 'Note'],
    align: ['r', 'l', 'r', 'r', 'r', 'l'],
    rows: top.map((feature): readonly Phrase[] => [
      [String(feature.rank)],
      [{ code: feature.feature }],
      [showImportance(feature.challenger)],
      [feature.champion === null ? '–' : showImportance(feature.champion)],
      [feature.championRank === null ? '–' : String(feature.championRank)],
      [notes.get(feature.feature) ?? ''],
    ]),
  };
  const word = warned === 0 ? '' : `, ${warned} to look at`;
  const title = `What it leans on: top ${top.length} features${word}`;
  return [
    {
      name: 'explanation',
      rank: warned === 0 ? 5 : 4,
      blocks: [{ kind: 'fold', title, blocks: [table, sourceOf(explanation)] }],
    },
  ];
}

/** Three digits that count: an importance is read, not copied. */
export const showImportance = (value: number): string =>
  Number.isFinite(value) ? String(Number(value.toPrecision(3))).replace('-', '−') : '–';

function sourceOf({ grade, metric }: ExplanationFact): Block {
  const text =
    grade === 'claimed'
      ? 'Claimed: the attributions are the team’s own.'
      : `Measured: how much worse ${metric ?? 'the metric'} gets when the column is shuffled.`;
  return { kind: 'small', text: [text] };
}
