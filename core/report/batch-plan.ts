import type { Digest } from '../evidence/evidence.ts';
import { digestOf } from '../json/canonical.ts';
import { batchTitle, renderBatchIssue, renderBatchNote } from './batch-issue.ts';
import { daysLeft, failingRules, isFailing, type Look, refusalOf } from './batch-look.ts';
import { type BatchState, type Cause, emptyBatchState, parseBatchState, subjects } from './batch-state.ts';
import type { IssuePlan, KeptIssue } from './issue-plan.ts';

/** The one issue of a dataset. */
export type BatchIssue = KeptIssue;
export type BatchPlan = IssuePlan;

/** How many refused batches one issue remembers; the oldest go first. */
const mostRefused = 300;
/** How many rules the state keeps as text, and how much of each. */
const mostRules = 20;
const longestRule = 120;

/**
 * What to do with the issue of a dataset after a watch run looked at it: one issue for ever, edited in place; a comment
 * only when another rule fails than before, and when it closes or opens again.
 * @param issue the oldest issue of ours with the dataset's marker; null: there is none
 */
export function planBatchIssue(issue: BatchIssue | null, look: Look): BatchPlan {
  const known = issue === null ? null : parseBatchState(issue.body);
  const before = known ?? emptyBatchState(look.dataset);
  if (before.seen[look.subject] > look.run.id) {
    return { kind: 'nothing', because: `A later run (${before.seen[look.subject]}) has looked already.` };
  }
  const next = advance(before, look);
  const failing = Object.keys(next.causes).length > 0;
  if (issue === null) {
    if (!failing) return { kind: 'nothing', because: 'There is nothing to report, and no issue.' };
    return { kind: 'open', title: batchTitle(next, look), body: renderBatchIssue(next, look) };
  }
  // An issue that somebody edited is written anew whatever was found: until then nobody knows what it refuses.
  if (known !== null && !failing && issue.state === 'closed' && sameRefused(before, next)) {
    return { kind: 'nothing', because: `Issue ${issue.number} is closed, and stays so.` };
  }
  const state = failing ? 'open' : 'closed';
  const isNews = state !== issue.state || keysOf(before) !== keysOf(next);
  const after: BatchState = isNews ? { ...next, changes: before.changes + 1 } : next;
  const note = isNews ? renderBatchNote({ was: issue.state, before, after }, look) : null;
  const title = batchTitle(after, look);
  return { kind: 'edit', number: issue.number, state, title, body: renderBatchIssue(after, look), note };
}

function advance(before: BatchState, look: Look): BatchState {
  const { subject, run } = look;
  const failing = isFailing(look);
  const soon = daysLeft(look) !== null;
  const found = {
    [subject]: failing ? toCause(before.causes[subject], look, failingRules(look)) : undefined,
    retention: soon ? toCause(before.causes.retention, look, ['data/expires-soon']) : undefined,
  };
  const causes = Object.fromEntries(
    subjects.flatMap((each) => {
      const cause = Object.hasOwn(found, each) ? found[each] : before.causes[each];
      return cause === undefined ? [] : [[each, cause]];
    }),
  );
  const seen = { ...before.seen, [subject]: run.id, retention: run.id };
  return { ...before, seen, causes, refused: refuse(before.refused, refusalOf(look), failing) };
}

function toCause(before: Cause | undefined, { at, run }: Look, rules: readonly string[]): Cause {
  return {
    since: before?.since ?? at,
    looks: (before?.looks ?? 0) + 1,
    run: run.id,
    key: digestOf(rules),
    rules: rules.slice(0, mostRules).map((rule) => [...rule.toWellFormed()].slice(0, longestRule).join('')),
  };
}

/** A batch leaves the list when a later run passes it, and in no other way but a changed contract. */
function refuse(list: readonly Digest[], refusal: Digest | null, failing: boolean): readonly Digest[] {
  if (refusal === null) return list;
  const others = list.filter((each) => each !== refusal);
  return failing ? [...others, refusal].slice(-mostRefused) : others;
}

const sameRefused = (a: BatchState, b: BatchState): boolean => a.refused.join() === b.refused.join();

const keysOf = ({ causes }: BatchState): string =>
  subjects.map((subject) => `${subject} ${causes[subject]?.key ?? ''}`).join('\n');
