import type { RollbackTrigger } from '../config/rollback-trigger.ts';
import { judgementOf, model as modelConfig } from '../evidence/evidence.fixture.ts';
import { buildTriggerEvidence, parseTriggerEvidence } from '../evidence/trigger-evidence.ts';
import { digestBytes } from '../json/canonical.ts';
import { byGovernors, emergency, emergencyPolicy, emergencyRequest } from '../policy/break-glass.fixture.ts';
import { decide } from '../policy/decide.ts';
import { omar, promotionInput, reviewOf, rita } from '../policy/decision.fixture.ts';
import type { DecisionInput } from '../policy/decision.ts';
import { breakGlassNoteOf, preApprovedTriggers } from '../policy/emergency-note.ts';
import { usesBefore } from '../registry/break-glass.ts';
import { championsOf } from '../registry/champion.ts';
import type { LedgerCommand } from '../registry/command.ts';
import type { Person } from '../registry/ledger.ts';
import { toLedgerFacts } from '../registry/ledger-facts.ts';
import { decideTrigger, type TriggerFacts } from '../registry/trigger-rollback.ts';
import { options, Story } from './ledger.fixture.ts';
import { type RecordRequest, recordRequests } from './record.ts';
import { verifyLedger } from './verify.ts';

export const app: Person = { id: 9001, login: 'gatehouse[bot]', kind: 'Bot' };
export const sha = (number: number) => String(number).padStart(40, '0');

/** A ledger in which v1 serves and v2 stands in staging; steps go on from there. */
export function begin(): Story {
  const story = new Story();
  story.propose();
  story.move([{ version: 1 }]);
  story.propose();
  return story;
}

export function append(
  story: Story,
  command: LedgerCommand,
  facts: Partial<RecordRequest['facts']> & Pick<RecordRequest['facts'], 'decisionInput' | 'approvals'>,
): void {
  story.pull += 1;
  const source = {
    repositoryId: 7001,
    pullRequest: story.pull,
    headSha: sha(story.pull),
    mergeSha: sha(story.pull),
  };
  const at = timeOf(story.pull);
  const request = {
    model: 'flight-delay',
    command,
    facts: { at, actor: omar, source, sealed: [], ...facts },
  };
  const recorded = recordRequests(story.snapshot, [request], story.layout, story.pages);
  story.snapshot = recorded.snapshot;
  for (const [path, text] of recorded.files) story.files.set(path, text);
  story.anchors.push(story.anchor);
}

export const timeOf = (pull: number): string => `2026-11-21T10:${String(pull).padStart(2, '0')}:00Z`;

/** What a decision is given now. */
export function given(story: Story, input: DecisionInput): DecisionInput {
  const now = timeOf(story.pull + 1);
  const uses = usesBefore(story.snapshot.states.values(), now);
  const breakGlass = { ...input.breakGlass, uses };
  return {
    ...input,
    now,
    ledger: toLedgerFacts(input.change, story.state()),
    ...(input.breakGlass === undefined && uses.length === 0 ? {} : { breakGlass }),
  };
}

export function breakTheGlass(story: Story): void {
  const input = byGovernors(given(story, emergency()));
  const decision = decide(input);
  const note = breakGlassNoteOf(input, decision);
  if (decision.kind !== 'allowed' || note === null) throw new Error(JSON.stringify(decision.rules));
  const command = { ...toEu(2, 1), from: 'staging', breakGlass: note } as const;
  append(story, command, { decisionInput: input, approvals: decision.counted });
}

export const toEu = (version: number, replaced: number | null) =>
  ({
    kind: 'move',
    version,
    to: 'production',
    endpoint: 'eu',
    replaced,
    fallback: 'previous',
    rollback: false,
  }) as const;

