import { createHash } from 'node:crypto';
import { InputError } from '../error/error.ts';
import { dumpDvcYaml } from './dump.ts';
import { type DvcFile, parseDvcFile } from './dvc-file.ts';
import type { DvcHash } from './entry.ts';
import { type DvcEntry, type DvcMap, type DvcNode, getValue, type Span, textOf } from './node.ts';
import { needsQuotes } from './plain-scalar.ts';
import { writePythonJson } from './python-json.ts';

/** What a pointer's output has become. */
export interface NewOutput {
  /** Of the recipe that the pointer uses. */
  readonly hash: DvcHash;
  readonly sizeBytes: number;
  /** Files of a folder, null for a single file. */
  readonly files: number | null;
}

const code = 'DVC_POINTER';

/**
 * Changes digest, size and file count of a pointer's one output and leaves every other byte as it is, a person's
 * comments and layout included. The digest of the stage itself follows where there is one (imports).
 * @throws InputError DVC_POINTER, DVC_HANDWRITTEN when the place of a change cannot be told for sure
 */
export function updatePointer(text: string, file: string, output: NewOutput): string {
  const before = parseDvcFile(text, file, code);
  const changed = applyEdits(text, findEdits(text, before, output, file));
  const withStage = updateStage(changed, file);
  requireChange(withStage, file, before, output);
  if (isMachineWritten(text, before) && !isMachineWritten(withStage, parseDvcFile(withStage, file, code)))
    throw refuse(file);
  return withStage;
}

/** The digest of a stage that `dvc import` writes at the top of a pointer. */
export function digestStage(document: DvcMap): string {
  return createHash('md5')
    .update(writePythonJson(withoutNotes(document, true)))
    .digest('hex');
}

const noted = new Set('desc type labels meta locked frozen metric persist isexec size nfiles'.split(' '));

/** What says nothing about the data does not count: notes, flags and sizes at every depth. */
function withoutNotes(node: DvcNode, isTop: boolean): DvcNode {
  if (node.kind === 'list') {
    return { kind: 'list', items: node.items.map((item) => withoutNotes(item, false)) };
  }
  if (node.kind !== 'map') return node;
  const entries = node.entries.filter(({ key, value }) => {
    const name = textOf(key);
    const isOwn = name === 'md5' || (name === 'wdir' && value.kind === 'text' && value.value === '.');
    return !noted.has(name) && !(isTop && isOwn);
  });
  return {
    kind: 'map',
    entries: entries.map(({ key, value }) => ({ key, value: withoutNotes(value, false) })),
  };
}

interface Edit {
  readonly at: Span;
  readonly text: string;
}

function findEdits(text: string, before: DvcFile, output: NewOutput, file: string): readonly Edit[] {
  const entry = requireEntry(before, output.hash, file);
  const { kind, value } = output.hash;
  const digest = replaceValue(text, entry, kind === 'md5-dos2unix' ? 'md5' : kind, quoteLike(value));
  const size = replaceValue(text, entry, 'size', () => String(output.sizeBytes));
  if (digest === null) throw refuse(file);
  const edits = [digest, size ?? insertLine(text, entry, digest, `size: ${output.sizeBytes}`)];
  const count = replaceValue(text, entry, 'nfiles', () => String(output.files ?? 0));
  if (count === null && output.files !== null) {
    edits.push(insertLine(text, entry, size ?? digest, `nfiles: ${output.files}`));
  } else if (count !== null) {
    edits.push(output.files === null ? removeLine(text, entry, 'nfiles') : count);
  }
  if (edits.some((edit) => edit === null)) throw refuse(file);
  return edits.filter((edit) => edit !== null);
}

/** The map of the one output that changes. */
function requireEntry({ document, outputs }: DvcFile, hash: DvcHash, file: string): DvcMap {
  const outs = getValue(document, 'outs');
  const [entry, ...more] = outs?.kind === 'list' ? outs.items : [];
  const [output] = outputs;
  if (entry?.kind !== 'map' || more.length > 0 || output === undefined) {
    throw new InputError(code, `${file} has not exactly one output`, {
      hint: 'Write one pointer for each file ("dvc add <file>").',
      where: { file },
    });
  }
  if (output.hash !== null && output.hash.kind !== hash.kind) {
    throw new InputError(code, `${file} names its data by ${output.hash.kind}, not by ${hash.kind}`, {
      hint: 'Hash the data as the pointer does.',
      where: { file },
    });
  }
  return entry;
}

type Quote = (old: string) => string;

