import { GatehouseError } from '../core/error/error.ts';
import type { Finding } from '../core/finding/finding.ts';
import { plainText } from '../core/report/cell.ts';
import type { ExitCode } from './context.ts';

const unproven = new Set([
  'LEDGER_UNVERIFIED',
  'LEDGER_UNANCHORED',
  'LEDGER_REWRITTEN',
  'LEDGER_FILE_INVALID',
  'LEDGER_ENTRY_INVALID',
]);

/** Longest line of an error: paths and digests fit, a pasted file does not. */
const longest = 600;

/**
 * The one place where an error becomes text and an exit code.
 * @param complain writes one line to standard error
 * @returns 1 for a ledger that is not proven, 2 for what the user can mend, 3 for everything that did not answer
 */
export function handleError(error: unknown, complain: (text: string) => void): ExitCode {
  if (!(error instanceof GatehouseError)) {
    complain(
      `gatehouse: a fault of Gatehouse itself: ${error instanceof Error ? error.stack : String(error)}`,
    );
    return 3;
  }
  const at = error.where ? ` (${placeOf(error.where)})` : '';
  complain(`gatehouse: ${error.code}: ${plainText(error.message, longest)}${plainText(at, longest)}`);
  for (const line of linesOf(error)) complain(line);
  return exitCodeOf(error);
}

function exitCodeOf(error: GatehouseError): ExitCode {
  // A ledger that is not proven is a gate that stays shut, not a mistake of whoever asked.
  if (unproven.has(error.code)) return 1;
  return error.kind === 'input' ? 2 : 3;
}

/** Each of several findings says its own fix; one says what the error has not said. */
function linesOf({ message, hint, findings, where }: GatehouseError): readonly string[] {
  const [only] = findings;
  if (findings.length > 1) return findings.map((finding) => `  - ${describe(finding)}`);
  const facts = only === undefined ? [] : factsOf(only);
  const known = only === undefined || message.includes(only.message);
  const place = where === undefined && only?.where !== undefined ? [placeOf(only.where)] : [];
  const told = [...(known ? [] : [only.message]), ...place, ...facts].join('; ');
  const fixes = only === undefined || only.fix === hint ? [hint] : [only.fix, hint];
  return [
    ...(told === '' ? [] : [`  - ${plainText(told, longest * 2)}`]),
    ...fixes.map((fix) => `  fix: ${plainText(fix, longest)}`),
  ];
}

function describe(finding: Finding): string {
  const { message, where, fix } = finding;
  const facts = [...(where ? [placeOf(where)] : []), ...factsOf(finding), fix];
  return plainText([message, ...facts.filter((fact) => fact !== '')].join('; '), longest * 2);
}

const factsOf = ({ message, found, allowed }: Finding): readonly string[] => [
  ...(found && !message.includes(found) ? [`is ${found}`] : []),
  ...(allowed && !message.includes(allowed) ? [`should be ${allowed}`] : []),
];

function placeOf({ file, line, column }: NonNullable<Finding['where']>): string {
  return [file, line, column].filter((part) => part !== undefined).join(':');
}
