import type { Reading } from './settings.ts';

/**
 * How a thing stands. `mend`: the gate can be passed by, or does not work. `advice`: it works and could be stricter.
 * `not checked`: nobody may read it with this token; it says nothing.
 */
export type Health = 'ok' | 'mend' | 'advice' | 'not checked';

/** One thing that `gatehouse doctor` looked at. Strings may come from the repository: escape before rendering. */
export interface Diagnosis {
  /** `area/check`, stable. */
  readonly code: string;
  readonly health: Health;
  /** What is, in one sentence. */
  readonly what: string;
  /** Why it matters; empty where all is well. */
  readonly why: string;
  /** The place of the setting or the command; empty where all is well. */
  readonly fix: string;
  /** Which fault it is, where another look can come upon the same: `tellOnce` reads it, and nobody else. */
  readonly about?: string;
  /** True for whoever names the line, or the one fix that mends all of it. */
  readonly precise?: boolean;
}

export const ok = (code: string, what: string): Diagnosis => ({ code, health: 'ok', what, why: '', fix: '' });

export const mend = (code: string, what: string, why: string, fix: string): Diagnosis => ({
  ...{ code, health: 'mend', what, why, fix },
});

export const advise = (code: string, what: string, why: string, fix: string): Diagnosis => ({
  ...{ code, health: 'advice', what, why, fix },
});

/** What could not be read, and which permission reads it. */
export const unknown = (code: string, what: string, why: string): Diagnosis => ({
  ...{ code, health: 'not checked', what },
  why: `This token may not read it (${why}).`,
  fix: 'Run it again with a token of an admin that may read administration, actions, secrets and organization runners.',
});

/** Judges what was read; what was not is not checked. */
export const judge = <T>(
  reading: Reading<T>,
  code: string,
  subject: string,
  look: (value: T) => readonly Diagnosis[],
): readonly Diagnosis[] =>
  reading.kind === 'read' ? look(reading.value) : [unknown(code, `${subject} is not known`, reading.why)];
