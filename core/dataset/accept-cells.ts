import type { ColumnRule, ColumnType, Limits } from '../config/contract.ts';
import type { YamlEdit } from '../config/yaml-edit.ts';
import type { YamlValue } from '../config/yaml-write.ts';
import type { Finding } from '../finding/finding.ts';
import type { ColumnProfile } from '../profile/profile.ts';
import { compareValues, toValueText } from '../profile/value-text.ts';
import { type Accept, type Acceptance, type AcceptFacts, edits, placeOf, refused } from './acceptance.ts';
import { writeCount, writeRows } from './wording.ts';

/** As many as a contract may list; far fewer are a list that somebody reads. */
const mostValues = 200;

/** Empty cells: allowed from now on. */
export const acceptNulls: Accept = (finding, facts) =>
  facts.tolerate
    ? acceptRows(finding, facts)
    : edits('cells may be empty', { kind: 'set', path: [...placeOf(finding), 'nullable'], value: true });

/** Values outside: the limits move to the smallest and largest value that was seen. */
export const acceptRange: Accept = (finding, facts) => {
  if (facts.tolerate) return acceptRows(finding, facts);
  const found = findColumn(finding, facts);
  if ('kind' in found) return found;
  const { column, profile } = found;
  const limits = limitsOf(finding, facts, column, 'range');
  const sides = (['min', 'max'] as const).flatMap((side): readonly YamlEdit[] => {
    const seen = toLimit(profile.type, profile[side]);
    const before = limits[side];
    if (before === undefined || seen === null || !isOutside(side, seen, before)) return [];
    return [{ kind: 'set', path: [...placeOf(finding), side], value: seen }];
  });
  return sides.length === 0
    ? refused('the values that are outside are not known here', byHand(finding))
    : edits('the limits hold what was seen', ...sides);
};

export const acceptLength: Accept = (finding, facts) => {
  if (facts.tolerate) return acceptRows(finding, facts);
  const found = findColumn(finding, facts);
  if ('kind' in found) return found;
  const { lengths } = found.profile;
  const limits = limitsOf(finding, facts, found.column, 'length');
  const below = finding.rule === undefined ? ['length'] : [];
  const sides = (['min', 'max'] as const).flatMap((side): readonly YamlEdit[] => {
    const before = limits[side];
    if (lengths === null || typeof before !== 'number' || !isOutside(side, lengths[side], before)) return [];
    return [{ kind: 'set', path: [...placeOf(finding), ...below, side], value: lengths[side] }];
  });
  return sides.length === 0
    ? refused('the lengths that are outside are not known here', byHand(finding))
    : edits('the lengths hold what was seen', ...sides);
};

/** Values that are not listed: listed from now on, in the order of the data's values. */
export const acceptAllowed: Accept = (finding, facts) => {
  if (facts.tolerate) return acceptRows(finding, facts);
  const found = findColumn(finding, facts);
  if ('kind' in found) return found;
  const { profile, column } = found;
  if (profile.distribution.kind !== 'values') {
    return refused('there are too many different values to list them', byHand(finding));
  }
  const rule = facts.contract.rules.find(({ name }) => name === finding.rule);
  const listed = rule?.rule === 'allowed' ? rule.values : (column.allowed ?? []);
  const known = new Set(listed.map((value) => toValueText(profile.type, value) ?? value));
  const news = profile.distribution.values.map(([value]) => value).filter((value) => !known.has(value));
  if (news.length === 0) return refused('every value that is known here is listed', byHand(finding));
  if (news.length > mostValues || news.some((value) => value.length > 200)) {
    return refused(`${writeCount(news.length)} new values are no list for people`, byHand(finding));
  }
  const key = rule === undefined ? 'allowed' : 'values';
  const values = news.map((value) => toListed(profile.type, value));
  return edits(`${news.length === 1 ? 'one more value is' : `${news.length} more values are`} allowed`, {
    kind: 'append',
    path: [...placeOf(finding), key],
    values,
  });
};

