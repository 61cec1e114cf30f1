import { z } from 'zod';
import { stages } from '../config/stage.ts';
import { InputError } from '../error/error.ts';
import { canonicalJson } from '../json/canonical.ts';
import { parseStrictJson } from '../json/strict.ts';
import { incidentEnds, incidentReasons } from '../registry/incident.ts';
import type { LedgerHead, Transaction } from '../registry/ledger.ts';

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const count = z.int().nonnegative();
const version = z.int().positive();
const stage = z.enum(stages);
const person = z.strictObject({ id: z.int(), login: z.string(), kind: z.enum(['User', 'Bot']) });
const approval = z.strictObject({
  reviewId: z.int(),
  reviewer: person,
  role: z.string(),
  commit: z.string(),
  submittedAt: z.string(),
  checkRunId: z.int(),
  checkCompletedAt: z.string(),
});
const endpoint = z.string().min(1);
const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/);
const trigger = z.strictObject({
  name: z.string(),
  metric: z.string(),
  above: z.number().optional(),
  below: z.number().optional(),
  windowMinutes: version,
  endpoints: z.array(endpoint).optional(),
});
const triggerUse = z.strictObject({
  authority: z.literal('pre-approved'),
  promotion: count,
  trigger,
  observed: z.number(),
  from: instant,
  until: instant,
  evidence: digest,
});
const promotion = {
  version,
  from: stage,
  to: z.literal('production'),
  endpoint,
  replaced: version.nullable(),
  artifactDigest: digest,
  fallback: z.string(),
  triggers: z.array(trigger).min(1).max(50).optional(),
  trigger: triggerUse.optional(),
};
const commit = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);
/** Codes of ours, `area/check`: no text of people. */
const codes = z.array(z.string().regex(/^[a-z0-9/-]{1,80}$/)).max(20);
const staged = { version, from: stage, to: stage };
const data = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('VersionRegistered'),
    // The record is bound by the hash and rendered again: only what the fold reads is checked here.
    record: z.looseObject({
      v: z.literal(1),
      model: z.string(),
      version,
      registeredAt: z.string(),
      artifact: z.looseObject({ digest }),
      metrics: z.array(z.looseObject({ metric: z.string() })),
      approvals: z.array(approval),
    }),
  }),
  z.strictObject({ type: z.literal('VersionStaged'), ...staged }),
  z.strictObject({ type: z.literal('VersionShortlisted'), ...staged }),
  z.strictObject({ type: z.literal('VersionRejected'), ...staged }),
  z.strictObject({ type: z.literal('VersionPromoted'), ...promotion }),
  z.strictObject({ type: z.literal('VersionRolledBack'), ...promotion }),
  z.strictObject({
    type: z.literal('VersionArchived'),
    version,
    from: stage,
    to: z.literal('archived'),
    endpoint: endpoint.nullable(),
    because: z.enum(['requested', 'replaced', 'demoted', 'rolled back']),
  }),
  z.strictObject({
    type: z.literal('HeldOutUsed'),
    ...{ heldOut: digest, result: digest, look: version },
    charged: z.strictObject({ labels: version, actor: version }).optional(),
  }),
  z.strictObject({ type: z.literal('Correction'), ofSeq: count, reason: z.string() }),
  z.strictObject({
    type: z.literal('BreakGlassUsed'),
    version,
    endpoint,
    by: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/),
    reason: digest,
    past: z.array(z.string().regex(/^[a-z -]{1,40}$/)).max(10),
    expiresAt: instant,
    reviewBy: instant,
  }),
  z.strictObject({ type: z.literal('BreakGlassReviewed'), pullRequest: version, review: digest }),
  z.strictObject({
    type: z.literal('MergeNotRecorded'),
    reason: z.enum(incidentReasons),
    model: z.string().nullable(),
    baseRef: z.string().max(255),
    base: commit,
    codes,
  }),
  z.strictObject({ type: z.literal('IncidentClosed'), incident: count, because: z.enum(incidentEnds) }),
  z.strictObject({
    type: z.literal('LedgerCorrected'),
    restored: commit,
    size: count,
    found: commit,
    foreign: z.array(commit).max(100),
    codes,
  }),
]);
const event = z.strictObject({
  v: z.literal(1),
  stream: z.string(),
  seq: count,
  gseq: count,
  at: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/),
  actor: person,
  source: z.strictObject({
    repositoryId: z.int(),
    pullRequest: z.int(),
    headSha: z.string(),
    mergeSha: z.string(),
  }),
  operation: z.string().regex(/^[0-9a-f]{64}$/),
  data,
  approvals: z.array(approval),
  decision: digest,
  prev: digest,
  hash: digest,
});
const transaction = z.strictObject({
  kind: z.literal('AuditTransaction'),
  v: z.literal(1),
  stream: z.string().regex(/^model\/./),
  first: count,
  gfirst: count,
  events: z.array(event).min(1),
  decisionInput: z.unknown(),
  sealed: z.array(
    z.strictObject({ text: z.string(), token: z.string(), jwk: z.record(z.string(), z.string()) }),
  ),
});
const head = z.strictObject({
  kind: z.literal('AuditHead'),
  v: z.literal(1),
  size: count,
  root: digest,
  frontier: z.array(digest),
});

/** A transaction file: canonical JSON and a line feed. */
export const renderTransaction = (value: Transaction): string => `${canonicalJson(value)}\n`;

export const renderHead = (value: LedgerHead): string => `${canonicalJson(value)}\n`;

/**
 * Reads one transaction file as somebody may have left it.
 * @throws InputError LEDGER_ENTRY_INVALID for unknown keys, wrong types and any byte that is not canonical JSON
 */
export function parseTransaction(text: string, source: string): Transaction {
  return parseExactly(text, source, transaction) as Transaction;
}

/** Reads audit/HEAD.json; @throws InputError LEDGER_ENTRY_INVALID */
export function parseHead(text: string, source: string): LedgerHead {
  return parseExactly(text, source, head) as LedgerHead;
}

function parseExactly(text: string, source: string, schema: z.ZodType): unknown {
  const value = readJson(text, source);
  const result = schema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    const pointer = `/${issue?.path.join('/') ?? ''}`;
    throw invalid(source, `${issue?.message ?? 'wrong shape'} at ${pointer}`, pointer);
  }
  if (`${canonicalJson(value)}\n` !== text) throw invalid(source, 'its bytes are not canonical JSON');
  // The parsed value, not zod's copy: what is hashed is what was read.
  return value;
}

function readJson(text: string, source: string): unknown {
  try {
    return parseStrictJson(text, source);
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    throw invalid(source, cause.message);
  }
}

function invalid(source: string, what: string, pointer?: string): InputError {
  return new InputError('LEDGER_ENTRY_INVALID', `${source}: ${what}`, {
    hint: 'Only the app writes these files: restore the file from the last anchored commit.',
    where: pointer === undefined ? { file: source } : { file: source, pointer },
  });
}
