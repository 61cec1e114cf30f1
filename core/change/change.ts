import type { Stage } from '../config/stage.ts';
import type { Finding } from '../finding/finding.ts';

/** One file of a commit's tree: what git says, nothing read from inside it. */
export interface TreeFile {
  readonly path: string;
  /** git file mode, for example `100644`; `120000` is a symbolic link. */
  readonly mode: string;
  /** git object id of the content, 40 hex characters. */
  readonly blob: string;
}
/** path -> file */
export type TreeListing = ReadonlyMap<string, TreeFile>;

export interface ChangedPath {
  readonly path: string;
  /** null: not there on that side. */
  readonly before: string | null;
  readonly after: string | null;
  readonly mode: string | null;
}

/** One line of what a pull request asks for. `from` always comes from the ledger. */
export type Move =
  | { readonly kind: 'registration'; readonly model: string; readonly to: 'registered' }
  | {
      readonly kind: 'stage';
      readonly model: string;
      readonly version: number;
      readonly from: Stage | null;
      readonly to: Stage;
      /** Set for moves into and out of production. */
      readonly endpoint: string | null;
      /** True for archived -> production to the version recorded as previous at that endpoint. */
      readonly rollback: boolean;
    };

/** What a pull request is about, from its trees alone. One model a pull request. */
export type Change =
  | { readonly kind: 'nothing'; readonly because: string }
  | {
      readonly kind: 'request';
      readonly model: string | null;
      /** Proposal: declared paths changed. */
      readonly proposal: boolean;
      /** The base does not know this model: its files come from head, governors approve besides. */
      readonly newModel: boolean;
      readonly datasets: readonly string[];
      readonly newDatasets: readonly string[];
      readonly moves: readonly Move[];
      /** Paths of Gatehouse configuration and workflows that changed (policy, contracts, gates, caller). */
      readonly configuration: readonly string[];
      readonly contentPaths: readonly ChangedPath[];
      /** Digest over contentPaths and moves: GATE.md rule 3. `sha256:` + 64 hex. */
      readonly contentDigest: string;
    }
  | {
      readonly kind: 'refused';
      readonly findings: readonly Finding[];
      /** What it would have been about, so that its comment stays the same one. */
      readonly about?: { readonly model: string; readonly proposal: boolean };
    };
