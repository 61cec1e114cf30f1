import { InputError } from '../../core/error/error.ts';
import type { SealedEvidence } from '../../core/evidence/evidence.ts';
import { readPlainZip } from './plain-zip.ts';

/** Evidence is some kilobytes; a zip over this is not ours. */
export const maxEvidenceZipBytes = 5 * 1024 * 1024;
const expected = ['evidence.json', 'receipt.jwt'] as const;

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
    hint: `An evidence artifact holds exactly ${expected.join(' and ')}, as the judge writes it.`,
    cause,
  });
}
