/**
 * Where the planted code looks which mutant is in force, and notes which ones it passes.
 * @see https://github.com/stryker-mutator/stryker-js/blob/v10.1.1/packages/api/src/core/instrument.ts
 */
export interface Switchboard {
  activeMutant: string | undefined;
  /** What runs: a key of `perTest`. */
  currentTestId: string | undefined;
  mutantCoverage: {
    readonly static: Hits;
    readonly perTest: Record<string, Hits>;
  };
  /** Times that the mutant in force was passed; past the limit the planted code throws. */
  hitCount: number | undefined;
  hitLimit: number;
}

/** How often each mutant was passed, by its number. */
export type Hits = Record<string, number>;

/** The switchboard of this process. */
export function openSwitchboard(): Switchboard {
  const board: Switchboard = {
    ...{ activeMutant: undefined, currentTestId: undefined, hitCount: undefined, hitLimit: 0 },
    mutantCoverage: { static: {}, perTest: {} },
  };
  Object.assign(globalThis, { __stryker__: board });
  return board;
}
