import type { BothModels } from '../../evidence/judgement-detail.ts';
import type { Finding } from '../../finding/finding.ts';
import type { Histogram } from '../../load/histogram.ts';
import type { Phrase, Section } from '../block.ts';
import { championOf, counted, type ShownComparison } from '../facts.ts';
import { findingSections, placeText } from '../finding-list.ts';
import { phraseText } from '../text.ts';
import { renderPhrase } from './blocks.ts';
import { blocksOf, comparisonParts, type Part, unfolded } from './comparison-part.ts';
import { element, type Html } from './element.ts';
import { style } from './style.ts';

/** Everything that a page of a comparison shows. */
export interface ComparisonPage {
  readonly verdict: 'pass' | 'fail' | 'not evaluated';
  /** Verdict in a word, and what it means. */
  readonly headline: Phrase;
  readonly challenger: string;
  /** Held-out rows. */
  readonly rows: number;
  /** Which pull request and commit it is about; absent: none is known. */
  readonly about?: Phrase;
  readonly findings: readonly Finding[];
  readonly comparisons: readonly ShownComparison[];
  /** Requests of a load test. */
  readonly latency?: BothModels<Histogram>;
  /** About the training; folded parts stand open under their titles. */
  readonly training: readonly Section[];
  readonly origin: Html;
  readonly footer: Phrase;
}

/** Nothing is loaded, sent, framed or run: only the style inside of the page applies. */
const contentPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * Renders a comparison as one HTML page that needs nothing else: it opens from disk and from an artifact, in light and
 * dark, without a script. Every picture has a name, a description and the same numbers as a table.
 * @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CSP
 */
export function renderPage(page: ComparisonPage): string {
  const parts = partsOf(page);
  const head = element(
    'head',
    {},
    element('meta', { charset: 'utf-8' }),
    element('meta', { 'http-equiv': 'Content-Security-Policy', content: contentPolicy }),
    element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    element('meta', { name: 'color-scheme', content: 'light dark' }),
    element('title', {}, phraseText(page.headline)),
    { html: `<style>${style}</style>` },
  );
  const body = element(
    'body',
    {},
    headerOf(page, parts),
    element('main', {}, ...parts.map(renderPart)),
    element('footer', {}, element('p', { class: 'small' }, renderPhrase(page.footer))),
  );
  return `<!doctype html>\n${element('html', { lang: 'en' }, head, body).html}\n`;
}

function partsOf(page: ComparisonPage): readonly Part[] {
  const findings = findingSections(page.findings, (finding) =>
    finding.where === undefined ? '–' : { code: placeText(finding) },
  );
  return [
    { id: 'findings', title: 'Findings', body: blocksOf(findings) },
    ...page.comparisons.flatMap((comparison, at) =>
      comparisonParts(`c${at}`, comparison, page.challenger, page.latency),
    ),
    { id: 'training', title: 'Training', body: blocksOf(unfolded(page.training)) },
    { id: 'origin', title: 'What was judged', body: page.origin },
  ].filter(({ body }) => body.html !== '');
}

const verdictKind = { pass: 'pass', fail: 'fail', 'not evaluated': 'open' } as const;

function headerOf(page: ComparisonPage, parts: readonly Part[]): Html {
  const { verdict, headline, rows, comparisons, about } = page;
  // A first version has nobody beside it.
  const shared = comparisons.some((one) => championOf(one) !== null) ? ', the same for both models' : '';
  return element(
    'header',
    {},
    element('h1', { class: `verdict ${verdictKind[verdict]}` }, renderPhrase(headline)),
    ...(about === undefined ? [] : [element('p', {}, renderPhrase(about))]),
    element('p', {}, `Judged on ${counted(rows, 'held-out row')}${shared}.`),
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
