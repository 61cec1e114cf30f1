/** What a score must reach to say class 1: never chosen on held-out rows. */
export type DecisionRule =
  | { readonly threshold: number }
  /** The threshold with the best value of this metric on the validation rows. */
  | { readonly choose: ThresholdGoal };

export const thresholdGoals = ['f1', 'balanced-accuracy', 'mcc', 'kappa', 'accuracy'] as const;
export type ThresholdGoal = (typeof thresholdGoals)[number];
