import type { Command } from 'commander';

/** Options that every command on a ledger takes. */
export interface LedgerOptions {
  readonly ledger?: string;
  readonly anchor: readonly string[];
  readonly github?: string;
  readonly app?: string;
  readonly shared?: boolean;
  readonly json?: boolean;
}

/** Puts the options of `LedgerOptions` on a command. */
export function withLedgerOptions(command: Command): Command {
  return command
    .option('--ledger <ref>', 'branch or commit of the ledger (default: what .github/gatehouse.yml says)')
    .option(
      '--anchor <anchor>',
      'what is known of the ledger outside of it: size:root, or the file of a signed anchor; may be given again',
      collect,
      [],
    )
    .option('--github <url>', 'repository to read anchors from, for example https://github.com/acme/flights')
    .option('--app <id>', 'id of the app whose check runs count (default: GATEHOUSE_APP_ID)')
    .option('--shared', 'the ledger lies on the default branch, beside other files')
    .option('--json', 'print JSON');
}

const collect = (value: string, before: readonly string[]): readonly string[] => [...before, value];
