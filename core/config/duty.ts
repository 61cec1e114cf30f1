import type { Role } from './policy.ts';
import type { SignOffFunction } from './production-need.ts';

/** What a model promises to those who call it, and how fast somebody looks when it breaks. */
export interface ServiceLevel {
  readonly availabilityPercent: number;
  readonly latencyP95Ms?: number;
  readonly respondMinutes: number;
  readonly restoreMinutes: number;
}

/** One signal that is watched in production. */
export interface Monitor {
  readonly signal: string;
  readonly limit: string;
  /** Login of who is called. */
  readonly owner: string;
  /** What that person does. */
  readonly procedure: string;
}

/** Keys of model.yml about production: who answers, what is promised, who signs. */
export interface Duties {
  readonly qualityOwner?: Role;
  readonly infrastructureOwner?: Role;
  readonly serviceLevel?: ServiceLevel;
  readonly monitoring?: readonly Monitor[];
  /** Function -> role of the policy whose people sign for it. */
  readonly signOffs?: Readonly<Partial<Record<SignOffFunction, string>>>;
}
