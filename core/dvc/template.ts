import { InputError } from '../error/error.ts';
import { type DvcMap, type DvcNode, type DvcScalar, textOf, toText } from './node.ts';
import { normalizePlain } from './plain-scalar.ts';

/** Where a template stands, for messages: `stages.train.cmd` of a file. */
export interface TemplatePlace {
  readonly file: string;
  readonly place: string;
}

const template = /(?<!\\)\$\{(.*?)\}/g;
const expression = /^[^.[\]]+(?:\.[^.[\]]+|\[[^.[\]]+\])*$/;

/** Whether a text holds `${...}` that is not escaped. */
export function isTemplate(node: DvcNode): boolean {
  return node.kind === 'text' && node.value.search(template) !== -1;
}

/**
 * Fills `${a.b[0]}` in every text of a node, keys included. A text that is one template alone becomes the value itself,
 * whatever its kind; inside other text only single values may stand.
 * @param context pull-request controlled values
 * @throws InputError DVC_TEMPLATE for names that are not there, and for what DVC would unfold into options
 * @see https://github.com/iterative/dvc dvc/parsing/interpolate.py
 */
export function fillTemplates(node: DvcNode, context: DvcMap, at: TemplatePlace): DvcNode {
  switch (node.kind) {
    case 'plain':
      return node;
    case 'text':
      return fillText(node.value, context, at);
    case 'list':
      return { kind: 'list', items: node.items.map((item) => fillTemplates(item, context, at)) };
    case 'map':
      return {
        kind: 'map',
        entries: node.entries.map(({ key, value }) => ({
          key: fillKey(key, context, at),
          value: fillTemplates(value, context, at),
        })),
      };
  }
}

function fillKey(key: DvcScalar, context: DvcMap, at: TemplatePlace): DvcScalar {
  if (key.kind === 'plain') return key;
  const filled = fillText(key.value, context, at);
  if (filled.kind === 'text' || filled.kind === 'plain') return filled;
  throw refuse(at, `the key "${key.value}" stands for a ${filled.kind}`);
}

function fillText(text: string, context: DvcMap, at: TemplatePlace): DvcNode {
  const [first, ...more] = text.matchAll(template);
  if (first !== undefined && more.length === 0 && first[0] === text) {
    return selectValue(context, text.slice('${'.length, -1), at);
  }
  const filled = text.replaceAll(template, (whole, inner: string) => {
    const value = selectValue(context, inner, at);
    if (value.kind === 'text' || value.kind === 'plain') return writeValue(value, at);
    throw refuse(at, `${whole} is a ${value.kind}, which is not put into a text`);
  });
  return toText(filled.replaceAll('\\${', '${'));
}

/** Goes down maps by key and lists by number. */
function selectValue(context: DvcMap, inner: string, at: TemplatePlace): DvcNode {
  const written = `\${${inner}}`;
  if (!expression.test(inner.trim())) throw refuse(at, `${written} is no name like \${a.b[0]}`);
  const parts = inner
    .replaceAll('[', '.')
    .replaceAll(']', '')
    .split('.')
    .map((part) => part.trim());
  let found: DvcNode = context;
  for (const part of parts) {
    const next = step(found, part);
    if (next === undefined) throw refuse(at, `there is no value for ${written}`);
    found = next;
  }
  return found;
}

/** A key that is no text has no name in DVC. */
function step(node: DvcNode, part: string): DvcNode | undefined {
  if (node.kind === 'map') {
    return node.entries.find(({ key }) => key.kind === 'text' && key.value === part)?.value;
  }
  return node.kind === 'list' && /^\d+$/.test(part) ? node.items[Number(part)] : undefined;
}

/** A single value as DVC 3 puts it into text: true, None, 0.1. @throws InputError DVC_TEMPLATE for a date */
export function writeValue(scalar: DvcScalar, at: TemplatePlace): string {
  if (scalar.kind === 'text') return scalar.value;
  const { type, text } = normalizePlain(scalar);
  if (type === 'time') throw refuse(at, `the date ${text} stands without quotes`);
  if (type === 'null') return 'None';
  return type === 'float' ? text.replace(/^(-?)\./, '$1') : text;
}

/**
 * Joins two maps of values; maps in both are joined in turn.
 * @throws InputError DVC_TEMPLATE when a value stands in both
 */
export function mergeValues(into: DvcMap, more: DvcMap, at: TemplatePlace): DvcMap {
  const entries = new Map(into.entries.map((entry) => [textOf(entry.key), entry]));
  for (const { key, value } of more.entries) {
    const known = entries.get(textOf(key))?.value;
    if (known !== undefined && (known.kind !== 'map' || value.kind !== 'map')) {
      throw refuse(at, `"${textOf(key)}" is set twice`);
    }
    const joined = known?.kind === 'map' && value.kind === 'map' ? mergeValues(known, value, at) : value;
    entries.set(textOf(key), { key, value: joined });
  }
  return { kind: 'map', entries: [...entries.values()] };
}

export function refuse({ file, place }: TemplatePlace, why: string): InputError {
  return new InputError('DVC_TEMPLATE', `${place} of ${file} cannot be filled in: ${why}`, {
    hint: 'Correct the template, or write the value itself. Gatehouse guesses none.',
    where: { file },
  });
}
