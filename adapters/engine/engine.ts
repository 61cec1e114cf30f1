import type { Measured } from '../../core/dataset/measured.ts';
import type { CheckPlan } from '../../core/dataset/plan.ts';

/** One file of a table: its name in the repository, and where its bytes lie on this machine. */
export interface DataFile {
  /** Repository path; its ending says the format: `.csv` or `.parquet`. */
  readonly path: string;
  readonly local: string;
}

/** How far long work has come; told at most once a second. */
export interface Progress {
  readonly rows: number;
  /** null while the number of rows is not known. */
  readonly totalRows: number | null;
  readonly rowsPerSecond: number;
  readonly secondsLeft: number | null;
}

export interface ProfileOptions {
  /** Tables that rules of the plan compare with, by the name that the rule gives (`overlap`). */
  readonly others?: ReadonlyMap<string, readonly DataFile[]>;
  readonly onProgress?: (progress: Progress) => void;
}

/** Counts what a plan asks for. One engine everywhere, so one verdict everywhere. */
export interface DataEngine {
  /** Name and version for evidence, for example `duckdb 1.5.5`. */
  readonly version: string;
  /**
   * Measures files as one table, in the given order.
   * @returns also for files that are missing, empty or broken: those are `problems`, not exceptions
   * @throws ServiceError ENGINE_FAILED when the engine itself failed (memory, disk): says nothing about the data
   */
  profile(plan: CheckPlan, files: readonly DataFile[], options?: ProfileOptions): Promise<Measured>;
  close(): void;
}
