import { toFinding } from '../config/problem.ts';
import { readSource } from '../config/source.ts';
import { excerptOf, type Source } from '../config/yaml-node.ts';
import type { Position } from '../finding/finding.ts';
import { type Finding, isFailure } from '../finding/finding.ts';
import type { Flaw, Rule } from './rule.ts';
import { rules } from './rules.ts';
import { readWorkflow } from './workflow.ts';

/**
 * Finds what is unsafe in a workflow or in the metadata of an action. Stricter than GitHub: what cannot be read, or what
 * two YAML readers understand differently, is a finding too.
 * @param file path for the findings
 * @param options.isPublic other repositories call this workflow
 * @returns no finding for a file that breaks no rule
 * @see https://docs.zizmor.sh/audits/ whose names the rules bear where they mean the same
 */
export function lintWorkflow(
  text: string,
  file: string,
  { isPublic = false }: { readonly isPublic?: boolean } = {},
): readonly Finding[] {
  const read = readSource(text, file);
  if (read.kind === 'unreadable') return read.findings;
  const unclear = read.findings.filter((finding) => isFailure(finding) && !isEventKey(finding));
  const workflow = readWorkflow(read.source, isPublic);
  if (workflow === null) return [...unclear, neither(file)];
  return [
    ...unclear,
    ...rules.flatMap((rule) => rule.find(workflow).map((flaw) => findingOf(read.source, rule, flaw))),
  ];
}

/** YAML 1.1 takes the key `on` for true. GitHub reads YAML 1.2 and gave the key its name. */
const isEventKey = ({ code, where }: Finding): boolean =>
  code === 'config/ambiguous' && where?.pointer === '/on';

const neither = (file: string): Finding => ({
  code: 'workflow/shape',
  severity: 'fail',
  message: `${file} is neither a workflow nor an action: it has no map "jobs" and no map "runs"`,
  where: { file, line: 1, column: 1, pointer: '' },
  fix: 'Write "jobs:" with a map of jobs.',
});

function findingOf(source: Source, rule: Rule, { needle, isHidden, ...flaw }: Flaw): Finding {
  const { excerpt, ...finding } = toFinding(source, { code: `workflow/${rule.name}`, ...flaw });
  const line = needle === undefined ? null : lineOf(source, finding.where, needle);
  if (line === null) return { ...finding, ...(isHidden || excerpt === undefined ? {} : { excerpt }) };
  const column = (source.lines[line - 1] ?? '').indexOf(needle ?? '') + 1;
  return {
    ...finding,
    where: { file: source.file, ...finding.where, line, column },
    ...(isHidden ? {} : { excerpt: excerptOf(source.lines, line) }),
  };
}

/** First line from the beginning of a value on which a text of it stands. */
function lineOf({ lines }: Source, where: Position | undefined, needle: string): number | null {
  const from = (where?.line ?? 1) - 1;
  const at = lines.findIndex((line, index) => index >= from && line.includes(needle));
  return at < 0 ? null : at + 1;
}
