import type { Move } from '../change/change.ts';
import { judgementOf, model as modelConfig, policy } from '../evidence/evidence.fixture.ts';
import type { Digest } from '../evidence/evidence.ts';
import { digestBytes } from '../json/canonical.ts';
import { decide } from '../policy/decide.ts';
import {
  ada,
  omar,
  proposalInput,
  requestOf,
  reviewOf,
  rita,
  rosa,
  withReviews,
} from '../policy/decision.fixture.ts';
import type { DecisionInput } from '../policy/decision.ts';
import { championsOf } from '../registry/champion.ts';
import type { LedgerCommand } from '../registry/command.ts';
import type { ModelState } from '../registry/ledger.ts';
import { toLedgerFacts } from '../registry/ledger-facts.ts';
import { requireSameLedger } from '../registry/same-ledger.ts';
import { emptyState } from '../registry/stream.ts';
import { recordOf } from './ledger.fixture.ts';
import { isInLedger, type RecordRequest } from './record.ts';
import type { GroupMember } from './record-group.ts';

/** A pull request that was decided on one state of the ledger and waits to be written, as the app hands it over. */
export interface Waiting extends GroupMember {
  readonly pull: number;
  readonly model: string;
  readonly input: DecisionInput;
  readonly requests: readonly RecordRequest[];
}

const endpoints = ['eu', 'us', 'home-1', 'home-2'];

export interface Asked {
  readonly pull: number;
  /** Absent: one that only this pull request has. */
  readonly mergeSha?: string;
}

export const bytesOf = (model: string, version: number): Digest => digestBytes(`${model} ${version} bytes`);

/**
 * Asks for a version of a model, staged at once.
 * @param version the number that it will get, which its bytes are named by
 */
export function registrationOf(
  before: ModelState | undefined,
  model: string,
  asked: Asked,
  version = (before?.versions.size ?? 0) + 1,
): Waiting {
  const state = before ?? emptyState(model);
  const artifactDigest = bytesOf(model, version);
  const change = requestOf({
    model,
    proposal: true,
    moves: [{ kind: 'registration', model, to: 'registered' }],
    datasets: ['flights'],
  });
  const input = approved({
    change,
    policy: { ...policy, proposal: { ...policy.proposal, onMerge: 'staging' } },
    model: { ...modelConfig, model, endpoints },
    judgement: { ...judgementOf({ champions: championsOf(state), artifactDigest }), model },
    ledger: toLedgerFacts(change, state),
  });
  const record = { ...recordOf(model, artifactDigest), approvals: decide(input).counted };
  return waiting(asked, model, input, { kind: 'register', record, stage: 'staging' });
}

/** Asks for a version in staging to serve an endpoint, compared with whatever serves there by this state. */
export function promotionOf(state: ModelState, version: number, asked: Asked, endpoint = 'eu'): Waiting {
  const { model } = state;
  const from = state.versions.get(version)?.stage ?? 'staging';
  const move: Move = {
    ...{ kind: 'stage', model, version, from, to: 'production', endpoint, rollback: false },
  };
  const change = requestOf({ model, moves: [move] });
  const champions = championsOf(state);
  const artifactDigest = bytesOf(model, version);
  const input = approved({
    change,
    validation: null,
    model: { ...modelConfig, model, endpoints },
    judgement: { ...judgementOf({ version, champions, artifactDigest }), model },
    ledger: toLedgerFacts(change, state),
  });
  const replaced = champions.find((champion) => champion.endpoint === endpoint)?.version ?? null;
  const command: LedgerCommand = {
    ...{ kind: 'move', version, from, to: 'production', endpoint, replaced, rollback: false },
    fallback: 'previous',
  };
  return waiting(asked, model, input, command);
}

function waiting(
  { pull, mergeSha = pull.toString(16).padStart(40, '0') }: Asked,
  model: string,
  input: DecisionInput,
  command: LedgerCommand,
): Waiting {
  const decision = decide(input);
  if (decision.kind !== 'allowed') throw new Error(`not allowed: ${JSON.stringify(decision.findings)}`);
  const source = { repositoryId: input.repositoryId, pullRequest: pull, headSha: mergeSha, mergeSha };
  const facts: RecordRequest['facts'] = {
    at: `2026-11-21T10:${String(pull % 60).padStart(2, '0')}:00Z`,
    actor: ada,
    source,
    approvals: decision.counted,
    decisionInput: input,
    sealed: [{ text: '{}', token: 'a.b.c', jwk: { kty: 'RSA' } }],
  };
  const requests = [{ model, command, facts }];
  return {
    ...{ pull, model, input, requests },
    plan: (snapshot) => {
      if (requests.some((request) => isInLedger(snapshot, request))) return [];
      requireSameLedger(input, snapshot.states.get(model) ?? null);
      return requests;
    },
  };
}

function approved(fields: Partial<DecisionInput>): DecisionInput {
  const input = proposalInput(fields);
  return withReviews(
    input,
    reviewOf(rita, ['reviewer'], input),
    reviewOf(rosa, ['reviewer'], input),
    reviewOf(omar, ['owner', 'risk'], input),
    reviewOf(ada, ['governor'], input),
  );
}
