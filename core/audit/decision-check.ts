import { z } from 'zod';
import { GatehouseError } from '../error/error.ts';
import type { Finding } from '../finding/finding.ts';
import { canonicalJson } from '../json/canonical.ts';
import { isIncidentEvent } from '../registry/incident.ts';
import type { LedgerEvent, LedgerEventData, ModelState } from '../registry/ledger.ts';
import { isByItself } from '../registry/trigger.ts';
import { emergencyProblems } from './emergency-check.ts';
import type { Entry } from './entries.ts';
import { checkLook, lookProblems } from './look-check.ts';
import { checkTrigger } from './trigger-check.ts';
import { ledgerFinding, type VerifyOptions } from './verification.ts';

/** The part of a decision's input that the ledger itself can compare with what was written. */
const bound = z.looseObject({
  repositoryId: z.int(),
  now: z.string().optional(),
  ledger: z.looseObject({
    champions: z.array(z.looseObject({ endpoint: z.string(), version: z.int(), artifactDigest: z.string() })),
  }),
  policy: z.looseObject({ proposal: z.looseObject({ onMerge: z.string() }) }),
  judgement: z.looseObject({ artifact: z.looseObject({ digest: z.string() }) }).nullable(),
});
type Bound = z.infer<typeof bound>;
type Replayed = ReturnType<VerifyOptions['replay']>;

/**
 * Decides again from the recorded inputs and compares: was this move allowed, by these approvals, against this champion?
 * @returns findings; none when the same evaluator allows the same move for the same reasons
 */
export function checkDecision(
  { path, transaction }: Entry,
  before: ModelState,
  replay: VerifyOptions['replay'],
): readonly Finding[] {
  const [cause] = transaction.events;
  // A correction moves nothing: it says what is wrong with an earlier entry and rests on no decision.
  if (!cause || transaction.events.every(({ data }) => data.type === 'Correction')) return [];
  // Nor does an incident: it says that something is not in the ledger.
  if (transaction.events.every(({ data }) => isIncidentEvent(data))) return [];
  // What comes by itself was approved with the promotion: it rests on that, and on the evidence.
  if (isByItself(cause.data)) return checkTrigger({ path, transaction });
  // A look moves nothing either: it rests on the evidence alone.
  if (cause.data.type === 'HeldOutUsed') return checkLook({ path, transaction });
  const input = bound.safeParse(transaction.decisionInput);
  if (!input.success) {
    const message = `the decision beside entry ${cause.gseq} cannot be read: ${input.error.issues[0]?.message}`;
    return [ledgerFinding('decision-unreadable', path, message)];
  }
  const replayed = tryReplay(transaction.decisionInput, replay);
  const problems =
    typeof replayed === 'string'
      ? [`it cannot be decided again: ${replayed}`]
      : [
          ...kindProblems(replayed),
          ...moveProblems(cause, replayed, before),
          ...stagingProblems(transaction.events, input.data),
          ...approvalProblems(transaction.events, replayed),
          ...baselineProblems(transaction.events, input.data, before),
          ...lookProblems(transaction.decisionInput, before),
          ...emergencyProblems(transaction.events, transaction.decisionInput, replayed, before),
        ];
  return problems.map((problem) =>
    ledgerFinding(
      'decision',
      path,
      `entry ${cause.gseq} (${cause.data.type}) does not rest on its decision: ${problem}`,
    ),
  );
}

function tryReplay(decisionInput: unknown, replay: VerifyOptions['replay']): Replayed | string {
  try {
    return replay(decisionInput);
  } catch (error) {
    // Forged input may break the evaluator in any way: whatever it throws, this decision proves nothing.
    if (error instanceof GatehouseError || error instanceof Error) return error.message;
    return 'the evaluator failed';
  }
}

function kindProblems(replayed: Replayed): readonly string[] {
  return replayed.kind === 'allowed' ? [] : [`decided again it is "${replayed.kind}", not "allowed"`];
}

