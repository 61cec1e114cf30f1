import type { BotComment } from './look-facts.ts';
import type { CheckMark, CheckRunFacts } from './reader.ts';

/** A look takes seconds; whatever is older is read again before something is written. */
const freshForMs = 30_000;
const maxEntries = 500;

interface Seen<T> {
  readonly value: T;
  readonly atMs: number;
}

/**
 * What a look has just read and a writer is about to change: with it, the writer need not read it once more. Each write
 * of this process is put in as well, and a write whose answer was lost takes out what it was about. Another process may
 * have written since, so nothing is made on the strength of it that is only there once: whoever finds nothing here to
 * change reads again before he makes it.
 */
export class FreshFacts {
  private readonly seen = new Map<string, Seen<unknown>>();
  private readonly nowMs: () => number;

  constructor(nowMs: () => number = () => performance.now()) {
    this.nowMs = nowMs;
  }

  checks(sha: string, name: string): readonly CheckRunFacts[] | undefined {
    return this.get(`checks ${sha} ${name}`);
  }

  putChecks(sha: string, name: string, runs: readonly CheckRunFacts[]): void {
    this.put(`checks ${sha} ${name}`, runs);
  }

  /** @param key `sha name` */
  marks(key: string): readonly CheckMark[] | undefined {
    return this.get(`marks ${key}`);
  }

  putMarks(key: string, runs: readonly CheckMark[]): void {
    this.put(`marks ${key}`, runs);
  }

  comments(pull: number): readonly BotComment[] | undefined {
    return this.get(`comments ${pull}`);
  }

  putComments(pull: number, comments: readonly BotComment[]): void {
    this.put(`comments ${pull}`, comments);
  }

  forgetChecks(sha: string, name: string): void {
    this.seen.delete(`checks ${sha} ${name}`);
    this.seen.delete(`marks ${sha} ${name}`);
  }

  forgetComments(pull: number): void {
    this.seen.delete(`comments ${pull}`);
  }

  private get<T>(key: string): T | undefined {
    const seen = this.seen.get(key);
    if (seen === undefined || !(this.nowMs() - seen.atMs < freshForMs)) return undefined;
    return seen.value as T;
  }

  private put(key: string, value: unknown): void {
    this.seen.delete(key);
    this.seen.set(key, { value, atMs: this.nowMs() });
    const [oldest] = this.seen.keys();
    if (this.seen.size > maxEntries && oldest !== undefined) this.seen.delete(oldest);
  }
}
