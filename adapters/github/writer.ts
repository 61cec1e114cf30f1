/** Writing side of GitHub. Every write is safe to repeat: it looks first, or is compared and swapped. */
export interface GitHubWriter {
  /** @param text the body, or how it follows from the comment of ours that is there (null: none) */
  upsertComment(pull: number, text: CommentText): Promise<CommentOutcome>;
  /** Posts the reply that `write` gives unless a comment of ours with this first line is there; then it is not called. */
  answerComment(pull: number, marker: string, write: () => Promise<string>): Promise<WriteOutcome>;
  /** Shows whoever wrote a comment that it was seen, done or not understood. */
  react(comment: number, content: Reaction): Promise<void>;
  /** Puts a banner on every comment of ours that is about an older head. */
  markOutOfDate(pull: number, head: string): Promise<void>;
  upsertCheck(check: CheckContent): Promise<WriteOutcome>;
  /** Puts how far a training is into the check of a head that is in progress; every other check stays as it is. */
  showProgress(progress: ShownProgress): Promise<'updated' | 'unchanged' | 'kept'>;
  /** Creates a completed check unless one with the same name and external id is there; such a check is never updated. */
  createFixedCheck(check: CompletedCheck): Promise<WriteOutcome>;
  commitOnBranch(commit: BranchCommit): Promise<string>;
  /** Makes a branch that is not there, with its commit. */
  startBranch(commit: FirstCommit): Promise<string>;
  createBranch(branch: string, sha: string): Promise<void>;
  /** Moves a branch that only the app writes to. */
  resetBranch(branch: string, sha: string): Promise<void>;
  deleteBranch(branch: string): Promise<void>;
  openPull(request: NewPull): Promise<number>;
  updatePull(number: number, change: PullUpdate): Promise<void>;
  requestReviewers(pull: number, logins: readonly string[]): Promise<readonly string[]>;
}

/** A body may carry on what the comment before it said: results of earlier commits. */
export type CommentText = string | ((earlier: string | null) => string);

export type Reaction = 'eyes' | 'rocket' | 'confused';
export type WriteOutcome = 'created' | 'updated' | 'unchanged';
/** `newer kept`: the comment already shows a later attempt of the same run. */
export type CommentOutcome = WriteOutcome | 'newer kept';

export type Conclusion = 'success' | 'failure' | 'neutral' | 'action_required' | 'cancelled';

export interface CheckOutput {
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly annotations: readonly CheckAnnotation[];
}

export interface CheckAnnotation {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: 'failure' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
}

export interface CompletedCheck {
  readonly name: string;
  readonly headSha: string;
  readonly externalId: string;
  readonly conclusion: Conclusion;
  readonly output: CheckOutput;
  /** Shown to those who may push; a press makes the app look. At most three. */
  readonly buttons?: readonly CheckButton[];
}

/** @see https://docs.github.com/rest/checks/runs#create-a-check-run `actions` */
export interface CheckButton {
  /** At most 20 characters. */
  readonly identifier: string;
  /** At most 20 characters. */
  readonly label: string;
  /** At most 40 characters. */
  readonly description: string;
}

export type CheckContent =
  | CompletedCheck
  | (Omit<CompletedCheck, 'conclusion'> & {
      readonly status: 'queued' | 'in_progress';
      /** A run may still bring the result: what its progress put into the check is left there. */
      readonly keepsProgress?: boolean;
    });

export interface ShownProgress {
  readonly name: string;
  readonly headSha: string;
  /** In place of the check's own while something stands above its summary, and when that is taken away. */
  readonly title: string;
  /** Markdown above the check's own summary: the first that has room; none takes away what stands there. */
  readonly parts: readonly string[];
}

/** One file of a commit; null content deletes it. */
export interface FileWrite {
  readonly path: string;
  readonly content: string | null;
}

export interface BranchCommit {
  readonly branch: string;
  /** Commit that the branch must still point to. */
  readonly expectedHead: string;
  readonly headline: string;
  readonly body: string;
  readonly files: readonly FileWrite[];
}

/** Files that are written; the others are those of `parent`, null: there are none, and no history. */
export interface FirstCommit extends Omit<BranchCommit, 'expectedHead' | 'files'> {
  readonly parent: string | null;
  readonly files: readonly { readonly path: string; readonly content: string }[];
}

export interface NewPull {
  readonly head: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
}

export interface PullUpdate {
  readonly state?: 'open' | 'closed';
  readonly title?: string;
  readonly body?: string;
}
