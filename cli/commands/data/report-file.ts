import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { DataFile } from '../../../adapters/engine/engine.ts';
import type { DriftReport } from '../../../core/drift/drift.ts';
import { InputError } from '../../../core/error/error.ts';
import type { Finding } from '../../../core/finding/finding.ts';
import { toProfile } from '../../../core/profile/parse-profile.ts';
import type { Profile } from '../../../core/profile/profile.ts';

/** What `gatehouse data check --json` wrote of one dataset, as far as it is acted on. */
export interface SavedCheck {
  readonly dataset: string;
  readonly findings: readonly Finding[];
  readonly headers: readonly string[];
  readonly profile: Profile | null;
  readonly drift: DriftReport | null;
  /** Where the data lies on this machine; empty when it is not known. */
  readonly files: readonly DataFile[];
}

const finding = z.looseObject({
  code: z.string(),
  severity: z.enum(['fail', 'warn', 'note']),
  message: z.string(),
  fix: z.string(),
  column: z.string().optional(),
  rule: z.string().optional(),
  count: z.number().optional(),
  total: z.number().optional(),
});

const drifted = z.looseObject({
  column: z.string(),
  test: z.string(),
  result: z.string(),
  effect: z.number().nullable(),
});

const saved = z.array(
  z.looseObject({
    dataset: z.string(),
    findings: z.array(finding),
    headers: z.array(z.string()),
    profile: z.unknown(),
    drift: z.looseObject({ columns: z.array(drifted) }).nullable(),
  }),
);

/** Reads what `gatehouse data check --json` wrote. @throws InputError REPORT_INVALID, PROFILE_INVALID */
export async function readSavedChecks(cwd: string, path: string): Promise<readonly SavedCheck[]> {
  const text = await readFile(resolve(cwd, path), 'utf8').catch((cause) => {
    throw invalid(path, 'it cannot be read', cause);
  });
  const read = saved.safeParse(parse(text, path));
  if (!read.success) throw invalid(path, read.error.issues[0]?.message ?? 'it has another form');
  return read.data.map(({ dataset, findings, headers, profile, drift }) => ({
    dataset,
    findings: findings as readonly Finding[],
    headers,
    profile: profile === null || profile === undefined ? null : toProfile(profile, path),
    drift: drift as DriftReport | null,
    files: [],
  }));
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid(path, 'it is not JSON', cause);
  }
}

const invalid = (path: string, why: string, cause?: unknown): InputError =>
  new InputError('REPORT_INVALID', `${path} is not what "gatehouse data check --json" writes: ${why}`, {
    hint: 'Write it again: gatehouse data check --json > report.json',
    cause,
  });
