import { z } from 'zod';
import type { RollbackTrigger } from '../config/rollback-trigger.ts';
import { InputError } from '../error/error.ts';
import { canonicalJson, isDigest } from '../json/canonical.ts';
import { parseStrictJson } from '../json/strict.ts';
import type { Digest } from './evidence.ts';
import { parseInstant } from './instant.ts';

/**
 * What a trusted workflow saw of one version in production: a declared trigger, and the value over its window. With a
 * receipt of a run by schedule on the default branch it lets one endpoint return once (GATE.md rule 23).
 */
export interface TriggerEvidence {
  readonly kind: 'rollback-trigger';
  readonly v: 1;
  readonly repositoryId: number;
  readonly runId: number;
  readonly runAttempt: number;
  /** Commit of the default branch that the run is of. */
  readonly headSha: string;
  readonly model: string;
  readonly endpoint: string;
  /** What served while it was observed, and its bytes. */
  readonly version: number;
  readonly artifactDigest: Digest;
  readonly trigger: RollbackTrigger;
  readonly observed: number;
  /** The window of the observation, ISO 8601 UTC. */
  readonly from: string;
  readonly until: string;
  /** Digest of what was measured: requests, rows, whatever the workflow keeps. */
  readonly measurements: Digest;
}

const digest = z.custom<Digest>(isDigest, { error: 'sha256: and 64 lower-case hex characters' });
const name = z.string().min(1).max(500);
const id = z.int().positive();
const instant = z.string().refine((text) => parseInstant(text) !== null, { error: 'a time in UTC' });

const schema = z.strictObject({
  kind: z.literal('rollback-trigger'),
  v: z.literal(1),
  repositoryId: id,
  runId: id,
  runAttempt: id,
  headSha: z.string().regex(/^[0-9a-f]{40}$/),
  model: name,
  endpoint: name,
  version: id,
  artifactDigest: digest,
  trigger: z.strictObject({
    name,
    metric: name,
    above: z.number().optional(),
    below: z.number().optional(),
    windowMinutes: id,
    endpoints: z.array(name).max(100).optional(),
  }),
  observed: z.number(),
  from: instant,
  until: instant,
  measurements: digest,
});

const maximumLength = 100_000;

/** Where a run observed what, for `buildTriggerEvidence`. */
export type Observation = Omit<TriggerEvidence, 'kind' | 'v'>;

/**
 * Makes the evidence of one observation, in the bytes that a receipt is about. Whether it triggers is the app's to say.
 * @throws InputError TRIGGER_EVIDENCE_INVALID for a number that is none, a time that is none, an empty window
 */
export function buildTriggerEvidence(observation: Observation): string {
  const evidence = { kind: 'rollback-trigger', v: 1, ...observation } as const;
  if (!Number.isFinite(observation.observed))
    throw invalid(`observed ${observation.observed}, which is no number`);
  return canonicalJson(check(evidence));
}

/**
 * Reads such evidence as a run left it.
 * @param text from an artifact: whoever runs a workflow can have written it
 * @throws InputError JSON_INVALID, TRIGGER_EVIDENCE_INVALID
 */
export function parseTriggerEvidence(text: string): TriggerEvidence {
  if (text.length > maximumLength) throw invalid(`is longer than ${maximumLength} characters`);
  const value = parseStrictJson(text, 'evidence.json');
  if (canonicalJson(value) !== text) throw invalid('is not canonical JSON');
  return check(value);
}

function check(value: unknown): TriggerEvidence {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(`at /${issue?.path.map(String).join('/')}: ${issue?.message}`);
  }
  const { from, until } = parsed.data;
  if (!((parseInstant(from) ?? 0) < (parseInstant(until) ?? 0))) throw invalid('has an empty window');
  // The value that was read, not zod's copy: an absent key stays absent.
  return value as TriggerEvidence;
}

function invalid(what: string): InputError {
  return new InputError('TRIGGER_EVIDENCE_INVALID', `The evidence of a trigger ${what}`, {
    hint: 'It is written by the trusted workflow that watches production, and by nobody else.',
    where: { file: 'evidence.json' },
  });
}
