import type { Change, Move } from '../change/change.ts';
import { endOfMoment, readMoment } from '../config/moment.ts';
import type { Policy } from '../config/policy.ts';
import type { Stage } from '../config/stage.ts';
import { type Freeze, minuteOfWeek, minutesAWeek } from '../config/stage-rule.ts';
import { parseInstant } from '../evidence/instant.ts';
import type { DecisionInput } from './decision.ts';
import { nameOf } from './request-rule.ts';
import { gather, type Ruling, rule } from './rule.ts';

type Request = Change & { readonly kind: 'request' };

const hourMs = 3_600_000;
const minuteMs = 60_000;
/** 1970-01-01 was a Thursday: three days after a Monday. */
const epochMinuteOfWeek = 3 * 24 * 60;

/**
 * Soak and freeze: what only time can meet. It waits, it never refuses, and a return to the recorded previous version
 * waits for nothing.
 * @returns null where the policy asks for nothing of the kind
 */
export function ruleOnTime(change: Request, input: DecisionInput): Ruling | null {
  const moves = change.moves.filter((move) => move.kind === 'registration' || !move.rollback);
  const now = input.now === undefined ? null : parseInstant(input.now);
  const rulings = moves.flatMap((move) => [
    ...soakOf(move, now, input),
    ...(input.policy.freeze ?? []).flatMap((freeze) => freezeOf(move, freeze, now, input.policy)),
  ]);
  return rulings.length === 0 ? null : gather('time', rulings, rule('time', 'met', ''));
}

/** Stages that a move enters: a registration may be staged by the same merge. */
export function stagesEntered(move: Move, policy: Policy): readonly Stage[] {
  return move.kind === 'registration'
    ? [...new Set(['registered', policy.proposal.onMerge] as const)]
    : [move.to];
}

function soakOf(move: Move, now: number | null, input: DecisionInput): readonly Ruling[] {
  if (move.kind === 'registration' || move.to === 'registered') return [];
  const hours = input.policy.stages[move.to].soakHours;
  // At a second endpoint it is in production already, and was in the stage before for as long as was asked.
  if (hours === undefined || move.from === move.to) return [];
  const name = `soak: ${nameOf(move)}`;
  const known = input.ledger.artifacts.find(({ version }) => version === move.version);
  const since = known?.since === undefined ? null : parseInstant(known.since);
  if (now === null || since === null) return [rule(name, 'not evaluated', unknownTime)];
  const ends = since + hours * hourMs;
  const asks = `v${move.version} must be in ${move.from} for ${counted(hours, 'hour')}`;
  if (Number.isFinite(ends) && now >= ends)
    return [rule(name, 'met', `${asks}: it is, since ${show(since)}.`)];
  return [rule(name, 'waiting', `${asks} before ${move.to}: it waits until ${show(ends)}.`)];
}

function freezeOf(move: Move, freeze: Freeze, now: number | null, policy: Policy): readonly Ruling[] {
  const entered = stagesEntered(move, policy).filter((stage) => freeze.to.includes(stage));
  if (entered.length === 0) return [];
  const name = `freeze: ${freeze.from} to ${freeze.until}`;
  if (now === null) return [rule(name, 'not evaluated', unknownTime)];
  const ends = freeze.kind === 'weekly' ? endOfWeekly(freeze, now) : endOfDates(freeze, now);
  if (ends === null) return [rule(name, 'met', `No move into ${entered.join(', ')} is held up now.`)];
  if (!Number.isFinite(ends)) return [rule(name, 'not evaluated', `The window ${name} cannot be read.`)];
  const held = `Moves into ${entered.join(', ')} wait until ${show(ends)}`;
  return [rule(name, 'waiting', `${held}: ${freeze.reason.replace(/\.?$/, '.')}`)];
}

/** When the window that is open now ends, in milliseconds; null: none is open; NaN: it cannot be read. */
function endOfDates({ from, until }: Freeze, now: number): number | null {
  const [starts, ends] = [readMoment(from), endOfMoment(until)];
  if (!Number.isFinite(starts) || !Number.isFinite(ends)) return Number.NaN;
  return now >= starts && now < ends ? ends : null;
}

/** The same of a window of every week; it may reach over the end of one. */
function endOfWeekly({ from, until }: Freeze, now: number): number | null {
  const [starts, ends] = [minuteOfWeek(from), minuteOfWeek(until)];
  if (starts === null || ends === null) return Number.NaN;
  const minute = Math.floor(now / minuteMs);
  const at = (minute + epochMinuteOfWeek) % minutesAWeek;
  const past = (minute: number) => (minute + minutesAWeek) % minutesAWeek;
  if (past(at - starts) >= past(ends - starts)) return null;
  return (minute + past(ends - at)) * minuteMs;
}

const unknownTime = 'The time that it depends on could not be told.';
const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** `2026-11-21 18:00 UTC` */
export function show(at: number): string {
  // The longest that a date of this language can tell; what lies beyond was written by nobody.
  if (!(Math.abs(at) <= 8.64e15)) return 'an unknown time';
  const text = new Date(at).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`;
}
