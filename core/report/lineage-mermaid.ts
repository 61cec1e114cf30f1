import type { Entity, Lineage } from '../lineage/entity.ts';
import type { Trace } from '../lineage/trace.ts';
import { plainText } from './cell.ts';

/** Characters of a label, before escaping. */
const longestLabel = 80;
/** A picture of more than this is no picture; GitHub's renderer refuses large ones too. */
const mostEntities = 200;

/**
 * A trace as a Mermaid flowchart: what was made from what, from left to right.
 * @see https://mermaid.js.org/syntax/flowchart.html (entity codes: `#` number `;`)
 */
export function renderLineageMermaid(traces: readonly Trace[], { edges }: Pick<Lineage, 'edges'>): string {
  const known = new Map<string, Entity>();
  for (const { entity, lines } of traces) {
    known.set(entity.id, entity);
    for (const line of lines) known.set(line.entity.id, line.entity);
  }
  const shown = [...known.values()].slice(0, mostEntities);
  const names = new Map(shown.map(({ id }, at) => [id, `n${at}`]));
  const arrows = edges.flatMap(({ from, to, label, past }) => {
    const [start, end] = [names.get(from), names.get(to)];
    if (start === undefined || end === undefined) return [];
    const arrow = past ? '-.->' : '-->';
    return [`  ${start} ${arrow}${label === '' ? '' : `|"${escapeLabel(label)}"|`} ${end}`];
  });
  const left = known.size - shown.length;
  return [
    'flowchart LR',
    ...shown.map((entity) => `  ${names.get(entity.id)}${shapeOf(entity)}`),
    ...(left === 0 ? [] : [`  more["and ${left} more"]`]),
    ...arrows,
  ].join('\n');
}

function shapeOf({ kind, label, id }: Entity): string {
  const text = kind === 'dataset-version' ? id : label;
  const quoted = `"${escapeLabel(kind === 'source' ? `source: ${text}` : text)}"`;
  switch (kind) {
    case 'source':
      return `[/${quoted}/]`;
    case 'dataset':
    case 'dataset-version':
      return `[(${quoted})]`;
    case 'transformation':
    case 'run':
      return `[[${quoted}]]`;
    case 'version':
      return `[${quoted}]`;
    case 'endpoint':
      return `([${quoted}])`;
  }
}

/** Only letters, digits and a few marks stay: whatever else somebody wrote into a source is shown and never read as Mermaid. */
export function escapeLabel(text: string): string {
  return [...plainText(text, longestLabel)]
    .map((character) =>
      /[\p{L}\p{N} _.,@/+-]/u.test(character) ? character : `#${character.codePointAt(0) ?? 63};`,
    )
    .join('');
}
