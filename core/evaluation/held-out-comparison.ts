import { judgeBehaviour } from '../behaviour/judge-behaviour.ts';
import { isFairness } from '../config/metric-form.ts';
import type { ModelConfig } from '../config/model.ts';
import type { Gate } from '../config/policy.ts';
import { findingsOf, InputError } from '../error/error.ts';
import type { MetricResult, ModelComparison } from '../evidence/evidence.ts';
import { compareImportance } from '../explanation/compare-importance.ts';
import { describeImportance, type Importances } from '../explanation/importance.ts';
import { permutedKeys, planPermutation } from '../explanation/permuted-table.ts';
import type { Finding } from '../finding/finding.ts';
import { describeComparison } from '../metric/comparison-detail.ts';
import type { RowGroups } from '../metric/group-confusion.ts';
import { findMetric, type MetricContext } from '../metric/metric-table.ts';
import type { Sample } from '../metric/sample.ts';
import { alignPredicted } from './align-predicted.ts';
import type { CompareInput, Comparison } from './compare.ts';
import { evaluateGates } from './gate.ts';
import { withoutAbsent } from './group-column.ts';
import type { HeldOutRows } from './held-out-rows.ts';
import { type JudgedMetrics, judgedMetrics } from './judged-metrics.ts';
import { type ImportanceSample, measureImportance, placeSample } from './measure-importance.ts';
import type { PredictionFile } from './predicted-shape.ts';
import { roundForReport } from './rounding.ts';
import type { ScoredModel } from './scored-model.ts';
import { makeSlices } from './slices.ts';
import { findWeakestSegments } from './weakest-segments.ts';

export interface HeldOutInput {
  readonly config: ModelConfig;
  /** With the floor of the policy under them (`applicableGates`). */
  readonly gates: readonly Gate[];
  readonly minimumRows: number;
  /** Version of the champion; `unnumbered` outside a registry; null: there is none. */
  readonly against: number | 'unnumbered' | null;
  readonly rows: HeldOutRows;
  readonly challenger: ScoredModel;
  readonly champion: ScoredModel | null;
  /** What the team says its models lean on; null: it says nothing. */
  readonly attributions: { readonly challenger: Importances; readonly champion: Importances | null } | null;
  /** Latency and its like. */
  readonly measured: readonly MetricResult[];
}

/** A comparison of which everything is known but what must be computed row by row. */
export interface HeldOutPlan {
  readonly input: HeldOutInput;
  /** Held-out rows first, then production-like rows where both were scored. */
  readonly compare: readonly [CompareInput, ...CompareInput[]];
  readonly findings: readonly Finding[];
}

export interface HeldOutOutcome {
  readonly comparison: Omit<ModelComparison, 'against'>;
  readonly findings: readonly Finding[];
}

/** Fixed, so that a second run of the same judgement finds the same numbers. */
const seed = 1;

/** Says what must be computed: the shell may do that in threads (`compareModels` does it in one). */
export function planHeldOutComparison(input: HeldOutInput): HeldOutPlan {
  const { config, gates, rows, challenger, champion } = input;
  const { wanted, findings } = withoutAbsent(judgedMetrics(config, gates), rows);
  const context = contextOf(config, rows, wanted);
  const made =
    config.slices === undefined || rows.features === null
      ? null
      : makeSlices(config.slices, rows.features, wanted.slices.length);
  const shared = {
    context,
    ...{ seed, weights: rows.truth.weights, groups: rows.truth.groups, truth: rows.truth.truth },
    thresholds: {
      challenger: challenger.threshold,
      champion: champion?.threshold ?? challenger.threshold,
    },
  };
  const whole: CompareInput = {
    ...shared,
    ...{ challenger: challenger.predicted, champion: champion?.predicted ?? null },
    ...{ metrics: wanted.whole, sliceMetrics: wanted.slices, slices: made?.slices ?? [] },
    minimumRows: config.slices?.minimumRows ?? input.minimumRows,
  };
  const spoiled = challenger.productionLike;
  const compare: [CompareInput, ...CompareInput[]] = [whole];
  if (spoiled !== null && wanted.productionLike.length > 0) {
    const theirs = champion?.productionLike ?? null;
    compare.push({
      ...shared,
      ...{ challenger: spoiled, champion: theirs, metrics: wanted.productionLike, set: 'production-like' },
    });
  }
  return { input, compare, findings: [...findings, ...(made?.findings ?? [])] };
}

/** Puts together what was computed, and holds it against the gates. @param compared one for each of `plan.compare` */
export function finishHeldOutComparison(plan: HeldOutPlan, compared: readonly Comparison[]): HeldOutOutcome {
  const { input } = plan;
  const { rows, challenger, champion, against, gates, minimumRows } = input;
  const findings = [...plan.findings, ...compared.flatMap((each) => each.findings)];
  const extra = [weakest(plan), behaviourOf(input), explanationOf(plan)];
  const behaviour = extra[1]?.behaviour ?? null;
  const explanation = extra[2]?.explanation ?? null;
  for (const each of extra) findings.push(...(each?.findings ?? []));
  const metrics = [
    ...compared.flatMap((each) => each.metrics),
    ...extra.flatMap((each) => each?.metrics ?? []),
    ...input.measured,
  ];
  const context = { against, rows: rows.truth.keys.length, minimumRows };
  return {
    comparison: {
      metrics: firstOfEach(metrics),
      gates: evaluateGates(firstOfEach(metrics), gates, context),
      detail: describeComparison(
        sampleOf(rows, challenger),
        champion && sampleOf(rows, champion),
        challenger.thresholdText,
      ),
      ...{ explanation, behaviour },
    },
    findings,
  };
}

