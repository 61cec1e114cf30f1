import type { Progress } from './engine.ts';

const beatMs = 1_000;

/** What work over a table has come to; only an estimate, no number of the verdict comes from it. */
export class ProgressMeter {
  readonly #tell: ((progress: Progress) => void) | undefined;
  readonly #readFraction: () => number;
  readonly #started = performance.now();
  #timer: NodeJS.Timeout | null = null;
  #bytes = 0;
  #totalBytes = 0;
  #passes = 1;
  #done = 0;
  #rows: number | null = null;

  /** @param readFraction how far the engine is in its present statement, 0 to 1 */
  constructor(tell: ((progress: Progress) => void) | undefined, readFraction: () => number) {
    this.#tell = tell;
    this.#readFraction = readFraction;
  }

  start(): void {
    if (this.#tell === undefined) return;
    this.#timer = setInterval(() => this.#beat(), beatMs);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Bytes of text files that will be read for proof. */
  expectBytes(bytes: number): void {
    this.#totalBytes += bytes;
  }

  addBytes(bytes: number): void {
    this.#bytes += bytes;
  }

  setRows(rows: number): void {
    this.#rows = rows;
  }

  /** Passes of the engine over the files that are still to come. */
  expectPasses(count: number): void {
    this.#passes = this.#done + Math.max(1, count);
  }

  endPass(): void {
    this.#done += 1;
  }

  #beat(): void {
    const seconds = (performance.now() - this.#started) / 1000;
    const read = this.#totalBytes === 0 ? 1 : Math.min(1, this.#bytes / this.#totalBytes);
    const engine = Math.min(1, (this.#done + this.#readFraction()) / Math.max(this.#passes, this.#done + 1));
    // Reading for proof costs about as much as one pass.
    const weight = this.#totalBytes === 0 ? 0 : 1 / (this.#passes + 1);
    const fraction = Math.max(0, weight * read + (1 - weight) * engine);
    const rows = this.#rows === null ? 0 : Math.floor(fraction * this.#rows);
    this.#tell?.({
      rows,
      totalRows: this.#rows,
      rowsPerSecond: seconds > 0 ? Math.round(rows / seconds) : 0,
      secondsLeft: fraction > 0.01 ? Math.round((seconds * (1 - fraction)) / fraction) : null,
    });
  }
}
