import type { Move } from '../change/change.ts';
import {
  judgementOf,
  model as modelConfig,
  origin,
  policy,
  validation,
} from '../evidence/evidence.fixture.ts';
import type { Digest, JudgementEvidence } from '../evidence/evidence.ts';
import { canonicalJson, digestBytes } from '../json/canonical.ts';
import { decide } from '../policy/decide.ts';
import {
  ada,
  ben,
  omar,
  proposalInput,
  requestOf,
  reviewOf,
  rita,
  rosa,
  withReviews,
} from '../policy/decision.fixture.ts';
import type { DecisionInput } from '../policy/decision.ts';
import { viewOf } from '../registry/alignment.ts';
import type { LedgerCommand } from '../registry/command.ts';
import { nextCharge } from '../registry/held-out-look.ts';
import { type IncidentCommand, repositoryBook } from '../registry/incident.ts';
import type { LedgerLayout } from '../registry/layout.ts';
import type { ModelState, VersionRecord } from '../registry/ledger.ts';
import type { LedgerRenderers } from '../registry/render.ts';
import { emptyState } from '../registry/stream.ts';
import type { Anchor } from './anchor.ts';
import { emptyHead } from './merkle.ts';
import { type LedgerSnapshot, type RecordRequest, recordRequests } from './record.ts';
import type { VerifyOptions } from './verification.ts';

/** A ledger for tests, written the way the app writes it: real decisions, real approvals, one commit a step. */

export const renderers: LedgerRenderers = {
  modelCard: (state, version) => `# ${state.model} v${version}\n`,
  readme: (states) => `# Models\n${states.map(({ model, lastSeq }) => `- ${model} ${lastSeq}\n`).join('')}`,
};

export const options: VerifyOptions = {
  layout: 'own',
  renderers,
  replay: (input) => decide(input as DecisionInput),
  tail: 'refuse',
};

const stagingPolicy = { ...policy, proposal: { ...policy.proposal, onMerge: 'staging' as const } };
const bytesOf = (model: string, version: number): Digest => digestBytes(`${model} ${version} bytes`);

type StageMove = Move & { readonly kind: 'stage' };

export class Story {
  files = new Map<string, string>();
  snapshot: LedgerSnapshot = { head: emptyHead, states: new Map() };
  anchors: Anchor[] = [];
  pull = 0;
  readonly layout: LedgerLayout;

  readonly pages: LedgerRenderers;

  constructor(layout: LedgerLayout = 'own', pages: LedgerRenderers = renderers) {
    this.layout = layout;
    this.pages = pages;
  }

  get anchor(): Anchor {
    return { size: this.snapshot.head.size, root: this.snapshot.head.root };
  }

  state(model = 'flight-delay'): ModelState {
    return this.snapshot.states.get(model) ?? emptyState(model);
  }

  /**
   * Registers the next version of a model and stages it in the same transaction.
   * @param told which look the decision is told of; absent: none
   */
  propose(
    model = 'flight-delay',
    stage: 'registered' | 'staging' = 'staging',
    told: Pick<DecisionInput, 'heldOutLook' | 'heldOutCharge'> = {},
  ): void {
    const version = this.state(model).versions.size + 1;
    const judgement = judgementOf({
      champions: this.champions(model),
      artifactDigest: bytesOf(model, version),
    });
    const input = this.approved({
      change: requestOf({
        model,
        proposal: true,
        moves: [{ kind: 'registration', model, to: 'registered' }],
        datasets: ['flights'],
      }),
      policy: stage === 'staging' ? stagingPolicy : policy,
      model: { ...modelConfig, model },
      judgement: { ...judgement, model },
      ledger: { champions: this.facts(model), artifacts: [] },
      ...told,
    });
    const record = { ...recordOf(model, bytesOf(model, version)), approvals: decide(input).counted };
    this.write(model, input, [{ kind: 'register', record, stage }]);
  }

