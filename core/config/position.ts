import { isMap, isNode, isSeq, type Pair, type YAMLSeq } from 'yaml';
import type { Position } from '../finding/finding.ts';
import { readSource } from './source.ts';
import { keyText, type Source } from './yaml-node.ts';

/** Keys and list indexes from the top of a document. */
export type Path = readonly PropertyKey[];

/**
 * Finds the line and column of a value.
 * @param pointer JSON pointer (RFC 6901); an item of a list may also be named by its `name`: `/columns/delay/max`.
 * @param source path for the answer
 * @returns the position of the value; of the nearest value above it when it is not there; without a line when the
 * text cannot be read.
 */
export function locate(text: string, pointer: string, source = ''): Position {
  return openLocator(text, source)(pointer);
}

/**
 * The same for many values of one text, which is read once: a table that lacks 5,000 columns has as many findings, and
 * the time of a check must not grow with their product.
 */
export function openLocator(text: string, source = ''): (pointer: string) => Position {
  let read: ReturnType<typeof readSource> | null = null;
  const names: NameIndex = new Map();
  return (pointer) => {
    read ??= readSource(text, source);
    if (read.kind === 'unreadable') return { file: source, pointer };
    return { ...positionOf(read.source, pathOfPointer(pointer), 'value', names), pointer };
  };
}

/** Items of each list that was looked into, by their `name`. */
type NameIndex = Map<unknown, ReadonlyMap<unknown, unknown>>;

/** Position of the value at a path, or of the key that names it. Falls back to the nearest place above. */
export function positionOf(
  source: Source,
  path: Path,
  of: 'key' | 'value',
  names: NameIndex = new Map(),
): Position {
  let node: unknown = source.document.contents;
  let found: unknown = node;
  for (const [depth, part] of path.entries()) {
    const pair = stepInto(node, String(part), names);
    if (pair === null) break;
    node = pair.value;
    const wanted = of === 'key' && depth === path.length - 1 ? pair.key : pair.value;
    found = hasPlace(wanted) ? wanted : pair.key;
  }
  const offset = isNode(found) ? (found.range?.[0] ?? 0) : 0;
  const { line, col } = source.counter.linePos(offset);
  return { file: source.file, line: Math.max(1, line), column: Math.max(1, col), pointer: pointerOf(path) };
}

interface Step {
  readonly key: unknown;
  readonly value: unknown;
}

function stepInto(node: unknown, part: string, names: NameIndex): Step | null {
  if (isMap(node)) {
    const pair = node.items.find((item: Pair) => keyText(item) === part);
    return pair ? { key: pair.key, value: pair.value } : null;
  }
  if (!isSeq(node)) return null;
  const item = /^\d+$/.test(part) ? node.items[Number(part)] : undefined;
  const value = item ?? indexOf(node, names).get(part);
  return value === undefined ? null : { key: value, value };
}

function indexOf(list: YAMLSeq, names: NameIndex): ReadonlyMap<unknown, unknown> {
  const known = names.get(list);
  if (known !== undefined) return known;
  const items = list.items.flatMap((entry) => (isMap(entry) ? [[entry.get('name'), entry] as const] : []));
  // Of two with one name the first one is meant: the last one written into a map stays.
  const index = new Map<unknown, unknown>(items.reverse());
  names.set(list, index);
  return index;
}

/** A key without a value has a node of no length: its key is the better place to point at. */
function hasPlace(node: unknown): boolean {
  return isNode(node) && node.range !== undefined && node.range !== null && node.range[1] > node.range[0];
}

export const pointerOf = (path: Path): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Keys of a JSON pointer (RFC 6901). */
export function pathOfPointer(pointer: string): Path {
  if (!pointer.startsWith('/')) return [];
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}
