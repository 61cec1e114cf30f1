import { InputError } from '../error/error.ts';
import type { VersionRecord } from '../registry/ledger.ts';
import { requireVerified, stateOf } from './resolve.ts';
import type { LedgerVerification } from './verification.ts';

const mostKnown = 10;

/**
 * Finds the record of a version in a ledger that is proven.
 * @param text `v7` or `7`, as a person typed it
 * @throws InputError LEDGER_UNVERIFIED with the findings, LEDGER_UNKNOWN_MODEL, LEDGER_UNKNOWN_VERSION
 */
export function findVersion(verification: LedgerVerification, model: string, text: string): VersionRecord {
  requireVerified(verification);
  const { versions } = stateOf(verification, model);
  const number = /^v?([1-9]\d{0,8})$/.exec(text)?.[1];
  const record = number === undefined ? undefined : versions.get(Number(number))?.record;
  if (record !== undefined) return record;
  const known = [...versions.keys()].sort((a, b) => b - a).map((version) => `v${version}`);
  const left = known.length - mostKnown;
  throw new InputError(
    'LEDGER_UNKNOWN_VERSION',
    `${model} has no version ${JSON.stringify(text.slice(0, 40))}`,
    {
      hint: `Name one of ${known.slice(0, mostKnown).join(', ')}${left > 0 ? ` and ${left} older ones` : ''}.`,
    },
  );
}
