import { CORE_SCHEMA, load } from 'js-yaml';
import { InputError } from '../../core/error/error.ts';
import type { ParameterValue } from '../../core/evidence/evidence.ts';
import { parseStrictJson } from '../../core/json/strict.ts';
import { flattenParameters } from '../../core/training/parameter-values.ts';
import { readOutput } from '../training/output.ts';

export interface ReadParameters {
  readonly values: Readonly<Record<string, ParameterValue>>;
  /** Sentences for the log: what was not recorded. */
  readonly notes: readonly string[];
}

/**
 * Reads the parameter files of a training, flattened. A name that two files have is told with its file.
 * @param paths `train.parameters` of model.yml, JSON or YAML
 * @throws InputError PARAMETERS_INVALID with the file when one is missing or cannot be read
 */
export async function readParameterFiles(
  workspace: string,
  paths: readonly string[],
): Promise<ReadParameters> {
  const values = new Map<string, ParameterValue>();
  const notes: string[] = [];
  for (const path of paths) {
    const flat = flattenParameters(parse(await readText(workspace, path), path));
    if (!flat.complete)
      notes.push(`${path}: only its first ${Object.keys(flat.values).length} values are recorded`);
    for (const [name, value] of Object.entries(flat.values)) {
      values.set(values.has(name) ? `${path}:${name}` : name, value);
    }
  }
  return { values: Object.fromEntries(values), notes };
}

/**
 * Reads the parameters that a command left as `parameters.json` in its output folder; none is none.
 * @throws InputError JSON_INVALID, ARTIFACT_KIND
 */
export async function readWrittenParameters(
  outputFolder: string,
): Promise<Readonly<Record<string, ParameterValue>>> {
  const name = 'parameters.json';
  const text = await readOutput(outputFolder, name).catch((error: unknown) => {
    if (error instanceof InputError && error.code === 'METRICS_MISSING') return null;
    throw error;
  });
  return text === null ? {} : flattenParameters(parseStrictJson(text, name)).values;
}

async function readText(workspace: string, path: string): Promise<string> {
  try {
    return await readOutput(workspace, path);
  } catch (cause) {
    throw refuse(path, 'is no plain file of this commit of at most 1 MiB', cause);
  }
}

/** The core schema makes no dates, no functions, no objects of classes. */
function parse(text: string, path: string): unknown {
  try {
    return path.endsWith('.json')
      ? parseStrictJson(text, path)
      : load(text, { schema: CORE_SCHEMA, filename: path });
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw refuse(
      path,
      `is no YAML: ${cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : ''}`,
      cause,
    );
  }
}

function refuse(path: string, what: string, cause: unknown): InputError {
  return new InputError('PARAMETERS_INVALID', `${path} ${what}`, {
    hint: 'Mend the file, or take it out of train.parameters in model.yml.',
    where: { file: path },
    cause,
  });
}
