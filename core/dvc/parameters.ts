import { InputError } from '../error/error.ts';
import { parseStrictJson } from '../json/strict.ts';
import { type DvcMap, type DvcNode, getValue, textOf, toText } from './node.ts';
import { parseDvcYaml } from './parse-yaml.ts';
import { normalizePlain, toNumber } from './plain-scalar.ts';

/** A single number, text or truth value of a metrics file. */
export interface MetricLeaf {
  /** Keys from the top, joined by dots. */
  readonly name: string;
  readonly value: number | string | boolean;
}

/**
 * Reads a file of parameters or metrics: YAML or JSON.
 * @param text pull-request controlled
 * @throws InputError DVC_PARAMETERS when it is no map, DVC_UNSUPPORTED for TOML and Python: the one needs a reader that
 * is not built in, the other would have to be run
 */
export function parseParameters(text: string, file: string): DvcMap {
  const extension = /\.[^./]+$/.exec(file)?.[0].toLowerCase() ?? '';
  const node = parseByExtension(text, file, extension);
  if (node.kind === 'plain' && node.type === 'null') return { kind: 'map', entries: [] };
  if (node.kind === 'map') return node;
  throw new InputError('DVC_PARAMETERS', `${file} is no map of names and values`, {
    hint: 'Write "name: value" lines, or a JSON object.',
    where: { file },
  });
}

function parseByExtension(text: string, file: string, extension: string): DvcNode {
  switch (extension) {
    case '.yaml':
    case '.yml':
      return parseDvcYaml(text, file, 'DVC_PARAMETERS');
    case '.json':
      return parseJson(text, file);
    default:
      throw refuseFormat(file, extension);
  }
}

/**
 * Looks a parameter up as DVC does: a dotted key goes down maps and, by number, lists.
 * @returns undefined when there is none
 */
export function findParameter(node: DvcNode, key: string): DvcNode | undefined {
  return key
    .split('.')
    .reduce<DvcNode | undefined>(
      (found, part) => (found === undefined ? undefined : step(found, part)),
      node,
    );
}

function step(node: DvcNode, part: string): DvcNode | undefined {
  if (node.kind === 'map') return getValue(node, part);
  return node.kind === 'list' && /^\d+$/.test(part) ? node.items[Number(part)] : undefined;
}

/** Whether two values are the same to DVC: `1e-3` and `0.001` are, `1` and `1.0` are, `'1'` and `1` are not. */
export function equalValues(a: DvcNode, b: DvcNode): boolean {
  if (a.kind === 'plain' && b.kind === 'plain') return equalPlain(a, b);
  if (a.kind === 'text' && b.kind === 'text') return a.value === b.value;
  if (a.kind === 'list' && b.kind === 'list') {
    return a.items.length === b.items.length && a.items.every((item, at) => equalAt(item, b.items[at]));
  }
  if (a.kind !== 'map' || b.kind !== 'map' || a.entries.length !== b.entries.length) return false;
  const others = new Map(b.entries.map(({ key, value }) => [textOf(key), value]));
  return a.entries.every(({ key, value }) => equalAt(value, others.get(textOf(key))));
}

function equalAt(a: DvcNode, b: DvcNode | undefined): boolean {
  return b !== undefined && equalValues(a, b);
}

function equalPlain(a: DvcNode & { kind: 'plain' }, b: DvcNode & { kind: 'plain' }): boolean {
  if (a.type === b.type) return normalizePlain(a).text === normalizePlain(b).text;
  const numbers = [a.type, b.type].every((type) => type === 'int' || type === 'float');
  return numbers && toNumber(a) === toNumber(b);
}

/** The leaves of a metrics file; lists, nulls, dates and empty maps are no metrics. */
export function listMetrics(node: DvcNode, name = ''): readonly MetricLeaf[] {
  switch (node.kind) {
    case 'text':
      return name === '' ? [] : [{ name, value: node.value }];
    case 'plain':
      return toLeaf(node, name);
    case 'list':
      return [];
    case 'map':
      return node.entries.flatMap(({ key, value }) => {
        const part = textOf(key);
        return listMetrics(value, name === '' ? part : `${name}.${part}`);
      });
  }
}

function toLeaf(node: DvcNode & { kind: 'plain' }, name: string): readonly MetricLeaf[] {
  if (name === '' || node.type === 'null' || node.type === 'time') return [];
  if (node.type === 'bool') return [{ name, value: normalizePlain(node).text === 'true' }];
  return [{ name, value: toNumber(node) }];
}

/** The text of numbers is kept: 0.10 and 2^70 are compared as what they are. */
function parseJson(text: string, file: string): DvcNode {
  parseStrictJson(text, file);
  const keep = function (this: unknown, _: string, value: unknown, { source }: { source?: string }): unknown {
    return typeof value === 'number' ? new JsonNumber(source ?? String(value)) : value;
  };
  // Typed without its third parameter, the source text, which V8 hands over.
  return toNode(JSON.parse(text, keep as (key: string, value: unknown) => unknown));
}

class JsonNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

function toNode(value: unknown): DvcNode {
  if (value instanceof JsonNumber) {
    const type = /^-?\d+$/.test(value.text) ? 'int' : 'float';
    return { kind: 'plain', type, text: value.text };
  }
  if (typeof value === 'string') return toText(value);
  if (typeof value === 'boolean') return { kind: 'plain', type: 'bool', text: String(value) };
  if (Array.isArray(value)) return { kind: 'list', items: value.map(toNode) };
  if (typeof value !== 'object' || value === null) return { kind: 'plain', type: 'null', text: '' };
  const entries = Object.entries(value).map(([key, item]) => ({ key: toText(key), value: toNode(item) }));
  return { kind: 'map', entries };
}

function refuseFormat(file: string, extension: string): InputError {
  const reasons: Readonly<Record<string, string>> = {
    '.py': 'Python would have to be run to know its values',
    '.toml': 'no reader of TOML is built in',
  };
  return new InputError(
    'DVC_UNSUPPORTED',
    `${file} cannot be read: ${reasons[extension] ?? 'its format is not known'}`,
    { hint: 'Keep parameters and metrics in YAML or JSON.', where: { file } },
  );
}
