import type { Anchor } from '../../core/audit/anchor.ts';
import { replayDecision } from '../../core/audit/replay.ts';
import { type Resolution, resolveChampion } from '../../core/audit/resolve.ts';
import type { LedgerFiles } from '../../core/audit/verification.ts';
import { verifyLedger } from '../../core/audit/verify.ts';
import type { LedgerLayout } from '../../core/registry/layout.ts';
import { resolutionBlocks } from '../../core/report/ledger-blocks.ts';
import { ledgerRenderersFor } from '../../core/report/ledger-renderers.ts';
import { renderMarkdown } from '../../core/report/markdown.ts';

export interface ResolveInputs {
  readonly model: string;
  readonly endpoint: string;
}

export interface ResolveDeps {
  /** Every file of the ledger branch at its head, and how the ledger lies there. */
  readLedger(): Promise<{ readonly files: LedgerFiles; readonly layout: LedgerLayout }>;
  /** What check runs of the app say. A read that fails must throw: no answer is not the same as no anchor. */
  readAnchors(): Promise<readonly Anchor[]>;
  now(): Date;
}

export interface ResolveOutputs {
  readonly verdict: 'pass';
  readonly version: number;
  readonly artifactDigest: string;
  readonly since: string;
  /** Empty when there is none. */
  readonly previous: string;
  /** Markdown for the job summary. */
  readonly summary: string;
  readonly resolution: Resolution;
}

/**
 * Says which version serves at an endpoint. There is an answer only from a proven ledger, and only when an anchor covers
 * the promotion.
 * @throws InputError LEDGER_UNVERIFIED, LEDGER_UNANCHORED, LEDGER_UNKNOWN_MODEL, LEDGER_UNKNOWN_ENDPOINT,
 * LEDGER_NO_CHAMPION; ServiceError when ledger or anchors cannot be read
 */
export async function run(inputs: ResolveInputs, deps: ResolveDeps): Promise<ResolveOutputs> {
  // Anchors first: one that is made between the two reads would be newer than the files and say that they were cut.
  const anchors = await deps.readAnchors();
  const { files, layout } = await deps.readLedger();
  const verification = verifyLedger(files, anchors, {
    layout,
    renderers: ledgerRenderersFor(layout),
    replay: replayDecision,
    // A newer entry that waits for its anchor does not stop a deployment of what an anchor covers.
    tail: 'report',
  });
  const resolution = resolveChampion(verification, inputs.model, inputs.endpoint);
  const body = renderMarkdown([
    ...resolutionBlocks(resolution),
    { kind: 'small', text: [`Read ${deps.now().toISOString()}`] },
  ]);
  return {
    verdict: 'pass',
    version: resolution.version,
    artifactDigest: resolution.artifactDigest,
    since: resolution.since,
    previous: resolution.previous === null ? '' : String(resolution.previous),
    summary: `${body}\n`,
    resolution,
  };
}
