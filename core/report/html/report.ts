import type { JudgementEvidence } from '../../evidence/evidence.ts';
import type { BothModels } from '../../evidence/judgement-detail.ts';
import type { Histogram } from '../../load/histogram.ts';
import type { Waiving } from '../../policy/waiver-rule.ts';
import type { Phrase } from '../block.ts';
import { changeSections, type Making } from '../change-section.ts';
import { claimedSections } from '../claimed-section.ts';
import { grouped, short } from '../facts.ts';
import { resultsOf } from '../judged-sections.ts';
import { isWaivedWhole, judgementHeadline, shownComparisons } from '../judgement-view.ts';
import { renderTable } from './blocks.ts';
import type { Html } from './element.ts';
import { renderPage } from './page.ts';

/** What the page shows besides the evidence. */
export interface HtmlOptions {
  /** Requests of a load test; absent: only the quantiles of the evidence are shown. */
  readonly latency?: BothModels<Histogram>;
  /** How both came about, for what changed; absent: not known. */
  readonly made?: { readonly champion: Making; readonly challenger: Making };
  /** Waivers, so that the page reads like the comment; absent: what fails is shown as a failure. */
  readonly waiving?: Waiving;
}

/**
 * Renders a judgement as one HTML file that needs no network.
 * @returns the page, under 150 kB for a typical judgement
 */
export function renderHtmlReport(judgement: JudgementEvidence, options: HtmlOptions = {}): string {
  const { version, verdict, heldOut, findings, claimed, origin } = judgement;
  const { latency, made, waiving } = options;
  const comparisons = shownComparisons(judgement, waiving);
  return renderPage({
    // The colour of the verdict: what is waived is neither good nor bad.
    verdict: isWaivedWhole(judgement, comparisons) ? 'not evaluated' : verdict,
    headline: judgementHeadline(judgement, comparisons),
    challenger: version === null ? 'This pull request' : `v${version}`,
    rows: heldOut.rows,
    about: [`Pull request ${origin.pullRequest}, commit `, { code: short(origin.headSha) }],
    findings,
    comparisons,
    ...(latency === undefined ? {} : { latency }),
    training: [
      ...claimedSections(claimed, resultsOf(comparisons)),
      ...(made === undefined ? [] : changeSections(made.champion, made.challenger)),
    ],
    origin: originTable(judgement),
    footer: [
      `Pull request ${origin.pullRequest} of `,
      { code: origin.repository },
      '. Judged: computed by trusted code from held-out rows. Measured: by our code beside code of the proposer. Claimed: stated by the training job. ',
      'This page loads nothing and runs no script; the evidence in the artifact of the run is what counts.',
    ],
  });
}

function originTable(judgement: JudgementEvidence): Html {
  const { origin, artifact, heldOut, claimed } = judgement;
  const rows: readonly (readonly [string, Phrase])[] = [
    ['Repository', [{ code: origin.repository }]],
    ['Commit', [{ code: origin.headSha }]],
    ['Run', [`${origin.runId}, attempt ${origin.runAttempt}`]],
    ['Model file', [{ code: artifact.digest }, ` ${grouped(artifact.sizeBytes)} bytes`]],
    ['Held-out features', [{ code: heldOut.featuresDigest }]],
    ['Held-out labels', [{ code: heldOut.labelsDigest }]],
    ['Rules', [{ code: judgement.rulesDigest }, ` of base ${short(origin.baseSha)}`]],
    ['Result', [{ code: judgement.resultDigest }]],
    ['Trained by', [{ code: claimed.command }, ' (claimed)']],
  ];
  return renderTable({
    kind: 'table',
    head: ['What', 'Which'],
    rows: rows.map(([what, which]) => [[what], which]),
  });
}
