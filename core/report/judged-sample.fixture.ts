import type { Gate } from '../config/policy.ts';
import { evaluateGates } from '../evaluation/gate.ts';
import type { JudgementEvidence, MetricResult, ModelComparison } from '../evidence/evidence.ts';
import type { ComparisonDetail, CurvePoint } from '../evidence/judgement-detail.ts';
import { fillHistogram } from '../load/histogram.ts';
import { digest, sampleJudgement } from './sample.fixture.ts';

/** A judgement with everything that one can have: slices, pictures, load, behaviour, explanation. */

interface Beside {
  readonly metric?: string;
  readonly slice?: string | null;
  readonly set?: MetricResult['set'];
  readonly rows?: number;
  readonly higherIsBetter?: boolean;
  readonly grade?: MetricResult['grade'];
  readonly method?: string;
  readonly pWorse?: number;
  readonly pBetter?: number;
}

/** A result whose interval is as wide as its rows say. */
export function besideMetric(challenger: number, champion: number | null, more: Beside = {}): MetricResult {
  const { rows = 5000, higherIsBetter = true } = more;
  const error = Number((0.4 / Math.sqrt(Math.max(rows, 1))).toPrecision(2));
  const difference = champion === null ? null : Number((challenger - champion).toFixed(6));
  const gain = (difference ?? 0) * (higherIsBetter ? 1 : -1);
  const around = (value: number): readonly [number, number] => [
    Number((value - 2 * error).toFixed(4)),
    Number((value + 2 * error).toFixed(4)),
  ];
  return {
    metric: 'auc',
    slice: null,
    set: 'held-out',
    higherIsBetter,
    grade: 'judged',
    challenger,
    challengerInterval: around(challenger),
    champion,
    difference,
    differenceInterval: difference === null ? null : around(difference),
    standardError: difference === null ? null : error,
    pWorse: difference === null ? null : gain < -2 * error ? 0.001 : 0.6,
    pBetter: difference === null ? null : gain > 2 * error ? 0.001 : 0.6,
    method: 'paired bootstrap (BCa), 2000 resamples, seed 1',
    ...more,
    rows,
  };
}

const carriers = ['AA', 'AS', 'B6', 'CO', 'DL', 'HA', 'MQ', 'NW', 'TW', 'UA', 'US', 'WN'];

const slices: readonly MetricResult[] = carriers.flatMap((carrier, at) => [
  besideMetric(0.66 - at * 0.004, 0.65 - at * 0.003 + (at === 9 ? 0.09 : 0), {
    slice: `carrier=${carrier}`,
    rows: 4120 - at * 330,
    ...(at === 9 ? { pWorse: 0.0004 } : {}),
    ...(at === 1 ? { pBetter: 0.0009 } : {}),
  }),
  besideMetric(0.42 + at * 0.006, 0.41 + at * 0.006, {
    metric: 'recall',
    slice: `carrier=${carrier}`,
    rows: 4120 - at * 330,
  }),
]);

const ms = (challenger: number, champion: number, metric: string): MetricResult =>
  besideMetric(challenger, champion, {
    metric,
    rows: 0,
    higherIsBetter: false,
    grade: 'measured',
    method: 'quantile of type 1 over 5 rounds',
  });

const measured: readonly MetricResult[] = [
  { ...ms(9.4, 9.1, 'latency-p50'), challengerInterval: [9.2, 9.6], differenceInterval: [-0.1, 0.7] },
  { ...ms(41.2, 17.3, 'latency-p95'), challengerInterval: [38.1, 44.9], differenceInterval: [20.2, 27.5] },
  { ...ms(88.5, 31.9, 'latency-p99'), challengerInterval: [79, 99.5], differenceInterval: [48.3, 66] },
  {
    ...ms(157_300_120, 38_204_551, 'size-bytes'),
    challengerInterval: [157_300_120, 157_300_120],
    differenceInterval: [119_095_569, 119_095_569],
    method: 'size of the model file',
  },
];

export const judgedMetrics: readonly MetricResult[] = [
  besideMetric(0.672, 0.65, { rows: 49_018, method: 'DeLong' }),
  besideMetric(0.431, 0.428, { metric: 'recall', rows: 49_018 }),
  besideMetric(0.512, 0.519, { metric: 'precision', rows: 49_018 }),
  besideMetric(0.171, 0.174, { metric: 'brier', rows: 49_018, higherIsBetter: false }),
  besideMetric(0.024, 0.012, { metric: 'ece', rows: 49_018, higherIsBetter: false }),
  besideMetric(0.041, 0.043, {
    metric: 'equal-opportunity-difference by origin_size',
    rows: 49_018,
    higherIsBetter: false,
  }),
  besideMetric(0.641, 0.639, { rows: 49_018, set: 'production-like', method: 'DeLong' }),
  ...slices,
  besideMetric(0.511, 0.604, {
    slice: 'hour<6 & distance>=2000',
    rows: 612,
    method: 'weakest of 214 segments, interval and p corrected; paired mean, normal interval',
    pWorse: 0.0008,
  }),
  ...measured,
];

