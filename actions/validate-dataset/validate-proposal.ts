import type { PullRequestEvent } from '../../adapters/actions/event.ts';
import { describeProgress } from '../../adapters/dataset/progress-line.ts';
import type { RecordStore } from '../../adapters/dataset/record-store.ts';
import { runValidation } from '../../adapters/dataset/validate.ts';
import type { DataEngine } from '../../adapters/engine/engine.ts';
import type { GitHubReader } from '../../adapters/github/reader.ts';
import type { Carried } from '../../adapters/proposal/carried.ts';
import { readTrainedVersions } from '../../adapters/proposal/dataset-history.ts';
import { describeOrigin } from '../../adapters/proposal/origin.ts';
import type { Proposal, ProposalCommits } from '../../adapters/proposal/read-proposal.ts';
import type { Change } from '../../core/change/change.ts';
import { contractPath, policyPath } from '../../core/config/layout.ts';
import { networkOf } from '../../core/config/network.ts';
import type { Policy } from '../../core/config/policy.ts';
import type { RefusedBatch } from '../../core/dataset/history.ts';
import { InputError } from '../../core/error/error.ts';
import type { Digest, SealedEvidence, ValidationEvidence } from '../../core/evidence/evidence.ts';
import { rulesDigest } from '../../core/evidence/rules-digest.ts';
import { toValidationVerdict } from '../../core/evidence/validation-verdict.ts';
import { canonicalJson, digestBytes } from '../../core/json/canonical.ts';
import { renderSummary } from '../../core/report/summary.ts';
import { contractsKnown, contractsOf, missingContracts, nextJobs } from './plan.ts';

type Request = Extract<Change, { kind: 'request' }>;

export interface ProposalInputs {
  readonly pull: PullRequestEvent;
  readonly runId: number;
  readonly runAttempt: number;
  readonly workdir: string;
}

export interface ProposalDeps {
  readonly reader: Pick<GitHubReader, 'pull' | 'branchHead' | 'blob' | 'file'>;
  /** ISO instant, UTC. */
  readonly now: string;
  /** Opens the store that base's policy names: records of accepted data lie there. */
  openStore(policy: Policy): Promise<RecordStore>;
  /** Batches that a watch refused. */
  readRefused(): Promise<readonly RefusedBatch[]>;
  readProposal(commits: ProposalCommits): Promise<Proposal>;
  findCarried(proposal: Proposal, rules: Digest): Promise<Carried | null>;
  openEngine(): Promise<DataEngine>;
  /** null: this job cannot sign (a fork). */
  readonly idToken: ((audience: string) => Promise<string>) | null;
  writeEvidence(sealed: SealedEvidence): Promise<string>;
  writeSummary(markdown: string): Promise<void>;
  say(text: string): void;
}

export type ProposalOutputs = Readonly<
  Record<'verdict' | 'train' | 'judge' | 'model' | 'on-newer-push' | 'evidence-folder', string>
>;

const nothing: ProposalOutputs = {
  verdict: 'nothing to check',
  train: 'false',
  judge: 'false',
  model: '',
  'on-newer-push': '',
  'evidence-folder': '',
};

/**
 * Says what a pull request asks for, checks the data of it and seals what was found.
 * @throws InputError CHANGE_REFUSED with findings when the pull request cannot be judged as it stands; BASE_NOT_GOVERNED
 */
export async function validateProposal(inputs: ProposalInputs, deps: ProposalDeps): Promise<ProposalOutputs> {
  const pull = await deps.reader.pull(inputs.pull.number);
  const base = (await deps.reader.branchHead(pull.base.ref)) ?? pull.base.sha;
  const commits = { baseRef: pull.base.ref, base, head: inputs.pull.headSha };
  const proposal = await deps.readProposal(commits).catch(acceptNoPolicy);
  if (proposal === null) {
    deps.say(
      `Gatehouse is not set up on the base branch yet: ${policyPath} is not there, so nothing is checked.`,
    );
    return nothing;
  }
  const { change } = proposal;
  if (change.kind === 'refused') throw refused(change);
  if (change.kind === 'nothing') {
    deps.say(change.because);
    return nothing;
  }
  requireContracts(change, proposal);
  const carried = await deps.findCarried(proposal, rulesDigest({ ...proposal, change }));
  const evidence = change.datasets.length === 0 ? null : await validate(inputs, deps, proposal, change);
  const verdict = evidence === null ? 'pass' : toValidationVerdict(evidence);
  const next = nextJobs(change, verdict, inputs.pull.fork, carried);
  tell(deps, change, verdict, inputs.pull.fork, carried);
  return {
    verdict: evidence === null ? 'nothing to check' : verdict,
    train: String(next.train),
    judge: String(next.judge),
    model: change.model ?? '',
    'on-newer-push': modelOf(change, proposal)?.train.onNewerPush ?? '',
    'evidence-folder': evidence === null ? '' : await seal(evidence, deps),
  };
}

