/**
 * Decodes base64url without padding, in its one canonical spelling.
 * @returns null when the text is anything else. Decoders ignore spare bits and foreign characters, so that several texts
 * would carry one signature: only the text that encoding gives back is accepted.
 * @see RFC 4648 section 3.5 and RFC 7515 section 2
 */
export function decodeBase64url(text: string): Buffer | null {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return null;
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : null;
}
