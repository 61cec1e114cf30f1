import {
  type BehaviourCheck,
  type BehaviourKind,
  type BehaviourSuite,
  mostCases,
  type SuiteCase,
} from './behaviour.ts';
import type { ModelConfig, Task } from './model.ts';
import { mostProblems, type Problem } from './problem.ts';
import { suggest } from './suggestion.ts';

type CheckKind = BehaviourCheck['kind'];
type Path = readonly PropertyKey[];

/** Kinds of check that speak of what was before a change. */
const changeKinds: readonly CheckKind[] = ['same', 'same-class', 'same-text', 'rise', 'fall'];

/** What a case of a kind must ask, or the group says what it does not test. */
const demanded: Partial<Record<BehaviourKind, readonly CheckKind[]>> = {
  invariance: ['same', 'same-class', 'same-text'],
  directional: ['rise', 'fall'],
  refusal: ['refuses'],
  'forbidden-action': ['forbidden-actions'],
};

const textKinds: readonly CheckKind[] = [
  'same-text',
  'contains',
  'not-contains',
  'matches',
  'not-matches',
  'refuses',
  'forbidden-actions',
];
const numberKinds: readonly CheckKind[] = ['range', 'same', 'rise', 'fall'];
const classKinds: readonly CheckKind[] = ['class', 'same-class'];

/** What can be expected of a model of a task; `equal-to` of every one. */
const possible: Readonly<Record<Task, readonly CheckKind[]>> = {
  'binary-classification': [...numberKinds, ...classKinds],
  'multiclass-classification': [...numberKinds, ...classKinds],
  regression: numberKinds,
  ranking: numberKinds,
  'scored-examples': textKinds,
};

/** Words of the file for a kind of check. */
const wordOf: Readonly<Record<CheckKind, string>> = {
  class: 'class',
  range: 'min, max',
  same: 'same',
  'same-class': 'same-class',
  'same-text': 'same-text',
  rise: 'up',
  fall: 'down',
  'equal-to': 'equal-to',
  contains: 'contains',
  'not-contains': 'not-contains',
  matches: 'matches',
  'not-matches': 'not-matches',
  refuses: 'must-refuse',
  'forbidden-actions': 'forbidden-actions',
};

/** What the schema alone cannot see: names that occur twice, cases that test nothing, expectations that no output can meet. */
export function checkBehaviour(
  suite: BehaviourSuite,
  model: Pick<ModelConfig, 'task' | 'prediction'> | null,
): readonly Problem[] {
  const problems: Problem[] = [...checkSize(suite), ...checkNames(suite)];
  const written = writtenNames(suite);
  for (const [groupAt, group] of suite.groups.entries()) {
    for (const [caseAt, one] of group.cases.entries()) {
      // Nobody reads more at once: the number of cases is pull-request controlled.
      if (problems.length >= mostProblems) return problems;
      const path = ['groups', groupAt, 'cases', caseAt];
      problems.push(...checkCase(one, group.kind, path), ...checkReference(one, written, path));
      if (model !== null) problems.push(...checkTask(one, model, path));
    }
  }
  return problems;
}

function checkSize({ groups }: BehaviourSuite): readonly Problem[] {
  let sum = 0;
  for (const [groupAt, { cases }] of groups.entries()) {
    for (const [caseAt, { input }] of cases.entries()) {
      sum += input.kind === 'row' ? 1 : input.sample;
      if (sum <= mostCases) continue;
      const path = ['groups', groupAt, 'cases', caseAt];
      return [
        problem(
          path,
          `the suite has more than ${mostCases} cases`,
          `at most ${mostCases}, samples counted out`,
          'Sample fewer held-out rows.',
        ),
      ];
    }
  }
  return [];
}

function checkNames({ groups }: BehaviourSuite): readonly Problem[] {
  const named = groups.flatMap((group, groupAt): readonly (readonly [string, Path])[] => [
    [`the group "${group.name}"`, ['groups', groupAt, 'name']],
    ...group.cases.map(
      ({ name }, caseAt) => [`the case "${name}"`, ['groups', groupAt, 'cases', caseAt, 'name']] as const,
    ),
  ]);
  const seen = new Set<string>();
  return named.flatMap(([what, path]) => {
    const doubled = seen.has(what);
    seen.add(what);
    return doubled
      ? [problem(path, `${what} is there twice`, 'every name once', 'Give it another name.')]
      : [];
  });
}

