import type { Evidence, JudgementEvidence, RunRecord } from '../evidence/evidence.ts';
import type { Waiving } from '../policy/waiver-rule.ts';
import type { Block, Section } from './block.ts';
import { fitSections } from './budget.ts';
import { claimedSections } from './claimed-section.ts';
import type { ShowPlace } from './data-table.ts';
import { grouped, short } from './facts.ts';
import { findingSections, placeText } from './finding-list.ts';
import { folded, inView, judgedSections, resultsOf } from './judged-sections.ts';
import { judgementHeadline, shownComparisons } from './judgement-view.ts';
import { trainingSections } from './run-section.ts';
import { footer } from './summary-part.ts';
import { type ValidationDetail, validationSections } from './validation-summary.ts';

/** GitHub drops a summary over 1 MiB whole; characters can take four bytes, ours take one or two. */
const summaryLimit = 400_000;

/** What one job has to tell: a validation, a judgement, or a training run. */
export type JobResult =
  | Evidence
  | { readonly kind: 'training'; readonly record: RunRecord; readonly lastLines?: readonly string[] };

/**
 * Renders the summary page of an Actions job from what the job found. Needs no token and works on forks.
 * @param waiving waivers of base, so that a judgement reads like the comment
 */
export function renderSummary(
  result: JobResult,
  details: readonly ValidationDetail[] = [],
  waiving?: Waiving,
): string {
  return fitSections(
    summarySections(result, details, waiving),
    summaryLimit,
    'The evidence in the artifact of this run has every row.',
  );
}

/** The same as blocks: for the terminal. */
export function summarySections(
  result: JobResult,
  details: readonly ValidationDetail[] = [],
  waiving?: Waiving,
): readonly Section[] {
  switch (result.kind) {
    case 'validation':
      return validationSections(result, showPlace, details);
    case 'judgement':
      return judgementSections(result, waiving);
    case 'training':
      return trainingSections(result.record, result.lastLines);
  }
}

const showPlace: ShowPlace = (finding) => (finding.where === undefined ? '–' : { code: placeText(finding) });

function judgementSections(judgement: JudgementEvidence, waiving?: Waiving): readonly Section[] {
  const { version, comparisons, heldOut, origin, findings } = judgement;
  const shown = shownComparisons(judgement, waiving);
  const sections = judgedSections(shown, version === null ? 'This pull request' : `v${version}`);
  const title: Block = { kind: 'heading', level: 3, text: judgementHeadline(judgement, shown) };
  return [
    { name: 'headline', rank: 0, blocks: [title] },
    ...findingSections(findings, showPlace),
    ...inView(sections),
    ...folded(sections),
    ...claimedSections(judgement.claimed, resultsOf(comparisons)),
    footer([
      `Judged on ${grouped(heldOut.rows)} held-out rows, pull request ${origin.pullRequest}, commit `,
      { code: short(origin.headSha) },
    ]),
  ];
}
