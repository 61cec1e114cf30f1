export const searchMethods = ['grid', 'random', 'halving', 'hyperband', 'tpe'] as const;
export type SearchMethod = (typeof searchMethods)[number];

export type SearchValue = string | number | boolean;

/** One parameter that is searched over. Names are those that the command reads. */
export type Dimension =
  | { readonly kind: 'list'; readonly name: string; readonly values: readonly SearchValue[] }
  | {
      readonly kind: 'range';
      readonly name: string;
      readonly from: number;
      /** Never below `from`; with a step the last one that is reached may lie before it. */
      readonly to: number;
      readonly scale: 'linear' | 'log';
      readonly step?: number;
      /** Whole numbers alone. */
      readonly whole: boolean;
    };

/** What a trial gets more of from rung to rung: epochs, rows, minutes. Handed over as GATEHOUSE_RESOURCE. */
export interface SearchResource {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** One of so many goes on to the next rung, with so many times the resource. */
  readonly reduction: number;
}

/** `train.search` of model.yml. */
export interface SearchConfig {
  readonly method: SearchMethod;
  /** In the order of the file: never empty, every name once. */
  readonly space: readonly Dimension[];
  /** Points of the space that are tried at most. */
  readonly trials: number;
  /** Trainings that run at once. */
  readonly parallel: number;
  readonly seed: number;
  /** Name in the metrics that the command writes, of its own validation data: never of what the judge holds out. */
  readonly metric: string;
  readonly goal: 'maximize' | 'minimize';
  /** There exactly for halving and hyperband. */
  readonly resource?: SearchResource;
  /** Ends the search: hours of all trials together, cost in the currency of the policy's prices. */
  readonly budget?: { readonly hours?: number; readonly cost?: number };
}
