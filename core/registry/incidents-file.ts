import { z } from 'zod';
import { type Incident, incidentEnds, incidentReasons, type LedgerCorrection } from './incident.ts';
import { readForm } from './state-file.ts';

/** `audit/incidents.yml` as a reader of a clone finds it. */
export interface IncidentsFile {
  readonly incidents: readonly Incident[];
  readonly corrections: readonly LedgerCorrection[];
}

const count = z.int().nonnegative();
const commit = z.string().regex(/^[0-9a-f]{40}(?:[0-9a-f]{24})?$/);
const codes = z.array(z.string());
const form = z.looseObject({
  v: z.literal(1),
  incidents: z.array(
    z.object({
      number: count,
      at: z.string(),
      by: z.object({ id: z.int(), login: z.string() }),
      reason: z.enum(incidentReasons),
      model: z.string().nullable(),
      pullRequest: z.int().nullable(),
      commit,
      baseRef: z.string(),
      base: commit,
      codes,
      closed: z.union([z.literal('open'), z.object({ at: z.string(), because: z.enum(incidentEnds) })]),
    }),
  ),
  corrections: z.array(
    z.object({
      number: count,
      at: z.string(),
      restored: commit,
      size: count,
      found: commit,
      foreign: z.array(commit),
      codes,
    }),
  ),
});

/**
 * Reads what went past the gate.
 * @param text whoever can push the branch controls it
 * @throws InputError LEDGER_FILE_INVALID
 */
export function parseIncidentsFile(text: string, path: string): IncidentsFile {
  const { incidents, corrections } = readForm(text, path, form);
  return {
    incidents: incidents.map(({ closed, by, ...incident }) => ({
      ...incident,
      by: { ...by, kind: 'User' },
      closed: closed === 'open' ? null : closed,
    })),
    corrections,
  };
}
