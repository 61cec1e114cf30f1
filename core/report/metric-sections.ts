import type { MetricResult } from '../evidence/evidence.ts';
import type { Block, Phrase, Section } from './block.ts';
import { championOf, counted, type ShownComparison } from './facts.ts';
import type { GateTableNames } from './gate-table.ts';
import { differenceOf, findResult, showValue, showValues, signed } from './metric-text.ts';

/** Names of what a load or a file tells, in the order of the table. */
const servingNames = [
  'latency-p50',
  'latency-p95',
  'latency-p99',
  'throughput',
  'error-rate',
  'size-bytes',
  'cost-per-1000',
];

const isServing = ({ metric }: MetricResult): boolean => servingNames.includes(metric);
const isFairness = ({ metric }: MetricResult): boolean => / by /.test(metric);
const isWhole = ({ slice, set }: MetricResult): boolean => slice === null && set === 'held-out';

/** Everything measured that is no slice: quality, fairness, serving, and what production-like rows make of it. */
export function metricSections(comparison: ShownComparison, names: GateTableNames): readonly Section[] {
  const whole = comparison.metrics.filter(isWhole);
  const quality = whole.filter((result) => !isServing(result) && !isFairness(result));
  const serving = servingNames.flatMap((name) => whole.filter(({ metric }) => metric === name));
  return [
    ...tableSection('latency and size', 4, servingTitle(serving), serving, comparison, names),
    ...productionSections(comparison),
    ...tableSection('fairness', 4, 'Fairness between groups', whole.filter(isFairness), comparison, names),
    // One metric may stand in the gates already.
    ...(quality.length < 2 && comparison.outcomes.length > 0
      ? []
      : tableSection('metrics', 6, allOf(quality.length), quality, comparison, names)),
  ];
}

/** Results whose method stands in a table; none where the one metric stands in the gates alone. */
export function methodsInTable(metrics: readonly MetricResult[]): readonly MetricResult[] {
  const whole = metrics.filter(isWhole);
  const quality = whole.filter((result) => !isServing(result) && !isFairness(result));
  return quality.length < 2 ? whole.filter((result) => !quality.includes(result)) : whole;
}

const allOf = (metrics: number): string => (metrics === 1 ? 'The metric' : `All ${metrics} metrics`);

function servingTitle(results: readonly MetricResult[]): string {
  const p95 = results.find(({ metric }) => metric === 'latency-p95');
  const shown = p95 === undefined ? '' : `: p95 ${showValue(p95.metric, p95.challenger)}`;
  return `Serving${shown}`;
}

function tableSection(
  name: string,
  rank: number,
  title: string,
  results: readonly MetricResult[],
  comparison: ShownComparison,
  { challenger }: GateTableNames,
): readonly Section[] {
  if (results.length === 0) return [];
  const champion = championOf(comparison) ?? 'champion';
  const table: Block = {
    kind: 'table',
    head: ['Metric', challenger, '95 % interval', champion, 'Difference (95 % interval)', 'Grade', 'Method'],
    align: ['l', 'r', 'r', 'r', 'r', 'l', 'l'],
    rows: results.map(toRow),
  };
  return [{ name, rank, blocks: [{ kind: 'fold', title, blocks: [table] }] }];
}

function toRow(result: MetricResult): readonly Phrase[] {
  const { metric, challenger, champion, challengerInterval: interval } = result;
  const [value = '–', before = '–'] = showValues(
    metric,
    [challenger, champion].filter((each) => each !== null),
  );
  const [low, high] = interval === null ? [] : showValues(metric, interval);
  return [
    [metric],
    [value],
    [low === undefined ? '–' : `${low} to ${high}`],
    [before],
    [differenceOf(result)],
    [result.grade],
    [result.method],
  ];
}

/** The same rows as production would have sent them: a model that only knows clean rows shows it here. */
function productionSections(comparison: ShownComparison): readonly Section[] {
  const { metrics } = comparison;
  const spoiled = metrics.filter(({ slice, set }) => slice === null && set === 'production-like');
  if (spoiled.length === 0) return [];
  const rows = spoiled.map((result): readonly Phrase[] => {
    const clean = findResult(metrics, { ...result, set: 'held-out' });
    const [value = '–', before = '–'] = showValues(result.metric, [
      result.challenger,
      ...(clean === undefined ? [] : [clean.challenger]),
    ]);
    return [
      [result.metric],
      [before],
      [value],
      [dropOf(result, result.challenger, clean?.challenger)],
      [dropOf(result, result.champion, clean?.champion)],
    ];
  });
  const champion = championOf(comparison) ?? 'champion';
  const table: Block = {
    kind: 'table',
    head: ['Metric', 'Held-out rows', 'Production-like rows', 'Change', `Change of ${champion}`],
    align: ['l', 'r', 'r', 'r', 'r'],
    rows,
  };
  const title = `On rows as production sends them: ${counted(spoiled.length, 'metric')}`;
  return [{ name: 'production-like rows', rank: 4, blocks: [{ kind: 'fold', title, blocks: [table] }] }];
}

function dropOf(
  { metric, higherIsBetter }: MetricResult,
  spoiled: number | null,
  clean: number | null | undefined,
): string {
  if (spoiled === null || clean === null || clean === undefined) return '–';
  const change = Number((spoiled - clean).toPrecision(12));
  const [shown = '–'] = showValues(metric, [change]);
  const worse = higherIsBetter ? change < 0 : change > 0;
  return `${signed(shown)} ${change === 0 ? 'equal' : worse ? '▼ worse' : '▲ better'}`;
}
