import type { Task } from '../config/model.ts';
import { readBinary } from './binary-sample.ts';
import { type CalibrationGap, makeCalibrationGap } from './calibration-gap.ts';
import { confidenceOf, hitsOf, readProbabilities } from './class-sample.ts';
import type { Metric } from './metric.ts';
import { defineMetric } from './metric-definition.ts';
import type { Sample } from './sample.ts';

/**
 * Expected and largest calibration error. Two classes: of the probability of class 1. More: of the probability of the
 * class that was predicted, against how often it was right.
 * @see Guo et al. 2017, On Calibration of Modern Neural Networks
 */
export const calibrationMetrics: readonly Metric[] = [
  ...definePair('binary-classification', makeBinaryGap),
  ...definePair('multiclass-classification', makeClassGap),
];

function definePair(task: Task, makeGap: (sample: Sample) => CalibrationGap): readonly Metric[] {
  const define = (name: string, read: (gap: CalibrationGap) => number): Metric =>
    defineMetric({
      name,
      tasks: [task],
      higherIsBetter: false,
      range: [0, 1],
      estimate: { kind: 'resampled' },
      leans: true,
      plan: (passes) => {
        const gap = passes.share(makeGap, makeGap);
        return () => read(gap);
      },
    });
  return [define('ece', ({ expected }) => expected), define('mce', ({ largest }) => largest)];
}

function makeBinaryGap(sample: Sample): CalibrationGap {
  const { labels, scores } = readBinary(sample, 'a calibration error');
  return makeCalibrationGap(scores, labels);
}

function makeClassGap(sample: Sample): CalibrationGap {
  const classes = readProbabilities(sample, 'a calibration error');
  return makeCalibrationGap(confidenceOf(classes), hitsOf(classes));
}
