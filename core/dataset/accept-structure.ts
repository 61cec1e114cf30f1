import type { TableRule } from '../config/contract.ts';
import type { YamlEdit } from '../config/yaml-edit.ts';
import type { Finding } from '../finding/finding.ts';
import { type Accept, type Acceptance, type AcceptFacts, edits, refused } from './acceptance.ts';
import { findSimilar } from './similarity.ts';

/** A column that is gone: called by its new name where it was renamed, else no longer required. */
export const acceptMissing: Accept = (finding, facts) => {
  const { contract, headers } = facts;
  const name = finding.column ?? '';
  const names = contract.columns.map((column) => column.name);
  if (headers.includes(name)) {
    return refused(
      `some files have a column "${name}" and some have none`,
      'Write the files again with one header.',
    );
  }
  const strangers = headers.filter((header) => !names.includes(header));
  const missing = names.filter((each) => !headers.includes(each));
  const only = missing.length === 1 && strangers.length === 1 ? strangers[0] : null;
  const renamed = findSimilar(name, strangers) ?? only ?? null;
  if (renamed === null) {
    return edits(`the column "${name}" may be missing`, {
      kind: 'set',
      path: ['columns', name, 'required'],
      value: false,
    });
  }
  return rename(name, renamed, facts);
};

/** A column that the contract does not know: described as it was found. */
export const acceptUnknown: Accept = (finding, { inferred }) => {
  const column = inferred.get(finding.column ?? '');
  if (column === undefined) {
    return refused(
      'what its values are is not known here',
      'Run it where the data is, or add the column by hand.',
    );
  }
  const { name, type, fields } = column;
  return edits(`the column "${name}" is described as it was found: ${column.because.join('; ')}`, {
    kind: 'append',
    path: ['columns'],
    values: [{ name, type, ...fields }],
  });
};

export const acceptTableSize: Accept = ({ count }, { contract }) => {
  const { min, max } = contract.rows;
  if (count === undefined || !Number.isSafeInteger(count)) {
    return refused('the number of rows is not known here', 'Change rows of the contract by hand.');
  }
  if (count < min)
    return edits('so few rows are enough', { kind: 'set', path: ['rows', 'min'], value: count });
  if (max !== undefined && count > max) {
    return edits('so many rows are right', { kind: 'set', path: ['rows', 'max'], value: count });
  }
  return refused('the number of rows is allowed already', 'Run the check again.');
};

function rename(from: string, to: string, { contract }: AcceptFacts): Acceptance {
  const spoken = contract.rules.filter((rule) => rule.rule === 'expression' && rule.keep.includes(from));
  if (spoken.length > 0) {
    return refused(
      `the condition of rule "${spoken[0]?.name}" speaks of "${from}"`,
      `Rename "${from}" to "${to}" by hand, in the column and in the condition.`,
    );
  }
  return edits(
    `the column "${from}" is called "${to}"`,
    // Rules first: the column is found by its old name until then.
    ...contract.rules.flatMap((rule) => renameInRule(rule, from, to)),
    ...contract.drift.ignore.flatMap((name, at): readonly YamlEdit[] =>
      name === from ? [{ kind: 'set', path: ['drift', 'ignore', at], value: to }] : [],
    ),
    ...(Object.hasOwn(contract.drift.columns, from)
      ? [{ kind: 'rename', path: ['drift', 'columns', from], to } as const]
      : []),
    { kind: 'set', path: ['columns', from, 'name'], value: to },
  );
}

function renameInRule(rule: TableRule, from: string, to: string): readonly YamlEdit[] {
  const base = ['rules', rule.name] as const;
  const single = (key: string, value: string): readonly YamlEdit[] =>
    value === from ? [{ kind: 'set', path: [...base, key], value: to }] : [];
  const listed = (key: string, names: readonly string[] | null): readonly YamlEdit[] =>
    (names ?? []).flatMap((name, at): readonly YamlEdit[] =>
      name === from ? [{ kind: 'set', path: [...base, key, at], value: to }] : [],
    );
  return [
    ...('column' in rule ? single('column', rule.column) : []),
    ...('label' in rule ? single('label', rule.label) : []),
    ...('columns' in rule ? listed('columns', rule.columns) : []),
    ...('features' in rule ? listed('features', rule.features) : []),
  ];
}

/** Another type is no wider rule but another meaning: a person says which. */
export const askType = (finding: Finding): Acceptance =>
  refused(
    'another type changes what every rule of the column means',
    `Set type of columns.${finding.column} by hand (text takes everything), or let so many rows break it: --tolerate.`,
  );
