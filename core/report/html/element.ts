import { plainText, sentenceCap } from '../cell.ts';

/** HTML that is safe: made by `element` or `text` alone, so that no text of the data gets in unescaped. */
export interface Html {
  readonly html: string;
}

export type Child = Html | string;
export type Attributes = Readonly<Record<string, string | number | true>>;

/**
 * The one escape of every page: for text between elements and for values of attributes in double quotes.
 * @param most characters that are shown
 */
export function escapeHtml(text: string, most = sentenceCap): string {
  return plainText(text, most)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('`', '&#96;');
}

/** Elements without an end. */
const isVoid = new Set(['meta', 'br', 'hr']);

/**
 * One element. Names of elements and attributes are ours; values and texts are anybody's and are escaped.
 * @param name as HTML or SVG has it
 */
export function element(name: string, attributes: Attributes = {}, ...children: readonly Child[]): Html {
  const own = Object.entries(attributes)
    .map(([key, value]) => (value === true ? ` ${key}` : ` ${key}="${escapeHtml(String(value), 4000)}"`))
    .join('');
  if (isVoid.has(name)) return { html: `<${name}${own}>` };
  return { html: `<${name}${own}>${join(children).html}</${name}>` };
}

/** Children one after the other. */
export const join = (children: readonly Child[]): Html => ({
  html: children.map((child) => (typeof child === 'string' ? escapeHtml(child) : child.html)).join(''),
});

export const nothing: Html = { html: '' };
