import type { AppIdentity } from '../adapters/github/client.ts';
import type { CommitFacts, GitHubReader, PullFacts } from '../adapters/github/reader.ts';
import type { PublishedKey } from '../adapters/oidc/jwks.ts';
import { type Proposal, readPolicy, readProposal } from '../adapters/proposal/read-proposal.ts';
import type { Store } from '../adapters/store/store.ts';
import type { Change } from '../core/change/change.ts';
import { type NetworkRule, networkOf } from '../core/config/network.ts';
import type { Policy } from '../core/config/policy.ts';
import { ConflictError } from '../core/error/error.ts';
import type { SealedEvidence } from '../core/evidence/evidence.ts';
import { digestOf } from '../core/json/canonical.ts';
import type { DecisionInput } from '../core/policy/decision.ts';
import type { PredictionBreaks } from '../core/policy/prediction-break.ts';
import type { Protection } from '../core/policy/protection.ts';
import { findLook, nextCharge } from '../core/registry/held-out-look.ts';
import type { ModelState } from '../core/registry/ledger.ts';
import { recordsTowardsProduction, toLedgerFacts } from '../core/registry/ledger-facts.ts';
import { type Commits, readCommits } from './gather/base.ts';
import { chargedPerson } from './gather/charged-person.ts';
import { asStored, readEmergency } from './gather/emergency.ts';
import { readEvidence } from './gather/evidence.ts';
import type { EvidenceFacts, Facts, MergeFacts } from './gather/facts.ts';

import { asOneBase } from './gather/merge-bases.ts';
import { asMerged } from './gather/merge-check.ts';
import { readOwners } from './gather/owners.ts';
import { type People, readPeople } from './gather/people.ts';
import { readReviews } from './gather/reviews.ts';
import { type Holders, readHolders } from './gather/roles.ts';
import { type Request, type Rules, readRules } from './gather/rules.ts';
import type { LedgerBook, LedgerPlace, ProvenLedger } from './ledger/ledger-book.ts';

/** Everything that a look at one repository reads from. */
export interface Sources {
  readonly reader: GitHubReader;
  readonly identity: AppIdentity;
  readonly book: LedgerBook;
  readonly issuer: string;
  keys(): Promise<readonly PublishedKey[]>;
  openStore(url: string, network: NetworkRule): Promise<Pick<Store, 'has'>>;
  /** Opens what was sealed to the app. @throws InputError EVIDENCE_SEALED, EVIDENCE_ENVELOPE */
  open(text: string): SealedEvidence;
  /** ISO 8601 UTC: when an open pull request is decided; a merge is decided at the time that GitHub gives. */
  now(): string;
}

/**
 * Reads everything that a decision about one pull request looks at. Nothing is taken from an event or from what the
 * pull request says about itself.
 * @param onto base commit to judge against instead of the branch's tip
 * @throws InputError when policy, ledger or roles cannot be read as they must be; ServiceError when GitHub does not
 * answer; ConflictError LEDGER_MOVED when the ledger moved meanwhile
 */
export async function gather(sources: Sources, pull: PullFacts, onto: string | null = null): Promise<Facts> {
  const { reader } = sources;
  const commits = await readCommits(reader, pull, onto);
  const proposal = await readProposal(reader, {
    baseRef: pull.base.ref,
    base: commits.base,
    head: commits.head,
  });
  const ledger = await readLedger(sources, proposal);
  const whole = await asOneBase(reader, proposal.change, commits, pull.number);
  const change = await asMerged(reader, whole, commits, pull);
  const openedByBot = pull.author.kind === 'Bot' && pull.author.id !== sources.identity.botId;
  const shared = { pull, commits, proposal, ledger, openedByBot, now: pull.mergedAt ?? sources.now() };
  if (change.kind !== 'request') return toFacts({ ...shared, change, ...nothingRead });
  const state = change.model === null ? null : (ledger.snapshot.states.get(change.model) ?? null);
  const rules = await readRules(reader, proposal, change);
  const openStore = () => sources.openStore(proposal.policy.store, networkOf(proposal.policy));
  const pullCommits = await reader.pullCommits(pull.number);
  const evidence = await readEvidence(
    sources,
    {
      proposal,
      change,
      rules,
      state,
      pullRequest: pull.number,
      headRef: pull.head.repositoryId === proposal.repository.id ? pull.head.ref : null,
      openStore,
    },
    pullCommits.map(({ sha }) => sha),
  );
  const people = await readMakers(reader, { ...shared, change, state, evidence, pullCommits });
  const { owners, prediction } = rules;
  const holders = await readHolders(reader, proposal.policy, owners, prediction?.consumers);
  const reviews = await readReviews(reader, pull, holders);
  const answering = await readOwners(
    reader,
    { change, policy: proposal.policy },
    rules.model?.config ?? null,
  );
  const { states } = ledger.snapshot;
  const scope = { proposal, change, rules, evidence, state, states, now: shared.now };
  const emergency = await readEmergency({ reader, openStore }, scope);
  const protection = await readProtection(reader, proposal, change, commits);
  return toFacts({
    ...{ ...shared, change, state, rules, evidence, people, holders, reviews, emergency, protection },
    ...answering,
  });
}