export function review(story: Story, pullRequest: number): void {
  const found = { name: 'outage', model: 'flight-delay', pullRequest, digest: digestBytes('a bad deploy') };
  const change = emergencyRequest({ moves: [], configuration: ['break-glass/outage.review.yml'] });
  const input = byGovernors(given(story, emergency({ change, breakGlass: { reviews: [found], uses: [] } })));
  const decision = decide(input);
  if (decision.kind !== 'allowed') throw new Error(JSON.stringify(decision.rules));
  const command = { kind: 'review-break-glass', pullRequest, review: found.digest } as const;
  append(story, command, { decisionInput: input, approvals: decision.counted });
}

export const verify = (story: Story, files: ReadonlyMap<string, string> = story.files) =>
  verifyLedger(files, story.anchors, { ...options, tail: 'report' });
export const problems = (files: ReadonlyMap<string, string>): readonly string[] =>
  verifyLedger(files, [], { ...options, tail: 'report' })
    .findings.filter(({ code }) => code === 'ledger/decision' || code === 'ledger/entry-illegal')
    .map(({ message }) => message);

export const errors: RollbackTrigger = {
  name: 'errors',
  metric: 'error-rate',
  above: 0.02,
  windowMinutes: 1,
};
export const monitored = {
  ...emergencyPolicy,
  trusted: { ...emergencyPolicy.trusted, monitor: emergencyPolicy.trusted.judge },
};

/** v2 replaces v1 with the usual approvals, under a trigger. */
export function promoteWatched(story: Story): void {
  const champions = championsOf(story.state());
  const input = given(
    story,
    promotionInput({
      policy: monitored,
      model: { ...modelConfig, rollbackTriggers: [errors] },
      judgement: judgementOf({ version: 2, champions, artifactDigest: digestBytes('flight-delay 2 bytes') }),
    }),
  );
  const reviews = [reviewOf(rita, ['reviewer'], input), reviewOf(omar, ['owner'], input)];
  const decision = decide({ ...input, reviews });
  if (decision.kind !== 'allowed') throw new Error(JSON.stringify(decision.rules));
  const triggers = preApprovedTriggers(input, 'eu');
  const command = { ...toEu(2, 1), from: 'staging', triggers } as const;
  append(story, command, { decisionInput: { ...input, reviews }, approvals: decision.counted });
}

export function observation(story: Story, fields: object = {}) {
  const serving = story.state().endpoints.get('eu');
  return {
    ...{ repositoryId: 7001, runId: 900, runAttempt: 1, headSha: 'a'.repeat(40) },
    ...{ model: 'flight-delay', endpoint: 'eu', version: serving?.champion ?? 0 },
    artifactDigest: serving?.artifactDigest ?? digestBytes(''),
    ...{ trigger: errors, observed: 0.031, from: '2026-11-21T10:20:00Z', until: '2026-11-21T10:21:00Z' },
    measurements: digestBytes('1000 requests, 31 errors'),
    ...fields,
  };
}

export const factsOf = (story: Story, fields: Partial<TriggerFacts> = {}): TriggerFacts => ({
  repositoryId: 7001,
  run: {
    ...{ id: 900, attempt: 1, headSha: 'a'.repeat(40) },
    ...{ startedAt: '2026-11-21T10:21:00Z', updatedAt: '2026-11-21T10:22:00Z' },
  },
  state: story.state(),
  barred: [],
  stored: true,
  ...fields,
});

export function fire(story: Story, fields: object = {}): void {
  const text = buildTriggerEvidence(observation(story, fields));
  const decided = decideTrigger(parseTriggerEvidence(text), factsOf(story));
  if (!('command' in decided)) throw new Error(JSON.stringify(decided.findings));
  append(story, decided.command, {
    ...{ at: '2026-11-21T10:22:00Z', actor: app, approvals: [], decisionInput: null },
    sealed: [{ text, token: 'a.b.c', jwk: { kty: 'RSA' } }],
    source: { repositoryId: 7001, pullRequest: 4, headSha: 'a'.repeat(40), mergeSha: sha(4) },
  });
}
