import type { Path } from '../config/position.ts';
import { isRecord } from '../config/yaml-node.ts';
import type { Workflow } from './workflow.ts';

/** A text of a file, with its place. */
export interface PlacedText {
  readonly path: Path;
  readonly text: string;
}

/** Every text below a value, in the order of the file. */
export function textsIn(value: unknown, path: Path): readonly PlacedText[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item: unknown, at) => textsIn(item, [...path, at]));
  return isRecord(value) ? Object.entries(value).flatMap(([key, item]) => textsIn(item, [...path, key])) : [];
}

/**
 * Texts that GitHub evaluates: those with `${{`, and every condition. Names are compared without case there, so every
 * pattern held against them must be too.
 * @see https://docs.github.com/actions/reference/workflows-and-actions/expressions
 */
export const expressionsOf = (workflow: Workflow): readonly PlacedText[] =>
  textsIn(workflow.fields, []).filter(({ path, text }) => text.includes('${{') || path.at(-1) === 'if');

/** Conditions of jobs and steps. */
export const conditionsOf = ({ jobs, steps }: Workflow): readonly PlacedText[] =>
  [...jobs, ...steps].flatMap(({ path, fields }) =>
    typeof fields.if === 'string' ? [{ path: [...path, 'if'], text: fields.if }] : [],
  );

/** True when an expression below a value names a secret. What stands in a string of an expression counts, too. */
export const namesSecret = (value: unknown): boolean =>
  textsIn(value, []).some(({ text }) => text.includes('${{') && /\bsecrets\b/i.test(text));
