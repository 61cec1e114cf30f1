/**
 * Work that can be put aside after each step: whoever has others to answer goes on with it later. What comes of it is the
 * same whether it is put aside or not.
 */
export type Steps<Result> = Generator<void, Result>;

/** Does all of it now. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
