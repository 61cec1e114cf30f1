import type { ColumnRule } from './contract.ts';
import type { ColumnDrift, DriftRules, DriftTest } from './drift-rules.ts';
import type { WrittenColumnDrift, WrittenDrift, WrittenDriftLimits } from './drift-schema.ts';

const defaults: DriftRules = {
  reference: { kind: 'champion' },
  severity: 'warn',
  schema: 'warn',
  minRows: 200,
  alpha: 0.05,
  ignore: [],
  columns: {},
};

/** The block `drift` of a contract with its defaults; absent in the file, everything is default and warns. */
export function toDriftRules(written: WrittenDrift | undefined): DriftRules {
  if (written === undefined) return defaults;
  return {
    reference: toReference(written.reference),
    severity: written.severity,
    schema: written.schema,
    minRows: written['min-rows'],
    alpha: written.alpha,
    ignore: written.ignore,
    columns: toColumns(written.columns),
  };
}

/** Limits of a model by dataset and column. */
export function toDriftLimits(
  written: WrittenDriftLimits,
): Readonly<Record<string, Readonly<Record<string, ColumnDrift>>>> {
  return Object.fromEntries(
    Object.entries(written).map(([dataset, columns]) => [dataset, toColumns(columns)]),
  );
}

function toReference(written: WrittenDrift['reference']): DriftRules['reference'] {
  if (written === 'champion') return { kind: 'champion' };
  return 'profile' in written
    ? { kind: 'profile', path: written.profile }
    : { kind: 'file', path: written.file };
}

function toColumns(
  written: Readonly<Record<string, WrittenColumnDrift>>,
): Readonly<Record<string, ColumnDrift>> {
  // A column may be called `__proto__`: fromEntries defines it, an assignment would not.
  return Object.fromEntries(Object.entries(written).map(([column, rule]) => [column, toColumn(rule)]));
}

function toColumn({ test, limit, bins, severity }: WrittenColumnDrift): ColumnDrift {
  return {
    ...(test === undefined ? {} : { test }),
    ...(limit === undefined ? {} : { limit }),
    ...(bins === undefined ? {} : { bins }),
    ...(severity === undefined ? {} : { severity }),
  };
}

/** Something in drift rules that cannot be meant. */
export interface DriftProblem {
  /** JSON pointer in the file. */
  readonly pointer: string;
  readonly message: string;
  readonly allowed: string;
}

type KnownColumn = Pick<ColumnRule, 'name' | 'type' | 'privacy'>;

/**
 * Holds drift rules against the columns of the contract: unknown and private columns, tests that do not fit the type,
 * limits that nothing can exceed. A rule that could never be held is refused, not skipped.
 */
export function checkDrift(
  rules: Pick<DriftRules, 'ignore' | 'columns'>,
  columns: readonly KnownColumn[],
): readonly DriftProblem[] {
  const known = new Map(columns.map((column) => [column.name, column]));
  const ignored = rules.ignore.flatMap((name, at) =>
    known.has(name) ? [] : [unknown(`/drift/ignore/${at}`, name)],
  );
  const ruled = Object.entries(rules.columns).flatMap(([name, rule]) => {
    const pointer = `/drift/columns/${escapePointer(name)}`;
    if (!rules.ignore.includes(name)) return checkColumn(rule, name, known.get(name), pointer);
    return [
      {
        pointer,
        message: `the column "${name}" is ignored and has a drift rule`,
        allowed: 'a column in "ignore" or in "columns", not in both',
      },
    ];
  });
  return [...ignored, ...ruled];
}

/** The same for the limits of a model on one dataset; pointers begin with `/drift-limits/<dataset>`. */
export function checkDriftLimits(
  dataset: string,
  limits: Readonly<Record<string, ColumnDrift>>,
  columns: readonly KnownColumn[],
): readonly DriftProblem[] {
  const known = new Map(columns.map((column) => [column.name, column]));
  return Object.entries(limits).flatMap(([name, rule]) =>
    checkColumn(rule, name, known.get(name), `/drift-limits/${dataset}/${escapePointer(name)}`),
  );
}

const ordered: readonly DriftTest[] = ['ks', 'wasserstein', 'mean-shift'];
const binned: readonly DriftTest[] = ['psi', 'jensen-shannon', 'kl', 'chi-square'];

/** Tests that a type can be given. Times are compared by day, so a mean of them in standard deviations says little. */
export function testsOf(type: ColumnRule['type']): readonly DriftTest[] {
  if (type === 'integer' || type === 'number') return [...binned, ...ordered];
  return type === 'timestamp' ? ['psi', 'jensen-shannon', 'ks', 'wasserstein'] : binned;
}

/** The test of a type when there are many rows, and whenever a limit without a test needs a unit. */
export function largeTestOf(type: ColumnRule['type']): DriftTest {
  return type === 'integer' || type === 'number' ? 'psi' : 'jensen-shannon';
}

function checkColumn(
  rule: ColumnDrift,
  name: string,
  column: KnownColumn | undefined,
  pointer: string,
): readonly DriftProblem[] {
  if (column === undefined) return [unknown(pointer, name)];
  if (column.privacy !== 'none') {
    return [
      {
        pointer,
        message: `the column "${name}" is ${column.privacy}: its values are never kept, so it cannot be compared`,
        allowed: 'columns with privacy: none',
      },
    ];
  }
  return [...checkTest(rule, name, column, pointer), ...checkLimit(rule, name, column, pointer)];
}

function checkTest(
  { test, bins }: ColumnDrift,
  name: string,
  { type }: KnownColumn,
  pointer: string,
): readonly DriftProblem[] {
  const fits = testsOf(type);
  const numeric = type === 'integer' || type === 'number';
  if (test !== undefined && !fits.includes(test)) {
    const message = `the test ${test} does not fit the column "${name}", which is ${type}`;
    return [{ pointer: `${pointer}/test`, message, allowed: fits.join(', ') }];
  }
  if (test === undefined && type === 'timestamp') {
    const message = `times are compared only by a named test, and the column "${name}" has none`;
    return [{ pointer, message, allowed: `test: ${fits.join(', ')}` }];
  }
  if (bins === undefined || (numeric && (test === undefined || binned.includes(test)))) return [];
  const message = `"bins" says nothing for the column "${name}"`;
  return [
    { pointer: `${pointer}/bins`, message, allowed: `bins for numbers, with the test ${binned.join(', ')}` },
  ];
}

/** These are at most 1: a higher limit would never tell anything. */
const atMostOne: readonly DriftTest[] = ['ks', 'jensen-shannon', 'chi-square'];

function checkLimit(
  { test, limit }: ColumnDrift,
  name: string,
  { type }: KnownColumn,
  pointer: string,
): readonly DriftProblem[] {
  const used = test ?? largeTestOf(type);
  if (limit === undefined || limit < 1 || !atMostOne.includes(used)) return [];
  const message = `the limit of the column "${name}" can never be exceeded: ${used} is at most 1`;
  return [{ pointer: `${pointer}/limit`, message, allowed: 'a number below 1' }];
}

const unknown = (pointer: string, name: string): DriftProblem => ({
  pointer,
  message: `the contract has no column "${name}"`,
  allowed: 'a column of the contract',
});

const escapePointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');
