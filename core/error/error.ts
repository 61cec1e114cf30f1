import type { Finding, Position } from '../finding/finding.ts';

/** Who must act: the user (input), nobody but the ledger moved (conflict), GitHub or another service (service). */
export type ErrorKind = 'input' | 'conflict' | 'service';

export interface ErrorDetails {
  /** What the reader does to mend it: one sentence, a command where there is one. */
  readonly hint: string;
  readonly where?: Position;
  /** Every problem found in the same input, when there is more than one. */
  readonly findings?: readonly Finding[];
  readonly cause?: unknown;
}

/** An outcome that somebody must act on. Failed checks are values (`Finding`), never exceptions. */
export class GatehouseError extends Error {
  readonly kind: ErrorKind;
  /** Literal, UPPER_SNAKE, stable. */
  readonly code: string;
  readonly hint: string;
  readonly where: Position | undefined;
  readonly findings: readonly Finding[];

  constructor(kind: ErrorKind, code: string, message: string, details: ErrorDetails) {
    super(message, { cause: details.cause });
    this.name = new.target.name;
    this.kind = kind;
    this.code = code;
    this.hint = details.hint;
    this.where = details.where;
    this.findings = details.findings ?? [];
  }
}

/** The user's files or arguments are wrong: exit code 2. */
export class InputError extends GatehouseError {
  constructor(code: string, message: string, details: ErrorDetails) {
    super('input', code, message, details);
  }
}

/** The ledger moved while we were writing: read again and decide again, never blindly retry. */
export class ConflictError extends GatehouseError {
  constructor(code: string, message: string, details: ErrorDetails) {
    super('conflict', code, message, details);
  }
}

/** GitHub, the store or the data engine did not answer as documented: exit code 3, verdict "not evaluated". */
export class ServiceError extends GatehouseError {
  constructor(code: string, message: string, details: ErrorDetails) {
    super('service', code, message, details);
  }
}

/**
 * Turns what stopped one part of a work into findings, for evidence that says "not evaluated" or "data invalid" and why.
 * @param area first part of the code: `judge` and STORE_MISSING give `judge/store-missing`
 * @returns the error's own findings when it has some, else one
 */
export function findingsOf(area: string, error: GatehouseError): readonly [Finding, ...Finding[]] {
  const [first, ...rest] = error.findings;
  if (first !== undefined) return [first, ...rest];
  return [
    {
      code: `${area}/${error.code.toLowerCase().replaceAll('_', '-')}`,
      severity: 'fail',
      // Part of it may be what a server said: evidence needs well-formed text.
      message: error.message.toWellFormed(),
      ...(error.where === undefined ? {} : { where: error.where }),
      fix: error.hint.toWellFormed(),
    },
  ];
}
