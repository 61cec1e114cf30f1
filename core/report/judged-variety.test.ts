import { describe, expect, it } from 'vitest';
import type { Gate } from '../config/policy.ts';
import type { GateOutcome, JudgementEvidence, MetricResult } from '../evidence/evidence.ts';
import { claimedSections } from './claimed-section.ts';
import { renderComment } from './comment.ts';
import { championOf, championText, type ShownComparison } from './facts.ts';
import { adviceOf } from './gate-advice.ts';
import { gateSections } from './gate-table.ts';
import { historySections } from './history-section.ts';
import { renderHtmlReport } from './html/report.ts';
import { besideMetric, judgedEvidence, judgedGates, judgedMetrics } from './judged-sample.fixture.ts';
import { judgementText, shownComparisons } from './judgement-view.ts';
import { renderLocalComparison, renderLocalPage } from './local-comparison.ts';
import { renderMarkdown } from './markdown.ts';
import { differenceOf, showValues } from './metric-text.ts';
import { commit, sampleReport } from './sample.fixture.ts';
import { sliceSections } from './slice-section.ts';
import { phraseText } from './text.ts';

const [whole] = shownComparisons(judgedEvidence());
if (whole === undefined) throw new Error('the sample has a comparison');

const failed = (metric: string, more: Partial<GateOutcome> = {}): GateOutcome => ({
  gate: `${metric} max 1`,
  metric,
  slice: null,
  set: 'held-out',
  result: 'fail',
  found: '2',
  required: 'at most 1',
  because: 'It is too much.',
  answer: null,
  rowsNeeded: null,
  ...more,
});
const advice = (outcome: GateOutcome, comparison: ShownComparison = whole): string =>
  phraseText(
    adviceOf(
      outcome,
      comparison.metrics.find(({ metric, slice }) => metric === outcome.metric && slice === null),
      comparison,
    ),
  );
const withMetrics = (metrics: readonly MetricResult[]): ShownComparison => ({ ...whole, metrics });

describe('what to do about a failed gate', () => {
  const size = whole.metrics.filter(({ metric }) => metric === 'size-bytes');
  const p95 = whole.metrics.filter(({ metric }) => metric === 'latency-p95');

  it.each<readonly [string, GateOutcome, ShownComparison, string]>([
    ['a slow model that grew', failed('latency-p95'), whole, 'v1 took 17.3 ms; the model file grew 4.1×'],
    ['of unknown size', failed('latency-p95'), withMetrics(p95), 'v1 took 17.3 ms'],
    [
      'that did not grow',
      failed('latency-p95'),
      withMetrics([...p95, ...size.map((each) => ({ ...each, challenger: 38_000_000 }))]),
      'the model file did not grow',
    ],
    [
      'without a champion',
      failed('latency-p95'),
      withMetrics([...p95.map((each) => ({ ...each, champion: null })), ...size]),
      'the model file grew 4.1×',
    ],
    ['throughput', failed('throughput'), withMetrics([]), 'It is too much.'],
    [
      'behaviour',
      failed('behaviour-pass-rate'),
      withMetrics([besideMetric(0.9, 0.95, { metric: 'behaviour-pass-rate' })]),
      'Failed cases: AA 17 to 18, UA 9 to 10, WN 20 to 21',
    ],
    [
      'behaviour of which no case is named',
      failed('behaviour-pass-rate'),
      { ...withMetrics([besideMetric(0.9, 0.95, { metric: 'behaviour-pass-rate' })]), behaviour: null },
      'It is too much.',
    ],
    ['fairness', failed('equal-opportunity-difference by origin_size'), whole, 'Compare the groups'],
    ['calibration', failed('ece'), whole, 'Calibrate the scores on validation rows'],
    [
      'a metric that falls in slices',
      failed('auc'),
      whole,
      'It falls most in hour<6 & distance>=2000 (−0.093 on 612 rows) and carrier=UA (−0.089 on 1,150 rows)',
    ],
    [
      'that the champion passes',
      failed('recall'),
      whole,
      'It is too much. v1, which serves, passes this gate',
    ],
    [
      'of a champion without a number',
      failed('recall', { required: 'at least 0.5' }),
      { ...whole, champion: 'champion' },
      'It is too much. The champion, which serves, does not pass this gate either',
    ],
    ['no limit', failed('recall', { required: 'something' }), whole, 'It is too much.'],
    [
      'that was skipped',
      failed('recall', { result: 'skipped', because: 'Nobody serves.' }),
      whole,
      'Nobody serves.',
    ],
    ['a slice', failed('auc', { required: 'no slice worse than v1' }), whole, 'It is too much.'],
  ])('%s', (_name, outcome, comparison, text) => {
    expect(advice(outcome, comparison)).toContain(text);
  });
});

