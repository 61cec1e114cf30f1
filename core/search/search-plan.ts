import { z } from 'zod';
import type { SearchConfig } from '../config/search.ts';
import { GatehouseError, InputError } from '../error/error.ts';
import type { Digest } from '../evidence/evidence.ts';
import { canonicalJson, digestOf, isDigest } from '../json/canonical.ts';
import { parseStrictJson } from '../json/strict.ts';
import type { PlannedTrial } from './trial.ts';

/** What one round of a search trains: `plan.json`. With it the next round knows what was lost. */
export interface SearchPlan {
  readonly v: 1;
  readonly model: string;
  /** Of `train.search`: results of another search are none of this one. */
  readonly searchDigest: Digest;
  /** From 1. */
  readonly round: number;
  readonly trials: readonly PlannedTrial[];
}

const value = z.union([z.string().max(200), z.number(), z.boolean()]);
const whole = (least: number, most: number) => z.int().min(least).max(most);
const trialSchema = z.strictObject({
  number: whole(1, 1000),
  rung: whole(0, 60),
  parameters: z.record(z.string().min(1).max(100), value),
  resource: z.number().positive().nullable(),
  resumeFrom: z
    .string()
    .regex(/^gatehouse-trial-\d{1,3}-\d{1,4}$/)
    .nullable(),
});
const handedSchema = trialSchema.extend({ round: whole(1, 999) });
const schema = z.strictObject({
  v: z.literal(1),
  model: z.string().min(1).max(200),
  searchDigest: z.custom<Digest>(isDigest),
  round: whole(1, 999),
  trials: z.array(trialSchema).max(256),
});

export const digestSearch = (search: SearchConfig): Digest => digestOf(search);

export const renderPlan = (plan: SearchPlan): string => canonicalJson(plan);

/** 4 Mi UTF-16 code units: 256 trials with 50 long texts each are fewer. */
const maxLength = 4 * 1024 * 1024;

/**
 * Reads what an earlier round planned. It comes from an artifact of the run: whoever edits the workflow can write it.
 * @throws InputError SEARCH_PLAN
 */
export function parsePlan(text: string, source: string): SearchPlan {
  if (text.length > maxLength) throw refuse(source, `it is longer than ${maxLength} characters`);
  const parsed = schema.safeParse(readJson(text, source));
  if (!parsed.success) throw refuse(source, whereOf(parsed.error));
  const numbers = parsed.data.trials.map(({ number }) => number);
  if (new Set(numbers).size < numbers.length) throw refuse(source, 'it has a trial twice');
  return parsed.data;
}

/** One job of the matrix: what train-model is given as its input `trial`. */
export type HandedTrial = PlannedTrial & { readonly round: number };

/** @throws InputError SEARCH_PLAN */
export function parseTrial(text: string, source: string): HandedTrial {
  const parsed = handedSchema.safeParse(readJson(text, source));
  if (parsed.success) return parsed.data;
  throw refuse(source, whereOf(parsed.error));
}

function whereOf({ issues }: z.ZodError): string {
  const at = (issues[0]?.path ?? []).map((step) => `/${String(step)}`).join('');
  return `the value at "${at || '/'}" is not what stands there`;
}

function readJson(text: string, source: string): unknown {
  try {
    return parseStrictJson(text, source);
  } catch (cause) {
    if (cause instanceof GatehouseError) throw refuse(source, 'it is no strict JSON', cause);
    throw cause;
  }
}

function refuse(source: string, because: string, cause?: unknown): InputError {
  return new InputError('SEARCH_PLAN', `${source} is no plan of a search: ${because}`, {
    hint: 'Run the workflow again from its start; only plan-trials writes plans.',
    where: { file: source },
    cause,
  });
}
