import { isCheckout } from '../job.ts';
import type { Flaw, Rule } from '../rule.ts';
import { fieldsOf, type Workflow } from '../workflow.ts';

const branch = /\bgithub\.(?:head_ref|ref_name|base_ref)\b|\b(?:head|base)\.ref\b/i;

/**
 * A name of a branch may be the name of a tag as well, and moves between two jobs of one run: what was checked and what
 * runs can differ. A commit says one thing. An action that one file uses at two commits has one that nobody looked at.
 * @see https://docs.zizmor.sh/audits/#ref-confusion
 */
export const refConfusion: Rule = {
  name: 'ref-confusion',
  find: (workflow) => [...checkouts(workflow), ...twice(workflow)],
};

function checkouts({ steps }: Workflow): readonly Flaw[] {
  return steps.filter(isCheckout).flatMap((step) => {
    const ref = String(fieldsOf(step.fields.with).ref ?? '');
    const [found] = branch.exec(ref) ?? [];
    return found === undefined
      ? []
      : [
          {
            path: [...step.path, 'with', 'ref'],
            message: `a branch is checked out by its name (${found}), which can move while the run goes on`,
            found: ref,
            fix: 'Name the commit: github.event.pull_request.head.sha or github.sha.',
          },
        ];
  });
}

function twice({ steps, jobs }: Workflow): readonly Flaw[] {
  const first = new Map<string, string>();
  const uses = [...steps, ...jobs.map(({ path, calls }) => ({ path, uses: calls }))];
  return uses.flatMap(({ path, uses: text }) => {
    const [action = '', ref] = text.split('@');
    const name = action.split('/').slice(0, 2).join('/').toLowerCase();
    if (ref === undefined || text.startsWith('docker://')) return [];
    const known = first.get(name) ?? ref;
    first.set(name, known);
    return known === ref
      ? []
      : [
          {
            path: [...path, 'uses'],
            message: `${name} is used at two commits in one file`,
            found: ref,
            fix: `Use ${known} in both places, or the newer of the two.`,
          },
        ];
  });
}
