import { type Annotation, annotationsOf } from './annotation.ts';
import { approvalSections } from './approval-sections.ts';
import { paragraph, type Section } from './block.ts';
import { fitSections } from './budget.ts';
import { plainText } from './cell.ts';
import { resultSections } from './comment.ts';
import { emergencySections } from './emergency-section.ts';
import { headlineOf } from './headline.ts';
import { foldedSections } from './judged-sections.ts';
import { lineageSections } from './lineage-section.ts';
import { nextSteps } from './next-steps.ts';
import { policyPreviewSections } from './policy-preview-section.ts';
import type { Report } from './report.ts';
import { isReportOnly, reportOnlyNote } from './report-only.ts';
import { ruleSections } from './rule-table.ts';
import { phraseText } from './text.ts';
import { writtenSections } from './written-section.ts';

/** What goes into the check run `gatehouse`. Without times: the same result gives the same bytes. */
export interface RenderedCheck {
  /** At most 120 characters. */
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly status: 'in_progress' | 'completed';
  /** null while it is in progress. `neutral` lets a merge pass: only a policy with `enforce: false` gives it. */
  readonly conclusion: 'success' | 'failure' | 'action_required' | 'neutral' | null;
  /** Worst first; GitHub takes 50 a request. */
  readonly annotations: readonly Annotation[];
}

/** Longest body of a check: summary and text each have it. */
const limit = 60_000;

/** Renders the decision as a check run: title, what to do, every rule with its reason, annotations. */
export function renderCheck(report: Report): RenderedCheck {
  const headline = headlineOf(report);
  const heading: Section = {
    name: 'headline',
    rank: 0,
    blocks: [
      { kind: 'heading', level: 3, text: headline },
      ...(isReportOnly(report) ? [paragraph({ prose: reportOnlyNote })] : []),
    ],
  };
  const summary = [heading, ...emergencySections(report), nextSteps(report), ...approvalSections(report)];
  const text = [
    ...ruleSections(report.decision.rules),
    ...resultSections(report),
    ...policyPreviewSections(report),
    ...foldedSections(report),
    ...writtenSections(report),
    ...lineageSections(report),
  ];
  return {
    title: plainText(phraseText(headline), 120),
    summary: fitSections(summary.filter(hasBlocks), limit, 'The comment on the pull request has the rest.'),
    text: fitSections(text.filter(hasBlocks), limit, 'The job summary of the run has every row.'),
    ...stateOf(report),
    annotations: annotationsOf(report),
  };
}

const hasBlocks = ({ blocks }: Section): boolean => blocks.length > 0;

/** Waiting is never a failure; what is not evaluated is never a success. Report-only ends at once: what waits would block. */
function stateOf(report: Report): Pick<RenderedCheck, 'status' | 'conclusion'> {
  const { decision, recorded } = report;
  if (isReportOnly(report)) return { status: 'completed', conclusion: 'neutral' };
  if (recorded !== null || decision.kind === 'nothing' || decision.kind === 'allowed') {
    return { status: 'completed', conclusion: 'success' };
  }
  if (decision.kind === 'waiting') return { status: 'in_progress', conclusion: null };
  if (decision.kind === 'not evaluated') return { status: 'completed', conclusion: 'action_required' };
  return { status: 'completed', conclusion: 'failure' };
}
