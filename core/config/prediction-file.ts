import type { PredictionContract } from './prediction.ts';
import type { WrittenPrediction } from './prediction-schema.ts';
import { toRole } from './role.ts';

/** Keys that are absent stay absent: an undefined field has no canonical JSON. */
export function toPrediction(written: WrittenPrediction): PredictionContract {
  const { classes, range, interval, quantiles, 'sum-to-one': sumToOne } = written;
  return {
    ...(classes === undefined ? {} : { classes }),
    ...(range === undefined ? {} : { range: toRange(range) }),
    ...(sumToOne === undefined ? {} : { sumToOne }),
    ...(interval === undefined ? {} : { interval }),
    ...(quantiles === undefined ? {} : { quantiles }),
    consumers: written.consumers.map((consumer) => ({ name: consumer.name, ...toRole(consumer) })),
  };
}

const toRange = ({ min, max }: NonNullable<WrittenPrediction['range']>) => ({
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
});