/** A curve of fifty points over the diagonal. @param bend more is better */
export const sampleCurve = (bend: number): readonly CurvePoint[] =>
  Array.from({ length: 51 }, (_, at): CurvePoint => {
    const x = at / 50;
    return [x, Number((x ** (1 / bend)).toFixed(4))];
  });

const bell = (center: number): readonly number[] =>
  Array.from({ length: 20 }, (_, at) =>
    Math.round(9000 * Math.exp(-(((at + 0.5) / 20 - center) ** 2) / 0.02)),
  );

export const judgedDetail: ComparisonDetail = {
  roc: { challenger: sampleCurve(1.9), champion: sampleCurve(1.7) },
  precisionRecall: {
    challenger: sampleCurve(1.9).map(([x]) => [x, Number((0.9 - 0.62 * x).toFixed(4))]),
    champion: sampleCurve(1.9).map(([x]) => [x, Number((0.86 - 0.6 * x).toFixed(4))]),
  },
  calibration: {
    challenger: Array.from({ length: 20 }, (_, at) => ({
      predicted: (at + 0.5) / 20,
      found: Number((((at + 0.5) / 20) ** 1.15).toFixed(3)),
      rows: 2451,
    })),
    champion: Array.from({ length: 20 }, (_, at) => ({
      predicted: (at + 0.5) / 20,
      found: Number((((at + 0.5) / 20) ** 0.97).toFixed(3)),
      rows: 2451,
    })),
  },
  distribution: {
    edges: Array.from({ length: 21 }, (_, at) => at / 20),
    challenger: bell(0.22),
    champion: bell(0.28),
  },
  confusion: {
    classes: ['on time', 'late'],
    challenger: [
      [34_120, 4091],
      [6152, 4655],
    ],
    champion: [
      [34_002, 4209],
      [6181, 4626],
    ],
  },
  threshold: '0.37, best f1 on 2,000 validation rows',
};

const features = ['hour', 'carrier', 'distance', 'origin', 'destination', 'day_of_week', 'month', 'tail_age'];

export const judgedComparison: ModelComparison = {
  against: 1,
  metrics: judgedMetrics,
  gates: [],
  detail: judgedDetail,
  explanation: {
    grade: 'measured',
    metric: 'auc',
    features: features.map((feature, at) => ({
      feature,
      rank: at + 1,
      challenger: Number((0.081 / (at + 1)).toFixed(4)),
      champion: feature === 'tail_age' ? null : Number((0.075 / (at + 1.3)).toFixed(4)),
      championRank: feature === 'tail_age' ? null : feature === 'month' ? 14 : at + 1,
    })),
  },
  behaviour: {
    grade: 'measured',
    suiteDigest: digest('b'),
    groups: [
      {
        name: 'early flights are rarely late',
        kind: 'minimum functionality',
        cases: 40,
        passed: 40,
        required: 0.95,
        championPassed: 39,
        failed: [],
      },
      {
        name: 'a later hour never lowers the risk',
        kind: 'directional',
        cases: 200,
        passed: 171,
        required: 0.9,
        championPassed: 188,
        failed: ['AA 17 to 18', 'UA 9 to 10', 'WN 20 to 21'],
      },
      {
        name: 'the tail number does not matter',
        kind: 'invariance',
        cases: 100,
        passed: 100,
        required: 1,
        championPassed: 100,
        failed: [],
      },
    ],
  },
};

export const judgedGates: readonly Gate[] = [
  { metric: 'auc', versus: 'not-worse', margin: 0.005 },
  { metric: 'auc', min: 0.6 },
  { metric: 'recall', min: 0.45 },
  { metric: 'recall', versus: 'not-worse', margin: 0.001 },
  { metric: 'latency-p95', max: 25 },
  { metric: 'ece', max: 0.02 },
];

/** The whole as evidence. @param metrics in place of the sample's */
export function judgedEvidence(
  metrics: readonly MetricResult[] = judgedMetrics,
  gates: readonly Gate[] = judgedGates,
): JudgementEvidence {
  const base = sampleJudgement(0.672);
  const outcomes = evaluateGates(metrics, gates, { against: 1, rows: 49_018, minimumRows: 1000 });
  return {
    ...base,
    heldOut: { ...base.heldOut, rows: 49_018 },
    comparisons: [{ ...judgedComparison, metrics, gates: outcomes }],
    verdict: outcomes.some(({ result }) => result === 'fail') ? 'fail' : 'pass',
    claimed: {
      ...base.claimed,
      metrics: { val_roc_auc: 0.784, recall: 0.433, loss: 0.41 },
      parameters: { 'optimizer.lr': 0.01, rounds: 400, features: 'hour,carrier' },
    },
  };
}

/** Requests of a load test: most fast, some slow. */
export const sampleRequests = (scale: number) =>
  fillHistogram(
    Array.from(
      { length: 5000 },
      (_, at) => scale * (6 + (at % 97) / 12 + (at % 41 === 0 ? 30 + (at % 13) : 0)),
    ),
  );
