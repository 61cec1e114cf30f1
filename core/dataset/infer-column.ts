import type { ColumnRule, ColumnType } from '../config/contract.ts';
import type { YamlValue } from '../config/yaml-write.ts';
import type { ColumnProfile } from '../profile/profile.ts';
import { inferPattern } from './infer-pattern.ts';
import { guessColumnPrivacy } from './infer-privacy.ts';
import { inferRange, roundUp } from './infer-range.ts';
import { writeCount } from './wording.ts';

/** Up to so many different texts are a list; each has to be seen so often on average. */
const mostCategories = 20;
const fewestRowsEach = 20;
/** With fewer rows "all different" is chance. */
const fewestKeyRows = 20;
/** Characters of one value in a list. */
const longestCategory = 60;

/** What one column of a first contract says. */
export interface InferredColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly privacy: ColumnRule['privacy'];
  /** Fields of the column as they are written, name and type left out. */
  readonly fields: Readonly<Record<string, YamlValue>>;
  /** Why each of them: clauses of a comment. Without any value of a private column. */
  readonly because: readonly string[];
  /** Largest share of empty cells, when there are some. */
  readonly missing: number | null;
  /** It counts or names rows: a comparison with other data says nothing. */
  readonly isKey: boolean;
}

/**
 * Describes one column so that the data it was made from keeps it.
 * @param profile of the column by its type, without unreadable cells
 * @param rows of the table
 */
export function inferColumn(profile: ColumnProfile, rows: number): InferredColumn {
  const { name, type, nulls } = profile;
  const guess = guessColumnPrivacy(profile);
  const present = rows - nulls;
  const key = inferKey(profile, present);
  const values: Part = guess === null ? inferValues(profile, present, key) : none;
  const fields = {
    ...(nulls > 0 ? { nullable: true } : {}),
    ...(key === null ? {} : { unique: true }),
    ...values.fields,
    ...(guess === null ? {} : { privacy: guess.privacy }),
  };
  const because = [
    describeNulls(nulls, rows),
    ...(key === null ? [] : [`${writeCount(present)} values, all different: ${key}`]),
    ...values.because,
    ...(guess === null
      ? []
      : [
          `privacy: GUESSED from ${guess.from}, to be on the safe side: nothing of its values is written here; correct it if they are of no person`,
        ]),
  ];
  const missing = nulls > 0 && nulls < rows ? missingLimit(nulls / rows) : null;
  return { name, type, privacy: guess?.privacy ?? 'none', fields, because, missing, isKey: key !== null };
}

interface Part {
  readonly fields: Readonly<Record<string, YamlValue>>;
  readonly because: readonly string[];
}
const none: Part = { fields: {}, because: [] };

function describeNulls(nulls: number, rows: number): string {
  if (nulls === 0) return `none of ${writeCount(rows)} empty`;
  if (nulls === rows) return `all ${writeCount(rows)} empty: the type is not known`;
  return `${writeCount(nulls)} of ${writeCount(rows)} empty`;
}

/** Twice what was seen, above a half the middle of what is left: always below 1, which nothing could break. */
const missingLimit = (share: number): number => {
  const limit = roundUp(share < 0.25 ? 2 * share : (1 + share) / 2);
  return limit < 1 ? limit : share;
};

/** @returns what makes it a key, or null */
function inferKey({ name, type, distinct, min, max }: ColumnProfile, present: number): string | null {
  if (distinct === null || distinct !== present || present < fewestKeyRows) return null;
  if (type !== 'integer' && type !== 'text') return null;
  const span = type === 'integer' ? Number(max) - Number(min) + 1 : null;
  if (span === present) return 'a row number';
  const words = name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  return words.some((word) => ['id', 'key', 'uuid', 'guid', 'number', 'no', 'code', 'hash'].includes(word))
    ? 'a key by its name'
    : null;
}

function inferValues(profile: ColumnProfile, present: number, key: string | null): Part {
  if (profile.type === 'text') return inferText(profile, present);
  if (key === 'a row number') {
    const min = Number(profile.min);
    return Number.isSafeInteger(min) && min >= 0
      ? {
          fields: { min: Math.min(min, 1) },
          because: [`counted from ${min}, and no end: later data goes on`],
        }
      : none;
  }
  const range = inferRange(profile);
  if (range === null) {
    return profile.min !== null && profile.min === profile.max
      ? { fields: {}, because: [`always ${profile.min}: one value gives no range`] }
      : none;
  }
  return { fields: { ...range.limits }, because: [range.because] };
}

function inferText({ distribution, lengths }: ColumnProfile, present: number): Part {
  const values = distribution.kind === 'values' ? distribution.values.map(([value]) => value) : [];
  const few =
    values.length > 0 && values.length <= mostCategories && present >= fewestRowsEach * values.length;
  if (few && values.every((value) => isWritable(value))) {
    return {
      fields: { allowed: values },
      because: [
        `only ${values.length} different ${values.length === 1 ? 'value' : 'values'} in ${writeCount(present)} cells: a new one is a finding`,
      ],
    };
  }
  const pattern = inferPattern(values);
  if (pattern !== null) {
    return {
      fields: { pattern },
      because: [`all ${writeCount(values.length)} different values have this form`],
    };
  }
  if (lengths === null || lengths.max === 0 || lengths.max > 500_000) return none;
  const { min, max } = lengths;
  const same = min === max;
  return {
    fields: { length: same ? { min, max } : { min: Math.min(min, 1), max: 2 * max } },
    because: [
      same
        ? `always ${max} characters`
        : `${writeCount(min)} to ${writeCount(max)} characters; twice the longest allowed`,
    ],
  };
}

/** NUL is refused by every contract, and what nobody sees is no list for people. */
const isWritable = (value: string): boolean =>
  value !== '' && value.length <= longestCategory && !/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u.test(value);
