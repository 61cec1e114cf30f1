import { InputError } from '../error/error.ts';

/**
 * Makes the error of a metric that these predictions cannot have, whatever the weights.
 * @param wanted what it is computed from, one clause
 */
export function refuseMetric(name: string, wanted: string): InputError {
  return new InputError('METRIC_UNDEFINED', `${name} cannot be computed: it needs ${wanted}`, {
    hint: 'Name a metric of this task in the gate, or give the predictions what it needs.',
  });
}
