import { isAcceptable } from '../dataset/accept.ts';
import type { Observation } from '../dataset/observation.ts';
import type { DriftReport } from '../drift/drift.ts';
import type { DatasetValidation } from '../evidence/evidence.ts';
import { type Finding, isFailure } from '../finding/finding.ts';
import { type Block, paragraph } from './block.ts';
import { terminalWidth } from './columns.ts';
import { sortFindings } from './data-table.ts';
import { driftBlocks } from './drift-section.ts';
import { exampleSections } from './example-rows.ts';
import { counted } from './facts.ts';
import { verdictWords } from './icon.ts';
import { observationBlocks } from './observation-table.ts';
import { renderFindings } from './terminal.ts';
import { renderText } from './text.ts';

/** What a check of one dataset on a laptop found. */
export interface DataCheck {
  readonly dataset: string;
  readonly contractPath: string;
  readonly verdict: DatasetValidation['verdict'];
  readonly rows: number | null;
  readonly files: number;
  readonly findings: readonly Finding[];
  readonly observations: readonly Observation[];
  readonly drift: DriftReport | null;
  readonly notes: readonly string[];
}

/**
 * A check for a terminal: the consequence first, each finding with its place and its line, then what was measured, also
 * where nothing is wrong.
 * @param text of the contract: its lines are shown under the findings that point at them
 */
export function renderDataCheck(check: DataCheck, text: string): string {
  const { dataset, findings, observations, drift, notes } = check;
  const shown = renderFindings(
    sortFindings(findings).map((finding) => withLine(finding, check, text)),
  ).trimEnd();
  const rest: readonly Block[] = [
    ...exampleSections(dataset, findings).flatMap(({ blocks }) => blocks),
    ...(drift === null ? [] : driftBlocks(dataset, drift)),
    ...observationBlocks(observations),
    ...notes.map((note) => paragraph({ prose: note })),
    ...acceptHint(check),
  ];
  return [
    renderText([paragraph({ strong: headline(check) })]),
    ...(shown === '' ? [] : [shown]),
    ...(rest.length === 0 ? [] : [renderText(rest, { width: terminalWidth })]),
  ].join('\n\n');
}

function headline({ dataset, contractPath, verdict, rows, files, findings }: DataCheck): string {
  const broken = findings.filter(isFailure).length;
  const advice = findings.filter(({ severity }) => severity === 'warn').length;
  const size = rows === null ? '' : ` (${counted(rows, 'row')} in ${counted(files, 'file')})`;
  const said = {
    pass: `keeps ${contractPath}`,
    'data invalid': `may not be used: ${counted(broken, 'finding')} by ${contractPath}`,
    'not evaluated': `could not be held against ${contractPath}. This says nothing about the data`,
  }[verdict];
  const warnings = advice === 0 ? '' : `, ${counted(advice, 'warning')}`;
  return `${verdictWords[verdict]}: ${dataset}${size} ${said}${warnings}`;
}

/** The line that a finding points at, with a mark under it, as compilers show it. */
function withLine(finding: Finding, { contractPath }: DataCheck, text: string): Finding {
  const { where, excerpt, found, examples = [] } = finding;
  const shown = [...new Set(examples)].slice(0, 3).map((example) => `"${example}"`);
  const told =
    found === undefined || shown.length === 0
      ? finding
      : { ...finding, found: `${found}, for example ${shown.join(', ')}` };
  if (where?.line === undefined || where.file !== contractPath || excerpt !== undefined) return told;
  const line = text.split(/\r?\n/)[where.line - 1] ?? '';
  return line.trim() === '' ? told : { ...told, excerpt: line.slice(0, 200) };
}

/** How to go on when the data is right and the contract is not. */
function acceptHint({ findings, dataset }: DataCheck): readonly Block[] {
  // What cannot be read or holds nothing is not right, whatever a contract says.
  if (findings.some(({ code }) => code === 'data/empty' || code === 'data/unreadable')) return [];
  const first = findings.find(({ code, severity }) => severity !== 'note' && isAcceptable(code));
  if (first === undefined) return [];
  const column = first.column === undefined ? '' : ` --column ${JSON.stringify(first.column)}`;
  const command = `gatehouse data accept ${first.code}${column} --dataset ${dataset}`;
  return [paragraph({ prose: `If the data is right and the contract is not: ${command}` })];
}
