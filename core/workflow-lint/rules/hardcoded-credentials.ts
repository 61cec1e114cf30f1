import type { Path } from '../../config/position.ts';
import type { Flaw, Rule } from '../rule.ts';
import { textsIn } from '../text.ts';
import { fieldsOf, type Workflow } from '../workflow.ts';

const secretName =
  /(?:password|passwd|secret|token|api[-_]?key|access[-_]?key(?:[-_]?id)?|private[-_]?key)$/i;
/** Beginnings that issuers give to their keys so that they can be found. @see https://docs.github.com/code-security */
const issued =
  /\bgh[pousr]_\w{20}|\bgithub_pat_\w{20}|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|-----BEGIN [A-Z ]*PRIVATE KEY/;

/**
 * A password, token or key that stands in the file itself: whoever reads the repository has it.
 * @see https://docs.zizmor.sh/audits/#hardcoded-container-credentials
 */
export const hardcodedCredentials: Rule = {
  name: 'hardcoded-credentials',
  find: (workflow) => [
    ...textsIn(workflow.fields, [])
      .filter(({ text }) => issued.test(text))
      .map(({ path, text }) => ({
        ...flawAt(path),
        // Never the key itself: a report is read by more people than the file.
        needle: (issued.exec(text)?.[0] ?? '').slice(0, 4),
      })),
    ...named(workflow),
  ],
};

function named({ fields, jobs, steps }: Workflow): readonly Flaw[] {
  const maps: readonly (readonly [Path, unknown])[] = [
    [['env'], fields.env],
    ...jobs.flatMap(({ path, fields: job }): (readonly [Path, unknown])[] => [
      [[...path, 'env'], job.env],
      [[...path, 'with'], job.with],
      [[...path, 'secrets'], job.secrets],
      [[...path, 'container', 'credentials'], fieldsOf(fieldsOf(job.container).credentials)],
      ...Object.entries(fieldsOf(job.services)).map(
        ([name, service]) =>
          [[...path, 'services', name, 'credentials'], fieldsOf(fieldsOf(service).credentials)] as const,
      ),
    ]),
    ...steps.flatMap(({ path, fields: step }): (readonly [Path, unknown])[] => [
      [[...path, 'env'], step.env],
      [[...path, 'with'], step.with],
    ]),
  ];
  return maps.flatMap(([path, map]) =>
    Object.entries(fieldsOf(map))
      .filter(([key, value]) => secretName.test(key) && isLiteral(value))
      .map(([key]) => flawAt([...path, key])),
  );
}

const isLiteral = (value: unknown): boolean =>
  (typeof value === 'string' && value !== '' && !value.includes('${{')) || typeof value === 'number';

const flawAt = (path: Path): Flaw => ({
  path,
  isHidden: true,
  message: `${String(path.at(-1))} stands in the file, for everybody who can read the repository`,
  fix: 'Revoke it, keep the new one as a secret and write "${{ secrets.NAME }}".',
});