export const acceptPattern: Accept = (finding, facts) =>
  facts.tolerate
    ? acceptRows(finding, facts)
    : refused(
        "a pattern that holds for more is a person's decision",
        `${byHand(finding)} Or let so many rows break it: --tolerate.`,
      );

export const acceptUnique: Accept = (finding, facts) => {
  if (facts.tolerate) return acceptRows(finding, facts);
  if (finding.rule !== undefined) {
    return refused(
      'a key that repeats is no key',
      `${byHand(finding)} Or let so many rows repeat it: --tolerate.`,
    );
  }
  return edits('values may repeat', { kind: 'set', path: [...placeOf(finding), 'unique'], value: false });
};

/** As many rows as break the rule now may break it: for rules that count rows. */
export const acceptRows: Accept = (finding) => {
  const { count } = finding;
  if (count === undefined || !Number.isSafeInteger(count) || count < 0) {
    return refused('how many rows break it is not known here', byHand(finding));
  }
  const path = [...placeOf(finding), 'tolerance'];
  // A tolerance stands at the column, not at one of its rules: whoever approves has to know.
  const what = finding.rule === undefined ? `each rule of the column "${finding.column}"` : 'it';
  return edits(`${writeRows(count)} may break ${what}`, { kind: 'set', path, value: { count } });
};

interface Found {
  readonly column: ColumnRule;
  readonly profile: ColumnProfile;
}

/** The column of a finding with its numbers; a private one has none that could be written into a file. */
export function findColumn(finding: Finding, { contract, profile }: AcceptFacts): Found | Acceptance {
  const column = contract.columns.find(({ name }) => name === finding.column);
  if (column === undefined) return refused(`the contract has no column "${finding.column}"`, byHand(finding));
  if (column.privacy !== 'none') {
    return refused(
      `the column is ${column.privacy}: no machine writes its values into a file`,
      `${byHand(finding)} Or let so many rows break it: --tolerate.`,
    );
  }
  const found = profile?.columns.find(({ name }) => name === column.name);
  if (found === undefined) return refused('its values are not known here', 'Run it where the data is.');
  return { column, profile: found };
}

export const byHand = (finding: Finding): string =>
  `Change ${placeOf(finding).join('.')} of the contract by hand, if the data is right.`;

function limitsOf(
  { rule }: Finding,
  { contract }: AcceptFacts,
  column: ColumnRule,
  kind: 'range' | 'length',
): Limits<number | string> {
  const named = contract.rules.find(({ name }) => name === rule);
  if (named !== undefined) return named.rule === kind ? named.limits : {};
  if (kind === 'length') return column.length ?? {};
  return {
    ...(column.min === undefined ? {} : { min: column.min }),
    ...(column.max === undefined ? {} : { max: column.max }),
  };
}

/** A limit as a contract has it; of a time its day, which holds all of the day on both sides. */
function toLimit(type: ColumnType, value: string | null): number | string | null {
  if (value === null) return null;
  if (type === 'timestamp') return value.slice(0, 10);
  const number = Number(value);
  const exact = type === 'integer' ? Number.isSafeInteger(number) : Number.isFinite(number);
  return exact && type !== 'text' && type !== 'boolean' ? number : null;
}

function isOutside(side: 'min' | 'max', seen: number | string, limit: number | string): boolean {
  if (typeof seen === 'number' && typeof limit === 'number')
    return side === 'min' ? seen < limit : seen > limit;
  const [a, b] = [seen, limit].map((time) => toValueText('timestamp', String(time)));
  if (a === null || b === null || a === undefined || b === undefined) return false;
  return side === 'min' ? compareValues('timestamp', a, b) < 0 : compareValues('timestamp', a, b) > 0;
}

function toListed(type: ColumnType, value: string): YamlValue {
  const number = Number(value);
  return (type === 'integer' && Number.isSafeInteger(number)) ||
    (type === 'number' && String(number) === value)
    ? number
    : value;
}
