import { groupPasses } from '../behaviour-section.ts';
import { notesOnFeatures, showImportance } from '../explanation-section.ts';
import { grouped, type ShownComparison } from '../facts.ts';
import { showValue } from '../metric-text.ts';
import { sliceMoves } from '../slice-moves.ts';
import { slicedMetrics, sliceWords } from '../slice-section.ts';
import { element, type Html, nothing } from './element.ts';
import { legend, type ModelNames, wideFigure } from './figure.ts';
import { drawRows, type PlotRow } from './row-plot.ts';

const mostSlices = 25;
const mostFeatures = 15;

const bare = { interval: null, limit: null, scale: null } as const;

/** Both models in each slice of the first metric that has slices. @param table of the same slices */
export function sliceFigure(id: string, { metrics }: ShownComparison, names: ModelNames, table: Html): Html {
  const [metric] = slicedMetrics(metrics);
  if (metric === undefined) return nothing;
  const moves = sliceMoves(metrics, metric).slice(0, mostSlices);
  const rows = moves.map(
    ({ result, word }): PlotRow => ({
      ...bare,
      label: result.slice ?? '',
      note: `${showValue(metric, result.challenger)} ${sliceWords[word]}`,
      a: result.challenger,
      interval: result.challengerInterval,
      b: result.champion,
    }),
  );
  const falling = moves.filter(({ word }) => word === 'falling').length;
  const picture = drawRows({
    id,
    title: `${metric} by slice`,
    description: `${moves.length} slices, of which ${falling} fall beyond chance, all slices taken together.`,
    rows,
    x: { label: metric, ...rangeOf(rows) },
    zero: null,
  });
  return wideFigure(
    `${metric} by slice.`,
    'Line: 95 % interval of the challenger. Slices that fall come first.',
    column(names, picture),
    table,
  );
}

/** What both models lean on. */
export function importanceFigure(
  id: string,
  { explanation }: ShownComparison,
  names: ModelNames,
  table: Html,
): Html {
  if (explanation === null || explanation.features.length === 0) return nothing;
  const notes = notesOnFeatures(explanation);
  const rows = explanation.features.slice(0, mostFeatures).map(
    (feature): PlotRow => ({
      ...bare,
      label: feature.feature,
      note: [showImportance(feature.challenger), notes.get(feature.feature)].filter(Boolean).join(' '),
      a: feature.challenger,
      b: feature.champion,
    }),
  );
  const [first] = explanation.features;
  const picture = drawRows({
    id,
    title: 'Importance of features',
    description: `${names.challenger} leans most on ${first?.feature ?? 'nothing'}.`,
    rows,
    x: { label: 'Importance', ...rangeOf(rows, 0) },
    zero: 0,
  });
  const grade =
    explanation.grade === 'claimed'
      ? 'Claimed: the team’s own attributions.'
      : 'Measured by shuffling one column at a time.';
  return wideFigure('What it leans on.', grade, column(names, picture), table);
}

/** Passed cases of each group of the suite, beside what is required. */
export function behaviourFigure(
  id: string,
  { behaviour }: ShownComparison,
  names: ModelNames,
  table: Html,
): Html {
  const groups = (behaviour?.groups ?? []).filter(({ cases }) => cases > 0).slice(0, mostSlices);
  if (groups.length === 0) return nothing;
  const failed = groups.filter((group) => !groupPasses(group)).length;
  const picture = drawRows({
    id,
    title: 'Behaviour',
    description: `${groups.length} groups of cases, of which ${failed} fall short of what is required.`,
    rows: groups.map((group) => ({
      ...bare,
      label: group.name,
      note: `${grouped(group.passed)} of ${grouped(group.cases)} ${groupPasses(group) ? 'pass' : 'fall short'}`,
      a: group.passed / group.cases,
      b: group.championPassed === null ? null : group.championPassed / group.cases,
      limit: group.required,
    })),
    x: { label: 'Share of cases that pass', from: 0, to: 1 },
    zero: null,
  });
  return wideFigure(
    'Cases that pass.',
    'Dashed bar: the share that must pass.',
    column(names, picture),
    table,
    'below',
  );
}

const column = (names: ModelNames, picture: Html): Html => element('div', {}, legend(names), picture);

/** Around all that is drawn, with a little room. @param least that must be inside */
function rangeOf(rows: readonly PlotRow[], least?: number): { readonly from: number; readonly to: number } {
  const values = [
    ...rows.flatMap(({ a, b, interval }) => [a, b, ...(interval ?? [])]),
    ...(least === undefined ? [] : [least]),
  ].filter((value) => value !== null && Number.isFinite(value)) as readonly number[];
  if (values.length === 0) return { from: 0, to: 1 };
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = high === low ? Math.abs(high) * 0.1 || 0.1 : (high - low) * 0.06;
  return { from: low - room, to: high + room };
}
