import { createHash } from 'node:crypto';
import { InputError } from '../error/error.ts';
import type { Digest } from '../evidence/evidence.ts';

/**
 * Writes a value as canonical JSON, so that equal values have equal bytes.
 * @throws InputError CANONICAL_JSON for undefined, functions, symbols, bigints, non-finite numbers and lone surrogates:
 * dropping or coercing them silently would let two different values share one digest.
 * @see RFC 8785
 */
export function canonicalJson(value: unknown): string {
  return write(value, '');
}

/** SHA-256 over the canonical JSON of a value. */
export function digestOf(value: unknown): Digest {
  return digestBytes(canonicalJson(value));
}

/** SHA-256 over bytes; text is read as UTF-8. */
export function digestBytes(bytes: Uint8Array | string): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** True for `sha256:` followed by 64 lower-case hex characters. */
export function isDigest(text: unknown): text is Digest {
  return typeof text === 'string' && /^sha256:[0-9a-f]{64}$/.test(text);
}

function write(value: unknown, pointer: string): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw refuse(pointer, `the number ${value}`);
    // ECMAScript's shortest form is what RFC 8785 asks for; -0 becomes 0.
    return JSON.stringify(value);
  }
  if (typeof value === 'string') return writeString(value, pointer);
  if (Array.isArray(value)) return `[${value.map((item, at) => write(item, `${pointer}/${at}`)).join(',')}]`;
  if (isPlainObject(value)) return writeObject(value, pointer);
  throw refuse(
    pointer,
    typeof value === 'object'
      ? `an object of class ${value.constructor?.name}`
      : `a value of type ${typeof value}`,
  );
}

function writeObject(value: Record<string, unknown>, pointer: string): string {
  // Default sort compares UTF-16 code units: exactly the order of RFC 8785.
  const members = Object.keys(value)
    .sort()
    .map((key) => `${writeString(key, pointer)}:${write(value[key], `${pointer}/${key}`)}`);
  return `{${members.join(',')}}`;
}

function writeString(text: string, pointer: string): string {
  if (!text.isWellFormed()) throw refuse(pointer, 'text with half a surrogate pair');
  return JSON.stringify(text);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function refuse(pointer: string, what: string): InputError {
  return new InputError('CANONICAL_JSON', `${what} at "${pointer || '/'}" has no canonical JSON form`, {
    hint: 'Leave the field out or write a finite number, text, true, false or null.',
    where: { file: '(value)', pointer },
  });
}
