import { InputError } from '../../core/error/error.ts';
import { compareValues, type Difference, showValue } from './compare.ts';
import type { VectorCase, VectorFile } from './file.ts';
import { vectorFunctions } from './functions.ts';

export interface VectorRun {
  readonly passed: number;
  /** One entry a failed case: its name, and every place where wanted and got differ. */
  readonly failures: readonly string[];
}

/** Places of one case that are told; a wrong list of thousands is wrong in its first. */
const mostPlaces = 5;

/** Runs every case of a file through the statistics of the product. */
export function runVectors({ cases }: VectorFile): VectorRun {
  const failures = cases.flatMap((one) => {
    const differences = runCase(one);
    if (differences.length === 0) return [];
    const told = differences
      .slice(0, mostPlaces)
      .map(({ at, wanted, got }) => `${at === '' ? 'result' : at}: wanted ${wanted}, got ${got}`);
    const rest = differences.length - told.length;
    return [`${one.id} (${one.fn}) ${told.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`];
  });
  return { passed: cases.length - failures.length, failures };
}

/** Where a case differs from what is expected of it; nowhere when it passes. */
export function runCase(one: VectorCase): readonly Difference[] {
  if (one.fault !== null) return [{ at: '', wanted: 'a case that can be run', got: one.fault }];
  const compute = vectorFunctions.get(one.fn);
  if (compute === undefined) {
    return [{ at: '', wanted: showValue(one.expected), got: `no function is called ${one.fn}` }];
  }
  const refusal = refusalOf(one.expected);
  try {
    const got = compute(one.args);
    if (refusal === null) return compareValues(one.expected, got, one.tol);
    return [{ at: '', wanted: `the refusal "${refusal}"`, got: showValue(got) }];
  } catch (error) {
    const got = error instanceof InputError ? error.code : String(error);
    if (refusal !== null && got === `STATISTICS_${refusal.toUpperCase()}`) return [];
    const wanted = refusal === null ? showValue(one.expected) : `the refusal "${refusal}"`;
    return [{ at: '', wanted, got: `the error ${error instanceof InputError ? error.code : String(error)}` }];
  }
}

/** The kind of refusal that is expected instead of numbers. */
function refusalOf(expected: unknown): string | null {
  if (typeof expected !== 'object' || expected === null || Array.isArray(expected)) return null;
  const { error } = expected as { readonly error?: unknown };
  return typeof error === 'string' ? error : null;
}
