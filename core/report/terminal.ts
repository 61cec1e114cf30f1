import type { GatehouseError } from '../error/error.ts';
import type { Finding } from '../finding/finding.ts';
import { plainText } from './cell.ts';
import { commentSections } from './comment.ts';
import { placeText } from './finding-list.ts';
import { severityWords } from './icon.ts';
import type { Report } from './report.ts';
import { type JobResult, summarySections } from './summary.ts';
import { renderText, type TextOptions, toAscii } from './text.ts';

/** The report of a pull request for a terminal: the same sentences as in its comment. */
export function renderTerminal(report: Report, options: TextOptions = {}): string {
  return `${renderText(
    commentSections(report).flatMap(({ blocks }) => blocks),
    options,
  )}\n`;
}

/** What one job found, for a terminal: the same sentences as in its summary. */
export function renderJobTerminal(result: JobResult, options: TextOptions = {}): string {
  return `${renderText(
    summarySections(result).flatMap(({ blocks }) => blocks),
    options,
  )}\n`;
}

/**
 * Renders findings the way compilers do: place, what, the line with a mark under it, what is allowed, the fix.
 * @returns one block a finding, in the order given; empty for none
 */
export function renderFindings(findings: readonly Finding[], options: TextOptions = {}): string {
  if (findings.length === 0) return '';
  const text = findings.map((finding) => frameOf(finding).join('\n')).join('\n\n');
  return `${options.ascii === true ? toAscii(text) : text}\n`;
}

/** An error as a terminal shows it: its findings, or its own message and fix. */
export function renderError(error: GatehouseError, options: TextOptions = {}): string {
  if (error.findings.length > 0) return renderFindings(error.findings, options);
  const finding: Finding = {
    code: error.code,
    severity: 'fail',
    message: error.message,
    fix: error.hint,
    ...(error.where === undefined ? {} : { where: error.where }),
  };
  return renderFindings([finding], options);
}

function frameOf(finding: Finding): readonly string[] {
  const { where, excerpt, column, found, allowed, reason } = finding;
  const place = where === undefined ? '' : `${placeText(finding)} `;
  const line = where?.line === undefined ? '' : String(where.line);
  const gutter = ' '.repeat(line.length);
  const mark = ' '.repeat(Math.max(0, (where?.column ?? 1) - 1));
  return [
    plainText(`${place}${severityWords[finding.severity]} ${finding.code} ${finding.message}`, 1000),
    ...(excerpt === undefined || line === ''
      ? []
      : [`  ${line} | ${plainLine(excerpt)}`, `  ${gutter} | ${mark}^`]),
    ...[
      column === undefined ? '' : `Column: ${column}`,
      found === undefined ? '' : `Found: ${found}`,
      allowed === undefined ? '' : `Allowed: ${allowed}`,
      reason === undefined ? '' : `Why: ${reason}`,
      `Fix: ${finding.fix}`,
    ].flatMap((text) => (text === '' ? [] : [`  ${plainText(text, 1000)}`])),
    ...(finding.sample?.lines ?? []).map((text) => `    ${plainLine(text)}`),
  ];
}

/** Keeps the columns of the line, so that the mark stands under the right character. */
const plainLine = (line: string): string => line.replace(/\t/g, ' ').replace(/[\p{Cc}\p{Cf}]/gu, '');
