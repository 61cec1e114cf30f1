import type { z } from 'zod';
import { InputError } from '../error/error.ts';
import { type Finding, isFailure } from '../finding/finding.ts';
import { mostProblems, type Problem, problemsOf, toFinding } from './problem.ts';
import { readSource } from './source.ts';
import type { Source } from './yaml-node.ts';

export interface Parsed<T> {
  readonly value: T;
  readonly source: Source;
  /** Advice: nothing here makes the file invalid. */
  readonly warnings: readonly Finding[];
}

/**
 * Reads a configuration file against its schema.
 * @param empty what a file without any value means; absent: an error.
 * @throws InputError CONFIG_INVALID with every problem as a finding.
 */
export function parseFile<T>(text: string, file: string, schema: z.ZodType<T>, empty?: unknown): Parsed<T> {
  const read = readSource(text, file);
  if (read.kind === 'unreadable') throw invalid(file, read.findings);
  const { source } = read;
  const value = source.value === null && empty !== undefined ? empty : source.value;
  const result = schema.safeParse(value);
  const problems = result.success ? [] : problemsOf(schema, value, result.error.issues);
  const findings = [...read.findings, ...problems.map((problem) => toFinding(source, problem))];
  if (!result.success || findings.some(isFailure)) throw invalid(file, findings);
  return { value: result.data, source, warnings: findings };
}

/** Throws when there is a problem that the schema alone cannot see. */
export function refuseProblems(source: Source, problems: readonly Problem[]): void {
  if (problems.length > 0)
    throw invalid(
      source.file,
      problems.map((problem) => toFinding(source, problem)),
    );
}

export function invalid(file: string, findings: readonly Finding[]): InputError {
  const all = dropDoubled([...findings].sort(byPlace));
  const failures = all.filter(isFailure);
  const advice = all.filter((finding) => !isFailure(finding));
  const sorted = [...failures.slice(0, mostProblems), ...advice.slice(0, mostProblems)].sort(byPlace);
  const first = failures[0] ?? sorted[0];
  const place =
    first?.where?.line === undefined ? file : `${file}:${first.where.line}:${first.where.column ?? 1}`;
  const more = failures.length > 1 ? ` (and ${failures.length - 1} more)` : '';
  return new InputError('CONFIG_INVALID', `${place} ${first?.message ?? 'is not valid'}${more}`, {
    hint: first?.fix ?? 'Mend the file.',
    ...(first?.where === undefined ? {} : { where: first.where }),
    findings: sorted,
  });
}

/** One place, one complaint: a value refused by the reader is refused again by the schema. */
function dropDoubled(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ where, severity }) => {
    if (severity !== 'fail' || where?.pointer === undefined || where.pointer === '') return true;
    const key = `${where.line}:${where.column}:${where.pointer}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function byPlace(a: Finding, b: Finding): number {
  return (a.where?.line ?? 0) - (b.where?.line ?? 0) || (a.where?.column ?? 0) - (b.where?.column ?? 0);
}
