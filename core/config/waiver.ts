/** `waivers/<name>.yml`: one gate of one model that may fail for a while, and who answers for it. */
export interface Waiver {
  readonly name: string;
  readonly model: string;
  /** The gate in the words of a report: `auc min 0.6`, `recall min 0.7 on carrier=AA`. */
  readonly gate: string;
  /** A date is the last day on which it holds; a time, when it ends. UTC. */
  readonly until: string;
  readonly reason: string;
  /** Login of who answers for it. */
  readonly by: string;
}
