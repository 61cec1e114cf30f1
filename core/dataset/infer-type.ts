import type { ColumnType } from '../config/contract.ts';
import type { ColumnProfile } from '../profile/profile.ts';
import { toValueText } from '../profile/value-text.ts';

/** Narrowest first. 1 and 0 are numbers: only words are taken for booleans. */
const order = ['boolean', 'integer', 'number', 'timestamp'] as const;

/**
 * Which types all values of a column could have, from its profile as text.
 * @returns best first, `text` last; the first one is certain when every value is kept, else the engine has to say
 * whether a cell is unreadable
 */
export function guessTypes(asText: ColumnProfile): readonly ColumnType[] {
  const { distribution, min, max } = asText;
  const seen =
    distribution.kind === 'values'
      ? distribution.values.map(([value]) => value)
      : [min, max].flatMap((value) => value ?? []);
  if (seen.length === 0) return ['text'];
  return [...order.filter((type) => seen.every((value) => isOf(type, value))), 'text'];
}

function isOf(type: (typeof order)[number], value: string): boolean {
  if (type === 'boolean') return /^(?:true|false)$/i.test(value);
  // A leading zero makes it a code: as a number 01234 would be shown, sorted and joined as 1234.
  if (/^[+-]?0[0-9]/.test(value) && type !== 'timestamp') return false;
  return toValueText(type, value) !== null;
}
