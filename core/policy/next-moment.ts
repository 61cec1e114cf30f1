import { endOfMoment, readMoment } from '../config/moment.ts';
import { minuteOfWeek, minutesAWeek } from '../config/stage-rule.ts';
import { parseInstant } from '../evidence/instant.ts';
import type { DecisionInput } from './decision.ts';

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;
/** 1970-01-01 was a Thursday: the first Monday was four days later. */
const firstMonday = 4 * dayMs;
/** Results and runs do not age, and may be large. */
const ageless: ReadonlySet<string> = new Set(['validation', 'judgement', 'runs', 'now']);

/**
 * When time alone may next change what is decided: a soak or a freeze ends, a freeze begins, an approval, a waiver or a
 * declaration gets too old. It names a moment too many rather than one too few: whoever looks then finds it unchanged.
 * @returns milliseconds since 1970, after `input.now`; null: nothing in the input waits for a time, or `now` is unknown
 */
export function nextMoment(input: DecisionInput): number | null {
  const now = input.now === undefined ? null : parseInstant(input.now);
  if (now === null) return null;
  const later = momentsOf(input, now).filter((at) => Number.isFinite(at) && at > now);
  return later.length === 0 ? null : later.reduce((a, b) => Math.min(a, b));
}

function momentsOf(input: DecisionInput, now: number): readonly number[] {
  const texts = Object.entries(input).flatMap(([key, value]) => (ageless.has(key) ? [] : textsIn(value)));
  const named = texts.flatMap((text) => [readMoment(text), endOfMoment(text)]);
  const rules = Object.values(input.policy.stages);
  const spans = rules.flatMap(({ soakHours, expiresDays }) => [
    ...(soakHours === undefined ? [] : [soakHours * hourMs]),
    ...(expiresDays === undefined ? [] : [expiresDays * dayMs]),
  ]);
  const spanned = named.flatMap((at) => [...new Set(spans)].map((span) => at + span));
  const weekly = (input.policy.freeze ?? [])
    .filter(({ kind }) => kind === 'weekly')
    .flatMap(({ from, until }) => [nextOfWeek(from, now), nextOfWeek(until, now)]);
  return [...named, ...spanned, ...weekly];
}

/** The next time that it is `fri 16:00` UTC; NaN: the text is no such moment. */
function nextOfWeek(text: string, now: number): number {
  const minute = minuteOfWeek(text);
  if (minute === null) return Number.NaN;
  const weekMs = minutesAWeek * minuteMs;
  const first = firstMonday + minute * minuteMs;
  return first + (Math.floor((now - first) / weekMs) + 1) * weekMs;
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
