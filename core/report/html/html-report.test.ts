import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { JudgementEvidence } from '../../evidence/evidence.ts';
import { fillHistogram } from '../../load/histogram.ts';
import { judgedEvidence, judgedMetrics, sampleRequests } from '../judged-sample.fixture.ts';
import { commit, digest, sampleJudgement } from '../sample.fixture.ts';
import { element, escapeHtml } from './element.ts';
import { round, scaleOf, ticksOf } from './plot.ts';
import { renderHtmlReport } from './report.ts';

const latency = { challenger: sampleRequests(2.1), champion: sampleRequests(1) };
const making = (name: string, lr: number) => ({
  name,
  run: { parameters: { lr }, seed: 1, command: 'train', commit: commit('1'), image: null },
  datasets: [{ dataset: 'flights', dataDigest: digest('a'), rows: 5 }],
});

let page = '';
beforeAll(() => {
  const made = { champion: making('v1', 0.1), challenger: making('v2', 0.2) };
  page = renderHtmlReport(judgedEvidence(), { latency, made });
});

/** Names of elements, in order, as any tokenizer of HTML reads them. */
const elementsOf = (html: string): readonly string[] =>
  [...html.replace(/<style>.*?<\/style>/s, '').matchAll(/<(\/?[a-zA-Z!][a-zA-Z0-9]*)/g)].map(
    (match) => match[1] ?? '',
  );
