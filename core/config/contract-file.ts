import type { ColumnRule, Contract } from './contract.ts';
import { contractSchema, type WrittenColumn } from './contract-schema.ts';
import { checkDrift, type DriftProblem, toDriftRules } from './drift-file.ts';
import { isName, nameRule } from './model-name.ts';
import { invalid, parseFile, refuseProblems } from './parse.ts';
import { pathOfPointer } from './position.ts';
import type { Problem } from './problem.ts';
import { toRole } from './role.ts';
import { readRules, toLimits, toTolerance } from './rule-file.ts';

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
  const { value, source: read } = parseFile(text, source, contractSchema);
  const columns = value.columns.map(toColumn);
  const drift = toDriftRules(value.drift);
  const { rules, problems } = readRules(value.rules, columns);
  refuseProblems(read, [
    ...problems,
    ...checkDrift(drift, columns).map(toProblem),
    ...checkLineage(dataset, value['derived-from']),
  ]);
  const { min, max } = value.rows;
  const { ingest } = value;
  return {
    version: value.version,
    dataset,
    description: value.description,
    owner: toRole(value.owner),
    files: value.files,
    columns,
    rules,
    rows: { min, ...(max === undefined ? {} : { max }) },
    examples: value.examples,
    drift,
    derivedFrom: value['derived-from'],
    ...(ingest === undefined
      ? {}
      : { ingest: { command: ingest.command, to: ingest.to, timeoutMinutes: ingest['timeout-minutes'] } }),
    access: value.access,
    ...(value.revoked === undefined ? {} : { revoked: value.revoked }),
    expires: value.expires,
    source: value.source,
    legalBasis: value['legal-basis'],
    approvedBy: value['approved-by'],
  };
}

function toColumn(written: WrittenColumn): ColumnRule {
  const { min, max, length, allowed, pattern, tolerance, reason } = written;
  return {
    name: written.name,
    type: written.type,
    required: written.required,
    nullable: written.nullable,
    unique: written.unique,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(length === undefined ? {} : { length: toLimits(length) }),
    ...(allowed === undefined ? {} : { allowed: allowed.map(String) }),
    ...(pattern === undefined ? {} : { pattern }),
    severity: written.severity,
    ...(tolerance === undefined ? {} : { tolerance: toTolerance(tolerance) }),
    ...(reason === undefined ? {} : { reason }),
    privacy: written.privacy,
  };
}

const toProblem = ({ pointer, message, allowed }: DriftProblem): Problem => ({
  code: 'config/value',
  message,
  path: pathOfPointer(pointer),
  allowed,
  fix: `Write ${allowed}.`,
});

/** A dataset that was made from itself would inherit from nobody. */
function checkLineage(dataset: string, derivedFrom: readonly string[]): readonly Problem[] {
  return derivedFrom.flatMap((name, at) =>
    name === dataset || derivedFrom.indexOf(name) !== at
      ? [
          {
            code: 'config/value',
            message: `"${name}" is ${name === dataset ? 'this dataset itself' : 'named twice'}`,
            path: ['derived-from', at],
            found: name,
            allowed: 'other datasets, each once',
            fix: 'Take it out of derived-from.',
          },
        ]
      : [],
  );
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
