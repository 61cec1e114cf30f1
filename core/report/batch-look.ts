import type { Role } from '../config/policy.ts';
import { digestRefusal } from '../dataset/batch.ts';
import type { DatasetValidation, Digest } from '../evidence/evidence.ts';
import { parseInstant } from '../evidence/instant.ts';
import { type Finding, isFailure } from '../finding/finding.ts';

/** What one watch run found of one dataset. "Not evaluated" is no look: it says nothing about the data. */
export interface Look {
  readonly dataset: string;
  /** From the contract. */
  readonly owner: Role;
  readonly contractPath: string;
  /** ISO date after which nothing may train on it. */
  readonly expires: string;
  /** The data of the commit, or a batch that is to come into it. */
  readonly subject: 'repository' | 'ingest';
  readonly result:
    | { readonly kind: 'checked'; readonly validation: DatasetValidation }
    /** The team's command brought nothing: there is no batch to check. */
    | { readonly kind: 'nothing came'; readonly findings: readonly Finding[] };
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly run: { readonly id: number; readonly attempt: number };
  readonly branch: string;
  readonly commit: string;
  readonly repositoryUrl: string;
}

/** A retention that ends within so many days is told beforehand. */
export const retentionNoticeDays = 30;

export function findingsOfLook({ result }: Look): readonly Finding[] {
  return result.kind === 'checked' ? result.validation.findings : result.findings;
}

/** True when nothing may train on what was looked at. Only a clear pass is none. */
export function isFailing({ result }: Look): boolean {
  return result.kind === 'nothing came' || result.validation.verdict !== 'pass';
}

/** Each rule that fails, once, sorted: code, column and rule, never a value. */
export function failingRules(look: Look): readonly string[] {
  const failing = findingsOfLook(look).filter(isFailure);
  const rules = failing.map(({ code, column, rule }) =>
    [code, ...(column === undefined ? [] : [column]), ...(rule === undefined ? [] : [`(${rule})`])].join(' '),
  );
  return [...new Set(rules)].sort();
}

/** Under what the batch is remembered when it is refused; null when no row of it was read, which its next check tells as well. */
export function refusalOf({ result }: Look): Digest | null {
  if (result.kind === 'nothing came' || result.validation.rows === null) return null;
  return digestRefusal(result.validation.files, result.validation.contractDigest);
}

/** Whole days that the retention has left, null when there are more than thirty or it has ended: that is a finding. */
export function daysLeft({ at, expires }: Pick<Look, 'at' | 'expires'>): number | null {
  const [end, today] = [expires, at.slice(0, 10)].map((day) => parseInstant(`${day}T00:00:00Z`));
  if (end == null || today == null) return null;
  const days = Math.round((end - today) / 86_400_000);
  return days >= 0 && days <= retentionNoticeDays ? days : null;
}
