import type { ApprovalLine } from './policy.ts';
import type { Stage } from './stage.ts';

/** What the policy asks of a move INTO a stage. */
export interface StageRule {
  readonly approvals: readonly ApprovalLine[];
  /** Least hours that a version has been in the stage before. Absent: none. */
  readonly soakHours?: number;
  /** An approval that is older than so many days does not count. Absent: approvals do not age. */
  readonly expiresDays?: number;
  /** Of the moves that can be made, only those from here. Absent: all of them. */
  readonly promotesFrom?: readonly Stage[];
}

/** A time in which moves wait. Two dates or times, or two moments of every week; all of it UTC. */
export interface Freeze {
  readonly kind: 'dates' | 'weekly';
  /** `2026-12-20`, `2026-12-20T18:00:00Z`; of every week `fri 16:00`. */
  readonly from: string;
  /** A date is its last day; a time and a moment of the week are the first at which moves go on. */
  readonly until: string;
  /** Stages that cannot be entered meanwhile. */
  readonly to: readonly Stage[];
  readonly reason: string;
}

const minutesADay = 24 * 60;
export const minutesAWeek = 7 * minutesADay;
const days: readonly (string | undefined)[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const weekMoment = /^(mon|tue|wed|thu|fri|sat|sun) ([01]\d|2[0-3]):([0-5]\d)$/;

/** Minutes since Monday 00:00 UTC of `fri 16:00`; null when the text is no such moment. */
export function minuteOfWeek(text: string): number | null {
  const [, day, hour, minute] = weekMoment.exec(text) ?? [];
  const at = days.indexOf(day);
  return at < 0 ? null : at * minutesADay + Number(hour) * 60 + Number(minute);
}
