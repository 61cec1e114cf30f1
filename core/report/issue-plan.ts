/** An issue that Gatehouse keeps, as GitHub holds it. */
export interface KeptIssue {
  readonly number: number;
  readonly state: 'open' | 'closed';
  readonly body: string;
}

/** What to do with an issue that is kept for ever and edited in place. */
export type IssuePlan =
  | { readonly kind: 'nothing'; readonly because: string }
  /** `state` closed: there is something to remember and nothing to tell. Absent: open. */
  | {
      readonly kind: 'open';
      readonly title: string;
      readonly body: string;
      readonly state?: 'open' | 'closed';
    }
  | {
      readonly kind: 'edit';
      readonly number: number;
      readonly state: 'open' | 'closed';
      readonly title: string;
      readonly body: string;
      /** Posted before the edit, unless a comment with this first line is there: a crash in between doubles nothing. */
      readonly note: string | null;
    };
