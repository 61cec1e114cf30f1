/** Pictures of a judgement: aggregates only, none finer than fifty quantiles of at least a hundred rows (GATE.md rule 17). */
export interface ComparisonDetail {
  /** Two classes. Null where there are too few rows for one that says nothing of a row. */
  readonly roc: BothModels<readonly CurvePoint[]> | null;
  readonly precisionRecall: BothModels<readonly CurvePoint[]> | null;
  /** Share predicted against share found, in at most 20 bins of equal count. */
  readonly calibration: BothModels<readonly CalibrationBin[]> | null;
  /** Rows by predicted score, 20 bins of equal width over 0 to 1, or over the range of the predictions. */
  readonly distribution: Distribution | null;
  /** Rows by true (row) and predicted (column) class. */
  readonly confusion:
    | (BothModels<readonly (readonly number[])[]> & { readonly classes: readonly string[] })
    | null;
  /** Threshold of class 1 and where it comes from, for example `0.37, best f1 on 2,000 validation rows`. */
  readonly threshold: string | null;
}

export interface BothModels<Shape> {
  readonly challenger: Shape;
  /** Null without a champion. */
  readonly champion: Shape | null;
}

/** ROC: false positive rate and true positive rate. Precision-recall: recall and precision. All in [0, 1]. */
export type CurvePoint = readonly [x: number, y: number];

export interface CalibrationBin {
  /** Mean predicted probability. */
  readonly predicted: number;
  /** Share of class 1. */
  readonly found: number;
  readonly rows: number;
}

export interface Distribution {
  /** One more than bins, ascending. */
  readonly edges: readonly number[];
  readonly challenger: readonly number[];
  readonly champion: readonly number[] | null;
}

/** One feature of an explanation: how much worse the first gated metric is without it. */
export interface FeatureImportance {
  readonly feature: string;
  /** 1: the most important. */
  readonly rank: number;
  readonly challenger: number;
  readonly champion: number | null;
  readonly championRank: number | null;
}

export interface ExplanationFact {
  /** measured: permuted by us, scored by the team's command; claimed: the team's own attributions. */
  readonly grade: 'measured' | 'claimed';
  readonly metric: string | null;
  /** At most 50, most important first. */
  readonly features: readonly FeatureImportance[];
}

/** What the behaviour suite of a model came to. */
export interface BehaviourFact {
  readonly grade: 'measured';
  /** SHA-256 of the suite's canonical JSON. */
  readonly suiteDigest: `sha256:${string}`;
  readonly groups: readonly BehaviourGroup[];
}

export interface BehaviourGroup {
  readonly name: string;
  readonly kind: string;
  readonly cases: number;
  readonly passed: number;
  /** Share that must pass, in [0, 1]. */
  readonly required: number;
  /** Champion's passes on the same cases. */
  readonly championPassed: number | null;
  /** Names of failed cases, at most five. */
  readonly failed: readonly string[];
}