  /** Asks for moves in one pull request, as stages.yml would. */
  move(moves: readonly Partial<StageMove>[], model = 'flight-delay'): void {
    const view = viewOf(this.state(model));
    const asked = moves.map((move): StageMove => {
      const from = view.versions.get(move.version ?? 0) ?? null;
      const fields = { version: 1, to: 'production', endpoint: 'eu', rollback: false, ...move } as const;
      return { ...fields, kind: 'stage', model, from: move.from ?? from };
    });
    const judged = asked.find(({ to, rollback }) => (to === 'production' || to === 'candidate') && !rollback);
    const version = judged?.version ?? 0;
    const champions = this.champions(model);
    const state = this.state(model);
    const input = this.approved({
      change: requestOf({ model, moves: asked }),
      validation: null,
      model: { ...modelConfig, model },
      judgement: judged
        ? { ...judgementOf({ version, champions, artifactDigest: bytesOf(model, version) }), model }
        : null,
      ledger: {
        champions: this.facts(model),
        artifacts: [...state.versions].map(([number, { stage, wasInProductionAt }]) => {
          return { version: number, artifactDigest: bytesOf(model, number), stage, wasInProductionAt };
        }),
      },
    });
    const commands = asked.map((move): LedgerCommand => {
      const replaced = view.champions.get(move.endpoint ?? '')?.version ?? null;
      const { from, to } = move;
      if (from === null || to === 'registered') throw new Error(`no such move: ${from} to ${to}`);
      return { ...move, kind: 'move', from, to, replaced, fallback: 'previous' };
    });
    this.write(model, input, commands.map(stripModel));
  }

  correct(ofSeq: number, reason: string, model = 'flight-delay'): void {
    this.append(
      model,
      [{ kind: 'correct', ofSeq, reason }],
      { approvals: [], decisionInput: null, sealed: [] },
      7001,
    );
  }

  /** What concerns the repository: an incident, its end, a correction of the ledger. */
  note(command: IncidentCommand, from: Partial<RecordRequest['facts']['source']> = {}): void {
    this.append(repositoryBook, [command], { approvals: [], decisionInput: null, sealed: [] }, 7001, from);
  }

  /**
   * Counts a judgement as the app does when it first believes one.
   * @param options `charged`: with what it is charged as over all models; entries of old have none
   */
  look(judgement: JudgementEvidence, { text = canonicalJson(judgement), charged = false } = {}): void {
    const { model, heldOut, resultDigest, origin } = judgement;
    const charge = nextCharge(this.snapshot.states.values(), heldOut.labelsDigest, ada.id);
    const command: LedgerCommand = {
      kind: 'use-held-out',
      ...{ heldOut: heldOut.labelsDigest, result: resultDigest },
      ...(charged ? { charged: charge } : {}),
    };
    const sealed = [{ text, token: 'a.b.c', jwk: { kty: 'RSA' } }];
    this.append(model, [command], { approvals: [], decisionInput: null, sealed }, origin.repositoryId, {
      pullRequest: origin.pullRequest,
      headSha: origin.headSha,
    });
  }

  write(model: string, input: DecisionInput, commands: readonly LedgerCommand[]): void {
    const decision = decide(input);
    if (decision.kind !== 'allowed') {
      throw new Error(
        `not allowed: ${JSON.stringify(decision.findings)} ${JSON.stringify(decision.missing)}`,
      );
    }
    const sealed = [{ text: '{}', token: 'a.b.c', jwk: { kty: 'RSA' } }];
    const rests = { approvals: decision.counted, decisionInput: input, sealed };
    this.append(model, commands, rests, input.repositoryId);
  }

