import type { GatehouseError } from '../../core/error/error.ts';
import type { Finding } from '../../core/finding/finding.ts';

/** Turns what stopped a part of the judgement into findings: the evidence then says "not evaluated" and why. */
export function toFindings(error: GatehouseError): readonly Finding[] {
  if (error.findings.length > 0) return error.findings;
  return [
    {
      code: `judge/${error.code.toLowerCase().replaceAll('_', '-')}`,
      severity: 'fail',
      // Part of it may be what a server said: evidence needs well-formed text.
      message: error.message.toWellFormed(),
      fix: error.hint.toWellFormed(),
    },
  ];
}
