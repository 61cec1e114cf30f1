import type { Command } from 'commander';
import { defaultBranch, readFiles, resolveRef } from '../adapters/git/read.ts';
import { parseAnchor } from '../core/audit/anchor.ts';
import type { LedgerVerification } from '../core/audit/verification.ts';
import { policyPath } from '../core/config/layout.ts';
import { parsePolicy } from '../core/config/policy-file.ts';
import { InputError } from '../core/error/error.ts';
import { belongsToLedger, type LedgerLayout } from '../core/registry/layout.ts';
import { proveLedger } from '../core/report/ledger-proof.ts';
import type { FetchAnchors } from './anchors.ts';
import type { CommandContext } from './context.ts';

/** Options that every command on a ledger takes. */
export interface LedgerOptions {
  readonly ledger?: string;
  readonly anchor: readonly string[];
  readonly github?: string;
  readonly app?: string;
  readonly shared?: boolean;
  readonly json?: boolean;
}

/**
 * Reads the ledger of the clone that the command stands in, and proves it.
 * @throws InputError LEDGER_NOT_FOUND, ANCHOR_INVALID, GIT_NO_REPOSITORY; ServiceError when anchors cannot be fetched
 */
export async function readProvenLedger(
  { cwd, env }: CommandContext,
  options: LedgerOptions,
  fetchAnchors: FetchAnchors,
): Promise<ProvenLedger> {
  const given = options.anchor.map(parseAnchor);
  const main = await defaultBranch(cwd);
  const ref =
    options.ledger === undefined
      ? await findRef(cwd, await configuredBranch(cwd, main))
      : await findNamed(cwd, options.ledger);
  const layout = layoutOf(ref, main, options.shared === true);
  const files = await readFiles(cwd, ref, '', (path) => belongsToLedger(path, layout));
  const { github, app } = options;
  const fetched = await fetchAnchors({
    dir: cwd,
    env,
    ...(github ? { github } : {}),
    ...(app ? { app } : {}),
  });
  const commit = (await resolveRef(cwd, ref)) ?? 'unknown';
  return { ...proveLedger(files, [...given, ...fetched], layout, 'refuse'), read: { ref, commit } };
}

/** A ledger that was proven, and which one that was. */
export type ProvenLedger = LedgerVerification & {
  readonly read: { readonly ref: string; readonly commit: string };
};

/** Puts the options of `LedgerOptions` on a command. */
export function withLedgerOptions(command: Command): Command {
  return command
    .option('--ledger <ref>', 'branch or commit of the ledger (default: what .github/gatehouse.yml says)')
    .option(
      '--anchor <size:root>',
      'what an app-owned check run says of the ledger; may be given again',
      collect,
      [],
    )
    .option(
      '--github <url>',
      'repository to read the anchors from, for example https://github.com/acme/flights',
    )
    .option('--app <id>', 'id of the app whose check runs count (default: GATEHOUSE_APP_ID)')
    .option('--shared', 'the ledger lies on the default branch, beside other files')
    .option('--json', 'print JSON');
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** What the policy on the default branch says, else the default name. */
async function configuredBranch(dir: string, main: string | null): Promise<string> {
  for (const ref of main === null ? ['HEAD'] : [`origin/${main}`, main]) {
    if ((await resolveRef(dir, ref)) === null) continue;
    const files = await readFiles(dir, ref, policyPath);
    const content = files.get(policyPath);
    if (content) return parsePolicy(new TextDecoder().decode(content), policyPath).ledger.branch;
  }
  return 'gatehouse-ledger';
}

/** What somebody names is taken as git takes it: a local branch or a commit before the fetched branch of that name. */
async function findNamed(dir: string, name: string): Promise<string> {
  return (await resolveRef(dir, name)) === null ? findRef(dir, name) : name;
}

/** The fetched branch is newer than a local one of the same name, which nobody keeps up to date. */
async function findRef(dir: string, name: string): Promise<string> {
  for (const ref of [`refs/remotes/origin/${name}`, name, `refs/remotes/${name}`]) {
    if ((await resolveRef(dir, ref)) !== null) return ref;
  }
  throw new InputError('LEDGER_NOT_FOUND', `there is no ledger branch "${name}" in this clone`, {
    hint: `Fetch it: git fetch origin ${name}. Before the first merge of a proposal there is none.`,
  });
}

/** On the default branch people's files lie beside the ledger; anywhere else every file is the ledger's. */
function layoutOf(ref: string, main: string | null, shared: boolean): LedgerLayout {
  const name = ref.replace(/^refs\/(?:remotes\/origin|heads)\//, '').replace(/^origin\//, '');
  return shared || (main !== null && name === main) ? 'shared' : 'own';
}
