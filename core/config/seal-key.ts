import { createHash, createPublicKey, type KeyObject } from 'node:crypto';

/** A public key that evidence is sealed to: whoever holds its private half reads the evidence. */
export interface SealKey {
  /** `SHA256:` and the base64 of its digest, as the settings page of a GitHub App shows its private key. */
  readonly id: string;
  /** Base64 of the DER form (SubjectPublicKeyInfo), on one line. */
  readonly spki: string;
}

const minimumBits = 2048;
const maximumBits = 8192;

/** What may stand there, in words. */
export const sealKeyForm = `an RSA public key of ${minimumBits} to ${maximumBits} bits: the base64 of "openssl rsa -in app.pem -pubout", without its first and last line`;

/**
 * Reads a public key as a policy names it. A private key is refused, though one could be made of it: it would stand in
 * the repository.
 * @param text base64 of SubjectPublicKeyInfo, or the same as PEM; whitespace does not count
 * @returns null when it is no such key
 */
export function parseSealKey(text: string): SealKey | null {
  const base64 = text
    .replace(/^\s*-----BEGIN PUBLIC KEY-----|-----END PUBLIC KEY-----\s*$/g, '')
    .replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return null;
  const key = readKey(Buffer.from(base64, 'base64'));
  return key === null ? null : describe(key);
}

/**
 * The public half of the app's private key: one key for all that the app signs and opens.
 * @param key private key of the app, as GitHub made it: PEM, or read already
 * @throws Error when it is no private key that node:crypto reads
 */
export const sealKeyOf = (key: string | KeyObject): SealKey => describe(createPublicKey(key as KeyObject));

function readKey(der: Buffer): KeyObject | null {
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    const isRsa = key.asymmetricKeyType === 'rsa' && bits >= minimumBits && bits <= maximumBits;
    // A reader stops where the key ends: what comes after it is nobody's.
    return isRsa && key.export({ format: 'der', type: 'spki' }).equals(der) ? key : null;
  } catch {
    // Documented: node:crypto throws on bytes that are no key. To the caller that is one more text that is none.
    return null;
  }
}

/** @see https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/managing-private-keys-for-github-apps#verifying-private-keys */
function describe(key: KeyObject): SealKey {
  const der = key.export({ format: 'der', type: 'spki' });
  return {
    id: `SHA256:${createHash('sha256').update(der).digest('base64')}`,
    spki: der.toString('base64'),
  };
}