describe('tables of gates', () => {
  it('say when a pass is worse within the margin, and fold what does not pass', () => {
    const pass = failed('recall', {
      result: 'pass',
      answer: 'not worse',
      because: '0.431 is 0.001 below v1: worse, within the margin; allowed: not more than 0.01 below',
    });
    const [one] = gateSections({ ...whole, outcomes: [pass] }, { challenger: 'v2' });
    expect(renderMarkdown(one?.blocks ?? [])).toContain('✅ pass: worse, within the margin');
    const many = Array.from({ length: 9 }, (_, at) => failed('recall', { gate: `recall max ${at}` }));
    const skipped = failed('auc', { result: 'skipped' });
    const sections = gateSections({ ...whole, outcomes: [...many, skipped] }, { challenger: 'v2' });
    const folds = sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'fold' ? [block.title] : [])),
    );
    expect(folds).toEqual(['All 9 gates that do not pass', '1 gate that passed or were skipped']);
    expect(renderMarkdown(sections.flatMap(({ blocks }) => blocks))).toContain('0 gates passed, 1 skipped');
  });
});

describe('values', () => {
  it.each<readonly [string, readonly number[], readonly string[]]>([
    ['latency-p99', [12_345.5], ['12,345.5 ms']],
    ['throughput', [1200, 8], ['1,200 requests/s', '8 requests/s']],
    ['size-bytes', [51_200], ['51,200 bytes']],
    ['size-bytes', [2_500_000, 100], ['2.5 MB', '0.0 MB']],
    ['auc', [0.5, 0.25], ['0.50', '0.25']],
    ['mse', [-12_345], ['-12,345']],
  ])('%s of %j', (metric, values, shown) => {
    expect(showValues(metric, values)).toEqual(shown);
  });

  it('of equal models are equal, and no difference is a dash', () => {
    const same = { ...besideMetric(0.5, 0.5), differenceInterval: [0, 0] as const };
    expect(differenceOf(same)).toBe('0 (0 to 0) equal');
    expect(differenceOf({ ...same, differenceInterval: null })).toBe('0 equal');
    expect(differenceOf(besideMetric(0.5, null))).toBe('–');
    expect(championOf({ against: null })).toBeNull();
    expect(championText({ ...whole, against: null })).toBe('nobody');
  });
});

describe('many slices', () => {
  it('are cut with a word on the rest, and those that fall are counted', () => {
    const many = Array.from({ length: 40 }, (_, at) =>
      besideMetric(0.6, at < 5 ? 0.8 : 0.6, {
        slice: `s=${String(at).padStart(2, '0')}`,
        rows: 2000,
        pWorse: at < 5 ? 1e-6 : 0.5,
      }),
    );
    const text = renderMarkdown(
      sliceSections(withMetrics(many), { challenger: 'v2' }).flatMap(({ blocks }) => blocks),
    );
    expect(text).toContain('2 more, in the table of slices');
    expect(text).toContain('Slices: 5 of 40 changed beyond chance');
    expect(text).toContain('25 more slices, all not significant.');
  });
});

const first: JudgementEvidence = {
  ...judgedEvidence(
    judgedMetrics.map((each) => ({
      ...each,
      champion: null,
      difference: null,
      differenceInterval: null,
      standardError: null,
      pWorse: null,
      pBetter: null,
    })),
  ),
  champions: [],
};
const firstVersion: JudgementEvidence = {
  ...first,
  comparisons: first.comparisons.map((each) => ({
    ...each,
    against: null,
    detail: each.detail && { ...each.detail, roc: each.detail.roc && { ...each.detail.roc, champion: null } },
    explanation: each.explanation && {
      ...each.explanation,
      grade: 'claimed' as const,
      features: each.explanation.features.map((feature) => ({
        ...feature,
        champion: null,
        championRank: null,
      })),
    },
    behaviour: each.behaviour && {
      ...each.behaviour,
      groups: each.behaviour.groups.map((group) => ({ ...group, championPassed: null, cases: 0, passed: 0 })),
    },
  })),
};

