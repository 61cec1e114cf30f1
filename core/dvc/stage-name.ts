import type { FieldReader } from './field-reader.ts';
import { type DvcList, type DvcMap, type DvcNode, textOf, toMap, toText } from './node.ts';
import { isTemplate, type TemplatePlace, writeValue } from './template.ts';

/** One of the stages that an entry of `stages` stands for. */
export interface NamedStage {
  readonly name: string;
  /** What `${item}` and `${key}` are in it. */
  readonly values: DvcMap;
}

/** A pipeline that expands to more stages than this is taken for a mistake. */
const maxNames = 100_000;

/**
 * The names of the stages that one entry of `stages` stands for.
 * @returns null when a template decides them
 * @throws InputError when they are more than 100,000
 */
export function expandNames(name: string, stage: FieldReader): readonly string[] | null {
  return expandStage(name, stage)?.map((named) => named.name) ?? null;
}

/**
 * The stages that one entry of `stages` stands for, with the values that each of them sees.
 * @returns null when a template decides them
 * @throws InputError when they are more than 100,000
 * @see https://github.com/iterative/dvc dvc/parsing/__init__.py ForeachDefinition, MatrixDefinition
 */
export function expandStage(name: string, stage: FieldReader): readonly NamedStage[] | null {
  const each = stage.get('foreach');
  const at: TemplatePlace = { file: stage.subject.file, place: stage.place };
  if (each !== undefined) return expandEach(name, each, at);
  const matrix = stage.child('matrix');
  if (matrix === null) return [{ name, values: toMap({}) }];
  return expandMatrix(name, matrix, at);
}

function expandEach(name: string, node: DvcNode, at: TemplatePlace): readonly NamedStage[] | null {
  if (node.kind === 'map') {
    return node.entries.map(({ key, value }) => {
      const word = writeValue(key, at);
      return { name: `${name}@${word}`, values: toMap({ item: value, key: toText(word) }) };
    });
  }
  if (node.kind !== 'list' || node.items.some(isTemplate)) return null;
  // One map or list among the items, and all of them are numbered.
  const composite = node.items.some(isComposite);
  return node.items.map((item, index) => ({
    name: `${name}@${composite ? index : writeItem(item, `${index}`, at)}`,
    values: toMap({ item }),
  }));
}

/** Every combination, the last key turning fastest. */
function expandMatrix(name: string, matrix: FieldReader, at: TemplatePlace): readonly NamedStage[] | null {
  let all: readonly { readonly words: readonly string[]; readonly item: DvcMap }[] = [
    { words: [], item: toMap({}) },
  ];
  for (const { key, value } of matrix.map.entries) {
    if (value.kind !== 'list' || value.items.some(isTemplate)) return null;
    if (all.length * value.items.length > maxNames) {
      throw matrix.refuse(`${name} stands for too many stages`);
    }
    const { items }: DvcList = value;
    all = all.flatMap(({ words, item }) =>
      items.map((part, index) => ({
        words: [...words, writeItem(part, `${textOf(key)}${index}`, at)],
        item: { kind: 'map', entries: [...item.entries, { key, value: part }] },
      })),
    );
  }
  return all.map(({ words, item }) => {
    const key = words.join('-');
    return { name: `${name}@${key}`, values: toMap({ item, key: toText(key) }) };
  });
}

function isComposite({ kind }: DvcNode): boolean {
  return kind === 'map' || kind === 'list';
}

function writeItem(item: DvcNode, number: string, at: TemplatePlace): string {
  return item.kind === 'map' || item.kind === 'list' ? number : writeValue(item, at);
}
