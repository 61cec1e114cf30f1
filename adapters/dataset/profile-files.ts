import type { ColumnType } from '../../core/config/contract.ts';
import { guessTypes } from '../../core/dataset/infer-type.ts';
import type { FileProblem, Measured } from '../../core/dataset/measured.ts';
import type { CheckPlan } from '../../core/dataset/plan.ts';
import { InputError } from '../../core/error/error.ts';
import type { ColumnProfile, Profile } from '../../core/profile/profile.ts';
import type { DataEngine, DataFile, Progress } from '../engine/engine.ts';

/** What to profile by: types that a contract gives, or types that are found. */
export type Types = ReadonlyMap<string, ColumnType> | 'find';

/**
 * Profiles files without the rules of a contract.
 *
 * Types are found in passes: all columns as text, then by the narrowest type that fits what was seen; a column with a
 * cell that is no value of it goes to its next type. Text takes everything, so this ends.
 * @returns the profile in file order, private columns whole: it stays on this machine
 * @throws InputError DATA_UNREADABLE; ServiceError ENGINE_FAILED
 */
export async function profileFiles(
  engine: DataEngine,
  files: readonly DataFile[],
  types: Types = 'find',
  onProgress?: (progress: Progress) => void,
): Promise<Profile> {
  const run = async (columns: ReadonlyMap<string, ColumnType>, distinct: readonly string[]) => {
    const measured = await engine.profile(toPlan(columns, distinct), files, onProgress ? { onProgress } : {});
    return requireProfile(measured);
  };
  const headers = requireHeaders(await engine.profile(toPlan(new Map(), []), files));
  if (types !== 'find') {
    const known = headers.filter((name) => types.has(name));
    return run(new Map(known.map((name) => [name, types.get(name) ?? 'text'])), []);
  }
  const asText = await run(new Map(headers.map((name) => [name, 'text'])), []);
  let left = new Map(asText.columns.map((column) => [column.name, candidatesOf(column)]));
  for (;;) {
    const now = new Map([...left].map(([name, [type]]) => [name, type ?? refuseColumn(name)]));
    const keys = [...now].filter(([, type]) => type === 'integer' || type === 'text').map(([name]) => name);
    const profile = await run(now, keys);
    const wrong = new Set(profile.columns.filter(({ unreadable }) => unreadable > 0).map(({ name }) => name));
    if (wrong.size === 0) return profile;
    // One type less for each of them: this ends.
    left = new Map([...left].map(([name, types]) => [name, wrong.has(name) ? types.slice(1) : types]));
  }
}

/** Files with types of their own (Parquet) have columns that are no text at all. */
function candidatesOf(asText: ColumnProfile): readonly ColumnType[] {
  return asText.unreadable > 0 ? ['integer', 'number', 'timestamp', 'boolean'] : guessTypes(asText);
}

function refuseColumn(name: string): never {
  throw new InputError(
    'DATA_UNREADABLE',
    `the cells of the column "${name}" are of no one type that a contract knows`,
    {
      hint: 'Write all of them as whole numbers, numbers, texts, timestamps or booleans: in JSON lines 1776 is a number and "1776" a text. Lists and structures are not checked.',
    },
  );
}

/** Every cell is read as it is: no rule, no example. */
function toPlan(columns: ReadonlyMap<string, ColumnType>, distinct: readonly string[]): CheckPlan {
  return {
    columns: [...columns].map(([column, type]) => ({ column, type, showValues: true })),
    rules: [],
    examples: 0,
    distinct,
  };
}

function requireHeaders({ files, problems }: Measured): readonly string[] {
  const [first, ...others] = files;
  const [problem] = problems;
  if (problem !== undefined || first === undefined) throw unreadable(problem);
  const names = [...new Set(first.columns)];
  const odd = others.find(({ columns }) => names.some((name) => !columns.includes(name)));
  if (odd === undefined && names.length === first.columns.length) return names;
  const because =
    odd === undefined ? 'its header names a column twice' : `it lacks a column that ${first.path} has`;
  throw unreadable({ path: (odd ?? first).path, line: 1, because });
}

function requireProfile({ profile, problems }: Measured): Profile {
  if (profile !== null) return profile;
  throw unreadable(problems[0]);
}

function unreadable(problem: FileProblem | undefined): InputError {
  const { path, line, because } = problem ?? {
    path: 'the data',
    line: null,
    because: 'nothing was measured',
  };
  const at = line === null ? '' : ` at line ${line}`;
  return new InputError('DATA_UNREADABLE', `${path} cannot be read${at}: ${because}`, {
    hint: 'Name whole tables with one header: CSV, JSON Lines or Parquet.',
    where: { file: path, ...(line === null ? {} : { line }) },
  });
}
