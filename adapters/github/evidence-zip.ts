import { InputError } from '../../core/error/error.ts';
import type { SealedEvidence } from '../../core/evidence/evidence.ts';
import { readPlainZip } from './plain-zip.ts';

/** Evidence is some kilobytes; a zip over this is not ours. Sealed, 5 MiB of it are 7. */
export const maxEvidenceZipBytes = 8 * 1024 * 1024;
const expected = ['evidence.json', 'receipt.jwt'] as const;
const envelopeName = 'evidence.jwe';

/** What an evidence artifact holds: evidence that everybody can read, or an envelope that the app opens. */
export type EvidenceFile =
  | { readonly kind: 'open'; readonly sealed: SealedEvidence }
  | { readonly kind: 'envelope'; readonly text: string };

/**
 * Reads the zip of an evidence artifact, in either of its two forms.
 * @param zip bytes of the artifact, pull-request controlled
 * @throws InputError EVIDENCE_ZIP
 */
export function readEvidenceFile(zip: Uint8Array): EvidenceFile {
  const envelope = readEnvelope(zip);
  return envelope === null
    ? { kind: 'open', sealed: readEvidenceZip(zip) }
    : { kind: 'envelope', text: envelope };
}

/** @returns null when the zip is anything else than one envelope: the other form says what is wrong with it */
function readEnvelope(zip: Uint8Array): string | null {
  try {
    const texts = readPlainZip(zip, { names: [envelopeName], maxBytes: maxEvidenceZipBytes, refuse });
    return texts.get(envelopeName) || null;
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

/**
 * Reads the zip of an evidence artifact: exactly `evidence.json` and `receipt.jwt`.
 * @param zip bytes of the artifact, pull-request controlled
 * @throws InputError EVIDENCE_ZIP
 */
export function readEvidenceZip(zip: Uint8Array): SealedEvidence {
  const texts = readPlainZip(zip, { names: expected, maxBytes: maxEvidenceZipBytes, refuse });
  const [text, token] = expected.map((name) => texts.get(name));
  if (!text || !token) throw refuse('a file in it is empty');
  return { text, token: token.trim() };
}

function refuse(why: string, cause?: unknown): InputError {
  return new InputError('EVIDENCE_ZIP', `The evidence artifact is not believed: ${why}`, {
    hint: `An evidence artifact holds exactly ${expected.join(' and ')}, or ${envelopeName} alone, as the judge writes it.`,
    cause,
  });
}
