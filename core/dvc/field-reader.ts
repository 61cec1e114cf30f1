import { InputError } from '../error/error.ts';
import { type DvcList, type DvcMap, type DvcNode, type DvcScalar, getValue, textOf } from './node.ts';
import { normalizePlain, toNumber } from './plain-scalar.ts';

/** Which file is read, and under which error code its faults are told. */
export interface Subject {
  readonly file: string;
  readonly code: string;
}

/** Reads the fields of one map of a DVC file and knows where the map stands, for messages. */
export class FieldReader {
  readonly map: DvcMap;
  readonly subject: Subject;
  /** As a reader would say it: `outs[0]`, `stages.train`; empty for the file itself. */
  readonly place: string;

  constructor(node: DvcNode, subject: Subject, place = '') {
    this.subject = subject;
    this.place = place;
    if (node.kind !== 'map') throw this.refuse(`${place === '' ? 'it' : place} is no map`);
    this.map = node;
  }

  get(key: string): DvcNode | undefined {
    return getValue(this.map, key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  /** @throws InputError for a key that DVC does not know: it would refuse the file */
  only(keys: readonly string[]): this {
    const unknown = this.keys().find((key) => !keys.includes(key));
    if (unknown !== undefined) throw this.refuse(`${this.place || 'it'} has the unknown key "${unknown}"`);
    return this;
  }

  keys(): readonly string[] {
    return this.map.entries.map(({ key }) => textOf(key));
  }

  /** Text, null where the key is absent or empty. Numbers count as text: an md5 can look like one. */
  text(key: string): string | null {
    const value = this.get(key);
    if (value === undefined || isNull(value)) return null;
    if (value.kind !== 'text' && value.kind !== 'plain') throw this.refuse(`${this.name(key)} is no text`);
    return textOf(value);
  }

  requireText(key: string): string {
    const value = this.text(key);
    if (value === null || value === '') throw this.refuse(`${this.name(key)} is missing`);
    return value;
  }

  /** A number of bytes or files, null where the key is absent. */
  count(key: string): number | null {
    const value = this.get(key);
    if (value === undefined || isNull(value)) return null;
    const number = value.kind === 'plain' && value.type === 'int' ? toNumber(value) : Number.NaN;
    if (!Number.isSafeInteger(number) || number < 0) throw this.refuse(`${this.name(key)} is no count`);
    return number;
  }

  flag(key: string, whenAbsent: boolean): boolean {
    const value = this.get(key);
    if (value === undefined) return whenAbsent;
    if (value.kind !== 'plain' || value.type !== 'bool')
      throw this.refuse(`${this.name(key)} is neither true nor false`);
    return normalizePlain(value).text === 'true';
  }

  list(key: string): DvcList['items'] {
    const value = this.get(key);
    if (value === undefined || isNull(value)) return [];
    if (value.kind !== 'list') throw this.refuse(`${this.name(key)} is no list`);
    return value.items;
  }

  texts(key: string): readonly string[] {
    return this.list(key).map((item) => textOf(this.scalar(item, key)));
  }

  /** The maps of a list. */
  maps(key: string): readonly FieldReader[] {
    return this.list(key).map((item, at) => this.at(item, `${key}[${at}]`));
  }

  /** The map under a key, null where the key is absent. */
  child(key: string): FieldReader | null {
    const value = this.get(key);
    return value === undefined || isNull(value) ? null : this.at(value, key);
  }

  /** The maps of a map, by key. */
  children(key: string): readonly (readonly [string, FieldReader])[] {
    const all = this.child(key);
    if (all === null) return [];
    return all.map.entries.map((entry) => [textOf(entry.key), all.at(entry.value, textOf(entry.key))]);
  }

  at(node: DvcNode, step: string): FieldReader {
    return new FieldReader(node, this.subject, this.place === '' ? step : `${this.place}.${step}`);
  }

  scalar(node: DvcNode, key: string): DvcScalar {
    if (node.kind !== 'text' && node.kind !== 'plain') throw this.refuse(`${this.name(key)} holds no text`);
    return node;
  }

  name(key: string): string {
    return this.place === '' ? key : `${this.place}.${key}`;
  }

  refuse(why: string): InputError {
    return refuseFile(this.subject, why);
  }
}

export function isNull(node: DvcNode): boolean {
  return node.kind === 'plain' && node.type === 'null';
}

export function refuseFile({ file, code }: Subject, why: string): InputError {
  const noun = file.endsWith('.dvc') ? 'DVC pointer' : 'file of DVC';
  return new InputError(code, `${file} is no valid ${noun}: ${why}`, {
    hint: file.endsWith('.dvc')
      ? 'Write it again with "dvc add" and commit the result.'
      : 'Correct it, or write it again with DVC ("dvc repro").',
    where: { file },
  });
}
