import type { JudgementEvidence } from '../../evidence/evidence.ts';
import type { BothModels } from '../../evidence/judgement-detail.ts';
import type { Histogram } from '../../load/histogram.ts';
import type { Phrase } from '../block.ts';
import { changeSections, type Making } from '../change-section.ts';
import { claimedSections } from '../claimed-section.ts';
import { counted, grouped, type ShownComparison, short } from '../facts.ts';
import { findingSections, placeText } from '../finding-list.ts';
import { resultsOf } from '../judged-sections.ts';
import { judgementHeadline, shownComparisons } from '../judgement-view.ts';
import { phraseText } from '../text.ts';
import { renderPhrase, renderTable } from './blocks.ts';
import { blocksOf, comparisonParts, type Part, unfolded } from './comparison-part.ts';
import { element, type Html, join } from './element.ts';
import { style } from './style.ts';

/** What the page shows besides the evidence. */
export interface HtmlOptions {
  /** How the challenger is called; absent: `This pull request`, or the version that is moved. */
  readonly challenger?: string;
  /** How the champion is called; absent: `v` and its number. */
  readonly champion?: string;
  /** Requests of a load test; absent: only the quantiles of the evidence are shown. */
  readonly latency?: BothModels<Histogram>;
  /** How the champion came about, for what changed; absent: not known. */
  readonly made?: { readonly champion: Making; readonly challenger: Making };
}

/** Nothing is loaded, sent, framed or run: only the style inside of the page applies. */
const contentPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * Renders a judgement as one HTML page that needs nothing else: it opens from disk and from an artifact, in light and dark,
 * without a script. Every picture has a name, a description and the same numbers as a table.
 * @returns the page, under 150 kB for a typical judgement
 * @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CSP
 */
export function renderHtmlReport(judgement: JudgementEvidence, options: HtmlOptions = {}): string {
  const challenger =
    options.challenger ?? (judgement.version === null ? 'This pull request' : `v${judgement.version}`);
  const headline = judgementHeadline(judgement);
  const parts = partsOf(judgement, challenger, options);
  const head = element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: contentPolicy }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'color-scheme', content: 'light dark' }),
    element('title', {}, phraseText(headline)),
    { html: `<style>${style}</style>` },
  );
  const body = element(
    'body',
    {},
    headerOf(judgement, headline, parts),
    element('main', {}, ...parts.map(renderPart)),
    footerOf(judgement),
  );
  return `<!doctype html>\n${element('html', { lang: 'en' }, head, body).html}\n`;
}

function partsOf(judgement: JudgementEvidence, challenger: string, options: HtmlOptions): readonly Part[] {
  const shown = shownComparisons(judgement);
  const findings = findingSections(judgement.findings, (finding) =>
    finding.where === undefined ? '–' : { code: placeText(finding) },
  );
  const { made } = options;
  const about: readonly Part[] = [
    {
      id: 'training',
      title: 'Training',
      body: blocksOf(
        unfolded([
          ...claimedSections(judgement.claimed, resultsOf(shown)),
          ...(made === undefined ? [] : changeSections(made.champion, made.challenger)),
        ]),
      ),
    },
  ];
  return [
    { id: 'findings', title: 'Findings', body: blocksOf(findings) },
    ...shown.flatMap((comparison: ShownComparison, at) =>
      comparisonParts(`c${at}`, comparison, challenger, options),
    ),
    ...about,
    { id: 'origin', title: 'What was judged', body: originTable(judgement) },
  ].filter(({ body }) => body.html !== '');
}

const verdictKind = { pass: 'pass', fail: 'fail', 'not evaluated': 'open' } as const;

function headerOf(
  { verdict, heldOut, comparisons }: JudgementEvidence,
  headline: Phrase,
  parts: readonly Part[],
): Html {
  const champions = comparisons.flatMap(({ against }) => (against === null ? [] : [`v${against}`]));
  const beside = champions.length === 0 ? '' : `, beside ${champions.join(', ')} on the same rows`;
  return element(
    'header',
    {},
    element('h1', { class: `verdict ${verdictKind[verdict]}` }, renderPhrase(headline)),
    element('p', {}, `Judged on ${counted(heldOut.rows, 'held-out row')}${beside}.`),
    element(
      'nav',
      { 'aria-label': 'Parts of this page' },
      element(
        'ul',
        {},
        ...parts.map(({ id, title }) => element('li', {}, element('a', { href: `#${id}` }, title))),
      ),
    ),
  );
}

const renderPart = ({ id, title, body }: Part): Html =>
  element(
    'section',
    { id, 'aria-labelledby': `${id}-heading` },
    element('h2', { id: `${id}-heading` }, title),
    body,
  );

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

const footerOf = ({ origin }: JudgementEvidence): Html =>
  element(
    'footer',
    {},
    element(
      'p',
      { class: 'small' },
      join([
        `Pull request ${origin.pullRequest} of ${origin.repository}. Judged: computed by trusted code from held-out rows. Measured: by our code beside code of the proposer. Claimed: stated by the training job. This page loads nothing and runs no script; the evidence in the artifact of the run is what counts.`,
      ]),
    ),
  );