const modelOf = ({ model }: Request, { catalogue }: Proposal) =>
  model === null ? undefined : catalogue.models.get(model)?.config;

/** The pull request that sets Gatehouse up cannot be judged by rules that are not there before it is merged. */
function acceptNoPolicy(error: unknown): null {
  if (error instanceof InputError && error.code === 'POLICY_MISSING') return null;
  throw error;
}

async function validate(
  inputs: ProposalInputs,
  deps: ProposalDeps,
  proposal: Proposal,
  change: Request,
): Promise<ValidationEvidence> {
  const texts = new Map<string, string>();
  for (const path of change.configuration) {
    const bytes = await deps.reader.file(path, inputs.pull.headSha);
    if (bytes !== null) texts.set(path, new TextDecoder().decode(bytes));
  }
  const store = openOnce(() => deps.openStore(proposal.policy));
  const { evidence, results } = await runValidation(
    {
      contracts: contractsOf(change, proposal, (path) => texts.get(path) ?? null),
      known: contractsKnown(proposal),
      listing: proposal.trees.head,
      governing: proposal.trees.base,
      origin: describeOrigin(inputs, proposal, change.contentDigest),
      model: modelOf(change, proposal) ?? null,
      dataUrl: proposal.policy.data,
      network: networkOf(proposal.policy),
      workdir: inputs.workdir,
      now: deps.now,
    },
    {
      openEngine: deps.openEngine,
      readBlob: ({ blob }) => deps.reader.blob(blob),
      references: {
        trainedVersions: (dataset) => readAccepted(proposal, change.model, dataset),
        get: async (digest) => (await store()).get(digest),
        readFile: (path, from) => readGoverning(path, from, proposal, deps),
      },
      putRecord: deps.idToken === null ? null : async (text) => (await store()).put(text),
      refused: await deps.readRefused(),
      onProgress: (dataset, progress) => deps.say(describeProgress(dataset, progress)),
    },
  );
  const details = results.map(({ observations, measurement }) => ({
    observations,
    drift: measurement?.drift ?? null,
  }));
  await deps.writeSummary(renderSummary(evidence, details));
  return evidence;
}

/** Versions that were trained on a dataset: those of the proposed model first, then of every model that names it. */
async function readAccepted(proposal: Proposal, own: string | null, dataset: string) {
  const users = [...proposal.catalogue.models]
    .filter(([name, { config }]) => name !== own && config.datasets.includes(dataset))
    .map(([name]) => name);
  const ofOwn = own === null ? [] : await readTrainedVersions(proposal.ledger, dataset, [own]);
  return [...ofOwn, ...(await readTrainedVersions(proposal.ledger, dataset, users))];
}

/** A reference is base's file; head's only for a contract of head, and only where base has none: it brings its own. */
async function readGoverning(
  path: string,
  from: 'base' | 'head' | undefined,
  { commits }: Proposal,
  { reader }: ProposalDeps,
) {
  const governing = await reader.file(path, commits.base);
  return governing === null && from === 'head' ? reader.file(path, commits.head) : governing;
}

function openOnce<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | null = null;
  return () => {
    opened ??= open();
    return opened;
  };
}

/** GitHub's signature over the token is its signature over the evidence: the audience names its digest. */
async function seal(evidence: ValidationEvidence, deps: ProposalDeps): Promise<string> {
  if (deps.idToken === null) return '';
  const text = canonicalJson(evidence);
  return deps.writeEvidence({ text, token: await deps.idToken(`gatehouse:${digestBytes(text)}`) });
}

function tell(
  deps: ProposalDeps,
  change: Request,
  verdict: string,
  fork: boolean,
  carried: Carried | null,
): void {
  deps.say(
    `Model: ${change.model ?? 'none'}; datasets: ${change.datasets.join(', ') || 'none'}; data: ${verdict}.`,
  );
  if (fork)
    deps.say(
      'This pull request comes from a fork: nothing is trained or judged until a maintainer takes it over.',
    );
  if (carried)
    deps.say(`The same content was judged in run ${carried.runId}: nothing is trained or judged again.`);
}

function requireContracts(change: Request, proposal: Proposal): void {
  const missing = missingContracts(change, proposal);
  const [first] = missing;
  if (first === undefined) return;
  const file = contractPath(first);
  throw new InputError('CONTRACT_MISSING', `There is no contract for the dataset ${missing.join(', ')}`, {
    hint: `Add ${file}, or correct the name in "datasets" of model.yml.`,
    where: { file },
  });
}

function refused(change: Extract<Change, { kind: 'refused' }>): InputError {
  const [first] = change.findings;
  return new InputError(
    'CHANGE_REFUSED',
    first?.message ?? 'This pull request cannot be judged as it stands',
    {
      hint: first?.fix ?? 'See the findings.',
      findings: change.findings,
      ...(first?.where ? { where: first.where } : {}),
    },
  );
}
