/** Somebody may ask so much at once on one pull request, and gets one more after each while. */
const capacity = 5;
const refillMs = 60_000;
/** More than these are not remembered: the longest quiet are forgotten, whose buckets are full again. */
const mostBuckets = 10_000;

export type Admission =
  | 'admitted'
  /** The bucket has just run empty: whoever asks may be told, once. */
  | 'told'
  | 'dropped';

interface Level {
  readonly tokens: number;
  readonly atMs: number;
  readonly told: boolean;
}

/** Buckets of commands, one for each person and pull request: a flood of them must not use up what GitHub allows us. */
export class Buckets {
  private readonly levels = new Map<string, Level>();

  /** @param key of the person and the pull request */
  take(key: string, nowMs: number): Admission {
    const { tokens, told } = this.levelOf(key, nowMs);
    const isFree = tokens >= 1;
    this.put(key, { tokens: isFree ? tokens - 1 : tokens, atMs: nowMs, told: !isFree });
    if (isFree) return 'admitted';
    return told ? 'dropped' : 'told';
  }

  private levelOf(key: string, nowMs: number): Level {
    const known = this.levels.get(key);
    if (known === undefined) return { tokens: capacity, atMs: nowMs, told: false };
    const passed = Math.max(0, nowMs - known.atMs) / refillMs;
    return { ...known, tokens: Math.min(capacity, known.tokens + passed) };
  }

  private put(key: string, level: Level): void {
    this.levels.delete(key);
    this.levels.set(key, level);
    if (this.levels.size <= mostBuckets) return;
    const [oldest] = this.levels.keys();
    if (oldest !== undefined) this.levels.delete(oldest);
  }
}