function moveProblems(cause: LedgerEvent, { moves }: Replayed, before: ModelState): readonly string[] {
  const { data } = cause;
  // A review moves nothing: what it is of is compared by itself.
  if (data.type === 'BreakGlassReviewed') return [];
  const asked = moves.some((move) => {
    if (move.model !== before.model) return false;
    if (move.kind === 'registration') return data.type === 'VersionRegistered';
    if (!('version' in data && 'to' in data)) return false;
    return (
      move.version === data.version &&
      move.to === data.to &&
      (move.from === data.from || isSecondEndpoint(cause, before)) &&
      move.endpoint === ('endpoint' in data ? data.endpoint : null) &&
      move.rollback === (data.type === 'VersionRolledBack')
    );
  });
  return asked ? [] : ['the decision was about another move'];
}

/** One merge may promote a version at two endpoints: at the second one it comes from production already. */
function isSecondEndpoint({ data, source }: LedgerEvent, before: ModelState): boolean {
  if (data.type !== 'VersionPromoted' && data.type !== 'VersionRolledBack') return false;
  const stays = before.versions.get(data.version)?.deployments ?? [];
  return (
    data.from === 'production' &&
    stays.some(({ pullRequest, until }) => pullRequest === source.pullRequest && until === null)
  );
}

function stagingProblems(events: readonly LedgerEvent[], { policy }: Bound): readonly string[] {
  const staged = events[0]?.data.type === 'VersionRegistered' && events.length > 1;
  return staged && policy.proposal.onMerge !== 'staging'
    ? ['it was staged, which the policy does not do on merge']
    : [];
}

function approvalProblems(events: readonly LedgerEvent[], { counted }: Replayed): readonly string[] {
  const expected = canonicalJson(counted);
  const problems: string[] = [];
  for (const { data, approvals } of events) {
    if (canonicalJson(approvals) !== expected)
      problems.push('it lists other approvals than those that counted');
    if (data.type === 'VersionPromoted' && approvals.length === 0)
      problems.push('nobody approved a promotion');
    if (data.type === 'VersionRegistered' && canonicalJson(data.record.approvals) !== expected) {
      problems.push('its record lists other approvals than those that counted');
    }
  }
  return [...new Set(problems)];
}

function baselineProblems(
  events: readonly LedgerEvent[],
  input: Bound,
  before: ModelState,
): readonly string[] {
  const [cause] = events;
  if (cause === undefined) return [];
  const { data, source } = cause;
  const problems: string[] = [];
  if (input.repositoryId !== source.repositoryId) problems.push('it was decided for another repository');
  // An entry is decided at the time that it says: else a window or a waiver of another day would speak for it.
  if (input.now !== undefined && input.now !== cause.at) problems.push('it was decided at another time');
  if (data.type === 'VersionRegistered' && input.judgement?.artifact.digest !== data.record.artifact.digest) {
    problems.push('another artifact was judged');
  }
  if (data.type === 'VersionPromoted') {
    const judged = input.judgement?.artifact.digest;
    // An emergency may go without a judgement, never with that of other bytes.
    const isEmergency = events.some((event) => event.data.type === 'BreakGlassUsed');
    if (judged !== data.artifactDigest && !(isEmergency && judged === undefined))
      problems.push('another artifact was judged');
  }
  if (data.type === 'VersionPromoted' || data.type === 'VersionRolledBack') {
    problems.push(...championProblems(data, input, before));
  }
  return problems;
}

function championProblems(
  data: Extract<LedgerEventData, { type: 'VersionPromoted' | 'VersionRolledBack' }>,
  { ledger }: Bound,
  before: ModelState,
): readonly string[] {
  const seen = ledger.champions.find(({ endpoint }) => endpoint === data.endpoint);
  if ((seen?.version ?? null) !== data.replaced) {
    return [
      `it was compared with ${seen ? `v${seen.version}` : 'no champion'} and replaced ${nameOf(data.replaced)}`,
    ];
  }
  const served = before.endpoints.get(data.endpoint)?.artifactDigest ?? null;
  return (seen?.artifactDigest ?? null) === served
    ? []
    : ["the champion's bytes were others than the ledger says"];
}

const nameOf = (version: number | null): string => (version === null ? 'nothing' : `v${version}`);
