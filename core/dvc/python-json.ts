import { InputError } from '../error/error.ts';
import type { DvcNode, DvcPlain, DvcScalar } from './node.ts';
import { normalizePlain } from './plain-scalar.ts';

/**
 * Writes JSON as Python's `json.dumps(value, sort_keys=True)` does: ", " and ": ", everything beyond ASCII escaped, keys
 * by code point. DVC names folders and imports by the MD5 of such text.
 */
export function writePythonJson(node: DvcNode): string {
  switch (node.kind) {
    case 'text':
      return quotePython(node.value);
    case 'plain':
      return writePlain(node);
    case 'list':
      return `[${node.items.map(writePythonJson).join(', ')}]`;
    case 'map': {
      const entries = node.entries.map(({ key, value }) => ({ key: toKey(key), value }));
      entries.sort((a, b) => compareCodePoints(a.key, b.key));
      return `{${entries.map(({ key, value }) => `${quotePython(key)}: ${writePythonJson(value)}`).join(', ')}}`;
    }
  }
}

/** A JSON string of ASCII only, surrogate pairs for what lies beyond U+FFFF; DEL stays raw. */
export function quotePython(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The order of Python's strings: by code point. JavaScript's own order differs above U+FFFF. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const difference = rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** Moves surrogates, which stand for code points beyond U+FFFF, behind all other units. */
function rank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

function writePlain(scalar: DvcPlain): string {
  const { type, text } = normalizePlain(scalar);
  if (type === 'null') return 'null';
  if (type === 'time') {
    throw new InputError('DVC_YAML', `The date ${text} stands without quotes where DVC has no dates`, {
      hint: `Write '${text}'.`,
    });
  }
  const special: Readonly<Record<string, string>> = {
    '.nan': 'NaN',
    '.inf': 'Infinity',
    '-.inf': '-Infinity',
  };
  return special[text] ?? text;
}

function toKey(key: DvcScalar): string {
  return key.kind === 'text' ? key.value : writePlain(key);
}
