import { behaviourSections } from './behaviour-section.ts';
import type { Section } from './block.ts';
import { curveSections } from './curve-section.ts';
import { explanationSections } from './explanation-section.ts';
import type { ShownComparison } from './facts.ts';
import { type GateTableNames, gateSections } from './gate-table.ts';
import { metricSections } from './metric-sections.ts';
import { sliceSections } from './slice-section.ts';

/** Everything about one challenger beside one champion: gates, slices that fall, and folded what explains them. */
export function comparisonSections(comparison: ShownComparison, names: GateTableNames): readonly Section[] {
  return [
    ...gateSections(comparison, names),
    ...sliceSections(comparison, names),
    ...behaviourSections(comparison),
    ...metricSections(comparison, names),
    ...explanationSections(comparison, names),
    ...curveSections(comparison, names),
  ];
}
