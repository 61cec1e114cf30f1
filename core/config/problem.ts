import { z } from 'zod';
import type { Finding, Position } from '../finding/finding.ts';
import { type Path, pointerOf, positionOf } from './position.ts';
import { suggest } from './suggestion.ts';
import { fixType, wordOfType } from './type-fix.ts';
import { excerptOf, isRecord, type Source } from './yaml-node.ts';

/** Nobody reads more at once, and finding the place of each costs time: the text is pull-request controlled. */
export const mostProblems = 50;

/** Says what is wrong at a place of a file. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly path: Path;
  /** Point at the key (unknown or missing keys) or at the value. */
  readonly at?: 'key' | 'value';
  /** A place inside a text: UTF-16 index in the value. */
  readonly within?: { readonly text: string; readonly offset: number };
  readonly found?: string;
  readonly allowed?: string;
  readonly fix: string;
  /** An unknown key: the key that was probably meant. */
  readonly meant?: string;
  /** A missing key: its name. */
  readonly missing?: string;
  /** True: a map that asks for nothing. */
  readonly empty?: boolean;
}

/** Adds position and line to a problem. */
export function toFinding(source: Source, problem: Problem): Finding {
  const where = refine(source, positionOf(source, problem.path, problem.at ?? 'value'), problem);
  return {
    code: problem.code,
    severity: 'fail',
    message: problem.message,
    where,
    excerpt: excerptOf(source.lines, where.line ?? 1),
    ...(problem.found === undefined ? {} : { found: problem.found }),
    ...(problem.allowed === undefined ? {} : { allowed: problem.allowed }),
    fix: problem.fix,
  };
}

/** Moves to the place inside a text where the text stands on its line as it is read; else its beginning is near enough. */
function refine(source: Source, where: Position, { within }: Problem): Position {
  if (within === undefined) return where;
  const column = where.column ?? 1;
  const at = source.lines[(where.line ?? 1) - 1]?.indexOf(within.text, column - 1) ?? -1;
  return at < 0 ? where : { ...where, column: at + within.offset + 1 };
}

type Issue = z.core.$ZodIssue;

/** Turns what the schema complains about into problems that a person can mend. */
export function problemsOf(schema: z.ZodType, value: unknown, issues: readonly Issue[]): readonly Problem[] {
  const problems = issues.slice(0, mostProblems).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return unknownKeys(keysAt(schema, issue.path, value), issue.path, issue.keys.slice(0, mostProblems));
    }
    const found = valueAt(value, issue.path);
    if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
      return [notOneOf(issue.path, found, choicesAt(schema, issue.path.slice(0, -1)))];
    }
    if (issue.code === 'invalid_type' && found === undefined) return [missingKey(issue.path)];
    if (found === null && issue.path.length === 0) return [emptyFile(keysAt(schema, []))];
    if (issue.code === 'invalid_type') {
      return [wrongType(issue.path, found, issue.expected, keysAt(schema, issue.path))];
    }
    if (issue.code === 'invalid_value') return [notOneOf(issue.path, found, issue.values)];
    if (issue.code === 'invalid_key')
      return [wrongKey(issue.path, issue.issues[0]?.message ?? issue.message)];
    if (issue.code === 'custom' && typeof issue.params?.says === 'string') {
      return [saidOf(issue.path, found, issue.message, issue.params.says)];
    }
    return [notAllowed(issue.path, found, issue.message)];
  });
  return dropEmptied(dropMisspelt(problems));
}

/** A misspelt key is missing too: one complaint is enough. */
function dropMisspelt(problems: readonly Problem[]): readonly Problem[] {
  const meant = new Set(
    problems.flatMap(({ meant: key, path }) => (key ? [pointerOf([...path.slice(0, -1), key])] : [])),
  );
  return problems.filter(
    ({ missing, path }) => missing === undefined || !meant.has(pointerOf([...path, missing])),
  );
}

/** What asks for nothing may ask by a key that is misspelt: that one is told. */
function dropEmptied(problems: readonly Problem[]): readonly Problem[] {
  const unknown = new Set(
    problems.flatMap(({ code, path }) =>
      code === 'config/unknown-key' ? [pointerOf(path.slice(0, -1))] : [],
    ),
  );
  return problems.filter(({ empty, path }) => empty !== true || !unknown.has(pointerOf(path)));
}

/** A fault that the schema says in its own words. */
const saidOf = (path: Path, found: unknown, allowed: string, says: string): Problem => ({
  code: 'config/value',
  message: `${nameOf(path)} ${says}`,
  path,
  found: describeValue(found),
  allowed,
  fix: `Write ${allowed}.`,
  ...(says === asksNothing ? { empty: true, fix: `Add ${allowed}.` } : {}),
});

/** Said of a map in which nothing is asked for. */
export const asksNothing = 'asks for nothing';

/** `minimum` for `min`: too far for a slip of the finger. */
const findShort = (key: string, known: readonly string[]): string | null =>
  known.find((short) => short.length > 2 && key.startsWith(short) && /^[a-z]+$/.test(key)) ?? null;

function unknownKeys(known: readonly string[], path: Path, keys: readonly string[]): readonly Problem[] {
  return keys.map((key) => {
    const meant = suggest(key, known) ?? findShort(key, known);
    return {
      code: 'config/unknown-key',
      message: `unknown key "${key}"${inPlace(path)}${meant === null ? '' : `. Did you mean "${meant}"?`}`,
      path: [...path, key],
      at: 'key',
      found: key,
      allowed: known.join(', '),
      fix:
        meant === null
          ? `Remove "${key}" or write one of the allowed keys.`
          : `Write "${meant}" instead of "${key}".`,
      ...(meant === null ? {} : { meant }),
    };
  });
}