/** Read once, when a promotion is recorded: before that it would say nothing about the merge. */
async function readProtection(
  reader: GitHubReader,
  { policy, commits: { baseRef } }: Proposal,
  { moves }: Request,
  { merge }: Commits,
): Promise<Protection | undefined> {
  if (merge === null || !moves.some(({ to }) => to === 'production')) return undefined;
  // Together: a second failure that nobody waits for any more would end the process.
  const [base, ledger] = await Promise.all([
    reader.branchGuard(baseRef),
    reader.branchGuard(policy.ledger.branch),
  ]);
  return { base, ledger };
}

/** Reads just enough of a merge to see whether the ledger holds it already. */
export async function gatherMerge(sources: Sources, pull: PullFacts): Promise<MergeFacts> {
  const { reader, identity, book } = sources;
  const commits = await readCommits(reader, pull);
  const policy = await readPolicy(reader, commits.base);
  const ledger = await book.read(reader, identity, placeOf(policy.ledger.branch, pull.base.ref));
  return { repository: await reader.repository(), pull, commits, ledger };
}

/** The proposal was read with the ledger of some moment; it must be the one that was proven. */
async function readLedger({ reader, identity, book }: Sources, proposal: Proposal): Promise<ProvenLedger> {
  const { branch } = proposal.policy.ledger;
  const { baseRef } = proposal.commits;
  const ledger = await book.read(reader, identity, placeOf(branch, baseRef));
  if ((proposal.ledger?.head ?? null) === ledger.commit) return ledger;
  throw new ConflictError('LEDGER_MOVED', 'The ledger moved while the pull request was read', {
    hint: 'Read again and decide again.',
  });
}

export const placeOf = (branch: string, baseRef: string): LedgerPlace => ({
  branch,
  layout: branch === baseRef ? 'shared' : 'own',
  anchorBranch: baseRef,
});

interface MakersInput {
  readonly pull: PullFacts;
  readonly proposal: Proposal;
  readonly change: Request;
  readonly state: ModelState | null;
  readonly evidence: EvidenceFacts;
  readonly pullCommits: readonly CommitFacts[];
  readonly openedByBot: boolean;
}

function readMakers(reader: GitHubReader, input: MakersInput): Promise<People> {
  const { pull, proposal, change, state, evidence } = input;
  const starters = [evidence.judgement?.run, evidence.validation?.run].flatMap((run) =>
    run?.actor == null ? [] : [{ person: run.actor, dispatched: run.event === 'workflow_dispatch' }],
  );
  return readPeople(reader, {
    pull,
    commits: input.pullCommits,
    change,
    repositoryId: proposal.repository.id,
    starters,
    openedByBot: input.openedByBot,
    records: recordsTowardsProduction(change, state),
  });
}

interface Parts {
  readonly pull: PullFacts;
  readonly commits: Commits;
  readonly proposal: Proposal;
  readonly ledger: ProvenLedger;
  /** Another bot than our own opened it. */
  readonly openedByBot: boolean;
  readonly change: Change;
  readonly state: ModelState | null;
  readonly rules: Rules | null;
  readonly evidence: EvidenceFacts;
  readonly people: People;
  readonly holders: Holders;
  readonly reviews: DecisionInput['reviews'];
  readonly now: string;
  readonly owners?: DecisionInput['owners'];
  readonly protection?: Protection | undefined;
  readonly emergency?: Pick<DecisionInput, 'barred' | 'stored' | 'breakGlass'>;
}

