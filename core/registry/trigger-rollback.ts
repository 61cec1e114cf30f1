import { disagreements, refusal } from '../evidence/disagreement.ts';
import { parseInstant } from '../evidence/instant.ts';
import type { TriggerEvidence } from '../evidence/trigger-evidence.ts';
import type { Finding } from '../finding/finding.ts';
import { canonicalJson, digestBytes } from '../json/canonical.ts';
import type { LedgerCommand } from './command.ts';
import type { EndpointState, ModelState } from './ledger.ts';
import { type TriggerUse, triggerProblem } from './trigger.ts';

/** What the app knows by itself about the run, the ledger and the version to return to. */
export interface TriggerFacts {
  readonly repositoryId: number;
  readonly run: {
    readonly id: number;
    readonly attempt: number;
    readonly headSha: string;
    /** ISO 8601 UTC. */
    readonly startedAt: string;
    readonly updatedAt: string;
  };
  /** State of the model now; null: the ledger does not know it. */
  readonly state: ModelState | null;
  /** Why the recorded previous version must not serve; empty: it may. */
  readonly barred: readonly Finding[];
  /** Do the bytes of the recorded previous version lie in the store? */
  readonly stored: boolean;
}

type Move = Extract<LedgerCommand, { kind: 'move' }>;
const minuteMs = 60_000;
/** Clocks of GitHub and of who measures may differ by this much. */
const leewayMs = 5 * minuteMs;

/**
 * Says what a believed receipt over this evidence lets happen: everything that can be derived again is, and the promotion
 * that brought what serves must have approved it in advance (GATE.md rules 22 and 23).
 * @returns the command, or why nothing happens: then a person decides
 */
export function decideTrigger(
  evidence: TriggerEvidence,
  facts: TriggerFacts,
): { readonly command: Move } | { readonly findings: readonly Finding[] } {
  const broken = notFinite(evidence);
  if (broken.length > 0) return { findings: broken };
  const serving = facts.state?.endpoints.get(evidence.endpoint);
  const use = toUse(evidence, serving);
  const findings = [
    ...bound(evidence, facts, serving),
    ...times(evidence, facts, serving),
    ...authority(use, serving),
    ...target(facts, serving),
  ];
  const previous = serving?.previous ?? null;
  const version = previous === null ? undefined : facts.state?.versions.get(previous);
  if (findings.length > 0 || version === undefined || serving === undefined || previous === null)
    return { findings: findings.length > 0 ? findings : [none] };
  return {
    command: {
      ...{ kind: 'move', version: previous, from: version.stage, to: 'production' },
      ...{ endpoint: evidence.endpoint, replaced: serving.champion, fallback: serving.fallback },
      ...{ rollback: true, trigger: use },
    },
  };
}

/** NaN has no canonical form and is on neither side of a limit: said in words before anything is computed from it. */
function notFinite({ observed, trigger }: TriggerEvidence): readonly Finding[] {
  const { above, below, windowMinutes } = trigger;
  const numbers = [observed, windowMinutes, ...[above, below].filter((limit) => limit !== undefined)];
  if (numbers.every((number) => Number.isFinite(number))) return [];
  const limit = above === undefined ? `below ${below}` : `above ${above}`;
  return [
    refusal('trigger', 'It does not return by itself: what was observed, or its limit, is no finite number', {
      found: `${trigger.name}: ${observed}, ${limit} over ${windowMinutes} minutes`,
      ...{ allowed: 'finite numbers', fix: byPerson },
    }),
  ];
}

/** What is written down of it. `promotion` is the ledger's own number of what serves. */
const toUse = (evidence: TriggerEvidence, serving: EndpointState | undefined): TriggerUse => ({
  authority: 'pre-approved',
  promotion: serving?.by.seq ?? -1,
  trigger: evidence.trigger,
  observed: evidence.observed,
  from: evidence.from,
  until: evidence.until,
  evidence: digestBytes(canonicalJson(evidence)),
});

function bound(
  evidence: TriggerEvidence,
  { repositoryId, run, state }: TriggerFacts,
  serving: EndpointState | undefined,
): readonly Finding[] {
  return disagreements([
    bind('repository-id', 'repository id', evidence.repositoryId, repositoryId),
    bind('run', 'run', evidence.runId, run.id),
    bind('run-attempt', 'run attempt', evidence.runAttempt, run.attempt),
    bind('head', 'head commit', evidence.headSha, run.headSha),
    bind('model', 'model', evidence.model, state?.model ?? null),
    bind('champion', 'champion', evidence.version, serving?.champion ?? null),
    bind('artifact', 'artifact', evidence.artifactDigest, serving?.artifactDigest ?? null),
  ]);
}

const bind = (check: string, what: string, said: unknown, found: unknown) => ({
  ...{ check, what, said, found },
  fix: watchAgain,
});

/** The whole window lies in the stay of what serves, is as long as declared, and ended when the run looked. */
function times(
  { from, until, trigger }: TriggerEvidence,
  { run }: TriggerFacts,
  serving: EndpointState | undefined,
): readonly Finding[] {
  const [start, end, since, began, ended] = [
    from,
    until,
    serving?.since ?? '',
    run.startedAt,
    run.updatedAt,
  ].map(parseInstant);
  if (start == null || end == null || since == null || began == null || ended == null)
    return [refusal('time', 'The times of the observation cannot be held against those of the run', again)];
  const found = `${from} to ${until}`;
  if (!(start >= since))
    return [
      refusal('time', `It was observed before v${serving?.champion} served there`, {
        ...{ found, allowed: `from ${serving?.since}` },
        fix: watchAgain,
      }),
    ];
  if (Math.abs(end - start - trigger.windowMinutes * minuteMs) > minuteMs)
    return [
      refusal('window', 'It was not observed over the declared window', {
        ...{ found, allowed: `${trigger.windowMinutes} minutes` },
        fix: watchAgain,
      }),
    ];
  const isFresh = end <= ended + leewayMs && end >= began - trigger.windowMinutes * minuteMs - leewayMs;
  if (isFresh) return [];
  return [
    refusal('expired', 'The observation is not of the run that signed it', {
      ...{ found, allowed: `an end between ${run.startedAt} and ${run.updatedAt}` },
      fix: watchAgain,
    }),
  ];
}

function authority(use: TriggerUse, serving: EndpointState | undefined): readonly Finding[] {
  const problem = triggerProblem(use, serving);
  if (problem === null) return [];
  return [
    refusal('trigger', `It does not return by itself: ${problem}`, {
      found: `${use.trigger.name}: ${use.observed}`,
      fix: byPerson,
    }),
  ];
}

/** The same conditions as for a rollback that people ask for. */
function target({ barred, stored }: TriggerFacts, serving: EndpointState | undefined): readonly Finding[] {
  if (serving?.previous == null) return [];
  if (barred.length > 0) return barred;
  if (stored) return [];
  return [
    refusal('bytes', `The bytes of v${serving.previous} are not in the store`, {
      fix: 'Put them back from your backup, or choose another version in a pull request.',
    }),
  ];
}

const watchAgain = 'The next run by schedule watches again.';
const again = { fix: watchAgain };
const byPerson = 'A person decides: comment /gatehouse rollback, or change stages.yml in a pull request.';
const none = refusal('trigger', 'No version is recorded to return to', { fix: byPerson });
