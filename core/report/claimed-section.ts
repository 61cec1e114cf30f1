import type { ClaimedRun, MetricResult } from '../evidence/evidence.ts';
import type { Block, Phrase, Section } from './block.ts';
import { showValues } from './metric-text.ts';

const mostRows = 30;
/** A claim this many half intervals away is no chance. */
const farIntervals = 3;
/** Besides, as a share of what was judged: small differences are no story, validation rows are other rows. */
const farShare = 0.02;

/** Other tools' names of the same metric, after lower case and hyphens. */
const sameName: Readonly<Record<string, string>> = {
  acc: 'accuracy',
  'roc-auc': 'auc',
  'auc-roc': 'auc',
  'average-precision': 'pr-auc',
  'auc-pr': 'pr-auc',
  logloss: 'log-loss',
  'brier-score': 'brier',
  'f1-score': 'f1',
  'mean-absolute-error': 'mae',
  'mean-squared-error': 'mse',
  'r2-score': 'r2',
};

export interface ClaimBeside {
  readonly name: string;
  readonly claimed: number;
  readonly judged: MetricResult;
  /** The claim lies far outside of what was judged. */
  readonly disagrees: boolean;
}

/** `val_roc_auc` says the same as `auc`. */
export function metricOfClaim(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[_\s]+/g, '-')
    .replace(/^(?:test|val|valid|validation|eval|holdout)[-/.]/, '');
  return sameName[plain] ?? plain;
}

/** Claims of the training run that the judge measured as well, in the order of the claims. */
export function claimsBeside(
  { metrics: claims }: Pick<ClaimedRun, 'metrics'>,
  results: readonly MetricResult[],
): readonly ClaimBeside[] {
  return Object.entries(claims).flatMap(([name, claimed]) => {
    const metric = metricOfClaim(name);
    const judged = results.find(
      (each) => each.metric === metric && each.slice === null && each.set === 'held-out',
    );
    return judged === undefined ? [] : [{ name, claimed, judged, disagrees: isFar(claimed, judged) }];
  });
}

function isFar(claimed: number, { challenger, challengerInterval: interval }: MetricResult): boolean {
  const gap = Math.abs(claimed - challenger);
  const half = interval === null ? 0 : (interval[1] - interval[0]) / 2;
  return !(gap <= Math.max(farIntervals * half, farShare * Math.abs(challenger)));
}

/** What the training job says of itself, next to what was judged. It gates nothing; where it is far off it is a warning. */
export function claimedSections(
  claimed: Pick<ClaimedRun, 'metrics'>,
  results: readonly MetricResult[],
): readonly Section[] {
  const beside = claimsBeside(claimed, results);
  if (beside.length === 0) return [];
  const far = beside.filter(({ disagrees }) => disagrees);
  const sorted = [...far, ...beside.filter(({ disagrees }) => !disagrees)].slice(0, mostRows);
  const table: Block = {
    kind: 'table',
    head: ['Metric of the run', 'Claimed', 'Judged', 'Agree'],
    align: ['l', 'r', 'r', 'l'],
    rows: sorted.map(({ name, claimed: value, judged, disagrees }): readonly Phrase[] => {
      const rounded = Number(value.toPrecision(4));
      const [shown = '–'] = showValues(judged.metric, [judged.challenger]);
      return [[{ code: name }], [`${rounded} (claimed)`], [shown], [disagrees ? '⚠️ far apart' : 'yes']];
    }),
  };
  const title =
    far.length === 0
      ? 'Claimed by the training run, beside judged'
      : `Claimed by the training run: ${far.length} of ${beside.length} far from what was judged`;
  return [
    {
      name: 'claimed metrics',
      rank: far.length === 0 ? 6 : 3,
      blocks: [{ kind: 'fold', title, blocks: [table, note] }],
    },
  ];
}

const note: Block = {
  kind: 'small',
  text: [
    'A claim rests on rows that the proposer chose and gates nothing. Far apart: leakage, another metric of that name, or other rows.',
  ],
};
