import { toCriteria } from './criteria-file.ts';
import { readCustomMetrics, toScorer } from './custom-metric-file.ts';
import { toDecision } from './decision-file.ts';
import { toExplain } from './explain-file.ts';
import { checkJudging } from './judging-check.ts';
import { toLatency } from './latency-file.ts';
import type { ModelConfig } from './model.ts';
import type { WrittenModel } from './model-schema.ts';
import { toPrediction } from './prediction-file.ts';
import type { Problem } from './problem.ts';
import { readSlices } from './slices-file.ts';

type Judging = Pick<
  ModelConfig,
  | 'decision'
  | 'prediction'
  | 'metrics'
  | 'scorers'
  | 'slices'
  | 'explain'
  | 'latency'
  | 'noiseFloor'
  | 'criteria'
>;

/**
 * Reads what model.yml says about how versions are judged, besides the gates.
 * @returns keys that are absent stay absent: an undefined field has no canonical JSON; and what is wrong with the others
 */
export function readJudging(written: WrittenModel): {
  readonly judging: Judging;
  readonly problems: readonly Problem[];
} {
  const { decision, prediction, scorers, explain, latency, criteria } = written;
  const metrics = readCustomMetrics(written.metrics ?? [], written.task);
  const slices = written.slices && readSlices(written.slices, written['held-out'].key);
  const noiseFloor = written['noise-floor'];
  return {
    judging: {
      ...(decision === undefined ? {} : { decision: toDecision(decision) }),
      ...(prediction === undefined ? {} : { prediction: toPrediction(prediction) }),
      ...(written.metrics === undefined ? {} : { metrics: metrics.metrics }),
      ...(scorers === undefined ? {} : { scorers: scorers.map(toScorer) }),
      ...(slices === undefined ? {} : { slices: slices.slices }),
      ...(explain === undefined ? {} : { explain: toExplain(explain) }),
      ...(latency === undefined ? {} : { latency: toLatency(latency) }),
      ...(noiseFloor === undefined ? {} : { noiseFloor }),
      ...(criteria === undefined ? {} : { criteria: toCriteria(criteria) }),
    },
    problems: [...metrics.problems, ...(slices?.problems ?? []), ...checkJudging(written)],
  };
}
