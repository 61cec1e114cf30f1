/** Where in the user's repository something was found. Lines and columns count from 1. */
export interface Position {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** JSON pointer of the value, for example `/columns/delay/max`. */
  readonly pointer?: string;
}

export type Severity = 'fail' | 'warn' | 'note';

/** The five verdicts, in words. Never colour alone. */
export type Verdict = 'pass' | 'fail' | 'data invalid' | 'not evaluated' | 'waiting';

/** Lines of a file of the user's, to copy and fill in. What they hold of names may come from data. */
export interface Sample {
  readonly file: string;
  readonly lines: readonly string[];
}

/** One outcome of one check. Every string in it may come from data: escape before rendering. */
export interface Finding {
  /** `area/check`, stable, for example `data/nulls`. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence: what was found, in words. */
  readonly message: string;
  readonly where?: Position;
  readonly column?: string;
  /** Name of the rule in the contract. */
  readonly rule?: string;
  /** What was found and what is allowed, as short display text. */
  readonly found?: string;
  readonly allowed?: string;
  /** Rows at fault, rows looked at; the share is their quotient. */
  readonly count?: number;
  readonly total?: number;
  /** 1-based row number (header not counted) of the first row at fault. */
  readonly firstRow?: number;
  /** The line of `where` as it stands in the file: configuration only, never a row of data. */
  readonly excerpt?: string;
  readonly examples?: readonly string[];
  /** Whole rows at fault: row number and (column, cell). Cells of personal and secret columns are never in them. */
  readonly rows?: readonly {
    readonly row: number;
    readonly cells: readonly (readonly [string, string | null])[];
  }[];
  /** Why the rule exists, from the contract. */
  readonly reason?: string;
  /** How to mend it: one sentence. */
  readonly fix: string;
  /** What to write, where more than a sentence is asked for. Of decisions alone: no evidence carries it. */
  readonly sample?: Sample;
}

/** True for a finding that stands in the way: a warning is advice. */
export const isFailure = (finding: Pick<Finding, 'severity'>): boolean => finding.severity === 'fail';
