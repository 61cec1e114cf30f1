import type { MetricResult } from '../evidence/evidence.ts';
import type { Block, Phrase, Section, Table } from './block.ts';
import { championOf, grouped, type ShownComparison } from './facts.ts';
import type { GateTableNames } from './gate-table.ts';
import { differenceOf, showValue, showValues, signed } from './metric-text.ts';
import { type SliceMove, sliceMoves } from './slice-moves.ts';

const mostMetrics = 4;
const mostRows = 15;
const mostInView = 3;

export const sliceWords: Readonly<Record<SliceMove['word'], string>> = {
  falling: '▼ falling',
  rising: '▲ better',
  'not significant': 'not significant',
  'not evaluated': 'not evaluated',
};

/** Slices that fell are in view; the others are folded, changed ones first. Found segments have a table of their own. */
export function sliceSections(comparison: ShownComparison, names: GateTableNames): readonly Section[] {
  const metrics = slicedMetrics(comparison.metrics).slice(0, mostMetrics);
  const moves = metrics.map((metric) => [metric, sliceMoves(comparison.metrics, metric)] as const);
  const declared = moves.map(
    ([metric, all]) => [metric, all.filter(({ result }) => !isFound(result))] as const,
  );
  const found = moves.flatMap(([, all]) => all.filter(({ result }) => isFound(result)));
  return [
    ...inView(declared.flatMap(([, each]) => each)),
    ...declaredSections(declared, comparison, names),
    ...foundSections(found, comparison, names),
  ];
}

/** Metrics that have slices, in the order of the comparison. */
export const slicedMetrics = (metrics: readonly MetricResult[]): readonly string[] => [
  ...new Set(
    metrics.filter(({ slice, set }) => slice !== null && set === 'held-out').map(({ metric }) => metric),
  ),
];

/** A segment that a search came upon says so in its method. */
export const isFound = ({ method }: MetricResult): boolean => method.startsWith('weakest of ');

function inView(moves: readonly SliceMove[]): readonly Section[] {
  const falling = moves.filter(({ word }) => word === 'falling');
  if (falling.length === 0) return [];
  const items = falling.slice(0, mostInView).map(({ result }): Phrase => {
    const by = signed(showValue(result.metric, result.difference ?? Number.NaN));
    return [
      { code: result.slice ?? '' },
      `: ${result.metric} ${by} on ${grouped(result.rows)} rows (▼ worse beyond chance, all slices taken together)`,
    ];
  });
  const more = falling.length - items.length;
  const rest: readonly Phrase[] = more === 0 ? [] : [[`${more} more, in the table of slices`]];
  return [
    {
      name: 'falling slices',
      rank: 2,
      blocks: [
        { kind: 'paragraph', text: [{ strong: 'Slices that fall' }] },
        { kind: 'list', items: [...items, ...rest] },
      ],
    },
  ];
}

function declaredSections(
  moves: readonly (readonly [metric: string, moves: readonly SliceMove[]])[],
  comparison: ShownComparison,
  names: GateTableNames,
): readonly Section[] {
  const all = moves.flatMap(([, each]) => each);
  if (all.length === 0) return [];
  const changed = all.filter(({ word }) => word === 'falling' || word === 'rising').length;
  const blocks = moves.flatMap(([metric, each]): readonly Block[] => {
    const shown = each.slice(0, mostRows);
    const rest = each.length - shown.length;
    if (each.length === 0) return [];
    return [
      { kind: 'paragraph', text: [{ strong: metric }] },
      sliceTable(shown, comparison, names),
      ...(rest === 0
        ? []
        : [{ kind: 'small', text: [`${rest} more slices, all ${wordOfRest(each)}.`] } as const]),
    ];
  });
  const title = `Slices: ${changed} of ${all.length} changed beyond chance`;
  return [
    { name: 'slices', rank: 4, blocks: [{ kind: 'fold', title, blocks: [...blocks, noteFor(comparison)] }] },
  ];
}

const wordOfRest = (moves: readonly SliceMove[]): string =>
  [...new Set(moves.slice(mostRows).map(({ word }) => word))].join(' or ');

const noteFor = (comparison: ShownComparison): Block => ({
  kind: 'small',
  text: [
    championOf(comparison) === null
      ? 'Nothing serves yet: there is no champion to have changed from.'
      : 'Changed: significant after Benjamini and Hochberg at 5 % over all slices of the metric. Not evaluated: too few rows.',
  ],
});

function foundSections(
  found: readonly SliceMove[],
  comparison: ShownComparison,
  names: GateTableNames,
): readonly Section[] {
  if (found.length === 0) return [];
  const blocks: readonly Block[] = [
    {
      kind: 'paragraph',
      text: [
        `Nobody declared these segments: they are the weakest${lookedText(found)} that were looked at, and intervals and p-values are corrected for that.`,
      ],
    },
    sliceTable(found.slice(0, mostRows), comparison, names, true),
  ];
  const falling = found.filter(({ word }) => word === 'falling').length;
  const title = `Weakest segments found by search: ${found.length}${falling === 0 ? '' : `, ${falling} falling`}`;
  return [{ name: 'found segments', rank: 5, blocks: [{ kind: 'fold', title, blocks }] }];
}

/** ` of 1,107`: how often a search looked, from its method. */
function lookedText(found: readonly SliceMove[]): string {
  const looked = found.map(({ result }) => /^weakest of (\d+) /.exec(result.method)?.[1]);
  const most = Math.max(...looked.map((count) => Number(count ?? 0)));
  return most === 0 ? '' : ` of ${grouped(most)}`;
}

/** Where no champion stands beside it, a segment was held against all other rows. */
function besideText({ champion, method }: MetricResult): string | null {
  const p = /; corrected p (\S+)$/.exec(method)?.[1];
  return champion === null && p !== undefined ? `weaker than the other rows, p ${p}` : null;
}

function sliceTable(
  moves: readonly SliceMove[],
  comparison: ShownComparison,
  { challenger }: GateTableNames,
  withMetric = false,
): Table {
  const champion = championOf(comparison) ?? 'champion';
  return {
    kind: 'table',
    head: [
      'Slice',
      ...(withMetric ? ['Metric'] : []),
      'Rows',
      challenger,
      champion,
      'Difference (95 % interval)',
      'Change',
    ],
    align: ['l', ...(withMetric ? ['l' as const] : []), 'r', 'r', 'r', 'r', 'l'],
    rows: moves.map(({ result, word }) => {
      const [value = '–', before = '–'] = showValues(
        result.metric,
        [result.challenger, result.champion].filter((each) => each !== null),
      );
      return [
        [{ code: result.slice ?? '' }],
        ...(withMetric ? [[result.metric]] : []),
        [grouped(result.rows)],
        [value],
        [before],
        [differenceOf(result).replace(/ (?:▲ better|▼ worse|may be chance|equal)$/, '')],
        [besideText(result) ?? sliceWords[word]],
      ];
    }),
  };
}
