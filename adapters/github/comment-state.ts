import { parseStrictJson } from '../../core/json/strict.ts';

/** What the last line of a comment tells about the evaluation that wrote it. */
export interface CommentState {
  readonly head: string;
  readonly run: number;
  readonly attempt: number;
  readonly body: string;
}

const markerForm = /^<!-- gatehouse:(?:proposal|promotion|configuration):[^\n]*; -->$/;
const stateForm = /^<!-- gatehouse:state (\{.*\}) -->$/;

/** First line of a comment when it is one of our markers, else null. */
export function markerOf(body: string): string | null {
  const first = body.split(/\r?\n/, 1)[0] ?? '';
  return markerForm.test(first) ? first : null;
}

/** State in the last line of a comment; null when there is none or it does not read. */
export function stateOf(body: string): CommentState | null {
  const last = body.trimEnd().split(/\r?\n/).at(-1) ?? '';
  const text = stateForm.exec(last)?.[1];
  if (text === undefined) return null;
  let value: unknown;
  try {
    value = parseStrictJson(text, 'comment state');
  } catch {
    return null; // an older format of ours: it is simply written anew
  }
  if (typeof value !== 'object' || value === null) return null;
  const field = new Map<string, unknown>(Object.entries(value));
  const [head, run, attempt, digest] = ['head', 'run', 'attempt', 'body'].map((key) => field.get(key));
  if (typeof head !== 'string' || typeof digest !== 'string') return null;
  return {
    head,
    run: typeof run === 'number' ? run : 0,
    attempt: typeof attempt === 'number' ? attempt : 0,
    body: digest,
  };
}

/** True when a comment was written from a later run of the same head than the other. */
export function isNewer(there: CommentState, ours: CommentState): boolean {
  if (there.head !== ours.head) return false;
  return there.run > ours.run || (there.run === ours.run && there.attempt > ours.attempt);
}
