import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import type { Finding } from '../../core/finding/finding.ts';
import { renderUnknown } from '../../core/report/command-reply.ts';
import { renderComment } from '../../core/report/comment.ts';
import { renderHtmlReport } from '../../core/report/html/report.ts';
import { parseMarker, parseState } from '../../core/report/marker.ts';
import type { Report } from '../../core/report/report.ts';
import { sampleJudgement, sampleReport, sampleValidation } from '../../core/report/sample.fixture.ts';
import { renderSummary } from '../../core/report/summary.ts';
import { renderTerminal } from '../../core/report/terminal.ts';
import { parseCommand } from '../../core/training/command.ts';
import { steers } from './reading.ts';
import type { Surface } from './surface.ts';

/** A text of no harm and of the same length class: what hostile text may change is text alone. */
const benign = 'harmless';

const findingOf = (text: string): Finding => ({
  code: 'data/nulls',
  severity: 'fail',
  message: text,
  where: { file: text, line: 3 },
  column: text,
  found: text,
  allowed: text,
  examples: [text],
  firstRow: 1,
  reason: text,
  fix: text,
});

/** Everything of a report that somebody else may have written, written by the same hand. */
function reportOf(text: string): Report {
  const finding = findingOf(text);
  const report = sampleReport({
    input: { validation: sampleValidation([finding]), refusals: [finding], canApprove: { reviewer: [text] } },
  });
  const { decision } = report;
  return {
    ...report,
    decision: {
      ...decision,
      findings: [finding],
      rules: [{ rule: text, state: 'refused', because: text, children: [] }],
    },
  };
}

/** A judgement with a finding, a slice and a command of this text. */
function judgementOf(text: string) {
  const judgement = sampleJudgement(0.658);
  return {
    ...judgement,
    findings: [findingOf(text)],
    claimed: { ...judgement.claimed, command: text },
    comparisons: judgement.comparisons.map((comparison) => ({
      ...comparison,
      metrics: comparison.metrics.flatMap((metric) => [metric, { ...metric, slice: text }]),
      gates: comparison.gates.map((gate) => ({ ...gate, gate: text, because: text })),
    })),
  };
}

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly url?: string;
  readonly children?: readonly Node[];
}
const flatten = (node: Node): readonly Node[] => [node, ...(node.children ?? []).flatMap(flatten)];
/** Words, and whether they stand in code, are the text's own; everything else is the report's. */
const words = new Set(['text', 'inlineCode', 'break']);
/** What filters of GitHub would turn into a link, in text that is no code. */
const references = [/(?:^|[^\w`])@[a-z0-9]/i, /(?:^|[^\w&])#\d/, /https?:\/\//i, /www\./i, /\bGH-\d/i];

/** The report of a harmless text, by the function that renders it. */
const harmless = new Map<(text: string) => string, readonly Node[]>();

/** What there is more of than in the report of a harmless text, words apart. */
function harmOfMarkdown(render: (text: string) => string, text: string): readonly string[] {
  const nodesOf = (content: string) => flatten(parseMarkdown(render(content)));
  const shapeOf = (nodes: readonly Node[]) =>
    nodes
      .filter(({ type }) => !words.has(type))
      .map(({ type, url, value }) => `${type} ${hostOf(url)} ${bare(value)}`);
  const before = harmless.get(render) ?? nodesOf(benign);
  harmless.set(render, before);
  const after = nodesOf(text);
  const shown = after.filter(({ type }) => type === 'text').map(({ value = '' }) => value);
  const mine = before.filter(({ type }) => type === 'text').map(({ value = '' }) => value);
  return [
    ...moreOf(shapeOf(after), shapeOf(before)).map((form) => `there is one more ${form}`),
    ...references
      .filter(
        (form) =>
          shown.filter((part) => form.test(part)).length > mine.filter((part) => form.test(part)).length,
      )
      .map((form) => `a reference: ${form.source}`),
    ...(steersMore(shown.join('\n'), mine.join('\n')) ? ['control characters'] : []),
  ];
}

/** Parts that were left out for want of room do no harm; parts that were not there before do. */
function moreOf(after: readonly string[], before: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const form of before) left.set(form, (left.get(form) ?? 0) + 1);
  return after.filter((form) => {
    const count = left.get(form) ?? 0;
    left.set(form, count - 1);
    return count <= 0;
  });
}

/** Links may end in a path of the text's own, and go nowhere else. */
const hostOf = (url: string | undefined): string =>
  url === undefined ? '' : new URL(url, 'https://here').origin;
/** The last line of a comment holds the digest of what it says. */
const bare = (html = ''): string => html.replace(/sha256:[0-9a-f]{64}/, '');

/** Zero-width spaces are ours: they split what would be a reference. */
const steersMore = (after: string, before: string): boolean =>
  steers(after.replaceAll('\u200b', '')) && !steers(before.replaceAll('\u200b', ''));

const parseMarkdown = (markdown: string): Node =>
  fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) as Node;

function harmOfPage(text: string): readonly string[] {
  const formsOf = (content: string) =>
    [...renderHtmlReport(judgementOf(content)).matchAll(/<\/?[a-zA-Z!][^>]*>/g)].map(([tag]) =>
      tag.replace(/="[^"]*"/g, ''),
    );
  const known = new Set(formsOf(benign));
  return formsOf(text)
    .filter((form) => !known.has(form))
    .map((form) => `the page has ${form}`);
}

function harmOfTerminal(text: string): readonly string[] {
  const told = renderTerminal(reportOf(text));
  return steers(told) ? ['it steers the terminal'] : [];
}

const taken = (name: string, harmOf: (text: string) => readonly string[]): Surface => ({
  name,
  good: 'plain words',
  read: (bytes) => ({ kind: 'taken', harm: harmOf(Buffer.from(bytes).toString()) }),
});

const place = {
  number: 7,
  comment: 9,
  repositoryUrl: 'https://github.example/acme/flights',
  baseRef: 'main',
};

const commentOf = (text: string): string => renderComment(reportOf(text));
const summaryOf = (text: string): string => renderSummary(judgementOf(text));
/** Everywhere text of others is shown, and what is read back from comments that anybody may write. */
export const reportSurfaces: readonly Surface[] = [
  taken('comment', (text) => harmOfMarkdown(commentOf, text)),
  taken('job summary', (text) => harmOfMarkdown(summaryOf, text)),
  taken('page', harmOfPage),
  taken('terminal', harmOfTerminal),
  taken('command', (text) => harmOfCommand(text)),
  taken('comment of somebody', (text) =>
    parseMarker(text) === null && parseState(text) === null ? [] : ['it passes for a comment of ours'],
  ),
];

/** A comment asks for nothing but what it says on its own line, and its word comes back without harm. */
function harmOfCommand(text: string): readonly string[] {
  const command = parseCommand(text);
  if (command === null || command.kind === 'look' || command.kind === 'help') return [];
  if (command.kind !== 'unknown') return [`it is the command ${command.kind}`];
  return harmOfMarkdown((content) => renderUnknown({ ...command, word: content }, place), command.word);
}
