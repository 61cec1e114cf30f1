import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { dumpDvcYaml } from '../core/dvc/dump.ts';
import { type DvcFile, parseDvcFile } from '../core/dvc/dvc-file.ts';
import { parseLock } from '../core/dvc/lock.ts';
import { type DvcMap, type DvcNode, type DvcPlain, type DvcScalar, textOf } from '../core/dvc/node.ts';
import { listMetrics, parseParameters } from '../core/dvc/parameters.ts';
import { parsePipeline } from '../core/dvc/pipeline.ts';
import { needsQuotes, normalizePlain, toNumber } from '../core/dvc/plain-scalar.ts';
import { updatePointer } from '../core/dvc/update-pointer.ts';

/** One file of a corpus, as its INDEX.json names it. */
export interface CorpusEntry {
  readonly file: string;
  readonly kind: string;
  readonly class: string;
}

export interface CorpusOutcome {
  readonly passed: number;
  /** One text for each file that failed: which, what was expected and what was found at the first difference. */
  readonly failures: readonly string[];
}

/**
 * Reads every file of a corpus as DVC does: what DVC wrote is written again byte for byte, what a person wrote is read as
 * an independent reader reads it and never written anew.
 * @param folder with INDEX.json, a list of file, kind (dvc, lock, yaml, params, metrics) and class (machine, handwritten)
 */
export function checkCorpus(folder: string): CorpusOutcome {
  let entries: readonly CorpusEntry[];
  try {
    entries = readIndex(folder);
  } catch (error) {
    return { passed: 0, failures: [`INDEX.json: ${messageOf(error)}`] };
  }
  const failures = entries.flatMap((entry) => {
    try {
      checkEntry(folder, entry);
      return [];
    } catch (error) {
      return [`${entry.file} (${entry.kind}, ${entry.class}): ${messageOf(error)}`];
    }
  });
  return { passed: entries.length - failures.length, failures };
}

function readIndex(folder: string): readonly CorpusEntry[] {
  const index: unknown = JSON.parse(readFileSync(join(folder, 'INDEX.json'), 'utf8'));
  if (!Array.isArray(index) || index.length === 0) throw new Error('it lists no files');
  const broken = index.findIndex(
    (entry) =>
      typeof entry !== 'object' ||
      entry === null ||
      !['file', 'kind', 'class'].every((key) => typeof entry[key] === 'string'),
  );
  if (broken !== -1) throw new Error(`entry ${broken} does not name file, kind and class`);
  return index;
}

function checkEntry(folder: string, { file, kind, class: author }: CorpusEntry): void {
  if (author !== 'machine' && author !== 'handwritten') throw new Error(`the class "${author}" is not known`);
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
    readFileSync(join(folder, file)),
  );
  const { document, pointer } = parseByKind(text, file, kind);
  // JSON is only read: nothing here writes it.
  if (file.endsWith('.json')) return;
  compareValues(document, text);
  const again = dumpDvcYaml(document);
  if (author === 'machine' && again !== text)
    throw new Error(`written again, it differs: ${firstDifference(text, again)}`);
  if (pointer !== null) checkUpdate(text, file, pointer);
}

function parseByKind(
  text: string,
  file: string,
  kind: string,
): { readonly document: DvcMap; readonly pointer: DvcFile | null } {
  switch (kind) {
    case 'dvc': {
      const pointer = parseDvcFile(text, file);
      return { document: pointer.document, pointer };
    }
    case 'lock':
      return { document: parseLock(text, file).document, pointer: null };
    case 'yaml':
      return { document: parsePipeline(text, file).document, pointer: null };
    case 'params':
      return { document: parseParameters(text, file), pointer: null };
    case 'metrics': {
      const document = parseParameters(text, file);
      listMetrics(document);
      return { document, pointer: null };
    }
    default:
      throw new Error(`the kind "${kind}" is not known`);
  }
}

/** A size that no other number of a file has. */
const newSize = 987_654_321_987;

/** A new digest and size change their own places only, or the file is refused. */
function checkUpdate(text: string, file: string, pointer: DvcFile): void {
  const [output, ...more] = pointer.outputs;
  if (output?.hash == null || more.length > 0 || output.sizeBytes === null) return;
  const suffix = output.hash.value.endsWith('.dir') ? '.dir' : '';
  // Quoted where the old one has to be: quotes that come and go are not what is checked here.
  const value = `${(needsQuotes(output.hash.value) ? '1' : 'f').repeat(32)}${suffix}`;
  const hash = { kind: output.hash.kind, value };
  const changed = tryUpdate(text, file, { hash, sizeBytes: newSize, files: output.files });
  if (changed === null) return;
  const stage = parseDvcFile(changed, file).md5;
  const back = changed
    .replace(value, output.hash.value)
    .replace(String(newSize), String(output.sizeBytes))
    .replace(stage ?? value, pointer.md5 ?? value);
  if (back !== text) throw new Error(`an update changes more than it has to: ${firstDifference(text, back)}`);
}

