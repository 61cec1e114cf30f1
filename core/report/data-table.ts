import { writeCount, writeRows, writeShare } from '../dataset/wording.ts';
import type { DatasetValidation } from '../evidence/evidence.ts';
import { type Finding, isFailure } from '../finding/finding.ts';
import type { Inline, Phrase, Section, Table } from './block.ts';
import { chunksOf, rangeOf } from './chunk.ts';
import { exampleSections } from './example-rows.ts';
import { counted, grouped } from './facts.ts';
import { severityWords } from './icon.ts';
import { nameRule } from './observation-table.ts';

const rowsInView = 8;

/** How a place in a file is shown: as a link on the pull request, as text in a summary. */
export type ShowPlace = (finding: Finding) => Inline;

/** What a dataset breaks: rule, column, how much, what is allowed, where it starts, where it is set. */
export function dataSections(dataset: DatasetValidation, showPlace: ShowPlace): readonly Section[] {
  const findings = sortFindings(dataset.findings);
  const failures = findings.filter(isFailure).length;
  const rows = dataset.rows === null ? 'an unknown number of rows' : counted(dataset.rows, 'row');
  const title: Phrase = [
    { strong: 'Dataset' },
    ' ',
    { code: dataset.dataset },
    ` (${rows} in ${counted(dataset.files.length, 'file')}): ${verdictText(dataset, failures)}`,
  ];
  const head: Section = {
    name: `data of ${dataset.dataset}`,
    rank: 1,
    blocks: [
      { kind: 'paragraph', text: title },
      ...(findings.length === 0 ? [] : [toTable(findings.slice(0, rowsInView), showPlace)]),
    ],
  };
  const examples = exampleSections(dataset.dataset, findings);
  if (findings.length <= rowsInView) return [head, ...examples];
  const folds = chunksOf(findings).map(({ from, rows: part }): Section => {
    const title = rangeOf(from, part.length, findings.length, 'findings');
    return {
      name: title.toLowerCase(),
      rank: 6,
      blocks: [{ kind: 'fold', title, blocks: [toTable(part, showPlace)] }],
    };
  });
  return [head, ...folds, ...examples];
}

function verdictText(dataset: DatasetValidation, failures: number): string {
  const contract = `its contract as on ${dataset.contractFrom === 'base' ? 'the base branch' : 'this pull request'}`;
  if (dataset.verdict === 'pass') return `keeps ${contract}.`;
  if (dataset.verdict === 'not evaluated') return `could not be held against ${contract}.`;
  return `breaks ${counted(failures, 'rule')} of ${contract}.`;
}

function toTable(findings: readonly Finding[], showPlace: ShowPlace): Table {
  return {
    kind: 'table',
    head: ['Result', 'Rule', 'Column', 'Found', 'Allowed', 'First row', 'Where it is set'],
    align: ['l', 'l', 'l', 'l', 'l', 'r', 'l'],
    rows: findings.map((finding) => [
      [severityWords[finding.severity]],
      nameRule(finding),
      finding.column === undefined ? ['–'] : [{ code: finding.column }],
      [foundText(finding)],
      [finding.allowed ?? '–', finding.reason === undefined ? '' : `; why: ${finding.reason}`],
      [finding.firstRow === undefined ? '–' : grouped(finding.firstRow)],
      [showPlace(finding)],
    ]),
  };
}

function foundText({ found, message, count, total, examples }: Finding): string {
  const share =
    count !== undefined && total !== undefined && total > 0
      ? `${writeCount(count)} of ${counted(total, 'row')} (${writeShare(count, total)})`
      : null;
  const said = found ?? share ?? message;
  // How many rows are at fault is worth saying where only their values were told.
  const told =
    share === null ||
    [writeRows(count ?? 0), `${writeCount(count ?? 0)} of `].some((words) => said.includes(words));
  const text = told ? said : `${said}; ${share}`;
  const shown = [...new Set(examples)]
    .slice(0, 3)
    .map((example) => `"${example}"`)
    .filter((example) => !text.includes(example));
  return shown.length === 0 ? text : `${text}, for example ${shown.join(', ')}`;
}

const severities = ['fail', 'warn', 'note'] as const;

export const sortFindings = (findings: readonly Finding[]): readonly Finding[] =>
  severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
