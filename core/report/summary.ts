import type { Evidence, GateOutcome, JudgementEvidence, RunRecord } from '../evidence/evidence.ts';
import type { Phrase, Section } from './block.ts';
import { fitSections } from './budget.ts';
import type { ShowPlace } from './data-table.ts';
import { counted, grouped, short } from './facts.ts';
import { findingSections, placeText } from './finding-list.ts';
import { gateSections } from './gate-table.ts';
import { trainingSections } from './run-section.ts';
import { footer, headline } from './summary-part.ts';
import { type ValidationDetail, validationSections } from './validation-summary.ts';

/** GitHub drops a summary over 1 MiB whole; characters can take four bytes, ours take one or two. */
const summaryLimit = 400_000;

/** What one job has to tell: a validation, a judgement, or a training run. */
export type JobResult =
  | Evidence
  | { readonly kind: 'training'; readonly record: RunRecord; readonly lastLines?: readonly string[] };

/** Renders the summary page of an Actions job from what the job found. Needs no token and works on forks. */
export function renderSummary(result: JobResult, details: readonly ValidationDetail[] = []): string {
  return fitSections(
    summarySections(result, details),
    summaryLimit,
    'The evidence in the artifact of this run has every row.',
  );
}

/** The same as blocks: for the terminal. */
export function summarySections(
  result: JobResult,
  details: readonly ValidationDetail[] = [],
): readonly Section[] {
  switch (result.kind) {
    case 'validation':
      return validationSections(result, showPlace, details);
    case 'judgement':
      return judgementSections(result);
    case 'training':
      return trainingSections(result.record, result.lastLines);
  }
}

const showPlace: ShowPlace = (finding) => (finding.where === undefined ? '–' : { code: placeText(finding) });

function judgementSections(judgement: JudgementEvidence): readonly Section[] {
  const { model, version, verdict, comparisons, heldOut, origin, findings } = judgement;
  const outcomes = comparisons.flatMap(({ gates }) => gates);
  const count = (wanted: GateOutcome['result']) => outcomes.filter(({ result }) => result === wanted).length;
  const skipped = count('skipped') === 0 ? '' : `, ${count('skipped')} skipped`;
  const name: Phrase = [{ code: version === null ? model : `${model} v${version}` }];
  const text: Readonly<Record<JudgementEvidence['verdict'], Phrase>> = {
    pass: [...name, ` passes ${counted(count('pass'), 'gate')}${skipped}`],
    fail: [...name, ` fails ${count('fail')} of ${counted(outcomes.length, 'gate')}`],
    'not evaluated': [...name, ' was not judged. This says nothing about the model'],
  };
  return [
    headline(verdict, text[verdict]),
    ...findingSections(findings, showPlace),
    ...comparisons.flatMap(({ against, metrics, gates }) =>
      gateSections(
        {
          against,
          metrics,
          outcomes: gates,
          endpoints: judgement.champions
            .filter((each) => each.version === against)
            .map(({ endpoint }) => endpoint),
        },
        { challenger: version === null ? 'This pull request' : `v${version}` },
      ),
    ),
    footer([`Judged on ${grouped(heldOut.rows)} held-out rows, commit `, { code: short(origin.headSha) }]),
  ];
}
