// DVC's files are written here and nowhere else, and not by js-yaml: DVC's writer breaks plain and quoted scalars at the
// first space after column 80, writes keys of 123 characters and more as `? key`, and takes double quotes where a text
// holds an apostrophe or a line break. js-yaml's presenter has no hook for any of the three
// (docs/decisions/0010-dvc-writer.md). Reading stays with js-yaml.
import type { DvcList, DvcMap, DvcNode, DvcPlain, DvcScalar } from './node.ts';
import { needsQuotes } from './plain-scalar.ts';
import { analyzeScalar, chooseStyle } from './scalar-style.ts';
import { Writer } from './writer.ts';

const indentColumns = 2;
/** ruamel.yaml counts the tag of a key that is not written: 128 less the length of "!!str". */
const maxKeyLength = 128;
const tagLengths: Readonly<Record<DvcPlain['type'] | 'text', number>> = {
  text: '!!str'.length,
  int: '!!int'.length,
  null: '!!null'.length,
  bool: '!!bool'.length,
  float: '!!float'.length,
  time: '!!timestamp'.length,
};

/**
 * Writes a document as DVC writes it, byte for byte; the text of numbers is kept.
 * @param root a map or list
 * @see https://github.com/iterative/dvc dvc/utils/serialize/_yaml.py, ruamel.yaml emitter.py
 */
export function dumpDvcYaml(root: DvcMap | DvcList): string {
  const writer = new Writer();
  if (isEmpty(root)) writer.put(root.kind === 'map' ? '{}' : '[]');
  else if (root.kind === 'map') writeMap(writer, root, 0);
  else writeList(writer, root, 0);
  writer.break();
  return writer.toString();
}

/** The cursor stands where the first key begins. */
function writeMap(writer: Writer, { entries }: DvcMap, column: number): void {
  entries.forEach(({ key, value }, index) => {
    if (index > 0) writer.line(column);
    if (isSimpleKey(key)) {
      writeScalar(writer, toKey(key), null);
      writer.put(':');
      writeValue(writer, value, column);
      return;
    }
    writer.put('? ');
    writeScalar(writer, key, column + indentColumns);
    writer.line(column);
    writer.put(':');
    if (value.kind !== 'plain' || value.text !== '') writer.put(' ');
    writeInline(writer, value, column);
  });
}

/** A value behind its key: collections begin on the next line, lists at the column of the key. */
function writeValue(writer: Writer, value: DvcNode, column: number): void {
  if (value.kind === 'map' && !isEmpty(value)) {
    writer.line(column + indentColumns);
    writeMap(writer, value, column + indentColumns);
  } else if (value.kind === 'list' && !isEmpty(value)) {
    writer.line(column);
    writeList(writer, value, column);
  } else if (value.kind !== 'plain' || value.text !== '') {
    writer.put(' ');
    writeInline(writer, value, column);
  }
}

function writeList(writer: Writer, { items }: DvcList, column: number): void {
  items.forEach((item, index) => {
    if (index > 0) writer.line(column);
    writer.put('- ');
    writeInline(writer, item, column);
  });
}

/** A value that begins on the line of its dash or colon. */
function writeInline(writer: Writer, value: DvcNode, column: number): void {
  if (value.kind === 'map' || value.kind === 'list') {
    if (isEmpty(value)) writer.put(value.kind === 'map' ? '{}' : '[]');
    else if (value.kind === 'map') writeMap(writer, value, column + indentColumns);
    else writeList(writer, value, column + indentColumns);
    return;
  }
  writeScalar(writer, value, column + indentColumns);
}

/** @param fold column of further lines, null for a key that has to stay on one */
function writeScalar(writer: Writer, scalar: DvcScalar, fold: number | null): void {
  if (scalar.kind === 'plain') {
    writer.plain(scalar.text, fold);
    return;
  }
  const text = scalar.value;
  switch (chooseStyle(text, analyzeScalar(text), fold === null, !needsQuotes(text))) {
    case 'plain':
      writer.plain(text, fold);
      break;
    case 'single':
      writer.single(text, fold);
      break;
    case 'double':
      writer.double(text, fold);
      break;
  }
}

function isSimpleKey(key: DvcScalar): boolean {
  const text = key.kind === 'text' ? key.value : key.text;
  const tag = tagLengths[key.kind === 'text' ? 'text' : key.type];
  return Array.from(text).length + tag < maxKeyLength && !analyzeScalar(text).multiline;
}

/** A null stands as nothing where it is a value, and as a word where it is a key. */
function toKey(key: DvcScalar): DvcScalar {
  return key.kind === 'plain' && key.text === '' ? { kind: 'plain', type: 'null', text: 'null' } : key;
}

function isEmpty(value: DvcMap | DvcList): boolean {
  return value.kind === 'map' ? value.entries.length === 0 : value.items.length === 0;
}
