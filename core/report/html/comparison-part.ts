import type { BothModels } from '../../evidence/judgement-detail.ts';
import type { Histogram } from '../../load/histogram.ts';
import { behaviourSections } from '../behaviour-section.ts';
import type { Block, Section } from '../block.ts';
import { explanationSections } from '../explanation-section.ts';
import { championOf, championText, type ShownComparison } from '../facts.ts';
import { gateSections } from '../gate-table.ts';
import { metricSections } from '../metric-sections.ts';
import { sliceSections } from '../slice-section.ts';
import { fold, renderBlocks } from './blocks.ts';
import { calibrationFigure } from './calibration-chart.ts';
import { confusionTables } from './confusion-table.ts';
import { curveFigure, precisionRecallCurve, rocCurve } from './curve-chart.ts';
import { distributionFigure } from './distribution-chart.ts';
import { element, type Html, join, nothing } from './element.ts';
import type { ModelNames } from './figure.ts';
import { forestFigure } from './forest.ts';
import { latencyFigure } from './latency-chart.ts';
import { behaviourFigure, importanceFigure, sliceFigure } from './row-figures.ts';

/** A part of the page that a reader can jump to. */
export interface Part {
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}

/** Everything about the challenger beside one champion. @param id of the comparison: letters and digits */
export function comparisonParts(
  id: string,
  comparison: ShownComparison,
  challenger: string,
  latency: BothModels<Histogram> | undefined,
): readonly Part[] {
  const champion = championOf(comparison);
  const names: ModelNames = { challenger, champion };
  const against = champion === null ? '' : ` against ${championText(comparison)}`;
  const part = (name: string, title: string, ...bodies: readonly Html[]): Part => ({
    id: `${id}-${name}`,
    title,
    body: join(bodies),
  });
  const { detail } = comparison;
  return [
    part('gates', `Gates${against}`, blocksOf(gateSections(comparison, { challenger }))),
    part('differences', 'Differences', forestFigure(`${id}-forest`, comparison, names)),
    part(
      'curves',
      'Curves',
      figures(
        curveFigure({ id: `${id}-roc`, ...rocCurve }, detail?.roc ?? null, names),
        curveFigure({ id: `${id}-pr`, ...precisionRecallCurve }, detail?.precisionRecall ?? null, names),
        calibrationFigure(`${id}-calibration`, detail?.calibration ?? null, names),
        distributionFigure(`${id}-scores`, detail?.distribution ?? null, names),
      ),
      thresholdOf(detail?.threshold ?? null),
    ),
    part('confusion', 'Confusion', confusionTables(detail?.confusion ?? null, names)),
    part('slices', 'Slices', slicePart(id, comparison, names)),
    part(
      'serving',
      'Metrics and serving',
      figures(latencyFigure(`${id}-latency`, latency, names)),
      blocksOf(unfolded(metricSections(comparison, names))),
    ),
    part(
      'behaviour',
      'Behaviour',
      behaviourFigure(`${id}-behaviour`, comparison, names, blocksOf(opened(behaviourSections(comparison)))),
    ),
    part(
      'importance',
      'Importance',
      importanceFigure(
        `${id}-importance`,
        comparison,
        names,
        blocksOf(opened(explanationSections(comparison, names))),
      ),
    ),
  ].filter(({ body }) => body.html !== '');
}

function slicePart(id: string, comparison: ShownComparison, names: ModelNames): Html {
  const sections = sliceSections(comparison, names);
  const [tables, others] = [
    sections.filter(({ name }) => name === 'slices'),
    sections.filter(({ name }) => name !== 'slices'),
  ];
  const [first, rest] = splitTables(tables);
  return join([
    blocksOf(others.filter(({ name }) => name === 'falling slices')),
    sliceFigure(`${id}-slices`, comparison, names, renderBlocks(first)),
    rest.length === 0 ? nothing : fold('Slices of other metrics', renderBlocks(rest)),
    blocksOf(unfolded(others.filter(({ name }) => name === 'found segments'))),
  ]);
}

/** The table beside the picture is of the same metric: up to the title of the next one. */
function splitTables(sections: readonly Section[]): readonly [readonly Block[], readonly Block[]] {
  const blocks = opened(sections).flatMap((section) => section.blocks);
  const next = blocks.findIndex(({ kind }, at) => at > 0 && kind === 'paragraph');
  return next === -1 ? [blocks, []] : [blocks.slice(0, next), blocks.slice(next)];
}

const figures = (...all: readonly Html[]): Html =>
  all.every(({ html }) => html === '') ? nothing : element('div', { class: 'figures' }, ...all);

const thresholdOf = (threshold: string | null): Html =>
  threshold === null
    ? nothing
    : element('p', { class: 'small' }, `Threshold of the positive class: ${threshold}.`);

export const blocksOf = (sections: readonly Section[]): Html =>
  renderBlocks(sections.flatMap(({ blocks }) => blocks));

/** What is folded in a comment stands open under its title on a page of its own. */
export const unfolded = (sections: readonly Section[]): readonly Section[] =>
  sections.map((section) => ({
    ...section,
    blocks: section.blocks.flatMap((block): readonly Block[] =>
      block.kind === 'fold' ? [{ kind: 'heading', level: 3, text: [block.title] }, ...block.blocks] : [block],
    ),
  }));

/** The same without the title: beside a picture that says it. */
const opened = (sections: readonly Section[]): readonly Section[] =>
  sections.map((section) => ({
    ...section,
    blocks: section.blocks.flatMap((block) => (block.kind === 'fold' ? block.blocks : [block])),
  }));
