import type { Stage } from '../config/stage.ts';
import type { VersionRecord } from './ledger.ts';

/** What an allowed decision asks the ledger to write down. */
export type LedgerCommand =
  | {
      readonly kind: 'register';
      /** Everything but the number: the ledger allocates it. */
      readonly record: Omit<VersionRecord, 'v' | 'version'>;
      /** `staging`: registered and staged in the same transaction (`on-merge: staging`). */
      readonly stage: 'registered' | 'staging';
    }
  | {
      readonly kind: 'move';
      readonly version: number;
      /** Where the decision saw it. */
      readonly from: Stage;
      readonly to: Exclude<Stage, 'registered'>;
      /** Set for moves into and out of production. */
      readonly endpoint: string | null;
      /** For moves into production: the champion that the version was compared with, null when there was none. */
      readonly replaced: number | null;
      /** For moves into production: what serves when the model does not. */
      readonly fallback: string;
      /** True: back to the recorded previous version, not judged again. */
      readonly rollback: boolean;
    }
  | { readonly kind: 'correct'; readonly ofSeq: number; readonly reason: string };
