import { type LedgerSource, readProvenLedger } from '../../adapters/actions/ledger-source.ts';
import type { LedgerVerification } from '../../core/audit/verification.ts';
import { verificationBlocks } from '../../core/report/ledger-blocks.ts';
import { renderMarkdown } from '../../core/report/markdown.ts';

export interface VerifyOutputs {
  readonly verdict: 'pass' | 'fail';
  readonly entries: number;
  readonly root: string;
  /** Markdown for the job summary. */
  readonly summary: string;
  readonly verification: LedgerVerification;
}

/**
 * Proves the ledger.
 * @returns verdict `fail` with findings for a ledger that is not proven: the step must fail then
 * @throws InputError, ServiceError when ledger or anchors cannot be read: not evaluated, never a pass
 */
export async function run(source: LedgerSource): Promise<VerifyOutputs> {
  const verification = await readProvenLedger(source, 'refuse');
  const { verdict, entries, root } = verification;
  const body = renderMarkdown([
    { kind: 'heading', level: 3, text: ['Ledger'] },
    ...verificationBlocks(verification),
    { kind: 'small', text: [`Read ${source.now().toISOString()}`] },
  ]);
  return { verdict, entries, root, summary: `${body}\n`, verification };
}
