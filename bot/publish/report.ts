import type { RunFacts } from '../../adapters/github/reader.ts';
import type { Decision, DecisionInput } from '../../core/policy/decision.ts';
import type { LookCharge } from '../../core/registry/look.ts';
import type { Report } from '../../core/report/report.ts';
import type { Facts } from '../gather/facts.ts';
import type { ProvenLedger } from '../ledger/ledger-book.ts';

/** The report of one look. @param updatedAt ISO 8601 UTC; shown, never compared */
export function toReport(facts: Facts, decision: Decision, updatedAt: string): Report {
  return {
    input: facts.input,
    decision,
    pullRequest: facts.pull.number,
    headSha: facts.commits.head,
    run: runOf(facts),
    repositoryUrl: facts.repository.url,
    baseSha: facts.commits.base,
    updatedAt,
    tried: facts.evidence.tried,
    recorded: null,
    ...(facts.pull.merged ? { merged: true } : {}),
    ...toLooks(facts.input, facts.ledger.events, facts.pull.number),
    ...toChampion(facts.input, facts.ledger.snapshot),
  };
}

/** How the champion that was compared with came about, so that the comment can say what changed. */
export function toChampion(
  { judgement }: Pick<DecisionInput, 'judgement'>,
  { states }: Pick<ProvenLedger['snapshot'], 'states'>,
): Pick<Report, 'champion'> {
  const [first] = judgement?.champions ?? [];
  if (judgement === null || first === undefined) return {};
  const record = states.get(judgement.model)?.versions.get(first.version)?.record;
  if (record === undefined) return {};
  const { run, datasets } = record.lineage;
  return { champion: { name: `v${first.version}`, run, datasets } };
}

/**
 * Which look on the held-out set the result was, how many the policy allows, and how many different results this pull
 * request was judged with: from the ledger, since runs can be deleted.
 */
export function toLooks(
  { heldOutLook, heldOutCharge, policy, repositoryId }: DecisionInput,
  events: ProvenLedger['events'],
  pullRequest: number,
): Pick<Report, 'looks'> {
  if (heldOutLook === undefined) return {};
  const { heldOutBudget, heldOutBudgets } = policy.defaults;
  const counted = ({ data, source }: ProvenLedger['events'][number]) =>
    data.type === 'HeldOutUsed' && source.repositoryId === repositoryId && source.pullRequest === pullRequest;
  const charged = ({ labels, actor }: LookCharge) => ({
    labels: { look: labels, budget: heldOutBudgets?.labels ?? null },
    actor: { look: actor, budget: heldOutBudgets?.actor ?? null },
  });
  return {
    looks: {
      ...{ look: heldOutLook, budget: heldOutBudget ?? null },
      ...(heldOutCharge === undefined ? {} : charged(heldOutCharge)),
      here: events.filter(counted).length,
    },
  };
}

/** The run that the result rests on, else the newest one that may still bring it. */
function runOf({ evidence }: Facts): Report['run'] {
  const run: RunFacts | undefined = evidence.judgement?.run ?? evidence.validation?.run ?? evidence.runs[0];
  return run === undefined ? null : { id: run.id, attempt: run.attempt, url: run.url };
}
