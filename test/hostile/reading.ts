import { GatehouseError, InputError } from '../../core/error/error.ts';
import { type Finding, isFailure } from '../../core/finding/finding.ts';
import { renderError, renderFindings } from '../../core/report/terminal.ts';
import type { Answer } from './hostile-file.ts';

/** What steers a terminal or turns the direction of reading, line feeds apart. */
const unseen = /[\p{Cf}\p{Co}\p{Cs}]|[^\P{Cc}\n]/u;

export const steers = (text: string): boolean => unseen.test(text);

/** Runs a reader. What it refuses must be told without harm, too; any error that is not ours is a fault of the reader. */
export async function answerOf(read: () => unknown): Promise<Answer> {
  try {
    const value = await read();
    return { kind: 'taken', harm: Array.isArray(value) ? value.map(String) : [] };
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    const findings = error instanceof InputError ? error.findings : [];
    return refusedWith(error.code, findings, renderError(error));
  }
}

/** The same for a reader that answers with findings. */
export function answerByFindings(findings: readonly Finding[]): Answer {
  const failures = findings.filter(isFailure);
  if (failures.length === 0) return { kind: 'taken', harm: [] };
  return refusedWith(failures[0]?.code ?? '', failures, renderFindings(failures));
}

function refusedWith(code: string, findings: readonly Finding[], told: string): Answer {
  if (steers(told)) return { kind: 'taken', harm: ['its refusal steers the terminal'] };
  if (told.length > 60_000) return { kind: 'taken', harm: [`its refusal has ${told.length} characters`] };
  return { kind: 'refused', codes: [code, ...findings.map((finding) => finding.code)] };
}
