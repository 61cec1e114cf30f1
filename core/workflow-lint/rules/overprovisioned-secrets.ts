import type { Path } from '../../config/position.ts';
import type { Flaw, Rule } from '../rule.ts';
import { expressionsOf, namesSecret } from '../text.ts';
import type { Fields, Workflow } from '../workflow.ts';

/** All secrets at once, or one whose name is known only when it runs: the runner is then given every one. */
const everySecret = /\btojson\s*\(\s*secrets\s*\)|\bsecrets\s*\.\s*\*|\bsecrets\s*\[\s*(?!')/i;

/**
 * A secret goes to the step that needs it, by its name.
 * @see https://docs.zizmor.sh/audits/#overprovisioned-secrets
 */
export const overprovisionedSecrets: Rule = {
  name: 'overprovisioned-secrets',
  find: (workflow) => [
    ...everything(workflow),
    ...ofEnvironment([], workflow.fields, 'every job'),
    ...workflow.jobs.flatMap(({ path, fields, name }) =>
      ofEnvironment(path, fields, `every step of job ${name}`),
    ),
  ],
};

const everything = (workflow: Workflow): readonly Flaw[] =>
  expressionsOf(workflow).flatMap(({ path, text }) => {
    const [found] = everySecret.exec(text) ?? [];
    return found === undefined
      ? []
      : [
          {
            path,
            needle: found,
            message: 'the machine is given every secret, not the one that is needed',
            found,
            fix: 'Name the one secret: ${{ secrets.NAME }}.',
          },
        ];
  });

const ofEnvironment = (path: Path, { env }: Fields, who: string): readonly Flaw[] =>
  namesSecret(env)
    ? [
        {
          path: [...path, 'env'],
          at: 'key',
          message: `${who} gets a secret`,
          fix: 'Move it to the env of the step that needs it.',
        },
      ]
    : [];
