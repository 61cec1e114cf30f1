import type { ColumnRule, Contract } from './contract.ts';
import { contractSchema, type WrittenColumn } from './contract-schema.ts';
import { toDriftRules } from './drift-file.ts';
import { isName, nameRule } from './model-name.ts';
import { invalid, parseFile } from './parse.ts';
import { toRole } from './role.ts';

/**
 * Reads `datasets/<dataset>.yml`; the dataset is named by its file.
 * @param source path of the file
 * @throws InputError CONFIG_INVALID with every problem as a finding
 */
export function parseContract(text: string, source: string): Contract {
  const dataset =
    source
      .split('/')
      .at(-1)
      ?.replace(/\.yml$/, '') ?? '';
  if (!isName(dataset)) throw invalid(source, [wrongName(dataset, source)]);
  const { value } = parseFile(text, source, contractSchema);
  const { min, max } = value.rows;
  return {
    version: value.version,
    dataset,
    description: value.description,
    owner: toRole(value.owner),
    files: value.files,
    columns: value.columns.map(toColumn),
    rules: [],
    rows: { min, ...(max === undefined ? {} : { max }) },
    examples: 3,
    drift: toDriftRules(undefined),
    derivedFrom: [],
    access: value.access,
    expires: value.expires,
    source: value.source,
    legalBasis: value['legal-basis'],
    approvedBy: value['approved-by'],
  };
}

function toColumn(written: WrittenColumn): ColumnRule {
  const { min, max, allowed, pattern, reason } = written;
  return {
    name: written.name,
    type: written.type,
    required: true,
    nullable: written.nullable,
    unique: false,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(allowed === undefined ? {} : { allowed: allowed.map(String) }),
    ...(pattern === undefined ? {} : { pattern }),
    severity: written.severity,
    ...(reason === undefined ? {} : { reason }),
    privacy: written.privacy,
  };
}

function wrongName(name: string, source: string) {
  return {
    code: 'config/name',
    severity: 'fail',
    message: `"${name.slice(0, 200)}" cannot be the name of a dataset`,
    where: { file: source, line: 1, column: 1, pointer: '' },
    found: name.slice(0, 200),
    allowed: nameRule,
    fix: 'Rename the file: the name of a dataset is the name of its file.',
  } as const;
}
