import type { Finding } from '../finding/finding.ts';
import type { Inline, Phrase, Section } from './block.ts';
import { chunksOf } from './chunk.ts';
import { sortFindings } from './data-table.ts';
import { severityWords } from './icon.ts';
import { sampleSections } from './sample-section.ts';

/** Findings that are not about data: what, where, allowed, fix; then what to write, to copy. */
export function findingSections(
  findings: readonly Finding[],
  showPlace: (finding: Finding) => Inline,
): readonly Section[] {
  const sorted = sortFindings(findings);
  const head = ['Result', 'Rule', 'Found', 'Allowed', 'Where', 'Fix'];
  const tables = chunksOf(sorted).map(({ from, rows }): Section => {
    const cells = rows.map((finding): readonly Phrase[] => [
      [severityWords[finding.severity]],
      [{ code: finding.code }],
      foundPhrase(finding),
      [finding.allowed ?? '–'],
      [showPlace(finding)],
      [finding.fix],
    ]);
    const table = { kind: 'table', head, rows: cells } as const;
    return { name: 'findings', rank: from === 0 ? 1 : 6, blocks: [table] };
  });
  return [...tables, ...sampleSections(sorted)];
}

/** The sentence, and what was found where the sentence does not name it: which workflow, which digest. */
export function foundPhrase({ message, found }: Pick<Finding, 'message' | 'found'>): Phrase {
  // "There is no ..." has said it.
  if (found === undefined || /^\s*(?:nothing)?$/.test(found) || message.includes(found)) return [message];
  return [message, /[.!?]$/.test(message) ? ' ' : '. ', 'Found: ', found];
}

/** `datasets/flights.yml:18:9`, the form that editors and terminals open. */
export function placeText({ where }: Finding): string {
  if (where === undefined) return '–';
  const line = where.line === undefined ? '' : `:${where.line}`;
  const column = where.line === undefined || where.column === undefined ? '' : `:${where.column}`;
  return `${where.file}${line}${column}`;
}
