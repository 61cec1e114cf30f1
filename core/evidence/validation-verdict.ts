import type { DatasetValidation, ValidationEvidence } from './evidence.ts';

/**
 * The one word for a whole validation, by which training starts or stops. A dataset that was checked by two contracts
 * (base's and the head's changed one) stops only when both refuse it: the decision asks for base's owner besides.
 * Nothing checked is "not evaluated".
 */
export function toValidationVerdict(evidence: ValidationEvidence): DatasetValidation['verdict'] {
  const names = [...new Set(evidence.datasets.map(({ dataset }) => dataset))];
  const verdicts = names.map((name) => {
    const own = evidence.datasets.filter(({ dataset }) => dataset === name).map(({ verdict }) => verdict);
    return own.includes('pass') ? 'pass' : worst(own);
  });
  return verdicts.length === 0 ? 'not evaluated' : worst(verdicts);
}

/** Data that is known to be invalid is told before data that could not be checked. */
function worst(verdicts: readonly DatasetValidation['verdict'][]): DatasetValidation['verdict'] {
  if (verdicts.includes('data invalid')) return 'data invalid';
  return verdicts.every((verdict) => verdict === 'pass') ? 'pass' : 'not evaluated';
}
