import type { Dimension, SearchConfig } from './search.ts';
import type { WrittenSearch } from './search-schema.ts';

/** Keys that are absent stay absent: an undefined field has no canonical JSON. */
export function toSearch(written: WrittenSearch): SearchConfig {
  const { method, trials, parallel, seed, metric, goal, resource, budget } = written;
  return {
    ...{ method, trials, parallel, seed, metric, goal },
    space: Object.entries(written.space).map(([name, one]) => toDimension(name, one)),
    ...(resource === undefined ? {} : { resource }),
    ...(budget === undefined
      ? {}
      : {
          budget: {
            ...(budget.hours === undefined ? {} : { hours: budget.hours }),
            ...(budget.cost === undefined ? {} : { cost: budget.cost }),
          },
        }),
  };
}

function toDimension(name: string, written: WrittenSearch['space'][string]): Dimension {
  if (!('from' in written)) return { kind: 'list', name, values: written };
  const { from, to, scale, step, whole } = written;
  return { kind: 'range', name, from, to, scale, ...(step === undefined ? {} : { step }), whole };
}
