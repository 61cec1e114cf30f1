import type { ColumnRule } from '../config/contract.ts';
import { hideColumn } from './merge.ts';
import type { Profile } from './profile.ts';

/**
 * The profile that may leave the machine: of a personal or secret column it keeps the numbers of empty and unreadable
 * cells and nothing of its values.
 */
export function toPublicProfile(
  profile: Profile,
  privacyOf: (column: string) => ColumnRule['privacy'],
): Profile {
  const columns = profile.columns.map((column) =>
    privacyOf(column.name) === 'none' ? column : hideColumn(column),
  );
  return { ...profile, columns };
}
