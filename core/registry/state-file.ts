import { load } from 'js-yaml';
import { z } from 'zod';
import type { Stage } from '../config/stage.ts';
import { stages as stageNames } from '../config/stage.ts';
import type { Digest } from '../evidence/evidence.ts';
import { type StayKind, stayKinds } from './ledger.ts';
import { readStateQuickly } from './state-quick.ts';
import { unreadableFile } from './unreadable-file.ts';

/** Who approved a stay, as `state.yml` keeps it. */
export interface StayApproval {
  readonly id: number;
  readonly login: string;
  readonly role: string;
  readonly submittedAt: string;
}

/** One stay of a version at an endpoint, as `state.yml` keeps it. */
export interface Stay {
  readonly version: number;
  readonly endpoint: string;
  readonly from: string;
  /** null: it still serves. */
  readonly until: string | null;
  readonly pullRequest: number;
  readonly how: StayKind;
  readonly approvals: readonly StayApproval[];
}

/** `models/<model>/state.yml` as a reader of a clone finds it. */
export interface StateFile {
  readonly model: string;
  /** By version, ascending. */
  readonly stages: ReadonlyMap<number, Stage>;
  readonly deployments: readonly Stay[];
  readonly lastEvent: { readonly seq: number; readonly hash: Digest; readonly at: string };
}

const approval = z.object({ id: z.int(), login: z.string(), role: z.string(), submittedAt: z.string() });
const form = z.looseObject({
  v: z.literal(1),
  model: z.string(),
  stages: z.record(z.string().regex(/^[1-9]\d{0,8}$/), z.enum(stageNames)),
  deployments: z.array(
    z.object({
      version: z.int().positive(),
      endpoint: z.string(),
      from: z.string(),
      until: z.string(),
      pullRequest: z.int(),
      how: z.enum(stayKinds),
      approvals: z.array(approval),
    }),
  ),
  lastEvent: z.object({
    seq: z.int().nonnegative(),
    hash: z.string().regex(/^sha256:[0-9a-f]{64}$/),
    at: z.string(),
  }),
});

/**
 * Reads the state file of a model. What the app wrote is read twenty times as fast as YAML; anything else as YAML.
 * @param text whoever can push the branch controls it
 * @param keep `serving`: stays that have ended may be left out
 * @throws InputError LEDGER_FILE_INVALID for what is no state file, or that of another model
 */
export function parseStateFile(
  text: string,
  path: string,
  model: string,
  keep: 'all' | 'serving' = 'all',
): StateFile {
  const state = readStateQuickly(text, keep) ?? readStateSlowly(text, path);
  if (state.model !== model) throw unreadableFile(path, `it is about another model, ${state.model}`);
  return state;
}

/** The same by a reader of YAML: tests hold the two together. @throws InputError LEDGER_FILE_INVALID */
export function readStateSlowly(text: string, path: string): StateFile {
  const { model, stages, deployments, lastEvent } = readForm(text, path, form);
  // Keys that are whole numbers come in ascending order, whatever the file says.
  const byVersion = Object.entries(stages).map(([version, stage]) => [Number(version), stage] as const);
  return {
    model,
    stages: new Map(byVersion),
    deployments: deployments.map(({ until, ...stay }) => ({
      ...stay,
      until: until === 'serving' ? null : until,
    })),
    lastEvent: { ...lastEvent, hash: lastEvent.hash as Digest },
  };
}

/** Reads YAML of the ledger by a schema. @throws InputError LEDGER_FILE_INVALID */
export function readForm<T>(text: string, path: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    // We write no alias, and a few lines with them would stand for more values than there is time for.
    value = load(text, { maxAliases: 0 });
  } catch (error) {
    throw unreadableFile(path, error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : 'no YAML');
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw unreadableFile(path, `${issue?.message ?? 'wrong shape'} at /${issue?.path.join('/') ?? ''}`);
}
