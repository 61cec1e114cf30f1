import type { ColumnRule, ColumnType } from './contract.ts';
import type { Problem } from './problem.ts';
import type { WrittenRule } from './rule-schema.ts';
import { suggest } from './suggestion.ts';

type Path = readonly PropertyKey[];

/** Each compares a label with every column: more of them are no contract but a load. */
const mostLeakageRules = 10;
/** Columns are pull-request controlled: their number must not decide how long a suggestion takes. */
const mostSuggestions = 500;

/** Types that a kind of rule can be applied to. */
const fits: Partial<Record<WrittenRule['rule'], readonly ColumnType[]>> = {
  range: ['integer', 'number', 'timestamp'],
  length: ['text'],
  pattern: ['text'],
  mean: ['integer', 'number'],
  'standard-deviation': ['integer', 'number'],
  quantile: ['integer', 'number'],
  'class-ratio': ['integer', 'number', 'text', 'boolean'],
  freshness: ['timestamp'],
};

/** Looks at all rules together: names that occur twice, more leakage rules than anyone means. */
export function checkRuleSet(rules: readonly WrittenRule[]): readonly Problem[] {
  const first = new Map<string, number>();
  const doubled = rules.flatMap(({ name }, at): readonly Problem[] => {
    const before = first.get(name);
    if (before === undefined) first.set(name, at);
    return before === undefined ? [] : [toDoubled(name, before, at)];
  });
  const leakage = rules.flatMap(({ rule }, at) => (rule === 'leakage' ? [at] : []));
  return leakage.length <= mostLeakageRules ? doubled : [...doubled, toLoad(leakage)];
}

const toDoubled = (name: string, before: number, at: number): Problem => ({
  code: 'config/value',
  message: `the rule name "${name}" is used twice: by rules[${before}] and rules[${at}]`,
  path: ['rules', at, 'name'],
  found: name,
  allowed: 'every name once',
  fix: 'Give one of the two rules another name.',
});

const toLoad = (leakage: readonly number[]): Problem => ({
  code: 'config/value',
  message: `there are ${leakage.length} leakage rules`,
  path: ['rules', leakage[mostLeakageRules] ?? 0],
  found: `${leakage.length} leakage rules`,
  allowed: `at most ${mostLeakageRules}: one for each label`,
  fix: 'Drop the others.',
});

/** Holds one rule against the columns of the contract: they must be there, and of a type that the rule can be applied to. */
export function checkRule(
  rule: WrittenRule,
  path: Path,
  known: ReadonlyMap<string, ColumnRule>,
): readonly Problem[] {
  return [
    ...namesOf(rule).flatMap(([key, name]) =>
      known.has(name) ? [] : [toUnknown(name, [...path, ...key], known)],
    ),
    ...checkType(rule, path, known),
    ...checkLimits(rule, path, known),
    ...checkLabel(rule, path),
  ];
}

/** Every column that a rule names, with the key that names it. */
function namesOf(rule: WrittenRule): readonly (readonly [Path, string])[] {
  const list = (key: string, names: readonly string[] | undefined) =>
    (names ?? []).map((name, at) => [[key, at], name] as const);
  return [
    ...('column' in rule ? [[['column'], rule.column] as const] : []),
    ...('label' in rule ? [[['label'], rule.label] as const] : []),
    ...('columns' in rule ? list('columns', rule.columns) : []),
    ...('features' in rule ? list('features', rule.features) : []),
  ];
}

function toUnknown(name: string, path: Path, known: ReadonlyMap<string, ColumnRule>): Problem {
  const names = [...known.keys()];
  const meant = suggest(name, names.slice(0, mostSuggestions));
  return {
    code: 'config/value',
    message: `the contract has no column "${name}"${meant === null ? '' : `. Did you mean "${meant}"?`}`,
    path,
    found: name,
    allowed: `${names.slice(0, 20).join(', ')}${names.length > 20 ? ` and ${names.length - 20} more` : ''}`,
    fix: meant === null ? 'Name a column of this contract.' : `Write "${meant}".`,
  };
}

function checkType(
  rule: WrittenRule,
  path: Path,
  known: ReadonlyMap<string, ColumnRule>,
): readonly Problem[] {
  const types = fits[rule.rule];
  const column = 'column' in rule ? known.get(rule.column) : undefined;
  if (types === undefined || column === undefined || types.includes(column.type)) return [];
  return [
    {
      code: 'config/value',
      message: `the rule "${rule.rule}" cannot be applied to the column "${column.name}", which is of type ${column.type}`,
      path: [...path, 'column'],
      found: column.type,
      allowed: `a column of type ${types.join(', ')}`,
      fix: 'Name a column of such a type, or choose another rule.',
    },
  ];
}

/** A range of dates for numbers, or of numbers for dates. */
function checkLimits(
  rule: WrittenRule,
  path: Path,
  known: ReadonlyMap<string, ColumnRule>,
): readonly Problem[] {
  if (rule.rule !== 'range') return [];
  const type = known.get(rule.column)?.type;
  if (type !== 'integer' && type !== 'number' && type !== 'timestamp') return [];
  const wanted = type === 'timestamp' ? 'string' : 'number';
  const words = type === 'timestamp' ? 'a date or a time in quotes' : 'a number';
  return (['min', 'max'] as const).flatMap((side) => {
    const limit = rule[side];
    if (limit === undefined || typeof limit === wanted) return [];
    return [
      {
        code: 'config/value',
        message: `${side} is ${JSON.stringify(limit)}, and the column "${rule.column}" is of type ${type}`,
        path: [...path, side],
        found: String(limit),
        allowed: words,
        fix: `Write ${words}.`,
      },
    ];
  });
}

/** A label that is its own feature gives itself away. */
function checkLabel(rule: WrittenRule, path: Path): readonly Problem[] {
  if (!('label' in rule) || rule.features?.includes(rule.label) !== true) return [];
  return [
    {
      code: 'config/value',
      message: `the label "${rule.label}" is also one of the features`,
      path: [...path, 'features', rule.features.indexOf(rule.label)],
      found: rule.label,
      allowed: 'columns other than the label',
      fix: 'Take the label out of features.',
    },
  ];
}