/** A digest of digits alone, or with one "e", is a number without quotes. A person's quotes stay. */
function quoteLike(value: string): Quote {
  return (old) => {
    const quote = /^['"]/.exec(old)?.[0] ?? (needsQuotes(value) ? "'" : '');
    return `${quote}${value}${quote}`;
  };
}

function replaceValue(text: string, entry: DvcMap, key: string, write: Quote): Edit | null {
  const found = entry.entries.find((candidate) => textOf(candidate.key) === key);
  const value = found?.value;
  if (found?.key.at === undefined || (value?.kind !== 'text' && value?.kind !== 'plain')) return null;
  if (value.at === undefined || value.at[0] >= value.at[1]) return null;
  // An alias stands elsewhere, and an anchor is used elsewhere.
  if (!/^ *: +$/.test(text.slice(found.key.at[1], value.at[0]))) return null;
  const old = text.slice(...value.at);
  // DVC quotes only what has to be quoted, so quotes that were needed go when they are not needed any more.
  const needed = value.kind === 'text' && old.startsWith("'") && needsQuotes(value.value);
  return { at: value.at, text: write(needed ? '' : old) };
}

/** A new line behind the line of another edit, at the column of the entry's keys. */
function insertLine(text: string, entry: DvcMap, after: Edit, line: string): Edit | null {
  const column = columnOf(text, entry);
  if (column === null) return null;
  const end = text.indexOf('\n', after.at[1]);
  if (end === -1) return null;
  const ending = text[end - 1] === '\r' ? '\r\n' : '\n';
  return { at: [end + 1, end + 1], text: `${' '.repeat(column)}${line}${ending}` };
}

/** Removes a line that holds one key and its value and nothing else. */
function removeLine(text: string, entry: DvcMap, key: string): Edit | null {
  const found = entry.entries.find((candidate) => textOf(candidate.key) === key);
  const at = found?.key.at;
  if (at === undefined) return null;
  const start = text.lastIndexOf('\n', at[0] - 1) + 1;
  const end = text.indexOf('\n', at[0]);
  const line = text.slice(start, end === -1 ? text.length : end);
  if (!/^ *nfiles: *\d+ *\r?$/.test(line)) return null;
  return { at: [start, end === -1 ? text.length : end + 1], text: '' };
}

/** null where the keys do not stand each on its own line, all at one column. */
function columnOf(text: string, { entries }: DvcMap): number | null {
  const columns = new Set(entries.map((entry) => keyColumn(text, entry)));
  const [column] = columns;
  return columns.size === 1 && column !== undefined ? column : null;
}

function keyColumn(text: string, { key }: DvcEntry): number | null {
  if (key.at === undefined) return null;
  const start = text.lastIndexOf('\n', key.at[0] - 1) + 1;
  return /^ *(?:- *)?$/.test(text.slice(start, key.at[0])) ? key.at[0] - start : null;
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .sort((a, b) => b.at[0] - a.at[0] || b.at[1] - a.at[1])
    .reduce((changed, { at, text: piece }) => changed.slice(0, at[0]) + piece + changed.slice(at[1]), text);
}

function updateStage(text: string, file: string): string {
  const { document, md5 } = parseDvcFile(text, file, code);
  if (md5 === null) return text;
  const edit = replaceValue(text, document, 'md5', quoteLike(digestStage(document)));
  if (edit === null) throw refuse(file);
  return applyEdits(text, [edit]);
}

/** Reads the result again: what was to change has changed, and nothing else. */
function requireChange(text: string, file: string, before: DvcFile, wanted: NewOutput): void {
  const after = parseDvcFile(text, file, code);
  const [output] = after.outputs;
  const done =
    output?.hash?.kind === wanted.hash.kind &&
    output.hash.value === wanted.hash.value &&
    output.sizeBytes === wanted.sizeBytes &&
    output.files === wanted.files;
  if (!done || writeRest(after.document) !== writeRest(before.document)) throw refuse(file);
}

const ownKeys = new Set(['md5', 'etag', 'checksum', 'size', 'nfiles']);

/** The pointer without what an update may change. */
function writeRest(document: DvcMap): string {
  const entries = document.entries.flatMap(({ key, value }): readonly DvcEntry[] => {
    if (textOf(key) === 'md5') return [];
    const isOuts = textOf(key) === 'outs' && value.kind === 'list';
    return [{ key, value: isOuts ? { kind: 'list', items: value.items.map(withoutOwn) } : value }];
  });
  return dumpDvcYaml({ kind: 'map', entries });
}

function withoutOwn(node: DvcNode): DvcNode {
  if (node.kind !== 'map') return node;
  return { kind: 'map', entries: node.entries.filter(({ key }) => !ownKeys.has(textOf(key))) };
}

function isMachineWritten(text: string, { document }: DvcFile): boolean {
  return dumpDvcYaml(document) === text;
}

function refuse(file: string): InputError {
  return new InputError('DVC_HANDWRITTEN', `${file} is written in a way that Gatehouse does not change`, {
    hint: 'Run "dvc add" or "dvc commit" for it, or change it by hand.',
    where: { file },
  });
}
