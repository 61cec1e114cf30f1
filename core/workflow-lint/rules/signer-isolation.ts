import { canSign, isCheckout, machineOf } from '../job.ts';
import type { Flaw, Rule } from '../rule.ts';
import type { Job, Step } from '../workflow.ts';

/** Programs that run whatever lies in the folder: a shell of its own, an interpreter, a build tool, a path. */
const program = /\b(?:node|npm|npx|python3?|pip|uv|bash|sh|make|docker)\b|\.\//;

/**
 * A job that can ask for the identity of the run proves what was judged. It runs nothing but our bundled actions and the
 * upload of what they made, on a machine of GitHub.
 */
export const signerIsolation: Rule = {
  name: 'signer-isolation',
  find: ({ jobs }) => jobs.filter(canSign).flatMap(ofSigner),
};

function ofSigner({ name, path, fields, steps }: Job): readonly Flaw[] {
  return [
    ...(machineOf(fields) === 'hosted'
      ? []
      : [
          {
            path: fields['runs-on'] === undefined ? path : [...path, 'runs-on'],
            at: 'key' as const,
            message: `job ${name} signs on a machine that is not named literally as a hosted one`,
            fix: 'Write "runs-on: ubuntu-latest".',
          },
        ]),
    ...steps.flatMap((step) => ofStep(name, step)),
  ];
}

function ofStep(name: string, step: Step): readonly Flaw[] {
  const what = isCheckout(step)
    ? 'checks out code'
    : /^actions\/(?:cache|setup-)/i.test(step.uses)
      ? `uses ${step.uses}`
      : program.test(step.run)
        ? 'runs a program'
        : null;
  if (what === null) return [];
  return [
    {
      path: [...step.path, step.uses === '' ? 'run' : 'uses'],
      message: `job ${name} signs and ${what}`,
      fix: 'Move the step to a job without "id-token: write".',
    },
  ];
}
