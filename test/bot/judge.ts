import { readProposal } from '../../adapters/proposal/read-proposal.ts';
import { sealEvidence } from '../../adapters/seal/seal-evidence.ts';
import { openStore } from '../../adapters/store/store.ts';
import { applicableGates } from '../../core/config/floor.ts';
import { matchesGlob } from '../../core/config/glob.ts';
import { type SealKey, sealKeyOf } from '../../core/config/seal-key.ts';
import { digestDataset } from '../../core/dataset/digest.ts';
import { evaluateGates } from '../../core/evaluation/gate.ts';
import { resultDigest } from '../../core/evaluation/result-digest.ts';
import { judgementVerdict } from '../../core/evaluation/verdict.ts';
import { toClaimedRun } from '../../core/evidence/claimed-run.ts';
import { requiredComparisons } from '../../core/evidence/comparison-need.ts';
import { hintOf } from '../../core/evidence/envelope.ts';
import type {
  EvidenceOrigin,
  JudgementEvidence,
  MetricResult,
  ValidationEvidence,
} from '../../core/evidence/evidence.ts';
import { digestFeatures } from '../../core/evidence/held-out-features.ts';
import { rulesDigest } from '../../core/evidence/rules-digest.ts';
import { makeRunRecord } from '../../core/evidence/run-record.fixture.ts';
import { canonicalJson, digestBytes } from '../../core/json/canonical.ts';
import { championsOf } from '../../core/registry/champion.ts';
import { emptyState } from '../../core/registry/stream.ts';
import { makeClaims } from '../../sandbox/actions-service/identity.ts';
import type { Run } from '../../sandbox/actions-service/run.ts';
import { type BotBench, fullName, trustedSha } from './bench.ts';

export interface JudgeOptions {
  readonly auc?: number;
  readonly championAuc?: number;
  readonly bytes?: string;
  /** Changes what is sealed, after everything was computed honestly. */
  readonly forgeJudgement?: (evidence: JudgementEvidence) => JudgementEvidence;
  readonly forgeValidation?: (evidence: ValidationEvidence) => ValidationEvidence;
  /** Replaces the text in the artifact after it was signed. */
  readonly swapText?: (text: string) => string;
  readonly parts?: readonly ('validation' | 'judgement')[];
  /** Another sha than the trusted one. */
  readonly workflowSha?: string;
  readonly status?: 'completed' | 'in_progress';
  /** Judgements are sealed to the app, as they are where the policy names its key. */
  readonly enveloped?: boolean;
  /** Key that they are sealed to; the app's when absent. */
  readonly sealTo?: SealKey;
}

