import { computeAuc } from '../../core/statistics/auc.ts';
import { computeSquaredErrors } from '../../core/statistics/brier.ts';
import { computeCalibrationError } from '../../core/statistics/calibration.ts';
import {
  type Averaging,
  averageClassScores,
  computeClassScores,
  computeSpecificity,
} from '../../core/statistics/class-scores.ts';
import {
  computeAccuracy,
  computeBalancedAccuracy,
  computeKappa,
  computeMcc,
  countConfusion,
} from '../../core/statistics/confusion.ts';
import { compareAucs, computeAucComponents } from '../../core/statistics/delong.ts';
import { compareGroups, type GroupRates } from '../../core/statistics/fairness.ts';
import { computeLogLosses } from '../../core/statistics/log-loss.ts';
import { computeMean } from '../../core/statistics/mean.ts';
import {
  computeClassLogLosses,
  computeOneVsOneAuc,
  computeOneVsRestAuc,
} from '../../core/statistics/multiclass-probability.ts';
import { testNonInferiority } from '../../core/statistics/non-inferiority.ts';
import { normalQuantile } from '../../core/statistics/normal.ts';
import { computePrecisionRecall } from '../../core/statistics/precision-recall.ts';
import { computePinballLoss, computeRegressionErrors } from '../../core/statistics/regression-error.ts';
import {
  type Arguments,
  toClasses,
  toFlags,
  toFloats,
  toIndices,
  toList,
  toNumber,
  toNumberOr,
  toTable,
  type VectorFunction,
} from './arguments.ts';

function judgeClasses({ y_true, y_pred, zero_division }: Arguments): unknown {
  const labels = toClasses(y_true, y_pred);
  const confusion = countConfusion(toIndices(y_true, labels), toIndices(y_pred, labels), labels.length);
  const settings = { zeroDivision: toNumberOr(zero_division, 0) };
  const scores = computeClassScores(confusion, settings);
  const averages = (['micro', 'macro', 'weighted'] satisfies Averaging[]).flatMap((averaging) => {
    const { precision, recall, f } = averageClassScores(confusion, averaging, settings);
    return Object.entries({ precision, recall, f1: f }).map(([key, value]) => [`${key}_${averaging}`, value]);
  });
  return {
    accuracy: computeAccuracy(confusion),
    balanced_accuracy: computeBalancedAccuracy(confusion),
    mcc: computeMcc(confusion),
    cohen_kappa: computeKappa(confusion),
    labels,
    confusion,
    ...Object.fromEntries(averages),
    precision_per_class: scores.map((score) => score.precision),
    recall_per_class: scores.map((score) => score.recall),
    f1_per_class: scores.map((score) => score.f),
  };
}

function judgeBinary({ y_true, y_pred, pos_label = 1, zero_division }: Arguments): unknown {
  const toOwn = (value: unknown) => Uint16Array.from(toList(value), (one) => (one === pos_label ? 1 : 0));
  const confusion = countConfusion(toOwn(y_true), toOwn(y_pred), 2);
  const zeroDivision = toNumberOr(zero_division, 0);
  const score = (beta: number) => computeClassScores(confusion, { beta, zeroDivision })[1];
  return {
    precision: score(1)?.precision,
    recall: score(1)?.recall,
    f1: score(1)?.f,
    f2: score(2)?.f,
    f05: score(0.5)?.f,
    specificity: computeSpecificity(confusion, 1, zeroDivision),
  };
}

function judgeRanking({ y_true, score }: Arguments): unknown {
  const [labels, scores] = [toFlags(y_true), toFloats(score)];
  const area = computePrecisionRecall(labels, scores);
  const auc = computeAuc(labels, scores);
  return {
    roc_auc: auc,
    average_precision: area.averagePrecision,
    pr_auc_trapezoid: area.trapezoid,
    gini: 2 * auc - 1,
  };
}

