import type { DvcEntryFacts } from './entry.ts';
import type { LockedStage } from './lock.ts';
import { type DvcMap, type DvcNode, getValue, textOf } from './node.ts';
import { equalValues, findParameter } from './parameters.ts';
import type { ParameterUse } from './pipeline.ts';
import { normalizePlain } from './plain-scalar.ts';
import { writePythonJson } from './python-json.ts';
import type { RunnableStage, StageOutput } from './stage-list.ts';

export type Md5Recipe = 'md5' | 'md5-dos2unix';

/** What lies in the workspace now. */
export interface WorkspaceFacts {
  /** MD5 of a file or (with `.dir`) folder by its path in the repository; null when nothing is there. */
  readonly digestOf: (at: string, recipe: Md5Recipe) => string | null;
  /** Values of a parameter file; null when it is not there. */
  readonly parametersOf: (at: string) => DvcMap | null;
}

/** What speaks for running one stage again. */
export interface StageState {
  /** In words; empty: it is as it was. */
  readonly reasons: readonly string[];
  /** Dependencies that are not there. */
  readonly missingDependencies: readonly MissingDependency[];
  /** Outputs that are not there and that the lock names, so that a remote may have them. */
  readonly missingOutputs: readonly { readonly output: StageOutput; readonly entry: DvcEntryFacts }[];
}

export interface MissingDependency {
  readonly path: string;
  readonly at: string;
  /** What it was when the stage last ran. */
  readonly md5: string;
}

const maxValueLength = 60;

/**
 * Compares a stage with what it was when it last ran.
 * @param locked its entry in dvc.lock; undefined: it never ran
 */
export function judgeStage(
  stage: RunnableStage,
  locked: LockedStage | undefined,
  facts: WorkspaceFacts,
): StageState {
  if (locked === undefined) {
    return { reasons: ['never run'], missingDependencies: [], missingOutputs: [] };
  }
  const reasons: string[] = [];
  if (stage.alwaysChanged) reasons.push('always runs (always_changed)');
  // DVC runs a stage that neither reads nor writes anything each time.
  if (stage.dependencies.length + stage.parameters.length + stage.outputs.length === 0) {
    reasons.push('always runs (it names no dependencies and no outputs)');
  }
  if (!sameCommand(stage, locked)) reasons.push('command changed');
  const missingDependencies: MissingDependency[] = [];
  for (const { path, at } of stage.dependencies) {
    const reason = judgeEntry(findEntry(locked.dependencies, path), at, facts, `deps ${path}`);
    if (reason?.kind === 'missing') missingDependencies.push({ path, at, md5: reason.md5 });
    else if (reason !== null) reasons.push(reason.text);
  }
  for (const use of stage.parameters) reasons.push(...judgeParameters(use, locked, facts));
  const missingOutputs: StageState['missingOutputs'][number][] = [];
  for (const output of stage.outputs) {
    const entry = findEntry(locked.outputs, output.path);
    const reason = judgeEntry(entry, output.at, facts, `output ${output.path}`);
    if (reason?.kind === 'missing' && output.kept) missingOutputs.push({ output, entry: reason.entry });
    else if (reason !== null) reasons.push(reason.text);
  }
  return { reasons, missingDependencies, missingOutputs };
}

function sameCommand(stage: RunnableStage, locked: LockedStage): boolean {
  const { command, commandIsList = command.length > 1 } = locked;
  return (
    commandIsList === stage.commandIsList &&
    command.length === stage.command.length &&
    command.every((line, index) => line === stage.command[index])
  );
}

function findEntry(entries: readonly DvcEntryFacts[], path: string): DvcEntryFacts | undefined {
  return entries.find((entry) => entry.path === path);
}

type EntryReason =
  | { readonly kind: 'changed'; readonly text: string }
  | { readonly kind: 'missing'; readonly text: string; readonly entry: DvcEntryFacts; readonly md5: string };

/** A digest that is no MD5 cannot be compared, which is no proof that nothing has changed. */
function judgeEntry(
  entry: DvcEntryFacts | undefined,
  at: string,
  { digestOf }: WorkspaceFacts,
  name: string,
): EntryReason | null {
  if (entry === undefined || entry.hash === null) return { kind: 'changed', text: `${name} is new` };
  const { hash } = entry;
  if (hash.kind !== 'md5' && hash.kind !== 'md5-dos2unix') {
    return { kind: 'changed', text: `${name} cannot be compared (${hash.kind})` };
  }
  const found = digestOf(at, hash.kind);
  if (found === null) return { kind: 'missing', text: `${name} missing`, entry, md5: hash.value };
  return found === hash.value ? null : { kind: 'changed', text: `${name} changed` };
}

/** One reason for each value that changed: "params.yaml: train.lr 0.1 -> 0.2". */
function judgeParameters(
  use: RunnableStage['parameters'][number],
  locked: LockedStage,
  facts: WorkspaceFacts,
): readonly string[] {
  const values = facts.parametersOf(use.at);
  if (values === null) return [`${use.file} missing`];
  const before = locked.parameters.get(use.file) ?? null;
  if (before === null) return [`${use.file} is new`];
  const names = use.keys ?? [...new Set([...namesOf(values), ...namesOf(before)])];
  return names.flatMap((key) => {
    const was = getValue(before, key);
    const is = findValue(values, key, use);
    if (was === undefined) return is === undefined ? [] : [`${use.file}: ${key} is new`];
    if (is === undefined) return [`${use.file}: ${key} is gone`];
    return equalValues(was, is) ? [] : [`${use.file}: ${key} ${showValue(was)} -> ${showValue(is)}`];
  });
}

/** Of a whole file the keys are its own, and dots in them mean nothing. */
export function findValue(values: DvcMap, key: string, use: ParameterUse): DvcNode | undefined {
  return use.keys === null ? getValue(values, key) : findParameter(values, key);
}

function namesOf({ entries }: DvcMap): readonly string[] {
  return entries.map(({ key }) => textOf(key));
}

function showValue(node: DvcNode): string {
  const text = writeShort(node);
  return text.length <= maxValueLength ? text : `${text.slice(0, maxValueLength - 1)}…`;
}

function writeShort(node: DvcNode): string {
  if (node.kind === 'text') return node.value;
  if (node.kind === 'plain') return node.type === 'null' ? 'null' : normalizePlain(node).text;
  try {
    return writePythonJson(node);
  } catch {
    // A date inside a list has no JSON.
    return node.kind;
  }
}