function missingKey(path: Path): Problem {
  const key = String(path.at(-1) ?? '');
  return {
    code: 'config/missing-key',
    message: `the key "${key}" is missing${inPlace(path.slice(0, -1))}`,
    path: path.slice(0, -1),
    at: 'key',
    found: 'nothing',
    allowed: `"${key}" is required`,
    fix: `Add "${key}: ...".`,
    missing: key,
  };
}

const emptyFile = (keys: readonly string[]): Problem => ({
  code: 'config/empty',
  message: 'the file is empty',
  path: [],
  found: 'nothing',
  allowed: keys.join(', '),
  fix: 'Write the required keys of this file.',
});

function wrongType(path: Path, found: unknown, expected: string, keys: readonly string[]): Problem {
  const wanted = wordOfType(expected);
  return {
    code: 'config/wrong-type',
    message: `${nameOf(path)} is ${describeValue(found)}, but ${wanted} is needed`,
    path,
    found: describeValue(found),
    allowed: wanted,
    fix: fixType(path, found, expected, keys),
  };
}

function notOneOf(path: Path, found: unknown, values: readonly unknown[]): Problem {
  if (found === undefined) return missingKey(path);
  const words = values.map(String);
  const meant = typeof found === 'string' ? suggest(found, words) : null;
  return {
    code: 'config/value',
    message: `${nameOf(path)} is ${describeValue(found)}${meant === null ? '' : `. Did you mean "${meant}"?`}`,
    path,
    found: describeValue(found),
    allowed: words.join(', '),
    fix: `Write ${meant ?? (words.length === 1 ? words[0] : `one of ${words.join(', ')}`)}.`,
  };
}

function wrongKey(path: Path, allowed: string): Problem {
  const key = String(path.at(-1) ?? '');
  return {
    code: 'config/name',
    message: `"${key}" is not a name that can be used here${inPlace(path.slice(0, -1))}`,
    path,
    at: 'key',
    found: key,
    allowed,
    fix: 'Rename it.',
  };
}

function notAllowed(path: Path, found: unknown, message: string): Problem {
  if (found === undefined && path.length > 0) return missingKey(path);
  return {
    code: 'config/value',
    message:
      isRecord(found) && !isEmpty(found)
        ? `${nameOf(path)} needs ${message}`
        : `${nameOf(path)} is ${describeValue(found)}, which is not allowed`,
    path,
    found: describeValue(found),
    allowed: message,
    fix: `Write ${message}.`,
  };
}

/**
 * The keys that an object of the schema has at a path; none where it is not an object.
 * @param value the file: where the schema has several kinds of object, it says which one is there
 */
export function keysAt(schema: z.ZodType, path: Path, value?: unknown): readonly string[] {
  const at = schemaAt(schema, path);
  if (!(at instanceof z.ZodDiscriminatedUnion)) return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
  const key = at.def.discriminator;
  const kind = valueAt(value, [...path, key]);
  const option = optionsOf(at).find((shape) => kindsOf(shape[key]).includes(kind));
  return Object.keys(option ?? {});
}

/** The kinds of object that may stand at a path. */
function choicesAt(schema: z.ZodType, path: Path): readonly unknown[] {
  const at = schemaAt(schema, path);
  if (!(at instanceof z.ZodDiscriminatedUnion)) return [];
  return optionsOf(at).flatMap((shape) => kindsOf(shape[at.def.discriminator]));
}

const optionsOf = (union: z.ZodDiscriminatedUnion): readonly Readonly<Record<string, unknown>>[] =>
  union.options.flatMap((option) => (option instanceof z.ZodObject ? [option.shape] : []));
const kindsOf = (schema: unknown): readonly unknown[] =>
  schema instanceof z.ZodLiteral ? [...schema.values] : [];

function schemaAt(schema: z.ZodType, path: Path): unknown {
  let at: unknown = schema;
  for (const part of path) {
    at = unwrap(at);
    if (at instanceof z.ZodObject) at = at.shape[String(part)];
    else if (at instanceof z.ZodArray) at = at.element;
    else if (at instanceof z.ZodRecord) at = at.valueType;
    else return undefined;
  }
  return unwrap(at);
}

function unwrap(schema: unknown): unknown {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault || inner instanceof z.ZodNullable) {
    inner = inner.unwrap();
  }
  return inner;
}

const isEmpty = (map: object): boolean => Object.keys(map).length === 0;

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, part) => {
    if (Array.isArray(at)) return at[Number(part)] as unknown;
    return isRecord(at) && Object.hasOwn(at, part) ? at[String(part)] : undefined;
  }, value);
}

function describeValue(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object')
    return Object.keys(value ?? {}).length === 0 ? 'an empty map' : 'a map of keys';
  if (typeof value === 'string')
    return `the text "${value.length > 80 ? `${value.slice(0, 80)}...` : value}"`;
  return String(value);
}

/** `gates[0].min`: the way people say it. */
export function nameOf(path: Path): string {
  if (path.length === 0) return 'the file';
  return path.reduce<string>((name, part) => {
    if (typeof part === 'number') return `${name}[${part}]`;
    return name === '' ? String(part) : `${name}.${String(part)}`;
  }, '');
}

const inPlace = (path: Path): string => (path.length === 0 ? '' : ` in ${nameOf(path)}`);
