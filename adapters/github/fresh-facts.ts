import type { BotComment } from './look-facts.ts';
import type { CheckMark, CheckRunFacts } from './reader.ts';

/** A look takes seconds; whatever is older is read again before something is written. */
const freshForMs = 30_000;
/** GitHub may not list yet what this process made so lately, in whatever is read. */
const unlistedForMs = 60_000;
const maxEntries = 500;

interface Made {
  readonly id: number;
}

interface Seen<T> {
  readonly value: T;
  readonly atMs: number;
}

/**
 * What a look has just read and a writer is about to change: with it, the writer need not read it once more. Each write
 * of this process is put in as well, and a write whose answer was lost takes out what it was about. Another process may
 * have written since, so nothing is made on the strength of it that is only there once: whoever finds nothing here to
 * change reads again before he makes it. What this process made a moment ago is in every list that is given from here,
 * whether GitHub lists it yet or not: nothing is made twice because a list is a moment late.
 */
export class FreshFacts {
  private readonly seen = new Map<string, Seen<unknown>>();
  private readonly made = new Map<string, readonly Seen<Made>[]>();
  private readonly nowMs: () => number;

  constructor(nowMs: () => number = () => performance.now()) {
    this.nowMs = nowMs;
  }

  checks(sha: string, name: string): readonly CheckRunFacts[] | undefined {
    const runs = this.get<readonly CheckRunFacts[]>(`checks ${sha} ${name}`);
    return runs && this.withMadeChecks(sha, name, runs);
  }

  putChecks(sha: string, name: string, runs: readonly CheckRunFacts[]): void {
    this.put(`checks ${sha} ${name}`, runs);
  }

  /** @param key `sha name` */
  marks(key: string): readonly CheckMark[] | undefined {
    const runs = this.get<readonly CheckMark[]>(`marks ${key}`);
    return runs && this.withMade(`checks ${key}`, runs);
  }

  putMarks(key: string, runs: readonly CheckMark[]): void {
    this.put(`marks ${key}`, runs);
  }

  comments(pull: number): readonly BotComment[] | undefined {
    const comments = this.get<readonly BotComment[]>(`comments ${pull}`);
    return comments && this.withMadeComments(pull, comments);
  }

  putComments(pull: number, comments: readonly BotComment[]): void {
    this.put(`comments ${pull}`, comments);
  }

  addMadeCheck(run: CheckRunFacts): void {
    this.add(`checks ${run.headSha} ${run.name}`, run);
  }

  withMadeChecks(sha: string, name: string, runs: readonly CheckRunFacts[]): readonly CheckRunFacts[] {
    return this.withMade(`checks ${sha} ${name}`, runs);
  }

  addMadeComment(pull: number, comment: BotComment): void {
    this.add(`comments ${pull}`, comment);
  }

  withMadeComments(pull: number, comments: readonly BotComment[]): readonly BotComment[] {
    return this.withMade(`comments ${pull}`, comments);
  }

  /** It is gone: this process took it away. */
  forgetMadeComment(pull: number, id: number): void {
    const left = this.madeAt(`comments ${pull}`).filter(({ value }) => value.id !== id);
    this.made.set(`comments ${pull}`, left);
  }

  forgetChecks(sha: string, name: string): void {
    this.seen.delete(`checks ${sha} ${name}`);
    this.seen.delete(`marks ${sha} ${name}`);
  }

  forgetComments(pull: number): void {
    this.seen.delete(`comments ${pull}`);
  }

  private add(key: string, value: Made): void {
    const made = [...this.madeAt(key), { value, atMs: this.nowMs() }];
    this.made.delete(key);
    this.made.set(key, made);
    const [oldest] = this.made.keys();
    if (this.made.size > maxEntries && oldest !== undefined) this.made.delete(oldest);
  }

  private madeAt(key: string): readonly Seen<Made>[] {
    return (this.made.get(key) ?? []).filter(({ atMs }) => this.nowMs() - atMs < unlistedForMs);
  }

  /** Only what is listed nowhere is added: of what GitHub tells, it tells better. Each key holds one kind of thing. */
  private withMade<T extends Made>(key: string, listed: readonly T[]): readonly T[] {
    const known = new Set(listed.map(({ id }) => id));
    const unlisted = this.madeAt(key).flatMap(({ value }) => (known.has(value.id) ? [] : [value as T]));
    return unlisted.length === 0 ? listed : [...listed, ...unlisted].sort((a, b) => a.id - b.id);
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
