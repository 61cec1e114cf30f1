import type { Profile } from '../profile/profile.ts';
import type { MeasuredFile } from './measured.ts';

/** The columns as the first file has them, so that a later comparison sees when their order changes. */
export function inFileOrder(profile: Profile, files: readonly MeasuredFile[]): Profile {
  const header = files.find(({ columns }) => columns.length > 0)?.columns ?? [];
  const places = new Map(header.map((name, at) => [name, at]));
  const placed = profile.columns.map((column) => ({
    column,
    at: places.get(column.name) ?? header.length,
  }));
  return { ...profile, columns: placed.sort((a, b) => a.at - b.at).map(({ column }) => column) };
}
