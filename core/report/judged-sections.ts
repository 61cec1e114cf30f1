import { modelPath, policyPath } from '../config/layout.ts';
import type { JudgementEvidence, MetricResult } from '../evidence/evidence.ts';
import { linkFile } from './address.ts';
import { attemptSections } from './attempt-section.ts';
import type { Section } from './block.ts';
import { changeSections, type Making } from './change-section.ts';
import { claimedSections } from './claimed-section.ts';
import { comparisonSections } from './comparison-sections.ts';
import { championOf, comparisonsOf, type ShownComparison, stageMovesOf } from './facts.ts';
import { addToHistory, type PastResult } from './history.ts';
import { historySections } from './history-section.ts';
import { resultOfGate } from './metric-text.ts';
import type { Report } from './report.ts';

/** What a reader sees of a judgement without unfolding anything: gates, slices that fall, looks on the held-out set. */
export function viewSections(report: Report): readonly Section[] {
  const comparisons = comparisonsOf(report);
  const looks = comparisons.length === 0 || report.looks === undefined ? [] : attemptSections(report.looks);
  return [
    ...inView(judgedSections(comparisons, challengerOf(report))),
    ...(comparisons.length === 0 ? [] : placeSections(report)),
    ...looks,
  ];
}

/** Where a reader finds what is required, as it stood when this was judged. */
function placeSections(report: Report): readonly Section[] {
  const { model } = report.input;
  if (model === null) return [];
  const text = [
    'Gates are set in ',
    linkFile(report, { file: modelPath(model.model) }),
    ', with the floor of ',
    linkFile(report, { file: policyPath }),
    ' under them.',
  ];
  return [{ name: 'where gates are set', rank: 4, blocks: [{ kind: 'small', text }] }];
}

/** Everything that explains the result: each part folded under a line that says what is in it. */
export function foldedSections(report: Report): readonly Section[] {
  const { judgement } = report.input;
  if (judgement === null) return historySections(historyOf(report));
  const challenger = challengerOf(report);
  const comparisons = comparisonsOf(report);
  return [
    ...folded(judgedSections(comparisons, challenger)),
    ...claimedSections(judgement.claimed, resultsOf(comparisons)),
    ...changeSections(report.champion ?? null, makingOf(report, judgement, challenger)),
    ...historySections(historyOf(report)),
  ];
}

/** The sections of every comparison; where there are several, each folded line says which. */
export function judgedSections(
  comparisons: readonly ShownComparison[],
  challenger: string,
): readonly Section[] {
  return comparisons.flatMap((comparison) => {
    const sections = comparisonSections(comparison, { challenger });
    return comparisons.length < 2 ? sections : sections.map((section) => named(section, comparison));
  });
}

function named(section: Section, comparison: ShownComparison): Section {
  const blocks = section.blocks.map((block) =>
    block.kind === 'fold' ? { ...block, title: `${block.title} (against ${championOf(comparison)})` } : block,
  );
  return { ...section, blocks };
}

const isFold = ({ blocks }: Section): boolean => blocks.every(({ kind }) => kind === 'fold');
export const inView = (sections: readonly Section[]): readonly Section[] =>
  sections.filter((section) => !isFold(section));
export const folded = (sections: readonly Section[]): readonly Section[] => sections.filter(isFold);

/** The challenger's values are the same in every comparison: each once. */
export const resultsOf = (
  comparisons: readonly { readonly metrics: readonly MetricResult[] }[],
): readonly MetricResult[] => comparisons[0]?.metrics ?? [];

/** `This pull request`, or the version that is moved. */
export function challengerOf(report: Report): string {
  const [move] = stageMovesOf(report);
  return move === undefined ? 'This pull request' : `v${move.version}`;
}

function makingOf({ input }: Report, { claimed }: JudgementEvidence, name: string): Making {
  const checked = new Map(input.validation?.datasets.map((each) => [each.dataset, each.rows]) ?? []);
  const datasets = claimed.datasets.map((each) => ({ ...each, rows: checked.get(each.dataset) ?? null }));
  return { name, run: claimed, datasets };
}

/** The history with this result in it, as the comment carries it on. */
export function historyOf(report: Report): readonly PastResult[] {
  const past = report.history ?? [];
  const { judgement } = report.input;
  if (judgement === null || report.recorded !== null) return past;
  // Waiting for people is no result: what was judged passed.
  const verdict = report.decision.verdict === 'waiting' ? 'pass' : report.decision.verdict;
  return addToHistory(past, { head: report.headSha, verdict, metrics: leadingMetrics(report) });
}

/** Values of the gates in their order, each once: all rows first. */
function leadingMetrics(report: Report): PastResult['metrics'] {
  const values = new Map<string, number>();
  for (const { outcomes, metrics } of comparisonsOf(report)) {
    for (const outcome of outcomes) {
      const result = resultOfGate(metrics, outcome);
      if (result === undefined) continue;
      const name = result.slice === null ? result.metric : `${result.metric} ${result.slice}`;
      if (!values.has(name)) values.set(name, result.challenger);
    }
  }
  return [...values];
}
