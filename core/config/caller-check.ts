import type { Finding } from '../finding/finding.ts';
import { policyPath } from './layout.ts';
import type { Policy, TrustedWorkflow } from './policy.ts';

interface Use {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
  readonly path: string;
  readonly ref: string;
}

/** The team's workflow must call the trusted workflows, at a commit that the policy believes. */
export function checkCaller(files: ReadonlyMap<string, string>, policy: Policy): readonly Finding[] {
  const uses = [...files]
    .filter(([path]) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path))
    .flatMap(usesOf);
  const { validate, judge } = policy.trusted;
  const whole = uses.filter(({ path }) => path === wholeOf(judge));
  return [validate, judge].flatMap((workflow) => {
    const calls = [...uses.filter(({ path }) => path === workflow.path), ...whole];
    if (calls.length === 0) return [missing(workflow)];
    return calls.filter(({ ref }) => !workflow.shas.includes(ref)).map((use) => notPinned(use, workflow));
  });
}

/** `propose-model.yml` beside the judge calls both, for organisations that keep a copy of Gatehouse. */
const wholeOf = ({ path }: TrustedWorkflow): string => path.replace(/[^/]+$/, 'propose-model.yml');

function usesOf([file, text]: readonly [string, string]): readonly Use[] {
  return text.split(/\r\n|\n|\r/).flatMap((line, at): Use[] => {
    const match =
      /^(\s*(?:-\s+)?uses:\s*["']?)([\w.-]+\/[\w.-]+\/\.github\/workflows\/[\w.-]+)@([^\s"'#]+)/.exec(line);
    const [, before = '', path = '', ref = ''] = match ?? [];
    return match === null ? [] : [{ file, line: at + 1, column: before.length + 1, text: line, path, ref }];
  });
}

const missing = ({ path, shas }: TrustedWorkflow): Finding => ({
  code: 'config/caller-missing',
  severity: 'fail',
  message: `no workflow of this repository calls ${path}`,
  where: { file: policyPath, pointer: '/trusted' },
  allowed: `a job with uses: ${path}@${shas[0] ?? '<commit>'}`,
  fix: 'Add the job to .github/workflows/gatehouse.yml: without it there is no evidence, and nothing can pass.',
});

function notPinned(use: Use, { path, shas }: TrustedWorkflow): Finding {
  const isCommit = /^[0-9a-f]{40}$/.test(use.ref);
  return {
    code: isCommit ? 'config/caller-not-trusted' : 'config/caller-not-pinned',
    severity: 'fail',
    message: isCommit
      ? `${path} is called at a commit that the policy does not believe`
      : `${path} is called at "${use.ref}", which can be moved`,
    where: { file: use.file, line: use.line, column: use.column },
    excerpt: use.text.slice(0, 200),
    found: use.ref,
    allowed: shas.join(', '),
    fix: `Write ${use.path}@${shas[0] ?? '<commit>'}, or have the governors add the commit to trusted.shas.`,
  };
}
