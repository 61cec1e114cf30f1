import type { Finding } from '../finding/finding.ts';
import { decide } from './decide.ts';
import type { DecisionInput, RuleResult } from './decision.ts';

export type Row = readonly [name: string, input: DecisionInput];

/**
 * Decisions as text, for golden files: the first whole, every other one by the lines that the first has not, and the
 * names that it misses.
 */
export function describeDecisions(rows: readonly Row[]): string {
  const all = rows.map(([name, input]) => ({ name, lines: linesOf(input) }));
  const first = all[0]?.lines ?? [];
  const texts = all.map(({ name, lines }, at) => {
    const known = new Set(at === 0 ? [] : first.map(({ text }) => text));
    const names = new Set(lines.map((line) => line.name));
    const absent = first.filter((line) => !names.has(line.name)).map((line) => `without ${line.name}`);
    const own = lines.map(({ text }) => text).filter((text) => !known.has(text));
    return [`## ${name}`, ...own, ...absent, ''].join('\n');
  });
  return texts.join('\n');
}

interface Line {
  readonly name: string;
  readonly text: string;
}

const lineOf = (name: string, text: string): Line => ({ name, text: `${name}: ${text}` });

/** Every rule with its state and sentence, every finding with its place, and who counts. */
function linesOf(input: DecisionInput): readonly Line[] {
  const { passedOver, subject, ...decision } = decide(input);
  const past = passedOver === undefined ? '' : `, past: ${passedOver.join(' ')}`;
  return [
    lineOf('=', `${decision.kind} (${decision.verdict}), subject ${subject?.slice(7, 19) ?? 'none'}${past}`),
    ...decision.rules.flatMap((rule) => treeOf(rule, '')),
    ...decision.findings.flatMap((finding) => [
      lineOf(`! ${finding.code}`, describeFinding(finding)),
      ...(finding.sample?.lines ?? []).map((line) => lineOf(`  |`, line)),
    ]),
    ...decision.counted.map(({ reviewer, role }) => lineOf(`+ ${reviewer.login}`, role)),
    ...decision.uncounted.map(({ reviewer, because }) => lineOf(`- ${reviewer.login}`, because)),
    ...decision.missing.map(({ role, count, candidates }) =>
      lineOf(`? ${role}`, `${count}: ${candidates.join(' ') || 'nobody'}`),
    ),
  ];
}

const treeOf = ({ rule, state, because, children }: RuleResult, indent: string): readonly Line[] => [
  lineOf(`${indent}${rule}`, `${state}: ${because}`),
  ...children.flatMap((child) => treeOf(child, `${indent}  `)),
];

function describeFinding({ severity, message, where, found, allowed, fix }: Finding): string {
  const place = where === undefined ? '' : ` in ${where.file}${where.pointer ?? ''}`;
  const limits = found === undefined && allowed === undefined ? '' : ` [${found} / ${allowed}]`;
  return `${severity}${place}${limits}: ${message}. ${fix}`;
}
