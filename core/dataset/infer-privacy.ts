import type { ColumnRule } from '../config/contract.ts';

/** A class of privacy that a name suggests, and the word that suggests it. */
export interface PrivacyGuess {
  readonly privacy: Exclude<ColumnRule['privacy'], 'none'>;
  readonly word: string;
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
  if (secret !== undefined) return { privacy: 'secret', word: secret };
  const personal = [...words, ...pairs].find((word) => personalWords.has(word));
  return personal === undefined ? null : { privacy: 'personal', word: personal };
}

/** `customerEmail2`, `CUSTOMER_EMAIL` and `customer e-mail` have the word `email` (or `e`, `mail`). */
function wordsOf(column: string): readonly string[] {
  return column
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
}