describe('the first version of a model', () => {
  it('is told without a champion anywhere', () => {
    const body = renderComment(
      sampleReport({
        gates: [{ metric: 'auc', min: 0.6 }],
        input: { judgement: firstVersion },
        report: { history: [] },
      }),
    );
    expect(body).toContain('No version serves yet, so there is nothing to compare with.');
    expect(body).toContain('Behaviour: 3 of 3 groups fall short');
    expect(body).toContain('Claimed: the attributions are the team’s own.');
    expect(body).toContain('What it leans on: top 8 features</summary>');
    expect(body).toContain('| False positive rate | True positive rate, This pull request |');
    expect(body).not.toMatch(/NaN|undefined|newcomer|vnull/);
    const page = renderHtmlReport(firstVersion);
    expect(page).not.toMatch(/NaN|undefined|vnull/);
  });

  it('is judged or not in words', () => {
    const none = { ...firstVersion, version: 3, verdict: 'not evaluated' as const, comparisons: [] };
    expect(phraseText(judgementText(none))).toBe(
      'flight-delay v3 was not judged. This says nothing about the model',
    );
    const gates = [failed('auc', { result: 'pass' }), failed('auc', { result: 'skipped' })];
    const passed = { ...none, verdict: 'pass' as const, comparisons: [{ gates }] };
    expect(phraseText(judgementText(passed))).toBe('flight-delay v3 passes 1 gate, 1 skipped');
    const open = failed('auc', { result: 'not evaluated', answer: 'not enough rows' });
    expect(phraseText(judgementText({ ...none, comparisons: [{ gates: [open] }] }))).toContain(
      '1 gate cannot be decided on 49,018 held-out rows',
    );
  });
});

describe('a comparison on a laptop', () => {
  const local = {
    challenger: 'b.csv',
    champion: 'a.csv',
    labels: 'l.csv',
    rows: 900,
    comparison: { ...whole, against: null, champion: 'champion', endpoints: [] },
    findings: [{ code: 'x/y', severity: 'warn', message: 'look', fix: 'mend', where: { file: 'a.csv' } }],
    unjudged: [],
    notes: ['Not judged here.'],
  } as const;

  it('has the same parts, and no gate table where nothing is asked for', () => {
    const text = renderLocalComparison({ ...local, verdict: 'no gates' });
    expect(text).toMatch(/^⚪ No gates: of \d+ metrics the challenger is better in \d+, worse in \d+/);
    expect(text).not.toContain('Compared with the champion');
    expect(renderLocalComparison({ ...local, verdict: 'fail' })).toContain('Compared with the champion, on');
    expect(renderLocalPage({ ...local, verdict: 'no gates' })).toContain('class="verdict open"');
  });
});

describe('what is seldom there', () => {
  it('a claim without an interval beside it is held against two percent', () => {
    const bare = { ...besideMetric(0.5, null), challengerInterval: null };
    const text = (claim: number) =>
      renderMarkdown(claimedSections({ metrics: { auc: claim } }, [bare]).flatMap(({ blocks }) => blocks));
    expect(text(0.505)).not.toContain('far apart');
    expect(text(0.52)).toContain('far apart');
    expect(claimedSections({ metrics: { loss: 1 } }, [bare])).toEqual([]);
  });

  it('a history in which a metric does not move, and one without metrics, is a table', () => {
    const past = (letter: string, metrics: readonly (readonly [string, number])[]) =>
      ({ head: commit(letter), verdict: 'pass', metrics }) as const;
    const flat = ['1', '2', '3'].map((letter) => past(letter, [['auc', 0.6]]));
    const shown = (all: typeof flat) => renderMarkdown(historySections(all).flatMap(({ blocks }) => blocks));
    expect(shown(flat)).not.toContain('mermaid');
    expect(shown(flat).match(/\| 0\.6 \|/g)).toHaveLength(3);
    expect(shown(['1', '2'].map((letter) => past(letter, [])))).not.toContain('mermaid');
    expect(historySections(flat.slice(1, 2))).toEqual([]);
  });

  it('gates of several kinds at once are told', () => {
    const gates: readonly Gate[] = [...judgedGates, { metric: 'auc', drop: 0.01 }];
    const body = renderComment(
      sampleReport({ gates, input: { judgement: judgedEvidence(judgedMetrics, gates) } }),
    );
    expect(body).toContain('`auc drop 0.01 on production-like rows` | 0.641');
  });
});
