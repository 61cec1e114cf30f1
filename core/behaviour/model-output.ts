/** What a model said of one row of a suite. */
export type ModelOutput =
  /** Probability of class 1, score, or predicted number. */
  | { readonly kind: 'number'; readonly value: number }
  /** In the order of the classes. */
  | { readonly kind: 'probabilities'; readonly values: readonly number[] }
  /** Place in the classes. */
  | { readonly kind: 'class'; readonly index: number }
  | {
      readonly kind: 'text';
      readonly text: string;
      /** null: the model does not say what it did. */
      readonly actions: readonly string[] | null;
    };

/** By key. A row without an output, with two, or with one that is malformed, is not in it: its case has failed. */
export type ModelOutputs = ReadonlyMap<string, ModelOutput>;

/** How outputs are read. */
export interface OutputReading {
  /** In the order of the probabilities; `0` and `1` of two classes; empty where there are none. */
  readonly classes: readonly string[];
  /** Two classes: a score of at least this says class 1; null: the numbers are no scores of class 1. */
  readonly threshold: number | null;
}

/** The class that an output says; null where it says none. Of equal probabilities the first class counts. */
export function classOf(output: ModelOutput, { classes, threshold }: OutputReading): string | null {
  switch (output.kind) {
    case 'number':
      if (threshold === null) return null;
      return classes[output.value >= threshold ? 1 : 0] ?? null;
    case 'probabilities':
      return classes[output.values.indexOf(Math.max(...output.values))] ?? null;
    case 'class':
      return classes[output.index] ?? null;
    case 'text':
      return null;
  }
}

/** The number that an output says, of one class where there are many; NaN where it says none. */
export function numberOf(output: ModelOutput, of: string | null, { classes }: OutputReading): number {
  if (output.kind === 'number') return output.value;
  if (output.kind !== 'probabilities' || of === null) return Number.NaN;
  return output.values[classes.indexOf(of)] ?? Number.NaN;
}

/** How far two outputs lie apart: the largest difference of a number; infinite where they are not the same class or text. */
export function distance(a: ModelOutput, b: ModelOutput): number {
  if (a.kind === 'number' && b.kind === 'number') return Math.abs(a.value - b.value);
  if (a.kind === 'probabilities' && b.kind === 'probabilities') {
    return Math.max(...a.values.map((value, at) => Math.abs(value - (b.values[at] ?? Number.NaN))));
  }
  if (a.kind === 'class' && b.kind === 'class') return a.index === b.index ? 0 : Number.POSITIVE_INFINITY;
  const same = a.kind === 'text' && b.kind === 'text' && a.text === b.text;
  return same ? 0 : Number.POSITIVE_INFINITY;
}
