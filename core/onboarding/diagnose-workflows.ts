import type { Finding } from '../finding/finding.ts';
import { lintWorkflow } from '../workflow-lint/workflow-lint.ts';
import { advise, type Diagnosis, mend, ok } from './diagnosis.ts';

/** Most findings that are named one by one. */
const mostNamed = 20;

/** What keeps a workflow readable and cheap; nobody gets past the gate by it. */
const matters = new Set(['concurrency-limits', 'time-limits', 'undocumented-permissions']);

/**
 * Holds the team's own workflows against the rules that ours keep. What calls Gatehouse is to be mended: it hands on
 * artifacts, and grants the permissions that the gate rests on. Everything else is advice.
 * @param repository whose workflows and actions are Gatehouse's, as the policy names it: `acme/gatehouse`
 * @see https://docs.zizmor.sh/audits/ whose names the rules bear where they mean the same
 */
export function diagnoseWorkflows(
  files: ReadonlyMap<string, string>,
  repository: string,
): readonly Diagnosis[] {
  const workflows = [...files].filter(([path]) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path));
  const found = workflows.flatMap(([path, text]) =>
    groupFindings(lintWorkflow(text, path)).map((same) => toDiagnosis(same, callsOurs(text, repository))),
  );
  if (found.length > 0) return named(found);
  if (workflows.length === 0) return [];
  return [
    ok(
      'workflow/rules',
      `${workflows.length === 1 ? '1 workflow breaks' : `${workflows.length} workflows break`} no rule of workflow safety`,
    ),
  ];
}

/** Case does not matter to GitHub in the name of a repository. */
const callsOurs = (text: string, repository: string): boolean =>
  repository !== '' && text.toLowerCase().includes(`${repository.toLowerCase()}/`);

/** One rule that is broken the same way in several lines of a file is one fault. */
function groupFindings(findings: readonly Finding[]): readonly (readonly [Finding, ...Finding[]])[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = [finding.code, finding.message, finding.found, finding.fix].join('\0');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}

function toDiagnosis(
  [{ code, message, where, fix, found }, ...more]: readonly [Finding, ...Finding[]],
  isCaller: boolean,
): Diagnosis {
  const place = [where?.file, where?.line].filter((part) => part !== undefined).join(':');
  const lines = more.flatMap((each) => each.where?.line ?? []);
  const also = lines.length === 0 ? '' : `; also in line ${lines.slice(0, mostNamed).join(', ')}`;
  const what = `${place}: ${message}${found === undefined ? '' : ` (${found})`}${also}`;
  const rule = code.replace(/^workflow\//, '');
  const about = { about: aboutRule(where?.file ?? '', rule), precise: true };
  if (isCaller && !matters.has(rule)) {
    const why = 'This workflow calls Gatehouse: the gate rests on what it grants and runs.';
    return { ...mend(code, what, why, fix), ...about };
  }
  return {
    ...advise(code, what, 'Workflows are code that runs with the rights of the repository.', fix),
    ...about,
  };
}

/** What a rule of workflow safety finds in a file; a look of another kind may find the same. */
export const aboutRule = (path: string, rule: string): string => `${path} ${rule}`;

/** What is to be mended comes first, so that a long list of advice does not hide it. */
function named(all: readonly Diagnosis[]): readonly Diagnosis[] {
  const sorted = (['mend', 'advice'] as const).flatMap((health) =>
    all.filter((each) => each.health === health),
  );
  const rest = sorted.slice(mostNamed);
  if (rest.length === 0) return sorted;
  const more = rest.some(({ health }) => health === 'mend') ? mend : advise;
  return [
    ...sorted.slice(0, mostNamed),
    more(
      'workflow/more',
      `And ${rest.length} more of the kind`,
      'As above.',
      'Mend those above, and run it again.',
    ),
  ];
}
