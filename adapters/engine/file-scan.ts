import { createReadStream, type ReadStream } from 'node:fs';
import type { LineProblem, TextScan } from './text-scan.ts';

export interface ScanResult {
  readonly header: readonly string[];
  readonly rows: number;
  readonly problem: LineProblem | null;
}

/** Reads a text file through a scan: first to its header, the rest while the engine is at work already. */
export class FileScan {
  readonly #scan: TextScan;
  readonly #stream: ReadStream;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #onBytes: (bytes: number) => void;
  #isEnded = false;

  constructor(local: string, scan: TextScan, onBytes: (bytes: number) => void) {
    this.#scan = scan;
    this.#onBytes = onBytes;
    this.#stream = createReadStream(local, { highWaterMark: 1 << 20 });
    this.#chunks = this.#stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** Reads on until the header is known, the file ends, or it is refused. */
  async readHeader(): Promise<ScanResult> {
    while (this.#scan.header === null && !this.#isEnded) await this.#readChunk();
    return this.#result();
  }

  async readRest(): Promise<ScanResult> {
    while (!this.#isEnded) await this.#readChunk();
    return this.#result();
  }

  close(): void {
    this.#isEnded = true;
    this.#stream.destroy();
  }

  async #readChunk(): Promise<void> {
    const { value, done } = await this.#chunks.next();
    if (done === true) {
      this.#scan.end();
      this.#isEnded = true;
      return;
    }
    this.#scan.push(value);
    this.#onBytes(value.length);
    if (this.#scan.problem !== null) this.close();
  }

  #result(): ScanResult {
    const { header, rows, problem } = this.#scan;
    return { header: header ?? [], rows, problem };
  }
}