/** A pull request that asks for nothing, or cannot be read, needs neither evidence nor people. */
const nothingRead: Pick<Parts, 'state' | 'rules' | 'evidence' | 'people' | 'holders' | 'reviews'> = {
  state: null,
  rules: null,
  evidence: {
    ...{ validation: null, judgement: null },
    ...{ looks: [], refusals: [], runs: [], notes: [], tried: [] },
  },
  people: { exclusions: [], pushersKnown: true, contributors: [] },
  holders: new Map(),
  reviews: [],
};

function toFacts(parts: Parts): Facts {
  const { pull, commits, proposal, ledger, rules, evidence, people } = parts;
  return {
    repository: proposal.repository,
    pull,
    commits,
    policy: proposal.policy,
    rules,
    ledger,
    evidence,
    contributors: people.contributors,
    input: toInput(parts),
  };
}

const toPrediction = ({ findings, consumers }: PredictionBreaks) => ({
  findings,
  consumers: consumers.map(({ name }) => name),
});

/** The number of a look that is not counted yet is the one that it gets: it is written before anybody is shown it. */
function lookOf(parts: Parts): Pick<DecisionInput, 'heldOutLook' | 'heldOutCharge'> {
  const { proposal, pull, ledger, state } = parts;
  const { judgement } = parts.evidence;
  if (judgement === null) return {};
  const look = findLook(judgement.evidence, proposal.repository.id, state);
  if (look === null) return {};
  const { id } = chargedPerson(judgement.run, pull);
  const states = ledger.snapshot.states.values();
  const charged = look.counted ? look.charged : nextCharge(states, look.facts.heldOut, id);
  return { heldOutLook: look.number, ...(charged === null ? {} : { heldOutCharge: charged }) };
}

/** What evidence is sealed to decides nothing, and every entry of the ledger would hold it. */
function withoutKeys({ evidence: _, ...policy }: Policy): Policy {
  return policy;
}

function toInput(parts: Parts): DecisionInput {
  const { pull, proposal, change, rules, evidence, people, holders } = parts;
  const excluded = new Set(people.exclusions.map(({ person }) => person.id));
  const input: DecisionInput = {
    repositoryId: proposal.repository.id,
    baseRef: proposal.commits.baseRef,
    now: parts.now,
    change,
    policy: withoutKeys(proposal.policy),
    model: rules?.model?.config ?? null,
    rulesDigest: rules?.digest ?? digestOf(null),
    validation: evidence.validation?.evidence ?? null,
    judgement: evidence.judgement?.evidence ?? null,
    refusals: evidence.refusals,
    runs: evidence.runs.map(({ id, status, conclusion, url }, at) => ({
      id,
      status,
      conclusion,
      url,
      // Newest first: the notes are of that one.
      ...(at === 0 && evidence.notes.length > 0 ? { notes: evidence.notes } : {}),
    })),
    fork: pull.head.repositoryId !== proposal.repository.id,
    reviews: parts.reviews,
    exclusions: people.exclusions,
    pushersKnown: people.pushersKnown,
    ...(parts.openedByBot ? { openedByBot: true } : {}),
    ...(rules?.modelFields == null ? {} : { modelFields: rules.modelFields }),
    ...(rules?.prediction == null ? {} : { prediction: toPrediction(rules.prediction) }),
    ...lookOf(parts),
    ...(rules?.declared == null ? {} : { declared: asStored(rules.declared) }),
    ...parts.emergency,
    ...(rules?.privacy == null ? {} : { privacy: rules.privacy }),
    ...(parts.owners === undefined ? {} : { owners: parts.owners }),
    ...(parts.protection === undefined ? {} : { protection: parts.protection }),
    canApprove: Object.fromEntries(
      [...holders].map(([role, people_]) => [
        role,
        people_
          .filter(({ id, kind }) => kind === 'User' && !excluded.has(id))
          .map(({ login }) => login)
          .sort(),
      ]),
    ),
    ledger: toLedgerFacts(change, parts.state),
  };
  // What is stored must be what was decided on: a field that is undefined is a field that is not there.
  return JSON.parse(JSON.stringify(input)) as DecisionInput;
}