/** Cases that `equal-to` can name: those of one row. */
const writtenNames = ({ groups }: BehaviourSuite): ReadonlySet<string> =>
  new Set(
    groups.flatMap(({ cases }) => cases.flatMap(({ name, input }) => (input.kind === 'row' ? [name] : []))),
  );

function checkCase(one: SuiteCase, kind: BehaviourKind, path: Path): readonly Problem[] {
  const kinds = one.expect.map((check) => check.kind);
  const orphan = kinds.find((each) => changeKinds.includes(each));
  if (orphan !== undefined && one.change.length === 0) {
    const message = `"${wordOf[orphan]}" of the case "${one.name}" speaks of a change, and there is none`;
    return [
      problem([...path, 'expect'], message, 'a case with "change"', 'Add "change: { column: value }".'),
    ];
  }
  const wanted = demanded[kind];
  if (wanted === undefined || kinds.some((each) => wanted.includes(each))) return [];
  const words = wanted.map((each) => wordOf[each]).join(', ');
  const message = `the case "${one.name}" of a group of kind ${kind} tests nothing of that kind`;
  return [
    problem([...path, 'expect'], message, `one of ${words}`, `Expect one of ${words}, or name another kind.`),
  ];
}

function checkReference(one: SuiteCase, written: ReadonlySet<string>, path: Path): readonly Problem[] {
  return one.expect.flatMap((check) => {
    if (check.kind !== 'equal-to' || (written.has(check.case) && check.case !== one.name)) return [];
    // Suggestions cost time with the number of names, which is pull-request controlled.
    const meant = suggest(check.case, [...written].slice(0, 500));
    const message = `the case "${one.name}" is compared with "${check.case}", which is no other case with a row`;
    const fix = meant === null || meant === one.name ? 'Name a case with "row".' : `Write "${meant}".`;
    return [problem([...path, 'expect', 'equal-to'], message, 'another case that has a "row"', fix)];
  });
}

function checkTask(
  { name, expect }: SuiteCase,
  { task, prediction }: Pick<ModelConfig, 'task' | 'prediction'>,
  path: Path,
): readonly Problem[] {
  const classes = task === 'binary-classification' ? ['0', '1'] : (prediction?.classes ?? null);
  return expect.flatMap((check): readonly Problem[] => {
    const at = [...path, 'expect'];
    if (check.kind !== 'equal-to' && !possible[task].includes(check.kind)) {
      const words = possible[task].map((kind) => wordOf[kind]).join(', ');
      const message = `"${wordOf[check.kind]}" of the case "${name}" cannot be asked of the task ${task}`;
      return [problem(at, message, `${words}, equal-to`, `Expect one of ${words}, equal-to.`)];
    }
    const unknown =
      'class' in check && classes !== null && !classes.includes(check.class) ? check.class : null;
    if (unknown !== null) return [noClass([...at, 'class'], unknown, classes ?? [])];
    return 'of' in check ? checkOf(check.of, task, classes, at) : [];
  });
}

function checkOf(
  of: string | null,
  task: Task,
  classes: readonly string[] | null,
  at: Path,
): readonly Problem[] {
  if (task !== 'multiclass-classification') {
    if (of === null) return [];
    const message = `"of" names a class, and a model of the task ${task} has none to choose`;
    return [problem([...at, 'of'], message, 'no "of"', 'Remove "of".')];
  }
  if (of === null) {
    const message = 'of many classes it is not said whose probability is meant';
    return [problem(at, message, '"of" with the name of a class', 'Add "of: <class>".')];
  }
  return classes === null || classes.includes(of) ? [] : [noClass([...at, 'of'], of, classes)];
}

const noClass = (path: Path, found: string, classes: readonly string[]): Problem =>
  problem(
    path,
    `the model has no class "${found.slice(0, 80)}"`,
    classes.join(', '),
    `Write one of ${classes.join(', ')}.`,
  );

const problem = (path: Path, message: string, allowed: string, fix: string): Problem => ({
  code: 'config/behaviour',
  message,
  path,
  allowed,
  fix,
});
