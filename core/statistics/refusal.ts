import { InputError } from '../error/error.ts';

/** Why a statistic has no value: no rows at all, or labels of one class only. */
export type RefusalKind = 'empty' | 'single_class';

const texts = {
  empty: ['STATISTICS_EMPTY', 'there are no rows', 'Give at least one row.'],
  single_class: [
    'STATISTICS_SINGLE_CLASS',
    'all labels are of one class',
    'Use held-out rows in which both classes occur.',
  ],
} as const;

/**
 * Makes the error of a statistic that has no value: better than a NaN that somebody compares.
 * @param what the statistic, as shown to the reader
 */
export function refuseStatistic(kind: RefusalKind, what: string): InputError {
  const [code, because, hint] = texts[kind];
  return new InputError(code, `${what} cannot be computed: ${because}`, { hint });
}
