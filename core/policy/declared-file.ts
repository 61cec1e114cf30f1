import type { FileFact } from '../change/declared.ts';
import type { Sample } from '../finding/finding.ts';
import { type Ruling, refuse } from './rule.ts';

/**
 * A declared file that is missing or unreadable is refused, each with its own words.
 * @param what is asked for, in words
 * @param sample what to write, and in which file
 */
export function ruleOnFile<T>(
  name: string,
  what: string,
  sample: Sample,
  fact: FileFact<T> | undefined,
  judge: (value: T) => Ruling,
): Ruling {
  const { file } = sample;
  if (fact?.kind === 'read') return judge(fact.value);
  if (fact?.kind === 'unreadable') {
    return refuse(name, {
      code: `${name}/unreadable`,
      message: fact.because,
      where: { file },
      fix: `Mend ${file} in a pull request of its own.`,
    });
  }
  return refuse(name, {
    code: `${name}/missing`,
    message: `There is no ${file} on the base branch, and the policy requires it for production`,
    where: { file },
    found: 'nothing',
    allowed: what,
    fix: `Add ${file} in a pull request of its own, with the lines shown for it.`,
    sample,
  });
}
