import { GatehouseError } from '../error/error.ts';
import { parseTriggerEvidence, type TriggerEvidence } from '../evidence/trigger-evidence.ts';
import type { Finding } from '../finding/finding.ts';
import { canonicalJson, digestBytes } from '../json/canonical.ts';
import type { LedgerEvent } from '../registry/ledger.ts';
import type { Entry } from './entries.ts';
import { ledgerFinding } from './verification.ts';

/**
 * Compares a rollback that came by itself with the evidence that its entry keeps: was this seen, of this version, at this
 * endpoint? That the promotion approved it in advance, and that the value is too much, is checked by the fold.
 */
export function checkTrigger({ path, transaction }: Entry): readonly Finding[] {
  const [cause] = transaction.events;
  if (cause === undefined) return [];
  return problemsOf(cause, transaction.sealed, transaction.stream).map((problem) =>
    ledgerFinding(
      'decision',
      path,
      `entry ${cause.gseq} (VersionRolledBack) does not rest on what was observed: ${problem}`,
    ),
  );
}

function problemsOf(
  { data, source }: LedgerEvent,
  sealed: Entry['transaction']['sealed'],
  stream: string,
): readonly string[] {
  if (data.type !== 'VersionRolledBack' || data.trigger === undefined) return [];
  const { trigger: use } = data;
  const text = sealed.length === 1 ? (sealed[0]?.text ?? '') : '';
  const evidence = read(text);
  if (evidence === null) return ['it keeps no evidence that can be read'];
  const isSame =
    canonicalJson(evidence.trigger) === canonicalJson(use.trigger) &&
    evidence.observed === use.observed &&
    evidence.from === use.from &&
    evidence.until === use.until;
  return [
    ...(digestBytes(text) === use.evidence ? [] : ['it keeps other evidence than it names']),
    ...(evidence.model === stream.slice('model/'.length) ? [] : ['another model was observed']),
    ...(evidence.endpoint === data.endpoint ? [] : ['another endpoint was observed']),
    ...(evidence.version === data.replaced ? [] : ['another version was observed']),
    ...(evidence.repositoryId === source.repositoryId ? [] : ['it was observed for another repository']),
    ...(evidence.headSha === source.headSha ? [] : ['it is of another run']),
    ...(isSame ? [] : ['something else was observed']),
  ];
}

function read(text: string): TriggerEvidence | null {
  try {
    return parseTriggerEvidence(text);
  } catch (error) {
    if (error instanceof GatehouseError) return null;
    throw error;
  }
}
