import {
  constants,
  createCipheriv,
  createPublicKey,
  publicEncrypt,
  randomBytes,
  randomInt,
} from 'node:crypto';
import type { SealKey } from '../../core/config/seal-key.ts';
import { authenticatedOf, type EnvelopeHint, renderEnvelope } from '../../core/evidence/envelope.ts';
import type { SealedEvidence } from '../../core/evidence/evidence.ts';

/** An envelope's length says nothing finer than this about what is in it. */
export const lengthStepBytes = 64 * 1024;

/**
 * Seals evidence with its receipt, so that nobody but the app reads a number of it before the app has counted the look.
 * The receipt goes inside: its audience is the digest of the evidence, and with few possible results a digest is read by
 * trying them.
 * @param keys one or two; each alone opens the envelope
 * @param hint stands on the outside, readable and bound to the content
 * @returns `evidence.jwe`
 * @see RFC 7516, section 5.1; RFC 7518, sections 4.3 (RSA-OAEP-256) and 5.3 (A256GCM)
 */
export function sealEvidence(
  { text, token }: SealedEvidence,
  keys: readonly SealKey[],
  hint: EnvelopeHint,
): string {
  const contentKey = randomBytes(32);
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', contentKey, iv, { authTagLength: 16 });
  cipher.setAAD(authenticatedOf(hint));
  const plain = hideLength(JSON.stringify({ evidence: text, receipt: token }));
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  return renderEnvelope({
    recipients: keys.map(({ id, spki }) => ({ id, key: wrap(contentKey, spki) })),
    ...{ hint, iv, ciphertext, tag: cipher.getAuthTag() },
  });
}

function wrap(contentKey: Buffer, spki: string): Buffer {
  const key = createPublicKey({ key: Buffer.from(spki, 'base64'), format: 'der', type: 'spki' });
  return publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, contentKey);
}

/**
 * Evidence is a digit longer or shorter by its result. Steps alone would tell whoever can place its length just before
 * one, so where a step begins is drawn by lot.
 */
function hideLength(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  const least = bytes.length + randomInt(lengthStepBytes);
  return Buffer.concat([
    bytes,
    Buffer.alloc(Math.ceil(least / lengthStepBytes) * lengthStepBytes - bytes.length, ' '),
  ]);
}
