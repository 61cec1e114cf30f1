import type { Sample } from './sample.ts';

/** Weights as a pass sees them: one a row, null is turned into ones before. */
export type PassWeights = Uint16Array | Float64Array;

/** One walk over the rows under some weights. What it adds up stays in its fields until the next walk. */
export interface Pass {
  run(weights: PassWeights): void;
}

/** Passes over one sample that several metrics read: each is walked once under the same weights. */
export interface Passes {
  readonly sample: Sample;
  /**
   * The pass of that key, made at its first use.
   * @param key the function that makes it, or what else it stands for: one key, one type of pass
   */
  share<Shared extends Pass>(key: object, make: (sample: Sample) => Shared): Shared;
}

/** Passes of one sample, and all that were asked for so far, in the order of the first asking. */
export function collectPasses(sample: Sample): Passes & { readonly all: readonly Pass[] } {
  const all: Pass[] = [];
  const byKey = new Map<object, Pass>();
  return {
    sample,
    all,
    share<Shared extends Pass>(key: object, make: (sample: Sample) => Shared): Shared {
      const known = byKey.get(key) as Shared | undefined;
      if (known !== undefined) return known;
      const pass = make(sample);
      byKey.set(key, pass);
      all.push(pass);
      return pass;
    },
  };
}
