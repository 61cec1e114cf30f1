import { GatehouseError, InputError } from '../error/error.ts';
import { canonicalJson } from '../json/canonical.ts';
import { parseStrictJson } from '../json/strict.ts';
import { findColumnFault } from './check-profile.ts';
import { type ProfileLimits, profileLimits } from './distribution.ts';
import type { Profile } from './profile.ts';
import { profileSchema } from './profile-schema.ts';

/** 64 Mi UTF-16 code units: more than a hundred columns at every limit; longer text is not read. */
const maxLength = 64 * 1024 * 1024;

/** Writes a profile as canonical JSON: equal profiles have equal bytes. */
export function renderProfile(profile: Profile): string {
  return canonicalJson(profile);
}

/**
 * Reads a profile that somebody else wrote.
 * @param text whole document; untrusted: a file of a repository, an artifact of a run
 * @param source file name, for messages
 * @throws InputError PROFILE_INVALID for anything that `renderProfile` would not write: another shape, counts that do not
 * add up, values out of order, too many of them. No message holds a value.
 */
export function parseProfile(text: string, source: string, limits: ProfileLimits = profileLimits): Profile {
  if (text.length > maxLength) throw refuse(source, '', `it is longer than ${maxLength} characters`);
  return toProfile(readJson(text, source), source, '', limits);
}

/**
 * Checks a value that was read from JSON and should be a profile.
 * @param pointer where it stands in the document
 * @throws InputError PROFILE_INVALID as `parseProfile`
 */
export function toProfile(
  value: unknown,
  source: string,
  pointer = '',
  limits: ProfileLimits = profileLimits,
): Profile {
  const parsed = profileSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const at = (issue?.path ?? []).map((step) => `/${String(step)}`).join('');
    throw refuse(source, `${pointer}${at}`, `the value at "${at || '/'}" is not what a profile has there`);
  }
  const profile: Profile = parsed.data;
  if (new Set(profile.columns.map(({ name }) => name)).size !== profile.columns.length) {
    throw refuse(source, `${pointer}/columns`, 'a column is named twice');
  }
  for (const [at, column] of profile.columns.entries()) {
    const fault = findColumnFault(column, profile.rows, limits);
    if (fault !== null) throw refuse(source, `${pointer}/columns/${at}`, `column ${at + 1}: ${fault}`);
  }
  return profile;
}

function readJson(text: string, source: string): unknown {
  try {
    return parseStrictJson(text, source);
  } catch (cause) {
    if (!(cause instanceof GatehouseError)) throw cause;
    throw new InputError('PROFILE_INVALID', 'The profile is not strict JSON', {
      hint,
      where: cause.where ?? { file: source },
      cause,
    });
  }
}

const hint =
  'Write the profile again from the data (`gatehouse data profile`): it is made by machine and not edited by hand.';

function refuse(source: string, pointer: string, because: string): InputError {
  return new InputError('PROFILE_INVALID', `${source} is no profile: ${because}`, {
    hint,
    where: { file: source, pointer },
  });
}
