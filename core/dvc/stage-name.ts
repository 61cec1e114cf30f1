import type { FieldReader } from './field-reader.ts';
import { type DvcNode, type DvcScalar, textOf } from './node.ts';
import { normalizePlain } from './plain-scalar.ts';

/** A pipeline that expands to more stages than this is taken for a mistake. */
const maxNames = 100_000;

/**
 * The names of the stages that one entry of `stages` stands for.
 * @returns null when a template decides them
 * @throws InputError when they are more than 100,000
 * @see https://dvc.org/doc/user-guide/project-structure/dvcyaml-files#foreach-stages
 */
export function expandNames(name: string, stage: FieldReader): readonly string[] | null {
  const each = stage.get('foreach');
  if (each !== undefined) return expandEach(each)?.map((key) => `${name}@${key}`) ?? null;
  const matrix = stage.child('matrix');
  return matrix === null ? [name] : expandMatrix(name, matrix);
}

function expandEach(node: DvcNode): readonly string[] | null {
  if (isTemplate(node)) return null;
  if (node.kind === 'map') return node.entries.map(({ key }) => toPython(key));
  if (node.kind !== 'list') return null;
  if (node.items.some(isTemplate)) return null;
  // One map or list among the items, and all of them are numbered.
  const composite = node.items.some(({ kind }) => kind === 'map' || kind === 'list');
  return node.items.map((item, at) =>
    composite || item.kind === 'map' || item.kind === 'list' ? String(at) : toPython(item),
  );
}

/** Every combination, the last key turning fastest. */
function expandMatrix(name: string, matrix: FieldReader): readonly string[] | null {
  let names: readonly string[] = [''];
  for (const { key, value } of matrix.map.entries) {
    if (value.kind !== 'list' || value.items.some(isTemplate)) return null;
    const parts = value.items.map((item, at) =>
      item.kind === 'map' || item.kind === 'list' ? `${textOf(key)}${at}` : toPython(item),
    );
    if (names.length * parts.length > maxNames) throw matrix.refuse(`${name} stands for too many stages`);
    names = names.flatMap((before) => parts.map((part) => (before === '' ? part : `${before}-${part}`)));
  }
  return names.map((key) => `${name}@${key}`);
}

function isTemplate(node: DvcNode): boolean {
  return node.kind === 'text' && /(^|[^\\])\$\{/.test(node.value);
}

/** As Python's `str` writes a value: True, None, 1.0. */
function toPython(scalar: DvcScalar): string {
  if (scalar.kind === 'text') return scalar.value;
  const { type, text } = normalizePlain(scalar);
  if (type === 'null') return 'None';
  if (type === 'bool') return text === 'true' ? 'True' : 'False';
  return type === 'float' ? text.replace(/^(-?)\./, '$1') : text;
}
