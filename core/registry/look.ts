import type { Digest } from '../evidence/evidence.ts';

/** Which look it was beyond its own model. */
export interface LookCharge {
  /** On these labels by all models: 1 for the first one, then 2, 3 ... */
  readonly labels: number;
  /** On these labels by whoever started the run. */
  readonly actor: number;
}

/** Who was charged with a look. */
export interface ChargedLook {
  /** Digest of the labels. */
  readonly heldOut: Digest;
  /** Id of the account. */
  readonly actor: number;
  /** null: counted before looks of other models were. */
  readonly charged: LookCharge | null;
}

/** How often a new result of one model was read off one set of labels. */
export interface HeldOutUse {
  readonly looks: number;
  readonly lastAt: string;
}