const attributesOf = (html: string): ReadonlySet<string> =>
  new Set([...html.matchAll(/ ([a-zA-Z-]+)="[^"]*"/g)].map((match) => match[1] ?? ''));

describe('the page', () => {
  it('is one file that loads, sends and runs nothing', () => {
    expect(page).toContain(
      `http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
    );
    expect(page).not.toMatch(
      /<script|<link|<img|<iframe|<form|<object| src=| on[a-z]+=|url\(|@import|https?:/i,
    );
    const links = [...page.matchAll(/ href="([^"]*)"/g)].map((match) => match[1]);
    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((link) => !/^#[a-z0-9-]+$/.test(link ?? ''))).toEqual([]);
    for (const link of links) expect(page).toContain(`<section id="${link?.slice(1)}"`);
  });

  it('is small, and knows light and dark', () => {
    expect(page.length).toBeLessThan(150_000);
    expect(page).toContain('@media (prefers-color-scheme:dark)');
  });

  it('has every picture with a name, a description and a table', () => {
    const pictures = [
      ...page.matchAll(
        /<svg viewBox="[^"]*" width="\d+" height="\d+" role="img" aria-labelledby="([^" ]+) ([^" ]+)">/g,
      ),
    ];
    // Differences, four curves, latency, slices, behaviour, importance.
    expect(pictures).toHaveLength(9);
    for (const [, title, description] of pictures) {
      expect(page).toMatch(
        new RegExp(`<title id="${title}">[^<]+</title><desc id="${description}">[^<]+</desc>`),
      );
    }
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const figure of page.match(/<figure.*?<\/figure>/gs) ?? []) expect(figure).toContain('<table');
  });

  it('tells what the pictures show', () => {
    expect(page).toContain('❌ Fail: ');
    expect(page).toMatch(/99 of 100 requests to This pull request take at most \d+(?:\.\d+)? ms, of v1 \d/);
    expect(page).toContain('At 0.1 that of This pull request is 0.298, of v1 0.258.');
    expect(page).toContain('3 groups of cases, of which 1 fall short of what is required.');
    expect(page).toContain('This pull request leans most on hour.');
    expect(page).toContain('Changed against v1: 1 parameter, 0 datasets');
    expect(page).toContain('short by 16.2 ms');
  });

  it('has no tally and no table of gates where there are none, and counts one metric as one', () => {
    const evidence = judgedEvidence(
      judgedMetrics.filter((each) => each.metric === 'auc' && each.slice === null && each.set === 'held-out'),
    );
    const comparisons = evidence.comparisons.map((comparison) => ({ ...comparison, gates: [] }));
    const bare = renderHtmlReport({ ...evidence, comparisons });
    expect(bare).not.toContain('0 gates');
    expect(page).toMatch(/<th[^>]*>Gate</);
    expect(bare).not.toMatch(/<th[^>]*>Gate</);
    expect(bare).toMatch(/1 metric: \d better and \d worse beyond chance/);
    expect(bare).not.toContain('1 metrics');
  });

  it('closes every element that it opens, in the right order', () => {
    const open: string[] = [];
    for (const name of elementsOf(page)) {
      if (name === '!doctype' || name === 'meta') continue;
      if (!name.startsWith('/')) open.push(name);
      else expect(open.pop()).toBe(name.slice(1));
    }
    expect(open).toEqual([]);
  });

  it('of a first version, or with nothing to draw, has the parts that there are', () => {
    const first = renderHtmlReport(sampleJudgement(0.66, null));
    expect(first).not.toContain('<svg viewBox="0 0 340');
    expect(first).toContain('No version serves yet');
    expect(first).not.toContain('the same for both models');
    expect(page).toContain(', the same for both models.');
    expect(page).toMatch(/<p>Pull request \d+, commit <code>[0-9a-f]{7}<\/code><\/p>/);
    const alone: JudgementEvidence = judgedEvidence(
      judgedMetrics.map((each) => ({
        ...each,
        champion: null,
        difference: null,
        differenceInterval: null,
        pWorse: null,
        pBetter: null,
      })),
    );
    const [comparison] = alone.comparisons;
    const { detail } = comparison ?? {};
    if (comparison === undefined || detail == null) throw new Error('sample');
    const html = renderHtmlReport(
      {
        ...alone,
        comparisons: [
          {
            ...comparison,
            against: null,
            detail: {
              ...detail,
              roc: detail.roc && { ...detail.roc, champion: null },
              precisionRecall: null,
              calibration: detail.calibration && { ...detail.calibration, champion: null },
              distribution: detail.distribution && { ...detail.distribution, champion: null },
              confusion: detail.confusion && { ...detail.confusion, champion: null },
            },
          },
        ],
      },
      { latency: { challenger: sampleRequests(1), champion: null } },
    );
    expect(html).not.toContain('NaN');
    expect(html).not.toContain('undefined');
    expect(html).toContain('Confusion');
  });
});

describe('whatever the data says', () => {
  const hostile = fc.oneof(
    fc.constantFrom(
      '"><script>alert(1)</script>',
      "' onload='x",
      '</title><img src=x>',
      '<!--',
      ']]>',
      '&lt;b&gt;',
      '`${x}`',
      '\u202e\u0000',
      'javascript:alert(1)',
    ),
    fc.string({ unit: 'binary', maxLength: 30 }),
  );

  it('law: a text stays a text, in an element and in an attribute', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, value) => {
        const { html } = element('p', { title: value }, text);
        expect(html).toMatch(/^<p title="[^"<>]*">[^<>]*<\/p>$/);
        expect(escapeHtml(text)).toMatch(/^(?:[^<>"'`&]|&(?:amp|lt|gt|quot|#39|#96);)*$/);
      }),
      { numRuns: 300, seed: 9 },
    );
  });

  it('law: no name makes an element or an attribute', () => {
    const shape = elementsOf(pageWith('plain')).join();
    const attributes = attributesOf(pageWith('plain'));
    fc.assert(
      fc.property(hostile, (name) => {
        const html = pageWith(name);
        expect(elementsOf(html).join()).toBe(shape);
        expect([...attributesOf(html)].filter((each) => !attributes.has(each))).toEqual([]);
      }),
      { numRuns: 25, seed: 13 },
    );
  });

  function pageWith(raw: string): string {
    // A name is never empty: the schema of the evidence says so.
    const name = `n${raw}`;
    const evidence = judgedEvidence(
      judgedMetrics
        .slice(0, 12)
        .map((each) => (each.slice === null ? each : { ...each, slice: name, method: name })),
    );
    const [comparison] = evidence.comparisons;
    if (comparison === undefined) throw new Error('sample');
    const { explanation, behaviour, detail } = comparison;
    return renderHtmlReport({
      ...evidence,
      model: name,
      origin: { ...evidence.origin, repository: name },
      claimed: { ...evidence.claimed, command: name, metrics: { auc: 0.9 } },
      findings: [{ code: name, severity: 'warn', message: name, fix: name, found: name, allowed: name }],
      comparisons: [
        {
          ...comparison,
          gates: comparison.gates.map((each) => ({ ...each, gate: name, because: name, required: name })),
          detail: detail?.confusion
            ? { ...detail, threshold: name, confusion: { ...detail.confusion, classes: [name, 'b'] } }
            : null,
          explanation: explanation && {
            ...explanation,
            features: explanation.features.map((each) => ({ ...each, feature: `${name}${each.rank}` })),
          },
          behaviour: behaviour && {
            ...behaviour,
            groups: behaviour.groups.map((each) => ({ ...each, name, kind: name, failed: [name] })),
          },
        },
      ],
    });
  }
});

describe('axes', () => {
  it.each([
    [0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0.48, 0.74, [0.5, 0.6, 0.7]],
    [-3, 12, [0, 5, 10]],
    [0, 0, []],
  ])('from %d to %d', (from, to, ticks) => {
    expect(ticksOf(from, to, 5)).toEqual(ticks);
  });

  it('law: whatever is drawn lies on the picture', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true }),
        fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
        (value, low) => {
          const place = scaleOf(low, low + 1, 10, 300)(value);
          expect(place).toBeGreaterThanOrEqual(10);
          expect(place).toBeLessThanOrEqual(300);
          expect(round(place)).toBe(place);
        },
      ),
    );
  });

  it('a load test of one request is drawn as well', () => {
    const html = renderHtmlReport(judgedEvidence(), {
      latency: { challenger: fillHistogram([5]), champion: fillHistogram([]) },
    });
    expect(html).not.toContain('NaN');
  });
});
