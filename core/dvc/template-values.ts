import { InputError } from '../error/error.ts';
import type { FieldReader } from './field-reader.ts';
import { type DvcMap, type DvcNode, getValue, textOf } from './node.ts';
import { parseParameters } from './parameters.ts';
import { folderOf, joinPath } from './path.ts';
import { isTemplate, mergeValues, refuse, type TemplatePlace } from './template.ts';

/** Reads a file of the repository; null when there is none. Answers the same when asked again. */
export type ReadText = (path: string) => string | null;

const defaultFile = 'params.yaml';

/** The values that templates of a dvc.yaml see, and which files they came from. */
export interface TemplateValues {
  readonly values: DvcMap;
  /** By path; null: the whole file, else its keys. */
  readonly files: ReadonlyMap<string, readonly string[] | null>;
}

const nothing: TemplateValues = { values: { kind: 'map', entries: [] }, files: new Map() };

/**
 * The values that hold for all stages: params.yaml beside dvc.yaml where there is one, then `vars`.
 * @throws InputError DVC_TEMPLATE, DVC_PARAMETERS, DVC_UNSUPPORTED
 * @see https://github.com/iterative/dvc dvc/parsing/context.py load_from_vars
 */
export function readGlobalValues(top: FieldReader, vars: readonly DvcNode[], read: ReadText): TemplateValues {
  const { file } = top.subject;
  const folder = folderOf(file);
  const own = joinPath(folder, defaultFile) ?? defaultFile;
  const text = read(own);
  const first =
    text === null ? nothing : { values: parseParameters(text, own), files: new Map([[own, null]]) };
  return addValues(first, vars, folder, read, { file, place: 'vars' });
}

/**
 * Adds what `vars` names: maps of values, and files as `params.yaml` or `params.yaml:seed,train`.
 * @param folder where the paths begin
 * @throws InputError DVC_TEMPLATE, DVC_PARAMETERS, DVC_UNSUPPORTED
 */
export function addValues(
  known: TemplateValues,
  vars: readonly DvcNode[],
  folder: string,
  read: ReadText,
  at: TemplatePlace,
): TemplateValues {
  let { values } = known;
  const files = new Map(known.files);
  for (const item of vars) {
    if (holdsTemplate(item)) throw refuse(at, 'templates are not filled in where values are set');
    if (item.kind === 'map') values = mergeValues(values, item, at);
    else if (item.kind !== 'text') throw refuse(at, 'it holds what is no file and no map');
    else values = mergeValues(values, readFileValues(item.value, folder, read, files, at), at);
  }
  return { values, files };
}

function readFileValues(
  item: string,
  folder: string,
  read: ReadText,
  files: Map<string, readonly string[] | null>,
  at: TemplatePlace,
): DvcMap {
  const [name = '', words = ''] = item.split(/:(.*)/s);
  const keys = words.split(',').filter((key) => key !== '');
  const path = joinPath(folder, name);
  if (path === null) throw refuse(at, `"${name}" is no file of the repository`);
  const known = files.get(path);
  if (known === null && keys.length === 0) return { kind: 'map', entries: [] };
  if (
    known !== undefined &&
    (known === null || keys.length === 0 || keys.some((key) => known.includes(key)))
  ) {
    throw refuse(at, `"${item}" is taken in already`);
  }
  files.set(path, keys.length === 0 ? null : [...(known ?? []), ...keys]);
  const text = read(path);
  if (text === null) throw missing(path, at);
  const all = parseParameters(text, path);
  return keys.length === 0 ? all : pickKeys(all, keys, path, at);
}

function pickKeys(all: DvcMap, keys: readonly string[], path: string, at: TemplatePlace): DvcMap {
  const absent = keys.find((key) => getValue(all, key) === undefined);
  if (absent !== undefined) throw refuse(at, `there is no "${absent}" in ${path}`);
  return { kind: 'map', entries: all.entries.filter(({ key }) => keys.includes(textOf(key))) };
}

function holdsTemplate(node: DvcNode): boolean {
  if (node.kind === 'list') return node.items.some(holdsTemplate);
  if (node.kind === 'map') {
    return node.entries.some(({ key, value }) => isTemplate(key) || holdsTemplate(value));
  }
  return isTemplate(node);
}

function missing(path: string, { file, place }: TemplatePlace): InputError {
  return new InputError('DVC_TEMPLATE', `${place} of ${file} names ${path}, which is not there`, {
    hint: `Commit ${path}, or take it out of ${file}.`,
    where: { file },
  });
}
