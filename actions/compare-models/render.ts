import { markdownTable } from 'markdown-table';
import type { MetricResult } from '../../core/evidence/evidence.ts';
import type { Finding, Verdict } from '../../core/finding/finding.ts';
import { cell, sentenceCap } from '../../core/report/cell.ts';
import { resultWords, verdictWords } from '../../core/report/icon.ts';
import type { CompareReport } from './run.ts';

const maxRows = 40;

/** The report as a person reads it: verdict first, failures before the rest, then every number. */
export function renderComparison(report: CompareReport): string {
  return [
    headline(report),
    gateTable(report),
    metricTable(report.metrics),
    findingTable(report.findings),
    note(report),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function headline(report: CompareReport): string {
  const failed = report.gates.filter((gate) => gate.result === 'fail').length;
  const said: Readonly<Record<Verdict, string>> = {
    pass: `${cell(report.model)} passed ${report.gates.filter(({ result }) => result === 'pass').length} gates on ${report.rows} rows`,
    fail: `${cell(report.model)} failed ${failed} of ${report.gates.length} gates on ${report.rows} rows`,
    'data invalid': `nothing was compared, ${report.findings.length} finding(s) in the data`,
    'not evaluated': `this says nothing about ${cell(report.model)}`,
    waiting: cell(report.model),
  };
  return `### ${verdictWords[report.verdict]}: ${said[report.verdict]}`;
}

function gateTable({ gates }: CompareReport): string {
  if (gates.length === 0) return '';
  const order = ['fail', 'not evaluated', 'pass', 'skipped'];
  const sorted = [...gates]
    .sort((a, b) => order.indexOf(a.result) - order.indexOf(b.result))
    .slice(0, maxRows);
  const rows = sorted.map((gate) => [
    cell(gate.gate),
    cell(gate.found),
    cell(gate.required),
    resultWords[gate.result],
    cell(gate.because, sentenceCap),
  ]);
  return markdownTable([['Gate', 'Found', 'Required', 'Result', 'Why'], ...rows]);
}

function metricTable(metrics: readonly MetricResult[]): string {
  if (metrics.length === 0) return '';
  const rows = metrics.map((metric) => [
    cell(metric.metric),
    String(metric.challenger),
    metric.champion === null ? '-' : String(metric.champion),
    difference(metric),
    metric.differenceInterval === null ? '-' : metric.differenceInterval.join(' to '),
  ]);
  const head = ['Metric', 'Challenger', 'Champion', 'Difference', '95 % interval'];
  return markdownTable([head, ...rows], { align: ['l', 'r', 'r', 'r', 'r'] });
}

function difference({ difference: value, higherIsBetter }: MetricResult): string {
  if (value === null) return '-';
  if (value === 0) return '0';
  return `${value > 0 ? '+' : ''}${value} ${value > 0 === higherIsBetter ? '▲ better' : '▼ worse'}`;
}

function findingTable(findings: readonly Finding[]): string {
  if (findings.length === 0) return '';
  const rows = findings
    .slice(0, maxRows)
    .map((finding) => [
      cell(finding.code),
      cell(finding.message, sentenceCap),
      cell(finding.found ?? ''),
      cell(finding.allowed ?? ''),
      cell(finding.fix, sentenceCap),
    ]);
  const more =
    findings.length > maxRows ? `\n\n${findings.length - maxRows} more are in the report file.` : '';
  return markdownTable([['Rule', 'What', 'Found', 'Allowed', 'How to mend'], ...rows]) + more;
}

function note(report: CompareReport): string {
  if (report.verdict === 'data invalid') return '';
  return '<sub>Measured beside the team’s own code on rows that the job could read. To let nothing past the gate, add the app and `judge-model.yml`.</sub>';
}
