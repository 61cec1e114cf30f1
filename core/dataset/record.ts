import type { Digest } from '../evidence/evidence.ts';
import type { Profile } from '../profile/profile.ts';
import type { DatasetFile } from './digest.ts';
import type { Observation } from './observation.ts';

/**
 * What is known of one version of a dataset, as small canonical JSON in the store: the data itself may be gone, this
 * stays. No clock and no run in it: the same data by the same contract has the same record.
 */
export interface DatasetRecord {
  readonly v: 1;
  readonly dataset: string;
  readonly contractDigest: Digest;
  readonly dataDigest: Digest;
  readonly files: readonly DatasetFile[];
  readonly rows: number;
  /** Name and version of the engine that counted. */
  readonly engine: string;
  /** Without anything of personal and secret columns but their numbers of cells. */
  readonly profile: Profile;
  readonly observations: readonly Observation[];
  readonly governance: {
    readonly source: string;
    readonly legalBasis: string;
    readonly approvedBy: string;
    readonly expires: string;
    readonly access: readonly string[];
    readonly derivedFrom: readonly string[];
    /** Columns that are not `none`, in contract order. Pairs: a column may be called `constructor`, a key of JSON may not. */
    readonly privacy: readonly (readonly [column: string, privacy: 'personal' | 'secret'])[];
  };
}
