import type { BranchRequest } from '../adapters/proposal/read-branch.ts';
import type { Change, Move } from '../core/change/change.ts';
import { resolveModel } from '../core/config/floor.ts';
import type { Finding } from '../core/finding/finding.ts';
import type { DecisionInput } from '../core/policy/decision.ts';
import { evidenceNeed } from '../core/policy/evidence-need.ts';
import { ruleOnRequest } from '../core/policy/request-rule.ts';
import { type RequiredLine, requiredApprovals } from '../core/policy/requirement.ts';
import { toLedgerFacts } from '../core/registry/ledger-facts.ts';
import { type Block, paragraph } from '../core/report/block.ts';
import { verdictWords } from '../core/report/icon.ts';
import { renderFindings } from '../core/report/terminal.ts';
import { renderText } from '../core/report/text.ts';

/** What the commits of this branch ask for. */
export interface BranchAnswer {
  readonly base: string;
  readonly baseCommit: string;
  readonly head: string;
  /** `refused`: it cannot be judged as it stands; the findings say why. */
  readonly kind: Change['kind'];
  readonly model: string | null;
  readonly proposal: boolean;
  readonly moves: readonly Move[];
  /** Sentences, one for each thing that a merge would do. */
  readonly asks: readonly string[];
  readonly approvals: readonly RequiredLine[];
  /** Datasets whose contracts are checked before anything trains. */
  readonly datasets: readonly string[];
  /** Null: nothing has to be judged. */
  readonly heldOut: 'not evaluated here' | null;
}

/** Everything that `gatehouse check` says; printed as JSON as it is. */
export interface CheckAnswer {
  readonly verdict: 'pass' | 'fail';
  /** How many Gatehouse files were read. */
  readonly files: number;
  readonly findings: readonly Finding[];
  readonly branch: BranchAnswer | null;
  readonly notes: readonly string[];
}

/** Says what a branch asks for, by the same rules as the app; what needs labels or reviews is left open. */
export function toBranchAnswer(request: BranchRequest) {
  const { change, base, head, policy, model: governed, modelFields } = request;
  const model = governed === null ? null : resolveModel(governed.config, policy).model;
  const asked = change.kind === 'request' ? change : null;
  const facts = { pushersKnown: true, ...(modelFields === null ? {} : { modelFields }) };
  const answer: BranchAnswer = {
    base: base.ref,
    baseCommit: base.commit,
    head,
    kind: change.kind,
    model: asked?.model ?? null,
    proposal: asked?.proposal ?? false,
    moves: asked?.moves ?? [],
    asks: asked === null ? [] : asksOf(asked, request),
    approvals: requiredApprovals(change, policy, model, facts),
    datasets: evidenceNeed({ change, model }).datasets,
    heldOut: evidenceNeed({ change, model }).judgement ? 'not evaluated here' : null,
  };
  const moves = asked?.moves.some(({ kind }) => kind === 'stage') === true;
  const blind = moves && !request.ledgerFetched;
  const findings =
    change.kind === 'refused'
      ? change.findings
      : asked === null || blind
        ? []
        : ruleOnRequest(asked, toDecisionInput(request, asked)).findings;
  const notes = blind
    ? [
        `Where each version is now is not known here: git fetch origin ${request.ledgerBranch}. Moves are not checked.`,
      ]
    : [];
  return { answer, findings, notes };
}

type Request = Extract<Change, { kind: 'request' }>;

/** Only what the request itself is judged by: no evidence, review or run is there offline. */
function toDecisionInput(request: BranchRequest, change: Request): DecisionInput {
  return {
    repositoryId: 0,
    baseRef: request.base.branch,
    change,
    policy: request.policy,
    model: request.model?.config ?? null,
    rulesDigest: `sha256:${'0'.repeat(64)}`,
    validation: null,
    judgement: null,
    refusals: [],
    runs: [],
    fork: false,
    reviews: [],
    exclusions: [],
    pushersKnown: true,
    canApprove: {},
    ledger: toLedgerFacts(change, request.state),
  };
}

