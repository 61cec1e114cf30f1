import type { LedgerVerification } from '../../core/audit/verification.ts';
import type { Finding } from '../../core/finding/finding.ts';
import { verificationBlocks } from '../../core/report/ledger-blocks.ts';
import { renderText } from '../../core/report/text.ts';
import type { FetchAnchors } from '../anchors.ts';
import type { AddCommand } from '../context.ts';
import { type LedgerOptions, readProvenLedger, withLedgerOptions } from '../ledger.ts';

/** `gatehouse verify`: is the ledger what the app wrote? Needs no network when anchors are given. */
export const verifyCommand =
  (fetchAnchors: FetchAnchors): AddCommand =>
  (program, context) => {
    const command = program
      .command('verify')
      .description(
        'Proves the ledger: every hash, move, decision, file and anchor; names the first bad entry',
      );
    withLedgerOptions(command).action((options: LedgerOptions) =>
      context.run(async () => {
        const verification = await readProvenLedger(context, options, fetchAnchors);
        context.print(
          options.json
            ? JSON.stringify(toJson(verification), null, 2)
            : `${renderText(verificationBlocks(verification)).trimEnd()}\nRead from ${verification.read.ref} at ${verification.read.commit}.`,
        );
        return verification.verdict === 'pass' ? 0 : 1;
      }),
    );
  };

interface VerificationJson {
  readonly verdict: 'pass' | 'fail';
  readonly entries: number;
  readonly transactions: number;
  readonly anchored: number;
  readonly size: number;
  readonly root: string;
  readonly findings: readonly Finding[];
}

function toJson({
  verdict,
  entries,
  transactions,
  anchored,
  head,
  root,
  findings,
}: LedgerVerification): VerificationJson {
  return { verdict, entries, transactions, anchored, size: head.size, root, findings };
}
