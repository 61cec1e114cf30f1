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
    lintWorkflow(text, path).map((finding) => toDiagnosis(finding, callsOurs(text, repository))),
  );
  if (found.length > 0) return named(found);
  if (workflows.length === 0) return [];
  return [ok('workflow/rules', `${workflows.length} workflow(s) break no rule of workflow safety`)];
}

/** Case does not matter to GitHub in the name of a repository. */
const callsOurs = (text: string, repository: string): boolean =>
  repository !== '' && text.toLowerCase().includes(`${repository.toLowerCase()}/`);

function toDiagnosis({ code, message, where, fix, found }: Finding, isCaller: boolean): Diagnosis {
  const place = [where?.file, where?.line].filter((part) => part !== undefined).join(':');
  const what = `${place}: ${message}${found === undefined ? '' : ` (${found})`}`;
  const rule = code.replace(/^workflow\//, '');
  if (isCaller && !matters.has(rule)) {
    return mend(code, what, 'This workflow calls Gatehouse: the gate rests on what it grants and runs.', fix);
  }
  return advise(code, what, 'Workflows are code that runs with the rights of the repository.', fix);
}

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
