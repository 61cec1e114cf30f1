import { writeYaml, type YamlValue } from '../config/yaml-write.ts';
import type { Answers } from './answers.ts';
import { schemaLine, toRoleValue } from './policy-text.ts';

/** Days after which a proposed contract ends: whoever has not stated a legal basis by then trains on nothing. */
export const contractDays = 90;

/**
 * Fills the lines that `inferContract` leaves empty with words that say what is missing. The date is near, so that
 * they cannot stay.
 * @param inferred text of `inferContract`
 * @param expires ISO date
 * @param models that may train on it
 */
export function contractText(
  inferred: string,
  answers: Pick<Answers, 'pin' | 'governors'>,
  { expires, models }: { readonly expires: string; readonly models: readonly string[] },
): string {
  const values: Readonly<Record<string, YamlValue>> = {
    description: 'TODO: what one row is',
    owner: toRoleValue(answers.governors),
    source: 'TODO: where the data comes from',
    'legal-basis': 'TODO: what allows its use',
    'approved-by': 'TODO: who approved its use',
    expires,
    access: models,
  };
  const lines = inferred.split('\n').map((line) => {
    const [, key = ''] = /^([a-z-]+): # TODO /.exec(line) ?? [];
    if (Object.hasOwn(values, key)) return `${key}: ${writeYaml(values[key] ?? '')}`;
    return line.startsWith('# TODO: fill in these seven lines.')
      ? `# Say these yourself. Nothing may train on it after the day of "expires", ${contractDays} days from now.`
      : line;
  });
  return [...schemaLine(answers, 'contract'), ...lines].join('\n');
}
