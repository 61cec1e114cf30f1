import { computeHits } from '../../core/statistics/accuracy.ts';
import { extendWindow } from '../../core/statistics/adaptive-window.ts';
import { type BootstrapResult, bootstrap } from '../../core/statistics/bootstrap.ts';
import { scoreCounts } from '../../core/statistics/class-scores.ts';
import { errorDriftStart, followErrors } from '../../core/statistics/error-drift.ts';
import { computeMean } from '../../core/statistics/mean.ts';
import { followPageHinkley, measureRise, pageHinkleyStart } from '../../core/statistics/page-hinkley.ts';
import { type Arguments, toFlags, toFloats, toNumber, toNumberOr, type VectorFunction } from './arguments.ts';

const drawSettings = (args: Arguments) => ({
  resamples: toNumber(args.B),
  seed: toNumber(args.seed),
  confidence: toNumberOr(args.confidence, 0.95),
});

function summarise(result: BootstrapResult): unknown {
  return {
    theta: result.estimate,
    z0: result.z0,
    acceleration: result.acceleration,
    alpha_lo: result.levels[0],
    alpha_hi: result.levels[1],
    ci_bca: result.bca,
    ci_percentile: result.percentile,
    boot_mean: computeMean(result.values),
    boot_std_sample: result.standardError,
  };
}

/** Rows are drawn as wholes: label and both predictions of a row stay together. */
function drawPairs(
  args: Arguments,
  measure: (labels: Uint8Array, predicted: Float64Array, rows: Uint32Array) => number,
): unknown {
  const labels = toFlags(args.y);
  const [first, second] = [toFloats(args.pred_a), toFloats(args.pred_b)];
  const statistic = (rows: Uint32Array) => measure(labels, first, rows) - measure(labels, second, rows);
  return summarise(bootstrap({ rows: labels.length, statistic, ...drawSettings(args) }));
}

function measureAccuracy(labels: Uint8Array, predicted: Float64Array, rows: Uint32Array): number {
  const hits = computeHits(labels, predicted, 0.5);
  return rows.reduce((sum, row) => sum + (hits[row] as number), 0) / rows.length;
}

function measureF1(labels: Uint8Array, predicted: Float64Array, rows: Uint32Array): number {
  let [hits, truth, claimed] = [0, 0, 0];
  for (const row of rows) {
    truth += labels[row] as number;
    claimed += predicted[row] as number;
    hits += (labels[row] as number) * (predicted[row] as number);
  }
  return scoreCounts(hits, truth, claimed).f;
}

function followSteps({ x, delta, lam, min_n }: Arguments): unknown {
  const settings = { tolerance: toNumber(delta), limit: toNumber(lam), leastCount: toNumberOr(min_n, 30) };
  let state = pageHinkleyStart;
  const alarms: number[] = [];
  toFloats(x).forEach((value, at) => {
    const next = followPageHinkley(state, value, settings);
    state = next.state;
    if (next.alarm) alarms.push(at);
  });
  return { alarms, final_ph: measureRise(state) };
}

function followOutcomes({ x, min_n, warn, drift }: Arguments): unknown {
  const settings = {
    leastCount: toNumberOr(min_n, 30),
    warning: toNumberOr(warn, 2),
    drift: toNumberOr(drift, 3),
  };
  let state = errorDriftStart;
  const seen = { warning: [] as number[], drift: [] as number[], stable: [] as number[] };
  toFloats(x).forEach((value, at) => {
    const next = followErrors(state, value, settings);
    state = next.state;
    seen[next.verdict].push(at);
  });
  return { warnings: seen.warning, drifts: seen.drift, n_since_reset: state.count };
}

function followWindow({ x, delta }: Arguments): unknown {
  let window: Float64Array = new Float64Array(0);
  const steps: number[] = [];
  toFloats(x).forEach((value, at) => {
    const next = extendWindow(window, value, toNumber(delta));
    if (next.length <= window.length) steps.push(at);
    window = next;
  });
  return {
    drift_steps: steps,
    final_width: window.length,
    final_mean: window.length === 0 ? Number.NaN : computeMean(window),
  };
}

/** Draws and streams: what depends on an order. */
export const sequenceFunctions: Readonly<Record<string, VectorFunction>> = {
  bootstrap_bca_mean: (args) => {
    const x = toFloats(args.x);
    const statistic = (rows: Uint32Array) => computeMean(Float64Array.from(rows, (row) => x[row] as number));
    return summarise(bootstrap({ rows: x.length, statistic, ...drawSettings(args) }));
  },
  paired_bootstrap_accuracy_diff: (args) => drawPairs(args, measureAccuracy),
  paired_bootstrap_f1_diff: (args) => drawPairs(args, measureF1),
  page_hinkley: followSteps,
  ddm: followOutcomes,
  adwin0: followWindow,
};