/** Plays the trusted workflows for the head of a pull request: honest evidence, really signed, in real artifacts. */
export async function playJudge(bench: BotBench, number: number, options: JudgeOptions = {}): Promise<Run> {
  const { hub, service } = bench;
  const repository = hub.repository(fullName);
  const pull = await bench.reader.pull(number);
  const actor = hub.account(pull.author.login === 'gatehouse[bot]' ? 'ada' : pull.author.login);
  const workflow = service.workflow(repository, '.github/workflows/gatehouse.yml', 'Gatehouse');
  const run = service.createRun({
    ...{ repository, headRepository: repository, workflow, event: 'pull_request', actor },
    ...{ headBranch: pull.head.ref, headSha: pull.head.sha, pullNumber: number, title: 'Gate' },
    ref: `refs/pull/${number}/merge`,
    sha: pull.head.sha,
  });
  service.moveRun(run, 'in_progress');
  hub.clock.advance(5);
  const base = (await bench.reader.branchHead(pull.base.ref)) ?? '';
  const proposal = await readProposal(bench.reader, { baseRef: pull.base.ref, base, head: pull.head.sha });
  const { change, catalogue, policy } = proposal;
  if (change.kind !== 'request') throw new Error(`nothing to judge: ${JSON.stringify(change)}`);
  const origin: EvidenceOrigin = {
    repositoryId: repository.id,
    repository: fullName,
    pullRequest: number,
    headSha: pull.head.sha,
    baseRef: pull.base.ref,
    baseSha: base,
    runId: run.id,
    runAttempt: run.attempt,
    contentDigest: change.contentDigest as EvidenceOrigin['contentDigest'],
  };
  const parts = options.parts ?? ['validation', 'judgement'];
  if (parts.includes('validation') && change.datasets.length > 0) {
    const validation = await validationOf(bench, proposal, origin);
    await seal(bench, run, options.forgeValidation?.(validation) ?? validation, options);
  }
  const config = change.model === null ? null : catalogue.models.get(change.model)?.config;
  if (parts.includes('judgement') && config) {
    const state = proposal.state ?? emptyState(config.model);
    const champions = championsOf(state);
    const promoted = change.moves.find((move) => move.kind === 'stage');
    const version = promoted?.kind === 'stage' ? promoted.version : null;
    const bytes = options.bytes ?? `model of ${pull.head.sha}`;
    const stored = await (await openStore(bench.storeUrl)).putBytes(bytes);
    const record = version === null ? null : state.versions.get(version)?.record;
    const artifact = record?.artifact ?? {
      digest: stored.digest,
      sizeBytes: stored.sizeBytes,
      name: 'model.json',
    };
    const model = await upload(bench, run, 'gatehouse-model', { 'model.json': bytes });
    const features = await bench.reader.file(config.heldOut.features, base);
    const heldOut = {
      featuresDigest: digestFeatures(config.heldOut.features, features),
      labelsDigest: `sha256:${config.heldOut.labels.sha256}` as const,
      rows: 1000,
    };
    const gates = applicableGates(config, policy.defaults);
    const comparisons = requiredComparisons(change.moves, champions).map((against) => {
      const metrics = [
        metricOf(options.auc ?? 0.65, against === null ? null : (options.championAuc ?? 0.64)),
      ];
      return {
        against,
        metrics,
        gates: evaluateGates(metrics, gates, {
          against,
          rows: heldOut.rows,
          minimumRows: policy.defaults.minimumRows,
        }),
        ...{ detail: null, explanation: null, behaviour: null },
      };
    });
    const judgement: JudgementEvidence = {
      ...{
        kind: 'judgement',
        v: 1,
        origin,
        model: config.model,
        version,
        artifact,
        champions,
        heldOut,
        comparisons,
      },
      artifactId: version === null ? model : null,
      runRecordDigest: digestBytes('run record'),
      rulesDigest: rulesDigest({ policy, catalogue, change }),
      predictions: {
        sets: [],
        challenger: digestBytes(`predictions of ${artifact.digest}`),
        champions: Object.fromEntries(
          champions.map((each) => [String(each.version), digestBytes(`predictions of v${each.version}`)]),
        ),
      },
      resultDigest: resultDigest({ artifactDigest: artifact.digest, heldOut, comparisons }),
      verdict: judgementVerdict(comparisons, []),
      findings: [],
      claimed: claimedOf(pull.head.sha, run, config.model, artifact),
    };
    await seal(bench, run, options.forgeJudgement?.(judgement) ?? judgement, options);
  }
  hub.clock.advance(5);
  if (options.status !== 'in_progress') service.moveRun(run, 'completed', 'success');
  return run;
}

function metricOf(challenger: number, champion: number | null): MetricResult {
  const difference = champion === null ? null : Number((challenger - champion).toFixed(6));
  return {
    ...{
      metric: 'auc',
      slice: null,
      set: 'held-out',
      rows: 493_000,
      higherIsBetter: true,
      grade: 'judged',
      challenger,
      champion,
      difference,
      method: 'DeLong',
      ...{ standardError: difference === null ? null : 0.0005, pWorse: null, pBetter: null },
    },
    challengerInterval: [challenger - 0.001, challenger + 0.001],
    differenceInterval: difference === null ? null : [difference - 0.001, difference + 0.001],
  };
}

