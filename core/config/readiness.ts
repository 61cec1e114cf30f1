import type { Area } from './production-need.ts';

/** One item of a readiness review. */
export interface ReadinessItem {
  readonly area: Area;
  readonly item: string;
  /** The day on which it was done; absent: it is not done. */
  readonly done?: string;
  /** Login of who says so. */
  readonly by: string;
  /** Where it can be seen. */
  readonly link?: string;
}

/** `models/<model>/readiness.yml`: is everything around the model ready for production? */
export interface Readiness {
  readonly items: readonly ReadinessItem[];
}
