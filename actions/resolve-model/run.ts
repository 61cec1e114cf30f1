import { type LedgerSource, readProvenLedger } from '../../adapters/actions/ledger-source.ts';
import { type Resolution, resolveChampion } from '../../core/audit/resolve.ts';
import { resolutionBlocks } from '../../core/report/ledger-blocks.ts';
import { renderMarkdown } from '../../core/report/markdown.ts';

export interface ResolveInputs {
  readonly model: string;
  readonly endpoint: string;
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
export async function run(inputs: ResolveInputs, source: LedgerSource): Promise<ResolveOutputs> {
  // A newer entry that waits for its anchor does not stop a deployment of what an anchor covers.
  const verification = await readProvenLedger(source, 'report');
  const resolution = resolveChampion(verification, inputs.model, inputs.endpoint);
  const body = renderMarkdown([
    ...resolutionBlocks(resolution),
    { kind: 'small', text: [`Read ${source.now().toISOString()}`] },
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
