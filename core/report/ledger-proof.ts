import type { Anchor } from '../audit/anchor.ts';
import type { Remembered } from '../audit/remembered-check.ts';
import { replayDecision } from '../audit/replay.ts';
import type { LedgerFiles, LedgerVerification, VerifyOptions } from '../audit/verification.ts';
import { verifyLedger } from '../audit/verify.ts';
import type { LedgerLayout } from '../registry/layout.ts';
import { ledgerRenderersFor } from './ledger-renderers.ts';

/** Proves a ledger with the evaluator and the pages of this release. See `verifyLedger` for what is proven. */
export function proveLedger(
  files: LedgerFiles,
  anchors: readonly Anchor[],
  layout: LedgerLayout,
  tail: VerifyOptions['tail'],
  remembered: readonly Remembered[] = [],
): LedgerVerification {
  const renderers = ledgerRenderersFor(layout);
  return verifyLedger(files, anchors, { layout, renderers, replay: replayDecision, tail, remembered });
}
