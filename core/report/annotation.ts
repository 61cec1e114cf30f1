import type { Finding, Severity } from '../finding/finding.ts';
import { plainText } from './cell.ts';
import { sortFindings } from './data-table.ts';
import { findingsOf, requestOf } from './facts.ts';
import type { Report } from './report.ts';

/** A finding at its line. */
export interface Annotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: 'failure' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

const levels: Readonly<Record<Severity, Annotation['level']>> = {
  fail: 'failure',
  warn: 'warning',
  note: 'notice',
};

/** Findings at lines of files that the pull request changes; the others stand in the text, not on unrelated lines. */
export function annotationsOf(report: Report): readonly Annotation[] {
  const request = requestOf(report);
  const changed = new Set([
    ...(request?.configuration ?? []),
    ...(request?.contentPaths ?? []).map(({ path }) => path),
  ]);
  const all = sortFindings([...findingsOf(report), ...dataFindings(report, changed)]);
  const seen = new Set<string>();
  return all.flatMap((finding) => {
    const annotation = toAnnotation(finding);
    // A change that could not be read names its files by its findings alone.
    const isChanged = request === null || changed.has(finding.where?.file ?? '');
    if (annotation === null || !isChanged) return [];
    const key = JSON.stringify(annotation);
    return seen.has(key) || !seen.add(key) ? [] : [annotation];
  });
}

/** A rule stands in the contract; when that is not in the diff, the data file that the pull request changes is. */
function dataFindings({ input }: Report, changed: ReadonlySet<string>): readonly Finding[] {
  return (input.validation?.datasets ?? []).flatMap(({ files, findings }) => {
    const file = files.find(({ path }) => changed.has(path))?.path;
    return findings.map((finding) =>
      file === undefined || changed.has(finding.where?.file ?? '')
        ? finding
        : { ...finding, where: { file, line: 1 } },
    );
  });
}

function toAnnotation(finding: Finding): Annotation | null {
  const { where, severity, code, message, found, allowed, fix } = finding;
  if (where?.line === undefined) return null;
  const facts = [
    found === undefined ? '' : `Found: ${found}.`,
    allowed === undefined ? '' : `Allowed: ${allowed}.`,
  ];
  const text = [message, ...facts, `Fix: ${fix}`].filter((part) => part !== '').join('\n');
  return {
    path: where.file,
    startLine: where.line,
    endLine: where.line,
    level: levels[severity],
    title: plainText(code, 100),
    message: text
      .split('\n')
      .map((line) => plainText(line, 1000))
      .join('\n'),
  };
}
