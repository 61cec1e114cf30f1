import { type Fields, fieldsOf, type Job, type Step } from './workflow.ts';

/** Where a job runs: on a machine of GitHub by its name, on one of the team, or where an expression says. */
export type Machine = 'hosted' | 'own' | 'expression';

/** Names that GitHub gives. A larger machine has a name that its organisation gave, as a machine of its own has. */
const hosted = /^(?:ubuntu|windows|macos)-(?:latest|\d+(?:\.\d+)?)(?:-(?:arm|large|xlarge))?$/;

/** @see https://docs.github.com/actions/how-tos/write-workflows/choose-where-workflows-run/choose-the-runner-for-a-job */
export function machineOf({ 'runs-on': runsOn }: Fields): Machine {
  const group = fieldsOf(runsOn);
  const labels = [group.labels ?? (Array.isArray(runsOn) || typeof runsOn === 'string' ? runsOn : [])].flat();
  if (labels.some((label) => String(label).includes('${{'))) return 'expression';
  const isHosted = group.group === undefined && labels.length === 1 && hosted.test(String(labels[0]));
  return isHosted ? 'hosted' : 'own';
}

/** Scopes that a job may write; `write-all` counts as one. */
export function writesOf({ permissions }: Fields): readonly string[] {
  if (permissions === 'write-all') return ['write-all'];
  return Object.entries(fieldsOf(permissions)).flatMap(([scope, level]) =>
    level === 'write' ? [scope] : [],
  );
}

/** True for a job that may ask for an identity of the run, with steps of its own. */
export const canSign = (job: Job): boolean => job.calls === '' && writesOf(job.fields).includes('id-token');

export const isCheckout = ({ uses }: Step): boolean => /^actions\/checkout(?:@|$)/i.test(uses);

/** Code that a script brings in itself. */
const fetching =
  /\bgit\s+(?:-\S+\s+|-C\s+\S+\s+)*(?:fetch|clone|checkout|switch|pull|worktree)\b|\bgh\s+(?:pr|repo)\s+(?:checkout|clone)\b/;

/**
 * True for a job on whose machine code of a pull request may run. What lies at the commit of the run itself is governed
 * where a workflow runs on a schedule and on pushes only.
 */
export const runsProposed = ({ steps }: Job): boolean =>
  steps.some(
    (step) =>
      (isCheckout(step) && fieldsOf(step.fields.with).ref !== '${{ github.sha }}') ||
      /\/actions\/(?:train|predict)-model@/.test(step.uses) ||
      fetching.test(step.run),
  );