function tryUpdate(text: string, file: string, output: Parameters<typeof updatePointer>[2]): string | null {
  try {
    return updatePointer(text, file, output);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'DVC_HANDWRITTEN') return null;
    throw error;
  }
}

/** Compares with what the `yaml` package reads in its core schema. */
function compareValues(mine: DvcNode, text: string): void {
  const document = parseDocument(text, { schema: 'core', version: '1.2', merge: true, logLevel: 'silent' });
  const [error] = document.errors;
  if (error !== undefined) throw new Error(`another reader refuses it: ${error.message}`);
  if (document.contents === null) {
    if (mine.kind !== 'map' || mine.entries.length > 0) throw new Error('another reader finds nothing in it');
    return;
  }
  compareNode(mine, document.contents, document, '');
}

function compareNode(mine: DvcNode, theirs: Node | null, document: Document, place: string): void {
  if (isAlias(theirs)) compareNode(mine, theirs.resolve(document) ?? null, document, place);
  else if (mine.kind === 'list' && isSeq(theirs) && mine.items.length === theirs.items.length) {
    mine.items.forEach((item, at) => {
      compareNode(item, theirs.items[at] as Node | null, document, `${place}[${at}]`);
    });
  } else if (mine.kind === 'map' && isMap(theirs)) compareMap(mine, theirs, document, place);
  else if ((mine.kind === 'text' || mine.kind === 'plain') && (theirs === null || isScalar(theirs))) {
    compareScalar(mine, theirs, place);
  } else throw new Error(`another reader finds something else at ${place || 'the top'}`);
}

function compareMap(mine: DvcMap, theirs: YAMLMap, document: Document, place: string): void {
  const expected = new Map(flatten(theirs, document));
  if (expected.size !== mine.entries.length)
    throw new Error(
      `another reader finds ${expected.size} keys at ${place || 'the top'}, not ${mine.entries.length}`,
    );
  for (const { key, value } of mine.entries) {
    const name = textOf(key);
    if (!expected.has(name))
      throw new Error(`another reader does not find "${name}" at ${place || 'the top'}`);
    compareNode(value, expected.get(name) ?? null, document, place === '' ? name : `${place}.${name}`);
  }
}

/** Keys with their values, `<<` unfolded: own keys win. */
function flatten(map: YAMLMap, document: Document): readonly (readonly [string, Node | null])[] {
  const own: [string, Node | null][] = [];
  const merged: (readonly [string, Node | null])[] = [];
  for (const { key, value } of map.items) {
    const isMerge = isScalar(key) && key.type === 'PLAIN' && key.source === '<<';
    if (isMerge) merged.push(...flattenSources(value as Node, document));
    else own.push([nameOf(key as Node), value as Node | null]);
  }
  return [...merged.toReversed(), ...own];
}

function flattenSources(value: Node, document: Document): readonly (readonly [string, Node | null])[] {
  const source = isAlias(value) ? value.resolve(document) : value;
  if (isMap(source)) return flatten(source, document);
  return isSeq(source) ? source.items.flatMap((item) => flattenSources(item as Node, document)) : [];
}

function nameOf(key: Node): string {
  if (!isScalar(key)) throw new Error('another reader finds a key that is no scalar');
  return typeof key.value === 'string' ? key.value : (key.source ?? '');
}

function compareScalar(mine: DvcScalar, theirs: Scalar | null, place: string): void {
  const text = typeof theirs?.value === 'string' ? theirs.value : (theirs?.source ?? '');
  if (text !== textOf(mine))
    throw new Error(
      `another reader finds ${JSON.stringify(text)} at ${place}, not ${JSON.stringify(textOf(mine))}`,
    );
  // Where DVC and YAML's core schema differ (1_000, .5e3), the text is all that can be compared.
  if (mine.kind === 'plain' && theirs !== null && !sameValue(mine, theirs.value))
    throw new Error(`another reader finds the value ${String(theirs.value)} at ${place}, not ${text}`);
}

function sameValue(mine: DvcPlain, value: unknown): boolean {
  if (typeof value === 'boolean') return mine.type === 'bool' && normalizePlain(mine).text === String(value);
  if (typeof value === 'number' || typeof value === 'bigint') {
    const [own, other] = [toNumber(mine), Number(value)];
    const same = own === other || (Number.isNaN(own) && Number.isNaN(other));
    return (mine.type === 'int' || mine.type === 'float') && same;
  }
  return value === null ? mine.type === 'null' : true;
}

function firstDifference(expected: string, found: string): string {
  const [wanted, got] = [expected.split('\n'), found.split('\n')];
  const at = wanted.findIndex((line, index) => line !== got[index]);
  const line = at === -1 ? wanted.length : at;
  const show = (text: string | undefined): string =>
    text === undefined ? 'nothing' : JSON.stringify(text).slice(0, 200);
  return `line ${line + 1} is ${show(wanted[line])}, written ${show(got[line])}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
