import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it, test } from 'vitest';
import type { JudgementEvidence, MetricResult } from '../evidence/evidence.ts';
import { attemptSections } from './attempt-section.ts';
import { changeSections, type Making } from './change-section.ts';
import { claimsBeside, metricOfClaim } from './claimed-section.ts';
import { renderComment } from './comment.ts';
import { heightAt } from './curve.ts';
import { addToHistory, type PastResult, parseHistory } from './history.ts';
import { historySections } from './history-section.ts';
import { besideMetric, judgedEvidence, judgedGates, judgedMetrics } from './judged-sample.fixture.ts';
import { renderMarkdown } from './markdown.ts';
import { parseState, writeState } from './marker.ts';
import type { Report } from './report.ts';
import { commit, digest, sampleReport } from './sample.fixture.ts';
import { sliceMoves } from './slice-moves.ts';

interface Node {
  readonly type: string;
  readonly url?: string;
  readonly children?: readonly Node[];
}
const parse = (markdown: string): Node =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as Node;
const flatten = (node: Node): readonly Node[] => [node, ...(node.children ?? []).flatMap(flatten)];
const tablesOf = (markdown: string) => flatten(parse(markdown)).filter(({ type }) => type === 'table');

const reportOf = (judgement: JudgementEvidence, more: Partial<Report> = {}): Report =>
  sampleReport({
    gates: judgedGates,
    input: { judgement },
    decision: { kind: 'refused', verdict: 'fail' },
    report: more,
  });

const made: Making = {
  name: 'v1',
  run: {
    parameters: { 'optimizer.lr': 0.1, rounds: 400, depth: 4 },
    seed: 7,
    command: 'node train.mjs',
    commit: commit('4'),
    image: null,
  },
  datasets: [{ dataset: 'flights', dataDigest: digest('9'), rows: 1_100_000 }],
};

describe('slices', () => {
  it('are called changed only after the correction for their number', () => {
    const some = Array.from({ length: 30 }, (_, at) =>
      besideMetric(0.6, 0.61, { slice: `s=${at}`, pWorse: at === 0 ? 0.02 : 0.5, pBetter: 0.9 }),
    );
    expect(sliceMoves(some, 'auc').filter(({ word }) => word === 'falling')).toEqual([]);
    expect(sliceMoves(some.slice(0, 2), 'auc').map(({ word }) => word)).toEqual([
      'falling',
      'not significant',
    ]);
  });

  it('without a p-value are not evaluated, and come last', () => {
    const none = { ...besideMetric(0.6, null, { slice: 'a=1' }), pWorse: null, pBetter: null };
    const moves = sliceMoves([none, besideMetric(0.6, 0.6, { slice: 'a=2' })], 'auc');
    expect(moves.map(({ word }) => word)).toEqual(['not significant', 'not evaluated']);
  });
});

describe('how intervals were made', () => {
  const intervalsOf = (metrics: readonly MetricResult[]): string =>
    renderComment(reportOf(judgedEvidence(metrics, [])));
  const rowOf = (comment: string) => comment.split('\n').find((line) => line.startsWith('| Intervals'));

  it('is told of each method once, with what it was used for', () => {
    const slice = (metric: string, name: string) => besideMetric(0.6, 0.61, { metric, slice: name });
    const comment = intervalsOf([
      ...[besideMetric(0.6, 0.61, { method: 'DeLong' }), slice('auc', 'a=1'), slice('auc', 'a=2')],
      slice('brier', 'a=1'),
    ]);
    expect(rowOf(comment)).toBe(
      '| Intervals | auc: DeLong; auc, brier: paired bootstrap (BCa), 2000 resamples, seed 1 | judged |',
    );
  });

  it('is told of found segments in their own table, and not again', () => {
    const found = (slice: string, p: string) =>
      besideMetric(0.3, null, {
        ...{ metric: 'brier', slice },
        method: `weakest of 1107 segments, interval and p corrected; against the other rows, mean, normal interval; corrected p ${p}`,
      });
    const whole = [besideMetric(0.6, null), besideMetric(0.2, null, { metric: 'brier' })];
    const comment = intervalsOf([...whole, found('origin=JFK', '1.2e-45'), found('origin=BOS', '8.4e-68')]);
    expect(rowOf(comment)).toBeUndefined();
    expect(comment).toContain('they are the weakest of 1,107 that were looked at');
    expect(comment).toMatch(/origin=BOS.*weaker than the other rows, p 8\.4e-/);
  });
});

