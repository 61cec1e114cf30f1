import type { Sweep } from '../training/sweep-facts.ts';
import { minutesBetween } from '../training/swept-run.ts';
import type { IssuePlan, KeptIssue } from './issue-plan.ts';
import { causesOf, renderSweepIssue, renderSweepNote, sweepTitle } from './sweep-issue.ts';
import { emptySweepState, parseSweepState, type SweepState } from './sweep-state.ts';

/** While nothing else changes, that somebody looked is written down this often. */
const rememberedMinutes = 30;

/**
 * What to do with the issue of the sweeper: one for ever, edited in place, open while there is something to tell. A
 * comment only when something begins or ends.
 * @param issue the oldest issue of ours with the marker; null: there is none
 */
export function planSweepIssue(issue: KeptIssue | null, sweep: Sweep): IssuePlan {
  const known = issue === null ? null : parseSweepState(issue.body);
  const before = known ?? emptySweepState;
  const causes = causesOf(sweep);
  const state = causes.length > 0 ? 'open' : 'closed';
  const next: SweepState = { ...before, causes, memory: sweep.memory };
  if (issue === null) {
    const { idle, asked } = sweep.memory;
    if (causes.length === 0 && Object.keys(idle).length === 0 && asked.length === 0)
      return { kind: 'nothing', because: 'There is nothing to tell and nothing to remember.' };
    return { kind: 'open', title: sweepTitle(sweep), body: renderSweepIssue(next, sweep), state };
  }
  const isNews = state !== issue.state || causes.join('\n') !== before.causes.join('\n');
  const after: SweepState = isNews ? { ...next, changes: before.changes + 1 } : next;
  const title = sweepTitle(sweep);
  if (known !== null && !isNews && isOld(known, after, issue, sweep))
    return { kind: 'nothing', because: `Issue ${issue.number} says it already.` };
  const note = isNews ? renderSweepNote({ was: issue.state, before, after }, sweep) : null;
  return { kind: 'edit', number: issue.number, state, title, body: renderSweepIssue(after, sweep), note };
}

/** True when the issue would read the same, and was written not long ago. */
function isOld(known: SweepState, after: SweepState, issue: KeptIssue, sweep: Sweep): boolean {
  const minutes = minutesBetween(known.memory.seen, after.memory.seen);
  if (minutes === null || minutes < 0 || minutes >= rememberedMinutes) return false;
  const same = { ...after, memory: { ...after.memory, seen: known.memory.seen } };
  return renderSweepIssue(same, sweep).trimEnd() === issue.body.replaceAll('\r\n', '\n').trimEnd();
}
