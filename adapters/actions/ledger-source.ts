import type { Anchor } from '../../core/audit/anchor.ts';
import { blamesWriter } from '../../core/audit/append-only.ts';
import type { LedgerFiles, LedgerVerification, VerifyOptions } from '../../core/audit/verification.ts';
import { type Finding, isFailure } from '../../core/finding/finding.ts';
import type { LedgerLayout } from '../../core/registry/layout.ts';
import { proveLedger } from '../../core/report/ledger-proof.ts';
import type { LedgerMemory } from '../anchor/memory.ts';
import { type SignedAnchors, toAnchors } from '../anchor/read-signed.ts';

/** The ledger and what is known of it outside, as a job reads them through the API. */
export interface LedgerSource {
  /** Every file of the ledger branch at its head, and how the ledger lies there. */
  readLedger(): Promise<ReadLedger>;
  /** What check runs of the app say. A read that fails must throw: no answer is not the same as no anchor. */
  readAnchors(): Promise<readonly Anchor[]>;
  /** Anchors that GitHub signed for the trusted workflow. Absent: they are not asked for. */
  readSigned?(): Promise<SignedAnchors>;
  /** What earlier runs saw of the ledger. Absent: nothing is remembered. */
  readonly memory?: LedgerMemory;
  /** The commit that last wrote a file of the ledger, for a finding about it; null: not known. */
  findWriter?(path: string): Promise<string | null>;
  now(): Date;
}

export interface ReadLedger {
  readonly files: LedgerFiles;
  readonly layout: LedgerLayout;
  /** Where it was read; without it nothing is remembered of it. */
  readonly place?: { readonly branch: string; readonly commit: string };
}

/** A ledger that was proven or not, and which one it was. */
export type ReadVerification = LedgerVerification & Pick<ReadLedger, 'place'>;

/**
 * Reads the ledger, proves it against everything that outsiders and earlier runs know, and remembers what is proven.
 * @throws InputError LEDGER_MEMORY_INVALID and others, ServiceError when ledger, anchors or memory cannot be read
 */
export async function readProvenLedger(
  source: LedgerSource,
  tail: VerifyOptions['tail'],
): Promise<ReadVerification> {
  // Anchors first: one that is made between the two reads would be newer than the files and say that they were cut.
  const anchors = await source.readAnchors();
  const signed = (await source.readSigned?.()) ?? { believed: [], refused: [] };
  const recalled = (await source.memory?.recall()) ?? { remembered: [], notes: [] };
  const { files, layout, place } = await source.readLedger();
  const known = [...anchors, ...toAnchors(signed.believed)];
  const proven = proveLedger(files, known, layout, tail, recalled.remembered);
  const findings = [...(await blame(source, proven.findings)), ...signed.refused, ...recalled.notes];
  const kept = await remember(source, proven, place);
  return { ...proven, findings: [...findings, ...kept], ...(place === undefined ? {} : { place }) };
}

/** Only what an anchor covers is remembered: a stranger's entries must not become what later readers insist on. */
async function remember(
  { memory }: LedgerSource,
  { verdict, head, anchored }: LedgerVerification,
  place: ReadLedger['place'],
): Promise<readonly Finding[]> {
  if (memory === undefined || place === undefined || verdict === 'fail' || anchored < head.size) return [];
  const note = await memory.keep({ ...head, ...place });
  return note === null ? [] : [note];
}

/** Names the commit that last wrote what the first failure is about. */
async function blame(
  { findWriter }: LedgerSource,
  findings: readonly Finding[],
): Promise<readonly Finding[]> {
  const first = findings.find(isFailure);
  const file = first?.where?.file;
  if (findWriter === undefined || first === undefined || file === undefined) return findings;
  if (!blamesWriter(first)) return findings;
  const writer = await findWriter(file);
  if (writer === null) return findings;
  const message = `${first.message}; ${file} was last written by commit ${writer}`;
  return findings.map((finding) => (finding === first ? { ...first, message } : finding));
}
