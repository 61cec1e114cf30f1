import type { Anchor } from '../../core/audit/anchor.ts';
import { replayDecision } from '../../core/audit/replay.ts';
import type { LedgerFiles, LedgerVerification } from '../../core/audit/verification.ts';
import { verifyLedger } from '../../core/audit/verify.ts';
import type { LedgerLayout } from '../../core/registry/layout.ts';
import { verificationBlocks } from '../../core/report/ledger-blocks.ts';
import { ledgerRenderersFor } from '../../core/report/ledger-renderers.ts';
import { renderMarkdown } from '../../core/report/markdown.ts';

export interface VerifyDeps {
  /** Every file of the ledger branch at its head, and how the ledger lies there. */
  readLedger(): Promise<{ readonly files: LedgerFiles; readonly layout: LedgerLayout }>;
  /** What check runs of the app say. A read that fails must throw: no answer is not the same as no anchor. */
  readAnchors(): Promise<readonly Anchor[]>;
  now(): Date;
}

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
export async function run(deps: VerifyDeps): Promise<VerifyOutputs> {
  // Anchors first: one that is made between the two reads would be newer than the files and say that they were cut.
  const anchors = await deps.readAnchors();
  const { files, layout } = await deps.readLedger();
  const verification = verifyLedger(files, anchors, {
    layout,
    renderers: ledgerRenderersFor(layout),
    replay: replayDecision,
    tail: 'refuse',
  });
  const { verdict, entries, root } = verification;
  const body = renderMarkdown([
    { kind: 'heading', level: 3, text: ['Ledger'] },
    ...verificationBlocks(verification),
    { kind: 'small', text: [`Read ${deps.now().toISOString()}`] },
  ]);
  return { verdict, entries, root, summary: `${body}\n`, verification };
}
