import { JSDOM } from 'jsdom';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildLineage } from '../../core/lineage/build.ts';
import { contract } from '../../core/lineage/contract.fixture.ts';
import { traceDown, traceUp } from '../../core/lineage/trace.ts';
import { renderCheck } from '../../core/report/check.ts';
import { renderComment } from '../../core/report/comment.ts';
import type { PastResult } from '../../core/report/history.ts';
import { judgedEvidence, judgedGates } from '../../core/report/judged-sample.fixture.ts';
import { renderLineageMermaid } from '../../core/report/lineage-mermaid.ts';
import { commit, sampleReport } from '../../core/report/sample.fixture.ts';
import { renderSummary } from '../../core/report/summary.ts';
import { renderXyChart } from '../../core/report/xychart.ts';

/** Mermaid reads a diagram; its DOM is one of jsdom, since it refuses to start without. */
let parse: (text: string) => Promise<unknown>;

beforeAll(async () => {
  const { window } = new JSDOM('<!doctype html><body></body>');
  Object.assign(globalThis, { window, document: window.document });
  const { default: mermaid } = await import('mermaid');
  parse = (text) => mermaid.parse(text);
});

const diagramsOf = (markdown: string): readonly string[] =>
  [...markdown.matchAll(/```mermaid\n([\s\S]*?)\n```/g)].map((match) => match[1] ?? '');

const history = ['1', '2', '3', '4'].map(
  (letter, at): PastResult => ({
    head: commit(letter),
    verdict: 'fail',
    metrics: [['auc', 0.6 + at / 100]],
  }),
);

const report = sampleReport({
  gates: judgedGates,
  input: { judgement: judgedEvidence() },
  decision: { kind: 'refused', verdict: 'fail' },
  report: { history },
});

describe('every diagram of a judgement', () => {
  test.each([
    ['comment', () => renderComment(report), 2],
    ['check', () => renderCheck(report).text, 2],
    ['summary', () => renderSummary(judgedEvidence()), 1],
  ] as const)('in the %s is read by Mermaid', async (_name, render, count) => {
    const diagrams = diagramsOf(render());
    expect(diagrams).toHaveLength(count);
    for (const diagram of diagrams) {
      expect(await parse(diagram)).toMatchObject({ diagramType: 'xychart' });
      expect(diagram.startsWith('xychart-beta\n')).toBe(true);
    }
  });

  test('and the test can fail: a bracket too few is refused', async () => {
    const [diagram = ''] = diagramsOf(renderComment(report));
    await expect(parse(diagram.replace(']', ''))).rejects.toThrow();
  });

  test.each([
    'a"]; click x "javascript:alert(1)',
    '1. first',
    '`md`',
    '%% comment',
    'a\nline [9]',
    '<b>|</b>',
    'é ü 日本',
    '#quot;',
    'end',
    '---',
    '%%{init: {}}%%',
    '',
  ])('whatever a metric is called: %j', async (name) => {
    const chart = renderXyChart({
      title: name,
      x: [name, 'b', name],
      y: { title: name, from: -1.5, to: 1e14 },
      lines: [[-1e-7, -1, 2.5]],
    });
    expect(await parse((chart ?? []).join('\n'))).toMatchObject({ diagramType: 'xychart' });
    expect(chart).toHaveLength(5);
  });
});

test.each(['the bureau', 'a"]; click n0 "x', 'end', '-->', ''])(
  'the lineage of a dataset from %j is read by Mermaid',
  async (source) => {
    const lineage = buildLineage({ contracts: [{ ...contract, source, derivedFrom: ['a'] }], states: [] });
    const id = `dataset:${contract.dataset}`;
    const text = renderLineageMermaid([traceUp(lineage, id), traceDown(lineage, id)], lineage);
    expect(await parse(text)).toMatchObject({ diagramType: 'flowchart-v2' });
  },
);

test('no metric is drawn that is no number', () => {
  const chart = (lines: readonly (readonly number[])[]) =>
    renderXyChart({ title: '', x: ['a', 'b'], y: { title: '', from: 0, to: 1 }, lines });
  expect(chart([[0, Number.NaN]])).toBeNull();
  expect(chart([[0, 1], [0]])).toBeNull();
  expect(chart([])).toBeNull();
  expect(chart([[0, Number.POSITIVE_INFINITY]])).toBeNull();
  expect(chart([[0, 1e21]])).toBeNull();
  expect(chart([[0, 1]])).not.toBeNull();
});
