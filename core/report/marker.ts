import { isModelName } from '../config/model-name.ts';
import { InputError } from '../error/error.ts';
import type { Digest } from '../evidence/evidence.ts';
import { canonicalJson, digestBytes, isDigest } from '../json/canonical.ts';
import { parseStrictJson } from '../json/strict.ts';
import { type PastResult, parseHistory } from './history.ts';

/** One comment for each kind and model; configuration is about the repository. */
export type Marker =
  | { readonly kind: 'proposal' | 'promotion'; readonly model: string }
  | { readonly kind: 'configuration' };

/** What a comment was written from: an older run never overwrites a newer one. */
export interface CommentState {
  readonly v: 1;
  readonly head: string;
  /** 0 while there is no run. */
  readonly run: number;
  readonly attempt: number;
  /** Digest of what the comment says, times left out: equal digests need no second write. */
  readonly body: Digest;
  /** Judged results of this pull request, newest first (`addToHistory`); absent: none yet. */
  readonly history?: readonly PastResult[];
}

/**
 * Writes the first line of a comment.
 * @throws InputError MARKER for a name that is no model's: it could end the comment or match another one's marker
 */
export function writeMarker(marker: Marker): string {
  if (marker.kind === 'configuration') return '<!-- gatehouse:configuration:repository; -->';
  if (!isModelName(marker.model)) throw refuse('the name of the model');
  return `<!-- gatehouse:${marker.kind}:${marker.model}; -->`;
}

/** Reads the marker in the first line of a comment; null unless the line is exactly one. Anybody can paste one. */
export function parseMarker(body: string): Marker | null {
  const line = body.split(/\r?\n/, 1)[0] ?? '';
  if (line === writeMarker({ kind: 'configuration' })) return { kind: 'configuration' };
  const match = /^<!-- gatehouse:(proposal|promotion):([^;]+); -->$/.exec(line);
  const [, kind, model] = match ?? [];
  if ((kind !== 'proposal' && kind !== 'promotion') || !isModelName(model)) return null;
  return { kind, model };
}

/**
 * Writes the last line of a comment.
 * @throws InputError MARKER when a value could end the HTML comment
 */
export function writeState(state: CommentState): string {
  const text = canonicalJson(state);
  if (/--|[<>]/.test(text)) throw refuse('a value of the state');
  return `<!-- gatehouse:state ${text} -->`;
}

/** Reads the state in the last line of a comment; null unless it is exactly one of ours. */
export function parseState(body: string): CommentState | null {
  const line = body.trimEnd().split(/\r?\n/).at(-1) ?? '';
  const text = /^<!-- gatehouse:state (\{[^<>]*\}) -->$/.exec(line)?.[1];
  if (text === undefined) return null;
  const value = readJson(text);
  const { v, head, run, attempt, body: digest } = value;
  if (v !== 1 || typeof head !== 'string' || !/^[0-9a-f]{40}$/.test(head) || !isDigest(digest)) return null;
  if (!isCount(run) || !isCount(attempt)) return null;
  const history = parseHistory(value.history);
  return { v, head, run, attempt, body: digest, ...(history.length === 0 ? {} : { history }) };
}

/** Digest of what a comment says. White space and emoji are left out: they are no news. */
export function bodyDigest(text: string): Digest {
  return digestBytes(text.replace(/\s|\p{Extended_Pictographic}|\uFE0F/gu, ''));
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

function readJson(text: string): Readonly<Record<string, unknown>> {
  try {
    const value = parseStrictJson(text, 'comment state');
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    // Somebody edited the comment: it has no state, and the next report writes it again.
    return {};
  }
}

const refuse = (what: string): InputError =>
  new InputError('MARKER', `${what} cannot stand in a hidden comment`, {
    hint: 'Report this: names are checked before a report is made.',
  });
