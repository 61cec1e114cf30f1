import { columnName } from '../config/field.ts';
import { contractPath } from '../config/layout.ts';
import { isName } from '../config/model-name.ts';
import { writeYaml, type YamlValue } from '../config/yaml-write.ts';
import { InputError } from '../error/error.ts';
import type { Profile } from '../profile/profile.ts';
import { type InferredColumn, inferColumn } from './infer-column.ts';
import { findSeparator } from './separator.ts';
import { writeCount } from './wording.ts';

/** Comments of more columns than this would make the file too long to be read (`limits` of core/config/source.ts). */
const mostCommented = 1500;
/** Share of the rows that a later batch must have. */
const rowsShare = 0.5;

export interface InferInput {
  readonly dataset: string;
  /** As the contract will name them. */
  readonly files: readonly string[];
  /** By the types that were found; private columns included: of those nothing is written. */
  readonly profile: Profile;
}

/**
 * Writes a first contract from data. The data keeps it; what only a person knows stands as an empty field, which every
 * check names until it is filled.
 * @returns YAML text of `datasets/<dataset>.yml`
 * @throws InputError INFER_DATA when there is no row, no column, or a header that no contract can name
 */
export function inferContract({ dataset, files, profile }: InferInput): string {
  requireTable(profile);
  const columns = profile.columns.map((column) => inferColumn(column, profile.rows));
  const commented = columns.length <= mostCommented;
  const ignored = columns.filter(({ isKey, privacy }) => isKey && privacy === 'none');
  return [
    `# First contract of "${dataset}", written by "gatehouse data infer" from ${writeCount(profile.rows)} rows.`,
    '# It says what was seen, with some room; what is right only you know. Read every line before you commit it.',
    'version: 1',
    '',
    ...governance,
    '',
    `files: ${writeYaml(files)}`,
    '',
    `# ${writeCount(profile.rows)} rows seen; half of them must be there in later data.`,
    `rows: { min: ${Math.max(1, Math.floor(profile.rows * rowsShare))} }`,
    '',
    'columns:',
    ...columns.flatMap((column) => [
      ...(commented ? [`  # ${commentOf(column)}`] : []),
      `  - ${writeColumn(column)}`,
    ]),
    ...rulesOf(columns),
    ...(ignored.length === 0
      ? []
      : [
          '',
          '# Keys and row numbers differ in every batch: they are not compared.',
          `drift: { ignore: ${writeYaml(ignored.map(({ name }) => name))} }`,
        ]),
    '',
  ].join('\n');
}

/** Left empty: a missing owner, date or legal basis fails every check, by name and line. */
const governance: readonly string[] = [
  '# TODO: fill in these seven lines. Until then every check fails and names them.',
  'description: # TODO what one row is',
  'owner: # TODO who answers for the data: { users: [login] } or { teams: [organization/team] }',
  'source: # TODO where the data comes from',
  'legal-basis: # TODO what allows its use',
  'approved-by: # TODO who approved its use',
  'expires: # TODO the day after which nothing may train on it: "2030-12-31"',
  'access: # TODO models that may train on it: [flight-delay], or ["*"] for all',
];

/** One line of `columns` as it is written: for a whole contract, and for a column that comes to one. */
export function writeColumn({
  name,
  type,
  fields,
}: Pick<InferredColumn, 'name' | 'type' | 'fields'>): string {
  return writeYaml({ name, type, ...fields });
}

function commentOf({ because }: InferredColumn): string {
  return because.join('; ').replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
}

function rulesOf(columns: readonly InferredColumn[]): readonly string[] {
  const taken = new Set<string>();
  const rules = columns.flatMap(({ name, missing }) => {
    if (missing === null) return [];
    const rule: YamlValue = {
      name: nameOf(`missing-${name}`, taken),
      rule: 'missing',
      column: name,
      max: missing,
    };
    return [`  - ${writeYaml(rule)}`];
  });
  return rules.length === 0
    ? []
    : [
        '',
        '# Twice the share of empty cells that was seen; above a quarter, half of what is left.',
        'rules:',
        ...rules,
      ];
}

/** A legal name that is not taken: `missing-tail-number`. */
function nameOf(text: string, taken: Set<string>): string {
  const slug = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '');
  const base = isName(slug) ? slug : 'missing';
  let name = base;
  for (let at = 2; taken.has(name); at += 1) name = `${base}-${at}`;
  taken.add(name);
  return name;
}

function requireTable({ rows, columns }: Profile): void {
  const names = columns.map(({ name }) => name);
  const odd = names.findIndex((name) => !columnName.safeParse(name).success);
  const doubled = names.find((name, at) => names.indexOf(name) !== at);
  const separator = names.length === 1 ? findSeparator(names[0] ?? '') : null;
  if (separator !== null) {
    throw new InputError(
      'INFER_DATA',
      `no contract can be written from these files: their only column is "${names[0]}", so their cells are separated by ${separator}`,
      { hint: 'Write them with commas between the cells.' },
    );
  }
  const because =
    names.length === 0
      ? 'they have no column'
      : rows === 0
        ? 'they have no row: nothing can be learnt from a header'
        : odd >= 0
          ? `column ${odd + 1} has no name on one line of at most 200 characters`
          : doubled === undefined
            ? null
            : `the column "${doubled}" is there twice`;
  if (because === null) return;
  throw new InputError('INFER_DATA', `no contract can be written from these files: ${because}`, {
    hint: 'Mend the header or name other files.',
  });
}

/** Where a contract of a dataset goes unless somebody says otherwise. @throws InputError INFER_NAME */
export function inferredPath(dataset: string): string {
  if (isName(dataset)) return contractPath(dataset);
  throw new InputError('INFER_NAME', `"${dataset}" cannot be the name of a dataset`, {
    hint: 'Use small letters, digits and "-": gatehouse data infer FILE --name flights.',
  });
}
