import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { checkEntryProof, parseEntryProof } from '../../core/audit/entry-proof.ts';
import type { LedgerVerification } from '../../core/audit/verification.ts';
import { InputError } from '../../core/error/error.ts';
import { type Finding, isFailure } from '../../core/finding/finding.ts';
import { entryProofBlocks, verificationBlocks } from '../../core/report/ledger-blocks.ts';
import { renderText } from '../../core/report/text.ts';
import type { FetchAnchors } from '../anchors.ts';
import type { AddCommand, CommandContext, ExitCode } from '../context.ts';
import { type LedgerOptions, readAllAnchors, readProvenLedger, withLedgerOptions } from '../ledger.ts';

/** `gatehouse verify`: is the ledger what the app wrote? Needs no network when anchors are given. */
export const verifyCommand =
  (fetchAnchors: FetchAnchors): AddCommand =>
  (program, context) => {
    const command = program
      .command('verify')
      .description(
        'Proves the ledger: every hash, move, decision, file and anchor; names the first bad entry',
      );
    command.option('--entry <file>', 'checks one entry by the proof that gatehouse export --entry wrote');
    withLedgerOptions(command).action((options: VerifyOptions) =>
      context.run(async () => {
        if (options.entry !== undefined) return verifyEntry(context, options, options.entry, fetchAnchors);
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

interface VerifyOptions extends LedgerOptions {
  readonly entry?: string;
}

/** One entry and an anchor are enough: no ledger is read. */
async function verifyEntry(
  context: CommandContext,
  options: LedgerOptions,
  file: string,
  fetchAnchors: FetchAnchors,
): Promise<ExitCode> {
  const proof = parseEntryProof(await readGivenFile(context.cwd, file), file);
  const { anchors, findings } = await readAllAnchors(context, options, fetchAnchors);
  const all = [...checkEntryProof(proof, anchors, file), ...findings];
  const verdict = all.some(isFailure) ? 'fail' : 'pass';
  context.print(
    options.json
      ? JSON.stringify(
          { verdict, entry: proof.event, size: proof.size, root: proof.root, findings: all },
          null,
          2,
        )
      : renderText(entryProofBlocks(proof, all)).trimEnd(),
  );
  return verdict === 'pass' ? 0 : 1;
}

async function readGivenFile(dir: string, file: string): Promise<string> {
  try {
    return await readFile(resolve(dir, file), 'utf8');
  } catch (cause) {
    throw new InputError('ENTRY_PROOF_INVALID', `${file} cannot be read`, {
      hint: 'Give the file that gatehouse export --entry wrote.',
      cause,
    });
  }
}

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