async function validationOf(
  { reader }: BotBench,
  { catalogue, trees, change }: Awaited<ReturnType<typeof readProposal>>,
  origin: EvidenceOrigin,
): Promise<ValidationEvidence> {
  if (change.kind !== 'request') throw new Error('no request');
  const datasets: ValidationEvidence['datasets'][number][] = [];
  for (const name of change.datasets) {
    const contract = catalogue.datasets.get(name);
    if (!contract) throw new Error(`no contract of ${name}`);
    const changed = trees.head.get(contract.path);
    const both = contract.from === 'base' && change.configuration.includes(contract.path) && changed;
    const sides = [
      { from: contract.from, text: contract.text },
      ...(both
        ? [{ from: 'head' as const, text: Buffer.from(await reader.blob(changed.blob)).toString() }]
        : []),
    ];
    for (const { from, text } of sides) {
      const files = [];
      for (const { path, blob } of trees.head.values()) {
        if (!matchesGlob(contract.config.files, path)) continue;
        files.push({ path, md5: null, blob, sizeBytes: (await reader.blob(blob)).byteLength });
      }
      datasets.push({
        ...{ dataset: name, contractPath: contract.path, contractDigest: digestBytes(text) },
        ...{ contractFrom: from, inherited: [], files, dataDigest: digestDataset(files) },
        ...{ rows: 2, verdict: 'pass', findings: [], record: digestBytes('record') },
      });
    }
  }
  return { kind: 'validation', v: 1, origin, engine: 'test 1', datasets };
}

function claimedOf(
  commit: string,
  run: Run,
  model: string,
  artifact: JudgementEvidence['artifact'],
): JudgementEvidence['claimed'] {
  const own = { commit, model, artifact, runId: run.id, runAttempt: run.attempt, startedAt: run.startedAt };
  return toClaimedRun(makeRunRecord({ ...own, metrics: { auc: 0.99 }, datasets: [] }));
}

async function seal(
  bench: BotBench,
  run: Run,
  evidence: JudgementEvidence | ValidationEvidence,
  options: JudgeOptions,
): Promise<void> {
  const { service, hub } = bench;
  const text = canonicalJson(evidence);
  const sha = options.workflowSha ?? trustedSha;
  const file = evidence.kind === 'validation' ? 'validate-data.yml' : 'judge-model.yml';
  const identity = {
    ...{
      run,
      jobId: 1,
      workflowName: 'Gatehouse',
      headRef: run.headBranch ?? '',
      baseRef: 'main',
      environment: undefined,
    },
    jobWorkflowRef: `acme/gatehouse/.github/workflows/${file}@${sha}`,
    jobWorkflowSha: sha,
    runnerEnvironment: 'github-hosted' as const,
  };
  const claims = makeClaims(identity, `gatehouse:${digestBytes(text)}`, service.issuer.url, hub.clock.now());
  const sealed = { text: options.swapText?.(text) ?? text, token: service.issuer.sign(claims) };
  const key = options.sealTo ?? (options.enveloped === true ? sealKeyOf(bench.app.privateKey) : null);
  const files: Readonly<Record<string, string>> =
    key !== null && evidence.kind === 'judgement'
      ? { 'evidence.jwe': sealEvidence(sealed, [key], hintOf(evidence, true)) }
      : { 'evidence.json': sealed.text, 'receipt.jwt': sealed.token };
  await upload(bench, run, `gatehouse-evidence-${evidence.kind}`, files);
}

export async function upload(
  { service }: BotBench,
  run: Run,
  name: string,
  files: Readonly<Record<string, string>>,
): Promise<number> {
  const entries = Object.entries(files).map(([entry, text]) => ({ name: entry, bytes: Buffer.from(text) }));
  const artifact = await service.artifacts.upload({
    run,
    name,
    entries,
    overwrite: false,
    retentionDays: 90,
  });
  return artifact.id;
}
