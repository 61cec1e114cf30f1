import { InputError } from '../error/error.ts';
import { parseStrictJson } from '../json/strict.ts';
import { toProfile } from '../profile/parse-profile.ts';
import type { DatasetRecord } from './record.ts';

/**
 * Reads the profile out of a dataset record of the store, for a comparison with newer data.
 * @param text bytes that have the digest which the ledger names
 * @throws InputError RECORD_INVALID, PROFILE_INVALID
 */
export function readRecordedProfile(
  text: string,
  source: string,
): Pick<DatasetRecord, 'profile' | 'dataset'> {
  const value = parseStrictJson(text, source);
  if (typeof value === 'object' && value !== null && 'v' in value && value.v === 1) {
    if ('profile' in value && 'dataset' in value && typeof value.dataset === 'string') {
      return { dataset: value.dataset, profile: toProfile(value.profile, source, '/profile') };
    }
  }
  throw new InputError('RECORD_INVALID', `${source} is no dataset record of version 1`, {
    hint: 'Restore the record in the store, or validate the data of the champion again.',
    where: { file: source },
  });
}