function asksOf(change: Request, { policy }: BranchRequest): readonly string[] {
  const staged = policy.proposal.onMerge === 'staging' ? ' in staging' : '';
  const moves = change.moves.map((move) => sentenceOf(move, staged));
  const { configuration, newModel, newDatasets, datasets, model } = change;
  const asks = [
    ...moves,
    ...(newModel ? [`brings the model ${model}, which the base branch does not know`] : []),
    ...(newDatasets.length > 0 ? [`brings the dataset ${newDatasets.join(', ')}`] : []),
    ...(configuration.length > 0 ? [`changes the rules of Gatehouse: ${configuration.join(', ')}`] : []),
    ...(moves.length + configuration.length > 0 || datasets.length === 0
      ? []
      : [`changes the data of ${datasets.join(', ')}`]),
  ];
  return asks.length > 0 ? asks : ['moves nothing: what it asks for is what the ledger says already'];
}

function sentenceOf(move: Move, staged: string): string {
  if (move.kind === 'registration') return `registers a new version of ${move.model}${staged}`;
  const version = `${move.model} v${move.version}`;
  if (move.rollback) return `returns endpoint ${move.endpoint} to ${version}`;
  if (move.to === 'production') return `puts ${version} into production at ${move.endpoint}`;
  const at = move.endpoint === null ? '' : ` at ${move.endpoint}`;
  return `moves ${version} from ${move.from ?? 'an unknown stage'} to ${move.to}${at}`;
}

/** The answer for a terminal: what is wrong, what the branch asks for, who must approve, what is left to the judge. */
export function renderCheck(answer: CheckAnswer): string {
  const { verdict, files, findings, branch, notes } = answer;
  const headline = `${verdictWords[verdict]}: ${files} Gatehouse files read, ${countOf(findings)}`;
  const shown = renderFindings(findings).trimEnd();
  const rest: readonly Block[] = [
    ...(branch === null ? [] : branchBlocks(branch)),
    ...notes.map((note) => paragraph({ prose: note })),
    ...(branch?.heldOut == null ? [] : [paragraph(`held-out: ${branch.heldOut}`)]),
  ];
  return [
    renderText([paragraph({ strong: headline })]),
    ...(shown === '' ? [] : [shown]),
    ...(rest.length === 0 ? [] : [renderText(rest)]),
  ].join('\n\n');
}

function countOf(findings: readonly Finding[]): string {
  const wrong = findings.filter(({ severity }) => severity === 'fail').length;
  const advice = findings.length - wrong;
  const problems =
    wrong === 0 ? 'nothing to mend' : `${wrong} ${wrong === 1 ? 'problem' : 'problems'} to mend`;
  return advice === 0 ? problems : `${problems}, ${advice} to consider`;
}

function branchBlocks(branch: BranchAnswer): readonly Block[] {
  const { base, baseCommit, head, asks, approvals, datasets } = branch;
  const compared = `This branch (${head.slice(0, 7)}) compared with ${base} (${baseCommit.slice(0, 7)})`;
  if (branch.kind === 'refused') return [paragraph(`${compared} cannot be judged as it stands.`)];
  if (branch.kind === 'nothing') {
    return [paragraph(`${compared} changes no model, data, stage or Gatehouse file.`)];
  }
  const lines = approvals.map(({ role, count, because }) => `${count} × ${role}: ${because.join('; ')}`);
  return [
    paragraph(`${compared}, when it is merged:`),
    { kind: 'list', items: asks.map((ask) => [ask]) },
    paragraph(lines.length === 0 ? 'Approvals: the policy asks for none.' : 'Approvals that it will need:'),
    ...(lines.length === 0 ? [] : [{ kind: 'list', items: lines.map((line) => [line]) } as const]),
    ...(datasets.length === 0
      ? []
      : [paragraph(`Checked by contract before anything trains: ${datasets.join(', ')}`)]),
  ];
}
