import type { Observation } from '../dataset/observation.ts';
import type { DriftReport } from '../drift/drift.ts';
import type { ValidationEvidence } from '../evidence/evidence.ts';
import { isFailure } from '../finding/finding.ts';
import type { Phrase, Section } from './block.ts';
import { dataSections, type ShowPlace } from './data-table.ts';
import { driftSections } from './drift-section.ts';
import { counted, short } from './facts.ts';
import { observationSections } from './observation-table.ts';
import { fixSections, footer, headline } from './summary-part.ts';

/** What was measured of one dataset besides what evidence names; in the order of the evidence. */
export interface ValidationDetail {
  readonly observations: readonly Observation[];
  /** null: there was nothing to compare with. */
  readonly drift: DriftReport | null;
}

/** What a validation found: the findings of every dataset, then in folds what was measured, also where nothing is wrong. */
export function validationSections(
  { datasets, engine, origin }: ValidationEvidence,
  showPlace: ShowPlace,
  details: readonly ValidationDetail[] = [],
): readonly Section[] {
  const worst = (['data invalid', 'not evaluated', 'pass'] as const).find((verdict) =>
    datasets.some((dataset) => dataset.verdict === verdict),
  );
  const bad = datasets.filter(({ verdict }) => verdict !== 'pass').length;
  const text: Readonly<Record<'data invalid' | 'not evaluated' | 'pass', Phrase>> = {
    pass: [`${counted(datasets.length, 'dataset keeps its contract', 'datasets keep their contracts')}`],
    'data invalid': [
      `${bad} of ${counted(datasets.length, 'dataset')} may not be used. Training does not start`,
    ],
    'not evaluated': [
      `${bad} of ${counted(datasets.length, 'dataset')} could not be read. This says nothing about the data`,
    ],
  };
  return [
    headline(worst ?? 'not evaluated', worst === undefined ? ['no dataset was validated'] : text[worst]),
    ...datasets.flatMap((dataset, at) => [
      ...dataSections(dataset, showPlace),
      ...detailSections(dataset.dataset, details[at]),
    ]),
    ...fixSections(datasets.flatMap(({ findings }) => findings.filter(isFailure))),
    footer([`Measured with ${engine} on commit `, { code: short(origin.headSha) }]),
  ];
}

function detailSections(dataset: string, detail: ValidationDetail | undefined): readonly Section[] {
  if (detail === undefined) return [];
  const { observations, drift } = detail;
  if (drift === null) return observationSections(observations);
  // What drift came to stands in a table of its own.
  const rules = observations.filter(({ code }) => code !== 'data/drift');
  return [...driftSections(dataset, drift), ...observationSections(rules)];
}
