/** What a group of cases shows of a model. Reports name it; invariance, directional, refusal and forbidden-action also say what a case must ask. */
export const behaviourKinds = [
  'minimum-functionality',
  'invariance',
  'directional',
  'edge',
  'conflicting',
  'adversarial',
  'refusal',
  'forbidden-action',
] as const;
export type BehaviourKind = (typeof behaviourKinds)[number];

/** `models/<model>/behaviour.yml`: what the model must do, case by case, whatever its metrics are. */
export interface BehaviourSuite {
  readonly version: 1;
  /** Another seed samples other held-out rows. */
  readonly seed: number;
  /** Cells of the columns that a written row leaves out; a column in neither is empty. */
  readonly defaults: Cells;
  readonly groups: readonly SuiteGroup[];
}

/** Column -> cell, as it stands in a CSV file. */
export type Cells = Readonly<Record<string, string>>;

export interface SuiteGroup {
  /** Once in the suite. */
  readonly name: string;
  readonly kind: BehaviourKind;
  /** Share of its cases that must pass, above 0, at most 1, four decimals. */
  readonly mustPass: number;
  readonly cases: readonly SuiteCase[];
}

export interface SuiteCase {
  /** Once in the suite. */
  readonly name: string;
  readonly input: SuiteInput;
  /** Each column once; absent: the row is scored as it is. With changes the row as it was is scored besides. */
  readonly change: readonly CellChange[];
  /** All of them hold, or the case has failed. Never empty. */
  readonly expect: readonly BehaviourCheck[];
}

export type SuiteInput =
  | { readonly kind: 'row'; readonly cells: Cells }
  /** So many held-out rows: each is a case. */
  | { readonly kind: 'held-out'; readonly sample: number };

/** What happens to one cell. A number is added to, or multiplied with, what is a number; other cells stay as they are. */
export type CellChange = { readonly column: string } & (
  | { readonly kind: 'set'; readonly value: string }
  | { readonly kind: 'add'; readonly by: number }
  | { readonly kind: 'multiply'; readonly by: number }
  | { readonly kind: 'append'; readonly text: string }
);

/** One expectation on what the model says of the row, of the changed one where there is a change. */
export type BehaviourCheck =
  | { readonly kind: 'class'; readonly class: string }
  /** Of a score, a probability or a number; `of` names the class among many. */
  | {
      readonly kind: 'range';
      readonly of: string | null;
      readonly min: number | null;
      readonly max: number | null;
    }
  /** Every number within this of what was said before the change. */
  | { readonly kind: 'same'; readonly within: number }
  | { readonly kind: 'same-class' }
  | { readonly kind: 'same-text' }
  /** At least so much more, or less, than before the change; 0: no less, or no more. */
  | { readonly kind: 'rise' | 'fall'; readonly of: string | null; readonly by: number }
  /** The same as of another case of the suite. */
  | { readonly kind: 'equal-to'; readonly case: string; readonly within: number }
  /** Case is ignored. */
  | { readonly kind: 'contains' | 'not-contains'; readonly texts: readonly string[] }
  /** RE2, found anywhere. */
  | { readonly kind: 'matches' | 'not-matches'; readonly pattern: string }
  /** At least one pattern of a refusal is found. */
  | { readonly kind: 'refuses'; readonly patterns: readonly string[] }
  /** None of these was taken; without a list of actions the case has failed. */
  | { readonly kind: 'forbidden-actions'; readonly actions: readonly string[] };

/** Cases of a suite, samples counted out: each is one or two rows of the predict command. */
export const mostCases = 5000;
