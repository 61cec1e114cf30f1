import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, it } from 'vitest';
import type { Gate } from '../config/policy.ts';
import { evaluateGates } from '../evaluation/gate.ts';
import type { GateOutcome, JudgementEvidence, MetricResult } from '../evidence/evidence.ts';
import type { Making } from './change-section.ts';
import { renderCheck } from './check.ts';
import { renderComment } from './comment.ts';
import { comparisonsOf } from './facts.ts';
import { adviceOf, shortOf } from './gate-advice.ts';
import { gateSections } from './gate-table.ts';
import { headlineOf } from './headline.ts';
import type { PastResult } from './history.ts';
import { besideMetric, judgedEvidence, judgedGates, judgedMetrics } from './judged-sample.fixture.ts';
import { parseState } from './marker.ts';
import { findResult, resultOfGate } from './metric-text.ts';
import type { Report } from './report.ts';
import { commit, digest, sampleReport } from './sample.fixture.ts';
import { renderSummary } from './summary.ts';
import { renderTerminal } from './terminal.ts';
import { phraseText } from './text.ts';

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

const past = (letter: string, value: number): PastResult => ({
  head: commit(letter),
  verdict: 'fail',
  metrics: [['auc', value]],
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

const whole = reportOf(judgedEvidence(), {
  champion: made,
  history: [past('8', 0.659), past('7', 0.652)],
  looks: { look: 7, budget: 20 },
});

describe('the comment on a judged proposal', () => {
  const body = renderComment(whole);
  const before = body.slice(0, body.indexOf('<details>'));

  it('shows what stops it first: how much is missing, and what to do', () => {
    expect(before).toContain('`flight-delay` fails 3 of 6 gates');
    expect(before).toMatch(
      /`latency-p95 max 25` \| 41\.2 ms \| 17\.3 ms \| \+23\.9 ms \(\+20\.2 to \+27\.5\) ▼ worse \| at most 25 \| ❌ fail, short by 16\.2 ms \| v1 took 17\.3 ms; the model file grew 4\.1× \(38\.2 MB to 157\.3 MB\)/,
    );
    expect(before).toContain('3 gates passed. Gates are not traded off against each other.');
    expect(before).not.toContain('`auc min 0.6`');
    expect(body.indexOf('**Next**')).toBeLessThan(body.indexOf('gates that passed</summary>'));
  });

  it('says in view which slices fall, and how often the held-out set was looked at', () => {
    expect(before).toContain('`carrier=UA`: auc −0.089 on 1,150 rows (▼ worse beyond chance');
    expect(before).toContain('This is look 7 of 20 on this held-out set.');
    expect(before).toContain('Gates are set in [models/flight-delay/model.yml](https://github.example/');
  });

  it.each([
    'All 3 gates that passed',
    'Slices: 2 of 24 changed beyond chance',
    'Weakest segments found by search: 1, 1 falling',
    'Serving: p95 41.2 ms',
    'On rows as production sends them: 1 metric',
    'Fairness between groups',
    'Behaviour: 1 of 3 groups fall short',
    'What it leans on: top 8 features, 2 to look at',
    'ROC curve',
    'Claimed by the training run: 1 of 2 far from what was judged',
    'Changed against v1: 3 parameters, 1 dataset',
    'Compared with earlier commits of this pull request: 2',
  ])('has folded: %s', (title) => {
    expect(body).toContain(`<details><summary>${title}</summary>`);
  });

  it('tells in each part what a reader must know', () => {
    expect(body).toMatch(/`carrier=UA` \| 1,150 \| 0\.624 \| 0\.713 \| −0\.089 \([^|]*\) \| ▼ falling/);
    expect(body).toMatch(/`carrier=AS` \|[^\n]*▲ better/);
    expect(body).toMatch(/`carrier=AA` \|[^\n]*not significant/);
    expect(body).toMatch(
      /171 of 200 \| 188 of 200 \| at least 90 % \| ❌ fail \| `AA 17 to 18`, .* and 26 more/,
    );
    expect(body).toMatch(/`tail\\_age`|`tail_age`[^\n]*⚠️ newcomer/);
    expect(body).toMatch(/`month`[^\n]*⚠️ newcomer: was 14/);
    expect(body).toMatch(/`val_roc_auc` \| 0\.784 \(claimed\) \| 0\.672 \| ⚠️ far apart/);
    expect(body).toMatch(/`optimizer\.lr` \| `0\.1` \| `0\.01`/);
    expect(body).toMatch(/`depth` \| `4` \| none/);
    expect(body).toMatch(/`data flights` \| `9999999, 1,100,000 rows` \| `ddddddd, 1,204,118 rows`/);
    expect(body).toMatch(/`9999999` \(this one\) \| 0\.672 \| 0\.431 \| 41\.2 ms \| ❌ fail/);
    expect(body).toMatch(/auc \| 0\.672 \| 0\.641 \| −0\.031 ▼ worse \| −0\.011 ▼ worse/);
  });

  it('fits, has no ragged table, and carries this result on in its state', () => {
    expect(body.length).toBeLessThanOrEqual(60_000);
    for (const table of tablesOf(body)) {
      expect(new Set(table.children?.map(({ children }) => children?.length)).size).toBe(1);
    }
    const state = parseState(body);
    expect(state?.history?.map(({ head }) => head[0])).toEqual(['9', '8', '7']);
    expect(state?.history?.[0]?.metrics).toEqual([
      ['auc', 0.672],
      ['recall', 0.431],
      ['latency-p95', 41.2],
    ]);
  });

  it('is the same in the check, in the summary of the job, and in a terminal', () => {
    const { text } = renderCheck(whole);
    const summary = renderSummary(judgedEvidence());
    for (const said of [text, summary, renderTerminal(whole)]) {
      expect(said).toContain('Slices: 2 of 24 changed beyond chance');
      expect(said).toContain('short by 16.2 ms');
    }
    expect(summary).toContain('Claimed by the training run');
  });

  it('says which champion a folded part is about, where there are several', () => {
    const evidence = judgedEvidence();
    const [first] = evidence.comparisons;
    if (first === undefined) throw new Error('sample');
    const both = { ...evidence, comparisons: [first, { ...first, against: 4 }] };
    const text = renderComment(reportOf(both));
    expect(text).toContain('Serving: p95 41.2 ms (against v1)</summary>');
    expect(text).toContain('Serving: p95 41.2 ms (against v4)</summary>');
  });
});

describe('not enough rows', () => {
  const open: GateOutcome = {
    gate: 'auc not-worse 0.005',
    metric: 'auc',
    slice: null,
    set: 'held-out',
    result: 'not evaluated',
    found: '-0.004',
    required: 'not worse than v1 by more than 0.005',
    because: 'The interval holds both.',
    answer: 'not enough rows',
    rowsNeeded: 182_400,
  };
  const evidence = judgedEvidence();
  const judgement: JudgementEvidence = {
    ...evidence,
    verdict: 'not evaluated',
    comparisons: evidence.comparisons.map((each) => ({ ...each, gates: [open] })),
  };

  it('is told with about how many would decide', () => {
    const summary = renderSummary(judgement);
    expect(summary).toContain(
      '`flight-delay`: 1 gate cannot be decided on 49,018 held-out rows, about 182,400 would',
    );
    expect(summary).toContain('⚠️ not enough rows');
    expect(summary).toContain('About 182,400 held-out rows would decide (there are 49,018)');
    expect(summary).not.toContain('says nothing about the model');
  });

  it('leaves the number out where no number would help', () => {
    const [comparison] = comparisonsOf(whole);
    if (comparison === undefined) throw new Error('sample');
    const text = phraseText(adviceOf({ ...open, rowsNeeded: null }, undefined, comparison));
    expect(text).toBe('The interval holds both.');
  });

  it('stands in the headline of the pull request', () => {
    const tiny = besideMetric(0.648, 0.65, { rows: 2000 });
    const wide = { ...tiny, differenceInterval: [-0.02, 0.016] as const, standardError: 0.009 };
    const report = sampleReport({
      gates: [{ metric: 'auc', versus: 'not-worse', margin: 0.005 }],
      input: { judgement: judgedEvidence([wide], []) },
      decision: { kind: 'not evaluated', verdict: 'not evaluated' },
    });
    expect(phraseText(headlineOf(report))).toMatch(
      /^⚠️ Not evaluated: 1 gate cannot be decided on 49,018 held-out rows, about [\d,]+ would$/,
    );
    const body = renderComment(report);
    expect(body).toMatch(/1\. Enlarge the held-out set to about [\d,]+ rows/);
    expect(body).not.toContain('Re-run failed jobs');
  });
});

describe('the result of a gate', () => {
  const on = (slice: string | null, set: MetricResult['set'] = 'held-out') =>
    besideMetric(0.5, 0.5, { metric: 'recall', slice, set });
  const results = [
    on('carrier=AA'),
    on(null, 'production-like'),
    on(null),
    on('carrier=AA & hour<6'),
    besideMetric(0.9, 0.9),
  ];

  it('is found by metric, slice and set', () => {
    expect(findResult(results, { metric: 'recall', slice: null, set: 'held-out' })).toBe(results[2]);
    expect(findResult(results, { metric: 'f1', slice: null, set: 'held-out' })).toBeUndefined();
  });

  it.each([
    [null, 'held-out', 2],
    ['carrier=AA', 'held-out', 0],
    ['carrier=AA & hour<6', 'held-out', 3],
    [null, 'production-like', 1],
  ] as const)('of a gate on %s, %s', (slice, set, at) => {
    expect(resultOfGate(results, { metric: 'recall', slice, set })).toBe(results[at]);
  });

  it("of a gate whose slice was not computed is nobody else's", () => {
    for (const slice of ['carrier=AAX', 'carrier=ZZ', 'min'])
      expect(resultOfGate(results, { metric: 'recall', slice, set: 'held-out' })).toBeUndefined();
  });
});

describe('short by', () => {
  const value = fc.integer({ min: 1, max: 999 }).map((each) => each / 1000);
  const context = { against: 1, rows: 5000, minimumRows: 100 };

  it('law: a gate that fails passes once it got better by just that much', () => {
    const gatesOf = (limit: number): readonly Gate[] => [
      { metric: 'auc', min: limit },
      { metric: 'auc', max: limit },
      { metric: 'auc', min: limit, at: 'bound' },
      { metric: 'auc', versus: 'not-worse', margin: limit },
      { metric: 'auc', versus: 'not-worse', margin: limit, relative: true },
      { metric: 'auc', versus: 'not-worse' },
      { metric: 'auc', ratio: 1 + limit },
    ];
    fc.assert(
      fc.property(value, value, value, fc.boolean(), (challenger, champion, limit, higherIsBetter) => {
        const result = besideMetric(challenger, champion, { higherIsBetter });
        evaluateGates([result], gatesOf(limit), context).forEach((outcome, at) => {
          const short = shortOf(outcome, result);
          if (outcome.result !== 'fail') expect(short).toBeNull();
          if (short === null) return;
          // A margin that is a share is written rounded.
          const up = (at === 0 || at === 2 ? 1 : at === 1 ? -1 : higherIsBetter ? 1 : -1) * (short + 1e-4);
          const mended: MetricResult = {
            ...besideMetric(challenger + up, champion, { higherIsBetter }),
            differenceInterval: result.differenceInterval && [
              result.differenceInterval[0] + up,
              result.differenceInterval[1] + up,
            ],
          };
          expect(evaluateGates([mended], gatesOf(limit), context)[at]?.result).not.toBe('fail');
        });
      }),
      { numRuns: 150, seed: 5 },
    );
  });

  it.each<readonly [Gate, number]>([
    [{ metric: 'auc', min: 0.6 }, 0.027],
    [{ metric: 'auc', versus: 'not-worse', margin: 0.01 }, 0.0681],
    [{ metric: 'auc', versus: 'not-worse', margin: 0.02, relative: true }, 0.0651],
    [{ metric: 'auc', ratio: 0.99 }, 0.0716],
  ])('%j: %d', (gate, short) => {
    const result = besideMetric(0.573, 0.65, { rows: 490_188, pWorse: 0 });
    const [outcome] = evaluateGates([result], [gate], context);
    expect(outcome?.result).toBe('fail');
    expect(outcome && shortOf(outcome, result)).toBeCloseTo(short, 9);
  });

  it('of slices is no number: the row says how many fall', () => {
    const judgement = judgedEvidence(judgedMetrics, [{ metric: 'auc', slices: { margin: 0.01 } }]);
    expect(renderSummary(judgement)).toMatch(
      /`auc slices 0\.01` \| – \| – \| 2 of 13 slices fall \| no slice worse than v1 by more than 0\.01 \| ❌ fail \| 2 slices fall against v1: hour/,
    );
  });
});

describe('how it got here', () => {
  const row = '| Intervals |';

  it('names methods only where no column Method does', () => {
    const one = judgedMetrics.slice(0, 1);
    expect(renderComment(reportOf(judgedEvidence(one)))).toContain(row);
    const plain = judgedMetrics.filter(({ slice, set }) => slice === null && set === 'held-out');
    const body = renderComment(reportOf(judgedEvidence(plain)));
    expect(body).toContain('| Method |');
    expect(body).not.toContain(row);
  });
});

describe('why a gate does not pass', () => {
  it('has a minus in every number, and leaves names with a hyphen alone', () => {
    const [first] = judgedEvidence().comparisons;
    if (first === undefined) throw new Error('nothing was compared');
    const [gate] = first.gates.filter(({ result }) => result === 'fail');
    if (gate === undefined) throw new Error('no gate fails');
    const because = 'pr-auc@2 fell by -0.079 in 2001-04, p 7.4e-34';
    const outcome = { ...gate, metric: 'of-nothing', because };
    const sections = gateSections({ ...first, endpoints: [], outcomes: [outcome] }, { challenger: 'v2' });
    const text = JSON.stringify(sections);
    expect(text).toContain('Why, and what helps');
    expect(text).toContain('pr-auc@2 fell by −0.079 in 2001-04, p 7.4e-34');
  });
});
