import type { Expression } from './expression.ts';
import { parseExpression } from './expression-parser.ts';
import { columnsOf } from './expression-type.ts';
import type { Path } from './position.ts';
import type { Problem } from './problem.ts';
import type { SliceConfig, SliceRule } from './slices.ts';
import type { WrittenSlices } from './slices-schema.ts';

type WrittenRule = WrittenSlices['declared'][number];

export interface ReadSlices {
  readonly slices: SliceConfig;
  readonly problems: readonly Problem[];
}

/**
 * Reads the slices of a model. Whether their columns are in the held-out features is seen where these are read.
 * @param key column that names a row: a slice of it would be a row
 */
export function readSlices(written: WrittenSlices, key: string): ReadSlices {
  const problems: Problem[] = [];
  const declared = written.declared.flatMap((rule, at): readonly SliceRule[] => {
    const path = ['slices', 'declared', at];
    const read = readRule(rule, path);
    if ('code' in read) {
      problems.push(read);
      return [];
    }
    if (touches(read, key)) problems.push(ofKey(key, path));
    return [read];
  });
  const { search, metrics } = written;
  if (search !== undefined && search.columns !== 'all' && search.columns.includes(key)) {
    problems.push(ofKey(key, ['slices', 'search', 'columns']));
  }
  return {
    slices: {
      declared,
      pairs: written.pairs,
      search: search === undefined ? null : { columns: search.columns, minimumRows: search['minimum-rows'] },
      minimumRows: written['minimum-rows'],
      metrics: metrics ?? null,
    },
    problems: [...problems, ...doubled(written.declared)],
  };
}

function readRule({ column, values, edges, name, where }: WrittenRule, path: Path): SliceRule | Problem {
  if (column === undefined) return readWhere(name ?? '', where ?? '', [...path, 'where']);
  if (edges !== undefined) return { kind: 'edges', column, edges };
  return { kind: 'values', column, values: values?.map(String) ?? null };
}

function readWhere(name: string, text: string, path: Path): SliceRule | Problem {
  const read = parseExpression(text);
  if (read.kind === 'expression' && isCondition(read.expression)) {
    return { kind: 'where', name, where: read.expression };
  }
  const fault =
    read.kind === 'fault'
      ? read.fault
      : { offset: 0, message: 'no condition on a column', expected: 'a condition, for example hour < 6' };
  return {
    code: 'config/expression',
    message: `the condition of slice "${name}" cannot be used: ${fault.message} at character ${fault.offset + 1}`,
    path,
    within: { text, offset: fault.offset },
    found: fault.message,
    allowed: fault.expected,
    fix: `Write ${fault.expected} at character ${fault.offset + 1}.`,
  };
}

/** True or false of a row; which type a column has is not known here. */
const isCondition = (part: Expression): boolean =>
  ['logic', 'comparison', 'in', 'presence', 'not', 'column'].includes(part.kind) &&
  columnsOf(part).length > 0;

const touches = (rule: SliceRule, key: string): boolean =>
  rule.kind === 'where' ? columnsOf(rule.where).includes(key) : rule.column === key;

const ofKey = (key: string, path: Path): Problem => ({
  code: 'config/value',
  message: `a slice is cut by "${key}", the column that names a row`,
  path,
  found: key,
  allowed: 'a feature column',
  fix: `Take "${key}" out: a slice of it would be a single row.`,
});

/** Two slices of one name would be two results of one name. */
function doubled(rules: readonly WrittenRule[]): readonly Problem[] {
  const seen = new Set<string>();
  return rules.flatMap(({ column, name }, at): readonly Problem[] => {
    const own = column ?? name ?? '';
    if (!seen.has(own)) {
      seen.add(own);
      return [];
    }
    return [
      {
        code: 'config/value',
        message: `"${own}" is declared as a slice twice`,
        path: ['slices', 'declared', at],
        found: own,
        allowed: 'every column and every name once',
        fix: 'Join the two, or give one with "where" another name.',
      },
    ];
  });
}