interface Extra extends Partial<Pick<ModelComparison, 'behaviour' | 'explanation'>> {
  readonly metrics?: readonly MetricResult[];
  readonly importances?: Importances | null;
  readonly findings: readonly Finding[];
}

const asWarning = (finding: Finding): Finding => ({ ...finding, severity: 'warn' });

/** What cannot be computed costs itself alone, and says so: a gate that names it fails. */
function attempt<Found extends Extra | null>(area: string, compute: () => Found): Found | Extra {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { findings: findingsOf(area, error) };
  }
}

function weakest({ input, compare }: HeldOutPlan): Extra | null {
  const { slices } = input.config;
  const { features } = input.rows;
  const [whole] = compare;
  if (slices?.search == null || features === null) return null;
  const { search } = slices;
  return attempt('evaluation', () => findWeakestSegments(whole, search, features));
}

function behaviourOf({ config, rows, challenger, champion }: HeldOutInput): Extra | null {
  const suite = config.behaviour;
  if (suite === undefined) return null;
  const reading = (model: ScoredModel) => ({
    outputs: model.behaviour ?? new Map(),
    reading: {
      classes: config.task === 'binary-classification' ? ['0', '1'] : (config.prediction?.classes ?? []),
      threshold: config.task === 'binary-classification' ? model.threshold : null,
    },
  });
  return attempt('behaviour', () => {
    const theirs = champion === null || champion.behaviour === null ? null : reading(champion);
    const { fact, metrics, findings } = judgeBehaviour(
      suite,
      rows.fileKeys.length,
      reading(challenger),
      theirs,
    );
    // The gate of a group fails it; a finding that fails says that something is missing.
    return { behaviour: fact, metrics, findings: findings.map(asWarning) };
  });
}

function explanationOf({ input, compare }: HeldOutPlan): Extra | null {
  const { config, rows, challenger, champion, attributions } = input;
  if (attributions !== null)
    return toExplanation('claimed', null, attributions.challenger, attributions.champion);
  const [whole] = compare;
  // Gaps between groups say little of what a model leans on, and its groups are of all rows.
  const name = whole.metrics.find((one) => !isFairness(one));
  if (config.explain === undefined || !('permutation' in config.explain) || name === undefined) return null;
  const { permutation } = config.explain;
  const { permuted } = challenger;
  return attempt('explanation', () => {
    const metric = findMetric(name, whole.context);
    if (metric === null || permuted === null) return null;
    const layout = planPermutation(permutation, rows.fileKeys.length, rows.fileColumns);
    const places = placeSample(layout, rows.fileKeys, rows.truth.keys);
    if (places === null) return null;
    const sample: ImportanceSample = {
      ...{ metric, layout, rows: places, truth: rows.truth.truth, weights: rows.truth.weights },
    };
    const measure = ({ predicted, threshold }: ScoredModel, said: PredictionFile) =>
      measureImportance(sample, {
        ...{ predicted, threshold },
        permuted: alignPredicted(permutedKeys(layout), said),
      });
    const mine = measure(challenger, permuted);
    const theirs = attempt<Extra>('explanation', () => {
      const importances = champion?.permuted == null ? null : measure(champion, champion.permuted);
      return { importances, findings: [] };
    });
    const told = toExplanation('measured', name, mine, theirs.importances ?? null);
    return { ...told, findings: [...told.findings, ...theirs.findings.map(asWarning)] };
  });
}

function toExplanation(
  grade: 'measured' | 'claimed',
  metric: string | null,
  challenger: Importances,
  champion: Importances | null,
): Extra {
  const explanation = describeImportance({ grade, metric, challenger, champion, round: roundForReport });
  return { explanation, findings: compareImportance(challenger, champion) };
}

const sampleOf = (rows: HeldOutRows, model: ScoredModel): Sample => ({
  ...{ truth: rows.truth.truth, predicted: model.predicted },
  ...{ rows: rows.truth.keys.length, threshold: model.threshold },
});

function contextOf(config: ModelConfig, rows: HeldOutRows, { groupColumns }: JudgedMetrics): MetricContext {
  const groups = new Map<string, RowGroups>();
  for (const name of groupColumns) {
    const column = rows.features?.columns.get(name);
    if (column?.codes == null || column.values.length >= mostGroups) continue;
    // A row without a value is a group of its own: nobody is left out of a fairness figure by a missing cell.
    const names = [...column.values, 'missing'];
    const values = Uint16Array.from(column.codes, (code) => (code < names.length ? code : names.length - 1));
    groups.set(name, { names, values });
  }
  return { task: config.task, custom: config.metrics ?? [], scorers: config.scorers ?? [], groups };
}

const mostGroups = 1000;

/** The search may find a slice that is declared as well. */
function firstOfEach(metrics: readonly MetricResult[]): readonly MetricResult[] {
  const known = new Map<string, MetricResult>();
  for (const one of metrics) {
    const key = JSON.stringify([one.metric, one.slice, one.set]);
    if (!known.has(key)) known.set(key, one);
  }
  return [...known.values()];
}
