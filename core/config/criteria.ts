import type { Role } from './policy.ts';

/** What the model is for, agreed before its first version: what must become better, by how much, and who says so. */
export interface SuccessCriteria {
  /** What the business measures, in its own words. */
  readonly metric: string;
  /** Its value today, in its own words: `4,100 missed connections a month`. */
  readonly baseline: string;
  /** What it must become. */
  readonly improvement: string;
  /** How it is found out: an A/B test, a before and after, a sample that people read. */
  readonly method: string;
  /** How long it is measured after the version serves. */
  readonly windowDays: number;
  readonly businessOwner: Role;
  readonly technicalOwner: Role;
}