describe('history', () => {
  it('draws a line over the commits only where something changed between them', () => {
    const pastOf = (letter: string, value: number): PastResult => ({
      ...{ head: commit(letter), verdict: 'pass', metrics: [['auc', value]] },
    });
    const shown = (...values: readonly number[]) =>
      JSON.stringify(historySections(values.map((value, at) => pastOf(String(at + 1), value))));
    expect(shown(0.65, 0.66, 0.67)).toContain('mermaid');
    expect(shown(0.65, 0.65, 0.65)).not.toContain('mermaid');
    expect(shown(0.65, 0.65, 0.65)).toContain('"kind":"table"');
  });

  const someResult = fc.record({
    head: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 40, maxLength: 40 }),
    verdict: fc.constantFrom('pass', 'fail', 'not evaluated') as fc.Arbitrary<PastResult['verdict']>,
    metrics: fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.double()), { maxLength: 5 }),
  });

  it('law: the newest first, each commit once, never longer than ten, and any state can carry it', () => {
    fc.assert(
      fc.property(fc.array(someResult, { maxLength: 15 }), (results) => {
        const history = results.reduce<readonly PastResult[]>((all, each) => addToHistory(all, each), []);
        expect(history.length).toBeLessThanOrEqual(10);
        expect(new Set(history.map(({ head }) => head)).size).toBe(history.length);
        expect(history[0]?.head).toBe(results.at(-1)?.head);
        const state = { v: 1, head: commit('1'), run: 1, attempt: 1, body: digest('a'), history } as const;
        const read = parseState(writeState(state));
        expect(read?.history ?? []).toEqual(
          history.map((each) => ({ ...each, metrics: each.metrics.map(([n, x]) => [n, x === 0 ? 0 : x]) })),
        );
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  it.each([
    [null],
    ['x'],
    [[null, 1, 'x', {}]],
    [[{ head: 'abc', verdict: 'pass', metrics: [] }]],
    [[{ head: commit('1'), verdict: 'great', metrics: [] }]],
    [[{ head: commit('1'), verdict: 'pass', metrics: 'x' }]],
  ])('drops what somebody wrote into it: %j', (value) => {
    expect(parseHistory(value)).toEqual([]);
  });

  it('a state without one, or of before, is read as ever', () => {
    const state = { v: 1, head: commit('1'), run: 1, attempt: 1, body: digest('a') } as const;
    expect(parseState(writeState(state))).toEqual(state);
  });
});

describe('claims', () => {
  it.each([
    ['val_roc_auc', 'auc'],
    ['test/Accuracy', 'accuracy'],
    ['F1-score', 'f1'],
    ['eval loss', 'loss'],
    ['auc', 'auc'],
  ])('%s is %s', (name, metric) => {
    expect(metricOfClaim(name)).toBe(metric);
  });

  it('disagree only where both the interval and two percent are far exceeded', () => {
    const near = claimsBeside({ metrics: { auc: 0.68, recall: 0.6, other: 1 } }, judgedMetrics);
    expect(near.map(({ name, disagrees }) => [name, disagrees])).toEqual([
      ['auc', false],
      ['recall', true],
    ]);
    expect(claimsBeside({ metrics: { auc: Number.NaN } }, judgedMetrics)[0]?.disagrees).toBe(true);
  });
});

describe('what changed, and looks', () => {
  it('says so when nothing changed, and nothing without a champion', () => {
    const [section] = changeSections(made, { ...made, name: 'v2' });
    expect(renderMarkdown(section?.blocks ?? [])).toContain('Parameters and data are the same');
    expect(changeSections(null, made)).toEqual([]);
  });

  it.each([
    [{ look: 1, budget: null }, 'This is look 1 on this held-out set.'],
    [{ look: 17, budget: 20 }, '⚠️ Nearly spent: this is look 17 of 20'],
    [{ look: 21, budget: 20 }, '⚠️ Spent: this is look 21 of 20'],
    [
      { look: 2, budget: 20, labels: { look: 61, budget: 60 }, actor: { look: 1, budget: null } },
      '⚠️ Spent: this is look 2 of 20 on this held-out set. Of all models that read these labels it is look 61 of 60. Of whoever started the run it is look 1. Collect new',
    ],
    [
      { look: 5, budget: null, labels: { look: 5, budget: null }, actor: { look: 5, budget: null }, here: 5 },
      'This is look 5 on this held-out set. Different results that this pull request was judged with: 5. Runs that are deleted stay counted.',
    ],
    [
      { look: 3, budget: null, actor: { look: 3, budget: 3 }, here: 1 },
      '⚠️ Nearly spent: this is look 3 on this held-out set. Of whoever started the run it is look 3 of 3. Collect new held-out rows before',
    ],
  ])('%j', (looks, text) => {
    expect(renderMarkdown(attemptSections(looks).flatMap(({ blocks }) => blocks))).toContain(text);
  });

  it('are not told where they are not counted', () => {
    expect(attemptSections({ look: 0, budget: 3 })).toEqual([]);
    expect(renderComment(reportOf(judgedEvidence()))).not.toContain('This is look');
  });
});

test('the height of a curve lies on the line between its points, and at a step at its top', () => {
  const points = [
    [0, 0],
    [0, 0.4],
    [0.5, 0.6],
    [1, 1],
  ] as const;
  expect([0, 0.25, 0.5, 1].map((x) => heightAt(points, x))).toEqual([0.4, 0.5, 0.6, 1]);
  expect(heightAt(points, 1.1)).toBeNull();
  expect(heightAt([[0.5, 1]], 0.2)).toBeNull();
});

describe('hostile names in the evidence', () => {
  const nasty = fc
    .array(
      fc.constantFrom(
        '|',
        '\n',
        '<b>',
        '-->',
        '@octocat',
        '#1',
        '`',
        '\\',
        '[x](javascript:1)',
        'https://evil.example',
        '</details>',
        '\u202e',
        'a',
        ' ',
      ),
      { minLength: 1, maxLength: 8 },
    )
    .map((parts) => parts.join(''));

  it('law: no slice, feature, group, case, claim or parameter changes tables, folds, state or links', () => {
    fc.assert(
      fc.property(nasty, (name) => {
        const evidence = judgedEvidence(
          judgedMetrics.map((each) =>
            each.slice === null ? each : { ...each, slice: `${name}${each.slice}` },
          ),
        );
        const [comparison] = evidence.comparisons;
        if (comparison === undefined) throw new Error('sample');
        const hostile: JudgementEvidence = {
          ...evidence,
          claimed: { ...evidence.claimed, metrics: { [name]: 1, auc: 2 }, parameters: { [name]: name } },
          comparisons: [
            {
              ...comparison,
              explanation: comparison.explanation && {
                ...comparison.explanation,
                features: comparison.explanation.features.map((each) => ({ ...each, feature: name })),
              },
              behaviour: comparison.behaviour && {
                ...comparison.behaviour,
                groups: comparison.behaviour.groups.map((each) => ({
                  ...each,
                  name,
                  kind: name,
                  failed: [name],
                })),
              },
            },
          ],
        };
        const body = renderComment(reportOf(hostile, { champion: made }));
        expect(parseState(body)).not.toBeNull();
        expect(body.match(/<!--/g)).toHaveLength(2);
        expect(body.match(/<details>/g)?.length).toBe(body.match(/<\/details>/g)?.length);
        for (const table of tablesOf(body)) {
          expect(new Set(table.children?.map(({ children }) => children?.length)).size).toBe(1);
        }
        const urls = flatten(parse(body)).flatMap(({ type, url }) => (type === 'link' ? [url ?? ''] : []));
        expect(urls.filter((url) => !url.startsWith('https://github.example/'))).toEqual([]);
      }),
      { numRuns: 8, seed: 21 },
    );
  });
});
