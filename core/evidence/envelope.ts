import { z } from 'zod';
import { InputError } from '../error/error.ts';
import { canonicalJson, digestOf, isDigest } from '../json/canonical.ts';
import { parseStrictJson } from '../json/strict.ts';
import type { Digest, JudgementEvidence } from './evidence.ts';

/**
 * What stands on the outside of sealed evidence: which judgement it is, nothing of what it found. A hint: only the app
 * opens the envelope, and believes what is inside.
 */
export interface EnvelopeHint {
  readonly contentDigest: Digest;
  readonly rulesDigest: Digest;
  /** Digest of the champions that it met. */
  readonly champions: Digest;
  /** Labels, predictions and every champion were there: the same content need not be judged again. */
  readonly complete: boolean;
}

/** @param complete nothing was missing that another run may bring */
export const hintOf = (
  { origin, rulesDigest, champions }: Pick<JudgementEvidence, 'origin' | 'rulesDigest' | 'champions'>,
  complete: boolean,
): EnvelopeHint => ({
  contentDigest: origin.contentDigest,
  rulesDigest,
  champions: digestOf(champions),
  complete,
});

/** Sealed evidence as it lies in the artifact of a run, every part decoded. */
export interface Envelope {
  /** Copies of the content's key, each for the key with this id. */
  readonly recipients: readonly { readonly id: string; readonly key: Buffer }[];
  readonly hint: EnvelopeHint;
  /** What the tag covers beside the content. */
  readonly aad: Buffer;
  readonly iv: Buffer;
  readonly ciphertext: Buffer;
  readonly tag: Buffer;
}

/** Exactly these bytes: a header that could say something else would be one more thing to check. */
const header = toBase64url('{"enc":"A256GCM","typ":"gatehouse-evidence"}');
export const keyAlgorithm = 'RSA-OAEP-256';
/** Evidence of 5 MiB, in base64. */
const maximumLength = 8_000_000;
const part = z.string().regex(/^[A-Za-z0-9_-]*$/, 'base64url');
const digest = z.custom<Digest>(isDigest, { error: 'sha256: and 64 lower-case hex characters' });

const form = z.strictObject({
  protected: z.literal(header),
  recipients: z
    .array(
      z.strictObject({
        header: z.strictObject({
          alg: z.literal(keyAlgorithm),
          kid: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}=$/),
        }),
        encrypted_key: part.max(2000),
      }),
    )
    .min(1)
    .max(2),
  aad: part.max(2000),
  iv: part.length(16),
  ciphertext: part,
  tag: part.length(22),
});

const hintForm = z.strictObject({
  contentDigest: digest,
  rulesDigest: digest,
  champions: digest,
  complete: z.boolean(),
});

/**
 * Reads an envelope: the general JSON form of a JWE, one algorithm for keys and one for content.
 * @param text from an artifact: whoever runs a workflow can have written it
 * @throws InputError JSON_INVALID; EVIDENCE_ENVELOPE for every other shape
 * @see RFC 7516, sections 5.2 and 7.2.1
 */
export function parseEnvelope(text: string): Envelope {
  if (text.length > maximumLength) throw refuse(`it is longer than ${maximumLength} characters`);
  const parsed = form.safeParse(parseStrictJson(text, 'evidence.jwe'));
  if (!parsed.success) throw refuse(describe(parsed.error));
  const { aad, iv, ciphertext, tag, recipients } = parsed.data;
  return {
    recipients: recipients.map(({ header: { kid }, encrypted_key }) => ({
      id: kid,
      key: Buffer.from(encrypted_key, 'base64url'),
    })),
    hint: readHint(Buffer.from(aad, 'base64url').toString('utf8')),
    aad: authenticated(aad),
    iv: Buffer.from(iv, 'base64url'),
    ciphertext: Buffer.from(ciphertext, 'base64url'),
    tag: Buffer.from(tag, 'base64url'),
  };
}

/** What the tag covers, for a hint that is about to be sealed in. @see RFC 7516, section 5.1, step 14 */
export const authenticatedOf = (hint: EnvelopeHint): Buffer =>
  authenticated(toBase64url(canonicalJson(hint)));

/** Writes an envelope. */
export function renderEnvelope({ recipients, hint, iv, ciphertext, tag }: Omit<Envelope, 'aad'>): string {
  return canonicalJson({
    protected: header,
    recipients: recipients.map(({ id, key }) => ({
      header: { alg: keyAlgorithm, kid: id },
      encrypted_key: key.toString('base64url'),
    })),
    aad: toBase64url(canonicalJson(hint)),
    iv: iv.toString('base64url'),
    ciphertext: ciphertext.toString('base64url'),
    tag: tag.toString('base64url'),
  });
}

function readHint(text: string): EnvelopeHint {
  const parsed = hintForm.safeParse(parseStrictJson(text, 'the outside of evidence.jwe'));
  if (!parsed.success) throw refuse(describe(parsed.error));
  return parsed.data;
}

const authenticated = (aad: string): Buffer => Buffer.from(`${header}.${aad}`, 'ascii');

function toBase64url(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url');
}

function describe({ issues: [issue] }: z.ZodError): string {
  return `at /${issue?.path.map(String).join('/') ?? ''}: ${issue?.message ?? 'another shape'}`;
}

function refuse(why: string): InputError {
  return new InputError('EVIDENCE_ENVELOPE', `The sealed evidence cannot be read: ${why}`, {
    hint: 'Run the workflow again with the trusted workflows at a commit that the policy lists.',
    where: { file: 'evidence.jwe' },
  });
}
