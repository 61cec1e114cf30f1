import type { ColumnType } from '../config/contract.ts';
import { largeTestOf } from '../config/drift-file.ts';
import type { ColumnDrift, DriftTest } from '../config/drift-rules.ts';

/** How one column is compared after everything that was not set is chosen. */
export interface ChosenTest {
  readonly test: DriftTest;
  readonly limit: number;
  readonly bins: number;
}

/**
 * Limits where nobody set one, in the unit of each test. A shift of a normal column by a third of its standard
 * deviation lies near all of them: PSI 0.11, D 0.13, Wasserstein 0.33, mean shift 0.33, Jensen-Shannon 0.12.
 */
export const defaultLimits: Readonly<Record<DriftTest, number>> = {
  psi: 0.1,
  ks: 0.1,
  'jensen-shannon': 0.1,
  kl: 0.1,
  'chi-square': 0.1,
  wasserstein: 0.3,
  'mean-shift': 0.3,
};
export const defaultBins = 10;
/** With fewer rows on either side the tests without bins lose less: KS and chi-square. */
export const largeFrom = 1_000;

/**
 * Chooses what is not set, by type and size: PSI for numbers and the Jensen-Shannon distance for everything else; with
 * fewer than 1,000 rows on either side KS and chi-square. A limit without a test is in the unit of the former.
 * @param rows of the smaller side
 */
export function chooseTest(type: ColumnType, rows: number, rule: ColumnDrift): ChosenTest {
  const large = largeTestOf(type);
  const small = large === 'psi' ? 'ks' : 'chi-square';
  const free = rows < largeFrom && rule.limit === undefined && rule.bins === undefined;
  const test = rule.test ?? (free && type !== 'timestamp' ? small : large);
  return { test, limit: rule.limit ?? defaultLimits[test], bins: rule.bins ?? defaultBins };
}
