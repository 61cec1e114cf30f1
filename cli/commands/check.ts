import { resolveRef } from '../../adapters/git/read.ts';
import { readWorkTree, type WorkTree } from '../../adapters/git/work-tree.ts';
import { readBranch } from '../../adapters/proposal/read-branch.ts';
import { checkRepositoryConfig } from '../../core/config/check.ts';
import { isChecked, policyPath } from '../../core/config/layout.ts';
import { parsePolicy, renderPolicy } from '../../core/config/policy-file.ts';
import { readRepositoryConfig } from '../../core/config/repository.ts';
import { InputError } from '../../core/error/error.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { checkWaivedGates } from '../../core/policy/waived-gate-check.ts';
import { counted } from '../../core/report/count-text.ts';
import { findBase } from '../base.ts';
import { type BranchAnswer, type CheckAnswer, renderCheck, toBranchAnswer } from '../check-answer.ts';
import type { AddCommand, CommandContext } from '../context.ts';

interface CheckOptions {
  readonly base?: string;
  readonly printPolicy?: boolean;
  readonly json?: boolean;
}

/** `gatehouse check`: are Gatehouse's files right, and what will this branch ask for? Needs no network. */
export const checkCommand: AddCommand = (program, context) => {
  program
    .command('check')
    .description('Checks every Gatehouse file of this clone and says what this branch will ask for')
    .option('--base <ref>', "branch to compare with (default: the remote's default branch, as fetched)")
    .option('--print-policy', 'print the policy with its preset resolved, and nothing else')
    .option('--json', 'print JSON')
    .action((options: CheckOptions) =>
      context.run(async () => {
        const tree = await readWorkTree(context.cwd, isChecked);
        const policy = tree.texts.get(policyPath);
        if (policy === undefined) throw noPolicy(tree);
        if (options.printPolicy === true) return printPolicy(policy, options, context);
        const answer = await check(tree, options.base);
        context.print(options.json ? JSON.stringify(answer, null, 2) : renderCheck(answer));
        return answer.verdict === 'pass' ? 0 : 1;
      }),
    );
};

function printPolicy(text: string, { json }: CheckOptions, context: CommandContext): 0 {
  const policy = parsePolicy(text, policyPath);
  context.print(json ? JSON.stringify(policy, null, 2) : renderPolicy(policy).trimEnd());
  return 0;
}

async function check(tree: WorkTree, given: string | undefined): Promise<CheckAnswer> {
  // Paths of other files matter for globs; their text does not.
  const files = new Map(tree.paths.map((path) => [path, tree.texts.get(path) ?? '']));
  for (const path of tree.links) files.delete(path);
  const own = [
    ...tree.links.map(linked),
    ...checkRepositoryConfig(files),
    ...checkWaivedGates(readRepositoryConfig(files)),
  ];
  const branch = await readAnswer(tree, given);
  const known = new Set(own.map(identityOf));
  const findings = [...own, ...branch.findings.filter((finding) => !known.has(identityOf(finding)))];
  return {
    verdict: findings.some(({ severity }) => severity === 'fail') ? 'fail' : 'pass',
    files: tree.texts.size,
    findings,
    branch: branch.answer,
    notes: [...branch.notes, ...notesOn(tree)],
  };
}

interface BranchPart {
  readonly answer: BranchAnswer | null;
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}

async function readAnswer(tree: WorkTree, given: string | undefined): Promise<BranchPart> {
  const unknown = (note: string): BranchPart => ({ answer: null, findings: [], notes: [note] });
  const base = await findBase(tree.root, given);
  if (base === null) {
    return unknown(
      'There is no default branch of origin here to compare with: fetch it, or name one with --base.',
    );
  }
  const head = await resolveRef(tree.root, 'HEAD');
  if (head === null) return unknown('Nothing is committed here yet, so the branch asks for nothing.');
  const request = await readBranch(tree.root, base, head);
  if (request === null) {
    return unknown(`${policyPath} is not on ${base.ref} yet: nothing is judged until it is merged there.`);
  }
  return { ...toBranchAnswer(request) };
}

function notesOn({ uncommitted }: WorkTree): readonly string[] {
  if (uncommitted.length === 0) return [];
  const [first = ''] = uncommitted;
  return [
    `${counted(uncommitted.length, 'changed file is', 'changed files are')} not committed, first ${first}: the branch asks for what is committed.`,
  ];
}

/** The same mistake is found in the working tree and in the commit: it is said once. */
const identityOf = ({ code, message, where }: Finding): string =>
  JSON.stringify([code, message, where?.file, where?.line]);

const linked = (path: string): Finding => ({
  code: 'config/link',
  severity: 'fail',
  message: `${path} is a link or no file`,
  where: { file: path },
  fix: 'Commit the file itself: Gatehouse reads content, not where a link points.',
});

function noPolicy({ links }: WorkTree): InputError {
  const why = links.includes(policyPath) ? 'is a link, which is not followed' : 'is not there';
  return new InputError('POLICY_MISSING', `${policyPath} ${why}: nothing is governed here`, {
    hint: `Add ${policyPath}: gatehouse init proposes it, and the rest; a working one has under 15 lines (README).`,
    where: { file: policyPath },
  });
}
