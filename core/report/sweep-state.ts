import { canonicalJson } from '../json/canonical.ts';
import { parseStrictJson } from '../json/strict.ts';
import { type Asked, emptyMemory, type SweepMemory } from '../training/sweep-facts.ts';

/** What the issue of the sweeper remembers, in its last line. */
export interface SweepState {
  readonly v: 1;
  /** How many changes were told in comments. */
  readonly changes: number;
  /** What the issue is open for: one text each, sorted. */
  readonly causes: readonly string[];
  readonly memory: SweepMemory;
}

export const emptySweepState: SweepState = { v: 1, changes: 0, causes: [], memory: emptyMemory };

const unreadable: ReadonlySet<string> = new Set(['__proto__', 'prototype', 'constructor']);

/** First line of the issue. */
export const sweepMarker = '<!-- gatehouse:training-runners; -->';

/** True when the first line of an issue is our marker. Anybody can paste one. */
export const hasSweepMarker = (body: string): true | null =>
  body.split(/\r?\n/, 1)[0] === sweepMarker ? true : null;

/** Writes the last line of the issue. Whatever could end the HTML comment is written as JSON escapes. */
export function writeSweepState(state: SweepState): string {
  const { memory } = state;
  // Names that no strict reader takes: such a runner is forgotten, not the whole memory with it.
  const idle = Object.fromEntries(Object.entries(memory.idle).filter(([name]) => !unreadable.has(name)));
  const text = canonicalJson({ ...state, memory: { ...memory, idle } }).replace(
    /[<>-]/g,
    (mark) => `\\u00${mark.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `<!-- gatehouse:sweep ${text} -->`;
}

/** Reads the last line of an issue; null unless it is exactly a state: somebody edited the issue, and nothing is remembered. */
export function parseSweepState(body: string): SweepState | null {
  const line = body.trimEnd().split(/\r?\n/).at(-1) ?? '';
  const text = /^<!-- gatehouse:sweep (\{[^<>-]*\}) -->$/.exec(line)?.[1];
  const { v, changes, causes, memory } = asObject(text === undefined ? null : readJson(text));
  const { seen, idle, asked } = asObject(memory);
  if (v !== 1 || !isCount(changes) || !isTexts(causes) || typeof seen !== 'string') return null;
  if (!isTexts(Object.values(asObject(idle))) || !Array.isArray(asked) || !asked.every(isAsked)) return null;
  return { v, changes, causes, memory: { seen, idle: asObject(idle) as SweepMemory['idle'], asked } };
}

function isAsked(value: unknown): value is Asked {
  const { run, attempt, what, at } = asObject(value);
  return (
    isCount(run) && isCount(attempt) && (what === 'cancel' || what === 're-run') && typeof at === 'string'
  );
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

function readJson(text: string): unknown {
  try {
    return parseStrictJson(text, 'issue');
  } catch {
    return null; // Somebody edited it: there is no memory, and the next sweep begins one.
  }
}
