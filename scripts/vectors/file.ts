import { z } from 'zod';
import type { Arguments } from './arguments.ts';
import type { Tolerance } from './compare.ts';

export interface VectorCase {
  readonly id: string;
  readonly fn: string;
  readonly args: Arguments;
  readonly expected: unknown;
  readonly tol: Tolerance;
  /** Why the case cannot be run; null when it can. */
  readonly fault: string | null;
}

/** A file of reference vectors whose references are resolved. */
export interface VectorFile {
  /** At least one. */
  readonly cases: readonly VectorCase[];
}

const fileForm = z.object({
  datasets: z.record(z.string(), z.array(z.unknown())).default({}),
  cases: z.array(z.unknown()).min(1, 'it has no case'),
});

const caseForm = z.object({
  id: z.string().min(1),
  fn: z.string().min(1),
  args: z.record(z.string(), z.unknown()),
  expected: z.unknown().refine((value) => value !== undefined, 'missing'),
  tol: z.object({ rel: z.number().nonnegative(), abs: z.number().nonnegative() }),
});

/**
 * Reads a file of reference vectors.
 * @throws Error when it is not JSON, not of the form, or has no case: a check of nothing must not pass
 */
export function parseVectors(text: string): VectorFile {
  const file = fileForm.parse(JSON.parse(text));
  const seen = new Set<string>();
  const cases = file.cases.map((raw, at) => {
    const parsed = caseForm.safeParse(raw);
    if (!parsed.success) return toFaulty(raw, at, z.prettifyError(parsed.error).replaceAll('\n', ' '));
    const { id } = parsed.data;
    if (seen.has(id)) return toFaulty(raw, at, 'another case has the same id');
    seen.add(id);
    try {
      return { ...parsed.data, args: resolveArguments(parsed.data.args, file.datasets), fault: null };
    } catch (error) {
      return toFaulty(raw, at, (error as Error).message);
    }
  });
  return { cases };
}

function toFaulty(raw: unknown, at: number, fault: string): VectorCase {
  const { id, fn } = Object(raw) as { readonly id?: unknown; readonly fn?: unknown };
  return {
    id: typeof id === 'string' ? id : `case ${at + 1}`,
    fn: typeof fn === 'string' ? fn : 'no function',
    args: {},
    expected: null,
    tol: { rel: 0, abs: 0 },
    fault,
  };
}

type Datasets = Readonly<Record<string, readonly unknown[]>>;

const negatedKey = /^(.+)_negated_of$/;

/** Puts the lists where `$ref` names them, and `score` where `score_negated_of` is given. */
function resolveArguments(args: Arguments, datasets: Datasets): Arguments {
  return Object.fromEntries(
    Object.entries(args).map(([key, value]) => {
      const resolved = resolve(value, datasets);
      const name = negatedKey.exec(key)?.[1];
      if (name === undefined) return [key, resolved];
      if (!Array.isArray(resolved)) throw new Error(`${key} is no list`);
      return [name, resolved.map((one) => -Number(one))];
    }),
  );
}

function resolve(value: unknown, datasets: Datasets): unknown {
  if (Array.isArray(value)) return value.map((one) => resolve(one, datasets));
  if (typeof value !== 'object' || value === null) return value;
  const { $ref } = value as { readonly $ref?: unknown };
  if (typeof $ref === 'string') {
    const list = Object.hasOwn(datasets, $ref) ? datasets[$ref] : undefined;
    if (list === undefined) throw new Error(`no data set is called ${$ref}`);
    return list;
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(one, datasets)]));
}
