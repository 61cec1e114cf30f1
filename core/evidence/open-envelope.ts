import { constants, createDecipheriv, type KeyObject, privateDecrypt } from 'node:crypto';
import { z } from 'zod';
import { sealKeyOf } from '../config/seal-key.ts';
import { InputError } from '../error/error.ts';
import { parseStrictJson } from '../json/strict.ts';
import { type Envelope, parseEnvelope } from './envelope.ts';
import type { SealedEvidence } from './evidence.ts';

const content = z.strictObject({ evidence: z.string(), receipt: z.string() });

/**
 * Opens sealed evidence with the app's own key. What is inside is not believed for that: anybody can seal to a public
 * key, and the receipt is checked next.
 * @param text of the envelope; pull-request controlled
 * @param keys private keys of the app: the current one, and the one before it while it is being changed
 * @throws InputError EVIDENCE_SEALED when it is sealed to other keys; EVIDENCE_ENVELOPE, JSON_INVALID when it is broken
 * @see RFC 7518, sections 4.3 and 5.3
 */
export function openEnvelope(text: string, keys: readonly KeyObject[]): SealedEvidence {
  const envelope = parseEnvelope(text);
  for (const key of keys) {
    const { id } = sealKeyOf(key);
    const own = envelope.recipients.find((recipient) => recipient.id === id);
    if (own !== undefined) return unpack(decrypt(envelope, unwrap(own.key, key)));
  }
  throw sealedToOthers(envelope);
}

function unwrap(wrapped: Buffer, key: KeyObject): Buffer {
  try {
    return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, wrapped);
  } catch {
    // Which step failed is nobody's business who can hand in envelopes.
    throw broken();
  }
}

function decrypt({ iv, aad, tag, ciphertext }: Envelope, key: Buffer): string {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
    decipher.setAAD(aad).setAuthTag(tag);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
  } catch {
    throw broken();
  }
}

/** Spaces at the end hide how long the evidence is. */
function unpack(text: string): SealedEvidence {
  const parsed = content.safeParse(parseStrictJson(text, 'the inside of evidence.jwe'));
  if (!parsed.success) throw broken();
  return { text: parsed.data.evidence, token: parsed.data.receipt };
}

function sealedToOthers({ recipients }: Envelope): InputError {
  const ids = recipients.map(({ id }) => id).join(', ');
  return new InputError(
    'EVIDENCE_SEALED',
    `The evidence is sealed to a key that this app does not hold: ${ids}`,
    {
      hint: "Write the app's own public key under evidence.seal-to of the policy (the app's log names it at its start), and run the workflow again.",
    },
  );
}

function broken(): InputError {
  return new InputError(
    'EVIDENCE_ENVELOPE',
    'The sealed evidence does not open: it was changed after it was sealed',
    {
      hint: 'Run the workflow again.',
      where: { file: 'evidence.jwe' },
    },
  );
}
