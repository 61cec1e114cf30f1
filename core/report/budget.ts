import type { Section } from './block.ts';
import { paragraph } from './block.ts';
import { renderMarkdown } from './markdown.ts';

/** GitHub takes 65,536 characters; what it counts is not always what we count. */
export const bodyLimit = 60_000;

/**
 * Joins sections to a body that fits. Whole sections are left out, highest rank first, later ones before earlier ones;
 * text is never cut. What is left out is said, with where to find it.
 * @param elsewhere where the whole report is, in words
 * @returns Markdown of at most `limit` characters; with sections of rank 0 alone when nothing else fits.
 */
export function fitSections(sections: readonly Section[], limit: number, elsewhere: string): string {
  const kept = sections.map((section) => ({ ...section, text: renderMarkdown(section.blocks) }));
  const order = kept
    .map((section, at) => ({ at, rank: section.rank }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank || b.at - a.at)
    .map(({ at }) => at);
  const left = new Set<number>();
  const body = () => {
    const shown = kept.filter((_, at) => !left.has(at)).map(({ text }) => text);
    const names = kept.filter((_, at) => left.has(at)).map(({ name }) => name);
    return [...shown, ...(names.length === 0 ? [] : [leftOut(names, elsewhere)])].join('\n\n');
  };
  for (const at of order) {
    if (body().length <= limit) break;
    left.add(at);
  }
  return body();
}

function leftOut(names: readonly string[], elsewhere: string): string {
  const shown =
    names.length <= 4 ? names.join(', ') : `${names.slice(0, 4).join(', ')} and ${names.length - 4} more`;
  return renderMarkdown([paragraph('Left out to keep this short: ', shown, `. ${elsewhere}`)]);
}
