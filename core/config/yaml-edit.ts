import { CORE_SCHEMA, load } from 'js-yaml';
import { isMap, isNode, isScalar, isSeq, type Pair, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { InputError } from '../error/error.ts';
import { keyText, sameValue } from './yaml-node.ts';
import { writeYaml, type YamlValue } from './yaml-write.ts';

/** Keys and indexes from the top; an item of a list may also be named by its `name`. */
export type YamlPath = readonly (string | number)[];

/** One change of a person's file. What lies above the last key and is not there yet is made. */
export type YamlEdit =
  | { readonly kind: 'set'; readonly path: YamlPath; readonly value: YamlValue }
  | { readonly kind: 'append'; readonly path: YamlPath; readonly values: readonly YamlValue[] }
  | { readonly kind: 'rename'; readonly path: YamlPath; readonly to: string };

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Changes one value of a YAML text and leaves every other byte as it stands: comments, quotes, order, line ends.
 * The answer is read again and compared with what was wanted.
 * @throws InputError YAML_EDIT when the place has a form that this cannot change without touching more
 */
export function editYaml(text: string, edit: YamlEdit): string {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const body = text.slice(mark.length);
  const document = parseDocument(body, { schema: 'core', uniqueKeys: false });
  const splice = spliceOf(body, document.contents, edit);
  const edited = `${body.slice(0, splice.start)}${splice.text}${body.slice(splice.end)}`;
  if (!isWanted(body, edited, edit)) throw refuse(edit);
  return `${mark}${edited}`;
}

function spliceOf(text: string, root: unknown, edit: YamlEdit): Splice {
  const { found, rest, pair } = walk(root, edit.path);
  if (edit.kind === 'rename') {
    if (rest.length > 0 || pair === null || !isScalar(pair.key)) throw refuse(edit);
    return replace(pair.key, writeYaml(edit.to), edit);
  }
  if (edit.kind === 'set') return setAt(text, found, pair, rest, edit.value, edit);
  if (rest.length > 0 || !isSeq(found)) return setAt(text, found, pair, rest, edit.values, edit);
  return appendTo(text, found, edit.values.map(writeYaml), edit);
}

interface Place {
  readonly found: unknown;
  /** The pair whose value that is; null at the top and in lists. */
  readonly pair: Pair | null;
  /** What is not there yet. */
  readonly rest: YamlPath;
}

function walk(root: unknown, path: YamlPath): Place {
  let place: Place = { found: root, pair: null, rest: path };
  for (const [at, part] of path.entries()) {
    const { found } = place;
    const pair = isMap(found) ? found.items.find((item) => keyText(item) === String(part)) : undefined;
    const item = isSeq(found) ? itemOf(found, part) : undefined;
    if (pair === undefined && item === undefined) break;
    place = { found: pair === undefined ? item : pair.value, pair: pair ?? null, rest: path.slice(at + 1) };
  }
  return place;
}

const itemOf = (list: YAMLSeq, part: string | number): unknown =>
  typeof part === 'number'
    ? list.items[part]
    : list.items.find((entry) => isMap(entry) && entry.get('name') === part);

function setAt(
  text: string,
  found: unknown,
  pair: Pair | null,
  rest: YamlPath,
  value: YamlValue,
  edit: YamlEdit,
): Splice {
  const [key, ...below] = rest;
  if (key === undefined) return replaceValue(text, found, pair, writeYaml(value), edit);
  if (below.some((part) => typeof part === 'number') || typeof key === 'number') throw refuse(edit);
  const nested = below.reduceRight<YamlValue>((inner, part) => ({ [part]: inner }), value);
  if (isMap(found)) return insertPair(text, found, `${writeYaml(key)}: ${writeYaml(nested)}`, edit);
  const empty = found === null || (isScalar(found) && found.value === null);
  if (!empty || pair === null) throw refuse(edit);
  return replaceValue(text, found, pair, writeYaml({ [key]: nested }), edit);
}

function replaceValue(
  text: string,
  found: unknown,
  pair: Pair | null,
  written: string,
  edit: YamlEdit,
): Splice {
  const [start, end] = rangeOf(found);
  if (start < end) return replace(found, written, edit);
  // A key without a value: behind its colon.
  const key = rangeOf(pair?.key)[1];
  const colon = text.indexOf(':', key);
  if (pair === null || colon < 0 || text.slice(key, colon).trim() !== '') throw refuse(edit);
  return { start: colon + 1, end: colon + 1, text: ` ${written}` };
}

function replace(node: unknown, written: string, edit: YamlEdit): Splice {
  const [start, end] = rangeOf(node);
  const block = isScalar(node) && (node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL');
  const open = (isMap(node) || isSeq(node)) && node.flow !== true;
  if (block || open || start >= end) throw refuse(edit);
  return { start, end, text: written };
}

function insertPair(text: string, map: YAMLMap, written: string, edit: YamlEdit): Splice {
  const last = map.items.at(-1);
  if (map.flow === true)
    return insertFlow(text, map, last === undefined ? null : endOf(last), written, '{ ', ' }');
  const first = map.items[0];
  if (first === undefined || last === undefined) throw refuse(edit);
  return insertLine(text, rangeOf(first.key)[0], endOf(last), written);
}

function appendTo(text: string, list: YAMLSeq, written: readonly string[], edit: YamlEdit): Splice {
  const last = list.items.at(-1);
  if (list.flow === true) {
    return insertFlow(text, list, last === undefined ? null : endOf(last), written.join(', '), '[', ']');
  }
  if (last === undefined) throw refuse(edit);
  const dash = rangeOf(list)[0];
  if (text[dash] !== '-') throw refuse(edit);
  const lines = written.map((item) => `- ${item}`);
  const [first = '', ...others] = lines;
  const splice = insertLine(text, dash, endOf(last), first);
  const lead = splice.text.slice(0, splice.text.indexOf('-'));
  const line = lead.startsWith('\n') || lead.startsWith('\r') ? lead : `${newlineOf(text)}${lead}`;
  const tail = others.map((item) => `${line}${item}`).join('');
  const body = splice.text.slice(
    0,
    splice.text.length - (splice.text.endsWith('\n') ? newlineOf(text).length : 0),
  );
  return { ...splice, text: `${body}${tail}${splice.text.slice(body.length)}` };
}

function insertFlow(
  text: string,
  node: unknown,
  end: number | null,
  written: string,
  open: string,
  close: string,
): Splice {
  if (end !== null) return { start: end, end, text: `, ${written}` };
  const [from, to] = rangeOf(node);
  // Only a comment can stand between empty brackets: then the brackets are closed after it.
  if (text.slice(from + 1, to - 1).trim() !== '')
    return { start: from + 1, end: from + 1, text: ` ${written}` };
  return { start: from, end: to, text: `${open}${written}${close}` };
}

/** Puts a line below the line on which something ends, as far in as something else begins. */
function insertLine(text: string, begin: number, end: number, written: string): Splice {
  const indent = ' '.repeat(begin - (text.lastIndexOf('\n', begin - 1) + 1));
  // A block text ends behind its last line end.
  if (end > 0 && text[end - 1] === '\n') {
    return { start: end, end, text: `${indent}${written}${newlineOf(text)}` };
  }
  const line = /\r?\n|$/.exec(text.slice(end));
  const at = end + (line?.index ?? 0);
  return { start: at, end: at, text: `${newlineOf(text)}${indent}${written}` };
}

const newlineOf = (text: string): string => (/\r\n/.test(text) ? '\r\n' : '\n');

/** Where the last thing that was written of a node ends. */
function endOf(node: unknown): number {
  if (isMap(node) && node.flow !== true && node.items.length > 0) return endOf(node.items.at(-1));
  if (isSeq(node) && node.flow !== true && node.items.length > 0) return endOf(node.items.at(-1));
  if (isNode(node)) return rangeOf(node)[1];
  const { key, value } = node as Pair;
  const [start, end] = rangeOf(value);
  return start < end ? endOf(value) : rangeOf(key)[1] + 1;
}

function rangeOf(node: unknown): readonly [number, number] {
  const range = isNode(node) ? node.range : null;
  return range ? [range[0], range[1]] : [0, 0];
}

/** Both readers of this project have to see exactly the change that was asked for. */
function isWanted(before: string, after: string, edit: YamlEdit): boolean {
  try {
    const options = { schema: CORE_SCHEMA, maxAliases: 0 };
    const wanted = applyEdit(load(before, options), edit);
    const document = parseDocument(after, { schema: 'core' });
    return (
      document.errors.length === 0 &&
      sameValue(load(after, options), wanted) &&
      sameValue(document.toJS(), wanted)
    );
  } catch {
    // Not readable before or after: `refuse` tells what to do.
    return false;
  }
}

function applyEdit(value: unknown, edit: YamlEdit, at = 0): unknown {
  const part = edit.path[at];
  if (part === undefined) {
    if (edit.kind === 'set') return edit.value;
    return edit.kind === 'append'
      ? [...((value as readonly unknown[] | null | undefined) ?? []), ...edit.values]
      : value;
  }
  if (Array.isArray(value)) {
    const index = typeof part === 'number' ? part : value.findIndex((item) => item?.name === part);
    return value.map((item: unknown, each) => (each === index ? applyEdit(item, edit, at + 1) : item));
  }
  const entries = Object.entries((value as Record<string, unknown> | null | undefined) ?? {});
  if (edit.kind === 'rename' && at === edit.path.length - 1) {
    return Object.fromEntries(entries.map(([key, item]) => [key === part ? edit.to : key, item]));
  }
  const known = entries.some(([key]) => key === String(part));
  const all = known ? entries : [...entries, [String(part), undefined] as [string, unknown]];
  return Object.fromEntries(
    all.map(([key, item]) => [key, key === String(part) ? applyEdit(item, edit, at + 1) : item]),
  );
}

function refuse(edit: YamlEdit): InputError {
  const place = edit.path.join('.');
  return new InputError('YAML_EDIT', `${place} stands in a form that is not changed by a machine`, {
    hint: `Change ${place} by hand; a plain value on one line can be changed here.`,
  });
}
