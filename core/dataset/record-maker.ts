import type { ColumnRule, Contract } from '../config/contract.ts';
import { toPublicProfile } from '../profile/private.ts';
import type { Profile } from '../profile/profile.ts';
import type { DatasetFile } from './digest.ts';
import type { DatasetRecord } from './record.ts';

type Given = Pick<DatasetRecord, 'contractDigest' | 'dataDigest' | 'engine' | 'observations'> & {
  readonly files: readonly DatasetFile[];
  /** Whole, as the engine made it. */
  readonly profile: Profile;
};

/** Writes down what is known of one version of a dataset; nothing of a private column but its number of cells. */
export function toDatasetRecord(contract: Contract, given: Given): DatasetRecord {
  const { source, legalBasis, approvedBy, expires, access, derivedFrom } = contract;
  return {
    v: 1,
    dataset: contract.dataset,
    contractDigest: given.contractDigest,
    dataDigest: given.dataDigest,
    files: given.files,
    rows: given.profile.rows,
    engine: given.engine,
    profile: toPublicProfile(given.profile, privacyIn(contract)),
    observations: given.observations,
    governance: {
      ...{ source, legalBasis, approvedBy, expires, access, derivedFrom },
      privacy: privacyOf(contract),
    },
  };
}

/** How private a column is; one that the contract does not name counts as secret. */
export function privacyIn({ columns }: Pick<Contract, 'columns'>): (column: string) => ColumnRule['privacy'] {
  const known = new Map(columns.map(({ name, privacy }) => [name, privacy]));
  return (column) => known.get(column) ?? 'secret';
}

function privacyOf({ columns }: Contract): DatasetRecord['governance']['privacy'] {
  return columns.flatMap(({ name, privacy }) => (privacy === 'none' ? [] : [[name, privacy] as const]));
}
