import { applicableGates } from '../../core/config/floor.ts';
import type { Gate, Policy } from '../../core/config/policy.ts';
import {
  finishHeldOutComparison,
  type HeldOutInput,
  planHeldOutComparison,
} from '../../core/evaluation/held-out-comparison.ts';
import type { HeldOutRows } from '../../core/evaluation/held-out-rows.ts';
import type { HeldOutTruth } from '../../core/evaluation/read-truth.ts';
import { readScoredModel, type ScoredFiles, type ScoredModel } from '../../core/evaluation/scored-model.ts';
import type { ScoringSet } from '../../core/evaluation/scoring-set.ts';
import type { ModelComparison } from '../../core/evidence/evidence.ts';
import type { Finding } from '../../core/finding/finding.ts';
import type { JudgementPlan } from '../../core/registry/judgement-plan.ts';
import { type ReadAttributions, readAttributions } from './attributions.ts';
import type { JudgeDeps } from './deps.ts';
import { latencyAgainst, type MeasuredLatency } from './latency.ts';

export interface ComparisonInput {
  readonly plan: JudgementPlan;
  readonly policy: Policy;
  readonly rows: HeldOutRows;
  readonly sets: readonly ScoringSet[];
  /** Labels of the validation rows; null: no threshold is chosen. */
  readonly validation: HeldOutTruth | null;
  readonly latency: MeasuredLatency;
  /** Of the head, or of the code of the version that is moved. */
  readonly attributions: ReadAttributions;
  /** Pull-request controlled. */
  readonly challenger: ScoredFiles;
  /** By version. */
  readonly champions: ReadonlyMap<number, ScoredFiles>;
}

export interface ComparisonOutcome {
  readonly comparisons: readonly ModelComparison[];
  readonly findings: readonly Finding[];
}

/** Compares the challenger with every champion on the same rows and holds the results against the gates. */
export async function compareAll(
  input: ComparisonInput,
  deps: Pick<JudgeDeps, 'compare' | 'github'>,
): Promise<ComparisonOutcome> {
  const { plan, champions } = input;
  const gates = applicableGates(plan.model.config, input.policy.defaults);
  const challenger = readModel(input.challenger, 'challenger', input);
  if (challenger.model === null) return { comparisons: [], findings: challenger.findings };
  const comparisons: ModelComparison[] = [];
  const { latency, attributions } = input;
  const findings: Finding[] = [...latency.findings, ...attributions.findings, ...challenger.findings];
  for (const against of plan.against) {
    const files = against === null ? undefined : champions.get(against);
    // Its absence is already a finding: no comparison, hence no pass.
    if (against !== null && files === undefined) continue;
    const champion = files === undefined ? null : readModel(files, `v${against}`, input);
    findings.push(...(champion?.findings ?? []));
    if (champion !== null && champion.model === null) continue;
    const one = { ...input, against, gates, challenger: challenger.model, champion: champion?.model ?? null };
    const outcome = await compareOne(one, deps);
    comparisons.push(...outcome.comparisons);
    findings.push(...outcome.findings);
  }
  return { comparisons, findings: withoutDoubles(findings) };
}

const readModel = (files: ScoredFiles, who: string, { plan, rows, sets, validation }: ComparisonInput) =>
  readScoredModel({
    ...{ files, who, sets, validation },
    ...{ config: plan.model.config, keys: rows.truth.keys },
  });

interface OneComparison extends Omit<ComparisonInput, 'challenger' | 'champions'> {
  readonly against: number | null;
  readonly gates: readonly Gate[];
  readonly challenger: ScoredModel;
  readonly champion: ScoredModel | null;
}

async function compareOne(
  one: OneComparison,
  deps: Pick<JudgeDeps, 'compare' | 'github'>,
): Promise<ComparisonOutcome> {
  const { plan, policy, against, gates, rows, challenger, champion } = one;
  const { minimumRows } = policy.defaults;
  const met = against === null ? null : (plan.state.versions.get(against)?.record ?? null);
  const latency = latencyAgainst(one.latency, met);
  const input: HeldOutInput = {
    ...{ config: plan.model.config, gates, minimumRows, against, rows, challenger, champion },
    attributions: await attributionsOf(one, deps),
    measured: latency.metrics,
  };
  const planned = planHeldOutComparison(input);
  const compared = [];
  for (const each of planned.compare) compared.push(await deps.compare(each));
  const { comparison, findings } = finishHeldOutComparison(planned, compared);
  return { comparisons: [{ against, ...comparison }], findings: [...latency.findings, ...findings] };
}

async function attributionsOf(
  { plan, against, attributions }: OneComparison,
  deps: Pick<JudgeDeps, 'github'>,
) {
  if (attributions.importances === null) return null;
  const commit = against === null ? undefined : plan.state.versions.get(against)?.record.lineage.codeCommit;
  const champion = commit === undefined ? null : await readAttributions(plan, commit, deps);
  return { challenger: attributions.importances, champion: champion?.importances ?? null };
}

/** The same metric is without a value against every champion: said once. */
function withoutDoubles(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Map(findings.map((finding) => [`${finding.code}\n${finding.message}`, finding]));
  return [...seen.values()];
}
