/** One risk of a model and what is done against it. */
export interface Risk {
  readonly name: string;
  readonly kind: string;
  readonly severity: 'low' | 'medium' | 'high';
  /** `open`: what is done against it does not work yet. */
  readonly status: 'open' | 'controlled';
  readonly control: string;
  /** Login of who answers for it. */
  readonly owner: string;
  /** Last day before which somebody must have looked at it again. */
  readonly reviewBy: string;
}

/** `models/<model>/risks.yml`. */
export interface RiskRegister {
  readonly risks: readonly Risk[];
}
