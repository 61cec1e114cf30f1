import { ServiceError } from '../../../core/error/error.ts';

/** GitHub, or our own budget, says "later": nothing was done, and it is known when to ask again. */
export class LimitError extends ServiceError {
  readonly retryAfterMs: number;

  constructor(code: 'GITHUB_LIMITED' | 'GITHUB_BUDGET_KEPT', message: string, retryAfterMs: number) {
    super(code, message, {
      hint: `Nothing was decided. It is looked at again by itself in ${Math.ceil(retryAfterMs / 60_000)} min.`,
    });
    this.retryAfterMs = retryAfterMs;
  }
}
