import type { Finding } from '../finding/finding.ts';
import type { Inline, Phrase, Section } from './block.ts';
import { sortFindings } from './data-table.ts';
import { severityWords } from './icon.ts';

const rowsInSection = 100;

/** Findings that are not about data: what, where, allowed, fix. */
export function findingSections(
  findings: readonly Finding[],
  showPlace: (finding: Finding) => Inline,
): readonly Section[] {
  const sorted = sortFindings(findings);
  const starts = Array.from(
    { length: Math.ceil(sorted.length / rowsInSection) },
    (_, at) => at * rowsInSection,
  );
  return starts.map((from, at): Section => {
    const rows = sorted
      .slice(from, from + rowsInSection)
      .map((finding): readonly Phrase[] => [
        [severityWords[finding.severity]],
        [{ code: finding.code }],
        [finding.message],
        [finding.allowed ?? '–'],
        [showPlace(finding)],
        [finding.fix],
      ]);
    const head = ['Result', 'Rule', 'Found', 'Allowed', 'Where', 'Fix'];
    const table = { kind: 'table', head, align: ['l', 'l', 'l', 'l', 'l', 'l'], rows } as const;
    return { name: 'findings', rank: at === 0 ? 1 : 6, blocks: [table] };
  });
}

/** `datasets/flights.yml:18:9`, the form that editors and terminals open. */
export function placeText({ where }: Finding): string {
  if (where === undefined) return '–';
  const line = where.line === undefined ? '' : `:${where.line}`;
  const column = where.line === undefined || where.column === undefined ? '' : `:${where.column}`;
  return `${where.file}${line}${column}`;
}
