import { verify } from 'node:crypto';
import { InputError } from '../error/error.ts';
import { parseStrictJson } from '../json/strict.ts';
import { decodeBase64url } from './base64url.ts';
import { findKey, type Jwk } from './jwk.ts';

export type Payload = ReadonlyMap<string, unknown>;

/** No token of GitHub comes near it; a longer one is not parsed. */
const maximumLength = 16_384;

/**
 * Verifies a compact JWS: RS256 and nothing else, one key by id, canonical spelling, strict JSON.
 * @returns the payload's members, or the sentence why the token is not believed
 * @see RFC 7515, RFC 7518 section 3.3, RFC 8725
 */
export function verifyJws(token: string, keys: readonly Jwk[]): Payload | string {
  if (token.length > maximumLength) return `it is longer than ${maximumLength} characters`;
  const parts = token.split('.');
  if (parts.length !== 3) return `it has ${parts.length} parts, not 3`;
  const [headerText = '', payloadText = '', signatureText = ''] = parts;
  const header = readObject(headerText, 'header');
  if (typeof header === 'string') return header;
  const refusal = checkHeader(header);
  if (refusal !== null) return refusal;
  const key = findKey(keys, String(header.get('kid')));
  if (typeof key === 'string') return key;
  const signature = decodeBase64url(signatureText);
  if (signature === null) return 'its signature is not canonical base64url';
  const signed = Buffer.from(`${headerText}.${payloadText}`, 'ascii');
  if (!verify('RSA-SHA256', signed, key, signature)) return 'its signature does not verify';
  return readObject(payloadText, 'payload');
}

function checkHeader(header: Payload): string | null {
  const alg = header.get('alg');
  if (alg !== 'RS256') return `its algorithm is ${String(alg)}, not RS256`;
  if (typeof header.get('kid') !== 'string') return 'its header names no key';
  if (header.has('crit')) return 'its header asks for an extension (crit)';
  const typ = header.get('typ');
  return typ === undefined || typ === 'JWT' ? null : `its type is ${String(typ)}, not JWT`;
}

function readObject(text: string, part: string): Payload | string {
  const bytes = decodeBase64url(text);
  if (bytes === null) return `its ${part} is not canonical base64url`;
  const json = bytes.toString('utf8');
  if (!Buffer.from(json, 'utf8').equals(bytes)) return `its ${part} is not UTF-8`;
  try {
    const value = parseStrictJson(json, part);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return `its ${part} is not an object`;
    }
    return new Map(Object.entries(value));
  } catch (error) {
    if (error instanceof InputError) return `its ${part} is not strict JSON: ${error.message}`;
    throw error;
  }
}
