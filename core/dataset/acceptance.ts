import type { Contract } from '../config/contract.ts';
import type { YamlEdit } from '../config/yaml-edit.ts';
import type { DriftReport } from '../drift/drift.ts';
import type { Finding } from '../finding/finding.ts';
import type { Profile } from '../profile/profile.ts';
import type { InferredColumn } from './infer-column.ts';

/** What is known of the data when a finding is accepted. */
export interface AcceptFacts {
  readonly contract: Contract;
  /** null: nothing was measured. Of private columns nothing is read, whether it is there or not. */
  readonly profile: Profile | null;
  /** Every column that stands in a file. */
  readonly headers: readonly string[];
  readonly drift: DriftReport | null;
  /** First descriptions of columns that the contract does not know. */
  readonly inferred: ReadonlyMap<string, InferredColumn>;
  /** Let so many rows break the rule instead of changing what it asks for. */
  readonly tolerate: boolean;
}

/** How a contract has to change so that the data keeps it, or why no machine may write that. */
export type Acceptance =
  | { readonly kind: 'edits'; readonly edits: readonly YamlEdit[]; readonly says: string }
  | { readonly kind: 'refused'; readonly because: string; readonly fix: string };

export type Accept = (finding: Finding, facts: AcceptFacts) => Acceptance;

export const edits = (says: string, ...changes: readonly YamlEdit[]): Acceptance => ({
  kind: 'edits',
  edits: changes,
  says,
});

export const refused = (because: string, fix: string): Acceptance => ({ kind: 'refused', because, fix });

/** Where the rule of a finding stands: its own entry in `rules`, else the column. */
export function placeOf({ rule, column }: Finding): readonly string[] {
  return rule === undefined ? ['columns', column ?? ''] : ['rules', rule];
}
