import type { ColumnRule } from '../config/contract.ts';
import type { ColumnProfile } from '../profile/profile.ts';

/** A class of privacy that is suggested, and by what. */
export interface PrivacyGuess {
  readonly privacy: Exclude<ColumnRule['privacy'], 'none'>;
  /** What suggests it, without any value. */
  readonly from: string;
}

const secretWords = new Set([
  'password',
  'passwd',
  'pwd',
  'secret',
  'token',
  'apikey',
  'credential',
  'pin',
  'cvv',
]);
const personalWords = new Set([
  ...[
    'email',
    'mail',
    'phone',
    'telephone',
    'tel',
    'mobile',
    'fax',
    'name',
    'firstname',
    'lastname',
    'surname',
  ],
  ...[
    'forename',
    'fullname',
    'username',
    'login',
    'ssn',
    'passport',
    'iban',
    'birth',
    'birthday',
    'birthdate',
    'dob',
  ],
  ...[
    'address',
    'street',
    'zip',
    'zipcode',
    'postcode',
    'postal',
    'ip',
    'person',
    'patient',
    'gender',
    'religion',
  ],
  ...['ethnicity', 'race', 'health', 'diagnosis', 'salary', 'income', 'latitude', 'longitude', 'nationality'],
]);

/**
 * Guesses from the name of a column whether its values are about a person. A wrong guess hides too much, a missing one
 * shows too much: in doubt it is personal.
 * @returns null when no word of the name says so
 */
export function guessPrivacy(column: string): PrivacyGuess | null {
  const words = wordsOf(column);
  const pairs = words.map((word, at) => `${word}${words[at + 1] ?? ''}`);
  const secret = [...words, ...pairs].find((word) => secretWords.has(word));
  if (secret !== undefined) return { privacy: 'secret', from: `"${secret}" in its name` };
  const personal = [...words, ...pairs].find((word) => personalWords.has(word));
  return personal === undefined ? null : { privacy: 'personal', from: `"${personal}" in its name` };
}

/** Share of different values that look like it. Not all of them: one "unknown" among addresses must not show the others. */
const personalShare = 0.1;

/** Of whatever name: these are of persons. */
const personalForms: readonly (readonly [string, RegExp])[] = [
  ['e-mail addresses', /^[^@\s]+@[^@\s]+\.[^@\s]+$/],
  ['IP addresses', /^\d{1,3}(?:\.\d{1,3}){3}$/],
  ['phone numbers', /^\+\d[\d ()-]{6,20}\d$/],
  ['account numbers', /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/],
];

/**
 * Guesses from the name of a column, then from its values.
 * @param column as text, or by its type: only texts have such forms
 */
export function guessColumnPrivacy(column: ColumnProfile): PrivacyGuess | null {
  const byName = guessPrivacy(column.name);
  if (byName !== null) return byName;
  const { distribution, min, max } = column;
  const seen =
    distribution.kind === 'values'
      ? distribution.values.map(([value]) => value)
      : [min, max].flatMap((value) => value ?? []);
  const form = personalForms.find(([, shape]) => {
    const count = seen.filter((value) => shape.test(value)).length;
    return count > 0 && count >= personalShare * seen.length;
  });
  return form === undefined ? null : { privacy: 'personal', from: `its values, which look like ${form[0]}` };
}

/** `customerEmail2`, `CUSTOMER_EMAIL` and `customer e-mail` have the word `email` (or `e`, `mail`). */
function wordsOf(column: string): readonly string[] {
  return column
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
}
