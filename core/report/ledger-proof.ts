import type { Anchor } from '../audit/anchor.ts';
import type { Remembered } from '../audit/remembered-check.ts';
import { replayDecision } from '../audit/replay.ts';
import type { LedgerFiles, LedgerVerification, VerifyOptions } from '../audit/verification.ts';
import { type CheckedLedger, checkEachFile, verifyLedger } from '../audit/verify.ts';
import type { LedgerLayout } from '../registry/layout.ts';
import type { Steps } from '../registry/steps.ts';
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

/** The part of that proof that takes long, in steps: what is left is `holdAgainst`. */
export const checkLedger = (files: LedgerFiles, layout: LedgerLayout): Steps<CheckedLedger> =>
  checkEachFile(files, { layout, renderers: ledgerRenderersFor(layout), replay: replayDecision });
