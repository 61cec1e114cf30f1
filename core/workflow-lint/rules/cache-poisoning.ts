import { writesOf } from '../job.ts';
import type { Rule } from '../rule.ts';
import { namesSecret } from '../text.ts';
import { fieldsOf, type Job, type Step, type Workflow } from '../workflow.ts';

/**
 * A cache is written by whoever runs code with the token of a run, and what is taken from it is executed: no cache in a
 * job that may write, sign or read a secret, and none where something is released.
 * @see https://docs.zizmor.sh/audits/#cache-poisoning
 */
export const cachePoisoning: Rule = {
  name: 'cache-poisoning',
  find: (workflow) =>
    workflow.jobs
      .filter((job) => isPrivileged(workflow, job))
      .flatMap(({ name, steps }) =>
        steps.filter(usesCache).map(({ path, uses }) => ({
          path: [...path, 'uses'],
          message: `job ${name} may write, sign, release or read a secret, and takes files from a cache`,
          found: uses,
          fix: 'Remove the cache, or move what needs it to a job without secrets and with reading permissions only.',
        })),
      ),
};

const isPrivileged = ({ events, fields }: Workflow, job: Job): boolean =>
  writesOf(job.fields).length > 0 ||
  namesSecret(job.fields) ||
  events.includes('release') ||
  fieldsOf(fieldsOf(fields.on).push).tags !== undefined;

const caching = /^(?:actions\/cache(?:\/|@)|Swatinem\/rust-cache@)/i;
const switches = ['cache', 'enable-cache', 'bundler-cache', 'package-manager-cache'];

/** setup-node takes a cache on its own where package.json names a package manager, unless it is told not to. */
function usesCache({ uses, fields }: Step): boolean {
  const given = fieldsOf(fields.with);
  const off = (key: string) => ['', 'false', 'undefined'].includes(String(given[key]));
  if (/^actions\/setup-node@/i.test(uses) && String(given['package-manager-cache']) !== 'false') return true;
  return caching.test(uses) || (/\/setup-/i.test(uses) && switches.some((key) => !off(key)));
}