  private append(
    model: string,
    commands: readonly LedgerCommand[],
    rests: Pick<RecordRequest['facts'], 'approvals' | 'decisionInput' | 'sealed'>,
    repositoryId: number,
    from: Partial<RecordRequest['facts']['source']> = {},
  ): void {
    this.pull += 1;
    const sha = String(this.pull).padStart(40, '0');
    const source = { repositoryId, pullRequest: this.pull, headSha: sha, mergeSha: sha, ...from };
    const at = `2026-11-21T10:${String(this.pull % 60).padStart(2, '0')}:00Z`;
    const facts: RecordRequest['facts'] = { at, actor: ada, source, ...rests };
    const requests = commands.map((command) => ({ model, command, facts }));
    const recorded = recordRequests(this.snapshot, requests, this.layout, this.pages);
    this.snapshot = recorded.snapshot;
    for (const [path, text] of recorded.files) this.files.set(path, text);
    this.anchors.push(this.anchor);
  }

  private approved(fields: Partial<DecisionInput>): DecisionInput {
    const input = proposalInput(fields);
    return withReviews(
      input,
      reviewOf(rita, ['reviewer'], input),
      reviewOf(rosa, ['reviewer'], input),
      reviewOf(omar, ['owner', 'risk'], input),
      reviewOf(ada, ['governor'], input),
    );
  }

  private facts(model: string): DecisionInput['ledger']['champions'] {
    return [...this.state(model).endpoints.values()].flatMap(({ endpoint, champion, previous }) =>
      champion === null
        ? []
        : [{ endpoint, version: champion, previous, artifactDigest: bytesOf(model, champion) }],
    );
  }

  private champions(model: string) {
    return this.facts(model).map(({ endpoint, version, artifactDigest }) => ({
      endpoint,
      version,
      artifactDigest,
    }));
  }
}

/** The demo's story: v1 to production, v2 replaces it, rolled back; another model in between. */
export function tellStory(layout: LedgerLayout = 'own', pages: LedgerRenderers = renderers): Story {
  const story = new Story(layout, pages);
  story.propose();
  story.move([{ version: 1 }]);
  story.propose('churn');
  story.propose();
  story.move([{ version: 2 }]);
  story.move([{ version: 1, rollback: true }]);
  return story;
}

function stripModel(command: LedgerCommand): LedgerCommand {
  if (command.kind !== 'move') return command;
  const { kind, version, from, to, endpoint, replaced, fallback, rollback } = command;
  return { kind, version, from, to, endpoint, replaced, fallback, rollback };
}

export function recordOf(model: string, digest: Digest): Omit<VersionRecord, 'v' | 'version'> {
  const judgement = judgementOf({ artifactDigest: digest });
  const [comparison] = judgement.comparisons;
  const [dataset] = validation.datasets;
  return {
    model,
    registeredAt: '2026-11-21T10:00:00Z',
    artifact: judgement.artifact,
    runRecordDigest: judgement.runRecordDigest,
    lineage: {
      repository: origin.repository,
      pullRequest: origin.pullRequest,
      codeCommit: origin.headSha,
      mergeCommit: 'e'.repeat(40),
      datasets: [
        {
          dataset: 'flights',
          dataDigest: dataset?.dataDigest ?? digest,
          contractDigest: dataset?.contractDigest ?? digest,
          rows: 500_000,
          record: dataset?.record ?? digest,
          source: 'vega-datasets',
        },
      ],
      heldOut: judgement.heldOut,
      run: judgement.claimed,
      trainedBy: { runId: 501, runAttempt: 1 },
    },
    predictions: {
      digest: judgement.predictions.challenger,
      featuresDigest: judgement.heldOut.featuresDigest,
    },
    predictCommand: modelConfig.predict.command,
    metrics: (comparison?.metrics ?? []).map((metric) => ({ ...metric, against: null })),
    gates: (comparison?.gates ?? []).map((gate) => ({ ...gate, against: null })),
    validation: [{ dataset: 'flights', verdict: 'pass', failures: 0, warnings: 0 }],
    quality: 'judged',
    task: modelConfig.task,
    endpoints: modelConfig.endpoints,
    owners: { users: ['omar'], teams: [] },
    contributors: [ben],
    risk: modelConfig.risk,
    description: modelConfig.description,
    limitations: modelConfig.limitations,
    featureVersion: 'unknown',
    servingImage: 'unknown',
    fallback: modelConfig.fallback,
    approvals: [],
  };
}
