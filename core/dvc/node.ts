/** A scalar that DVC reads as text, quoted or not. */
export interface DvcText {
  readonly kind: 'text';
  readonly value: string;
  /** Where it stands in the source, quotes included: offset of the first character and of the one after the last. */
  readonly at?: Span;
}

/** A plain scalar that DVC reads as something else. Its text is kept: `1e-05`, `0.10` and 2^70 stay what they are. */
export interface DvcPlain {
  readonly kind: 'plain';
  readonly type: PlainType;
  /** As written, empty for a null that stands as nothing. */
  readonly text: string;
  readonly at?: Span;
}

export interface DvcList {
  readonly kind: 'list';
  readonly items: readonly DvcNode[];
}

export interface DvcMap {
  readonly kind: 'map';
  /** In the order of the file, each key once. */
  readonly entries: readonly DvcEntry[];
}

export interface DvcEntry {
  readonly key: DvcScalar;
  readonly value: DvcNode;
}

export type PlainType = 'null' | 'bool' | 'int' | 'float' | 'time';
export type DvcScalar = DvcText | DvcPlain;
/** A YAML document as DVC reads it, with every scalar as it was written. */
export type DvcNode = DvcScalar | DvcList | DvcMap;
export type Span = readonly [start: number, end: number];

/** The text of a scalar, whatever DVC makes of it: an md5 of digits alone is an integer there. */
export function textOf(scalar: DvcScalar): string {
  return scalar.kind === 'text' ? scalar.value : scalar.text;
}

/** The value under a key, undefined when the map has no such key. */
export function getValue(map: DvcMap, key: string): DvcNode | undefined {
  return map.entries.find((entry) => textOf(entry.key) === key)?.value;
}

export function toText(value: string): DvcText {
  return { kind: 'text', value };
}

export function toInteger(value: number | bigint): DvcPlain {
  return { kind: 'plain', type: 'int', text: String(value) };
}

/** A map of text keys; undefined values are left out. */
export function toMap(values: Readonly<Record<string, DvcNode | undefined>>): DvcMap {
  const entries = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key: toText(key), value }],
  );
  return { kind: 'map', entries };
}
