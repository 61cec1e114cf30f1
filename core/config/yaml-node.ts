import { type Document, isMap, isScalar, isSeq, type LineCounter, type Pair } from 'yaml';

/** A configuration file: its value (read by js-yaml) and its nodes with offsets (read by yaml). */
export interface Source {
  readonly file: string;
  readonly lines: readonly string[];
  readonly value: unknown;
  readonly document: Document;
  readonly counter: LineCounter;
}

/** The line at fault, as it stands, cut at 200 characters. */
export const excerptOf = (lines: readonly string[], line: number): string =>
  (lines[line - 1] ?? '').slice(0, 200);

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The key of a pair as a JavaScript object would hold it. */
export const keyText = (pair: Pair): string =>
  isScalar(pair.key) ? String(pair.key.value) : String(pair.key);

/** A commit id or digest written without quotes: YAML makes a number of it when it has digits (and one e) only. */
const digest = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/;

export const isBareDigest = (node: unknown): boolean =>
  isScalar(node) && typeof node.value === 'number' && digest.test(node.source ?? '');

/** Gives digests back their text: as numbers they would lose most of their digits. */
export function restoreDigests(node: unknown, value: unknown): unknown {
  if (isScalar(node) && isBareDigest(node)) return node.source ?? value;
  if (isSeq(node) && Array.isArray(value)) {
    return value.map((item: unknown, at) => restoreDigests(node.items[at], item));
  }
  if (!isMap(node) || !isRecord(value)) return value;
  const nodes = new Map(node.items.map((pair) => [keyText(pair), pair.value]));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, restoreDigests(nodes.get(key), item)]),
  );
}

/** True when both YAML readers understood the same: a file that two tools read differently governs nothing. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item: unknown, at) => sameValue(item, b[at]));
  }
  if (isRecord(a) && isRecord(b)) {
    const keys = Object.keys(a);
    return (
      keys.length === Object.keys(b).length &&
      keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]))
    );
  }
  return Object.is(a, b);
}