function judgeProbabilities({ y_true, proba, ece_bins }: Arguments): unknown {
  const [labels, scores] = [toFlags(y_true), toFloats(proba)];
  const { expected, largest } = computeCalibrationError(labels, scores, toNumberOr(ece_bins, 10));
  return {
    log_loss: computeMean(computeLogLosses(labels, scores)),
    brier: computeMean(computeSquaredErrors(labels, scores)),
    ece: expected,
    mce: largest,
  };
}

function judgeClassProbabilities({ y_true, proba }: Arguments): unknown {
  const truth = toIndices(y_true, toClasses(y_true));
  const rows = toTable(proba);
  const columns = Array.from(rows[0] ?? [], (_, at) => Float64Array.from(rows, (row) => row[at] as number));
  const [rest, pairs] = [computeOneVsRestAuc(truth, columns), computeOneVsOneAuc(truth, columns)];
  return {
    roc_auc_ovr_macro: rest.macro,
    roc_auc_ovr_weighted: rest.weighted,
    roc_auc_ovo_macro: pairs.macro,
    roc_auc_ovo_weighted: pairs.weighted,
    log_loss: computeMean(computeClassLogLosses(truth, columns)),
  };
}

function judgeNumbers({ y_true, y_pred }: Arguments): unknown {
  const [truth, predicted] = [toFloats(y_true), toFloats(y_pred)];
  const errors = computeRegressionErrors(truth, predicted);
  return {
    ...errors,
    median_ae: errors.medianAbsolute,
    max_error: errors.largest,
    explained_variance: errors.explainedVariance,
    pinball_0_5: computePinballLoss(truth, predicted, 0.5),
    pinball_0_9: computePinballLoss(truth, predicted, 0.9),
    pinball_0_1: computePinballLoss(truth, predicted, 0.1),
  };
}

function judgeGroups({ y_true, y_pred, group }: Arguments): unknown {
  const names = toClasses(group);
  const result = compareGroups(toFlags(y_true), toFlags(y_pred), toIndices(group, names), names.length);
  const byName = (key: keyof GroupRates) =>
    Object.fromEntries(result.groups.map((rates, at) => [String(names[at]), rates[key]]));
  return {
    selection_rate: byName('selection'),
    tpr: byName('truePositive'),
    fpr: byName('falsePositive'),
    demographic_parity_difference: result.demographicParityDifference,
    disparate_impact_ratio: result.disparateImpactRatio,
    passes_four_fifths: result.passesFourFifths,
    equal_opportunity_difference: result.equalOpportunityDifference,
    equalized_odds_difference: result.equalisedOddsDifference,
  };
}

function compareCurves({ y, s1, s2 }: Arguments): unknown {
  const labels = toFlags(y);
  const result = compareAucs(
    computeAucComponents(labels, toFloats(s1)),
    computeAucComponents(labels, toFloats(s2)),
  );
  const reach = normalQuantile(0.975) * result.standardError;
  return {
    auc1: result.first,
    auc2: result.second,
    var1: result.firstVariance,
    var2: result.secondVariance,
    cov: result.covariance,
    diff: result.difference,
    se_diff: result.standardError,
    z: result.z,
    p: result.p,
    ci95: [result.difference - reach, result.difference + reach],
  };
}

/** Predictions against the truth, and two models against each other. */
export const modelFunctions: Readonly<Record<string, VectorFunction>> = {
  classification_metrics: judgeClasses,
  binary_metrics: judgeBinary,
  ranking_metrics: judgeRanking,
  probability_metrics: judgeProbabilities,
  multiclass_probability: judgeClassProbabilities,
  regression_metrics: judgeNumbers,
  fairness: judgeGroups,
  delong: compareCurves,
  noninferiority_z: ({ diff, se, margin, alpha }) => {
    const result = testNonInferiority(
      toNumber(diff),
      toNumber(se),
      toNumber(margin),
      toNumberOr(alpha, 0.05),
    );
    return {
      z: result.z,
      p: result.p,
      ci_lower_one_sided: result.lowerBound,
      non_inferior: result.nonInferior,
    };
  },
};
