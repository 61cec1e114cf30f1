import { StringDecoder } from 'node:string_decoder';

/** A longer line is cut into pieces: output without line ends must not fill the memory. */
const maxLineLength = 65_536;

/** Cuts a log that comes in parts into lines; `\r` alone ends a line too, as progress bars write it. */
export class LineCutter {
  readonly #take: (line: string) => void;
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  constructor(take: (line: string) => void) {
    this.#take = take;
  }

  add(part: Uint8Array | string): void {
    const text = this.#rest + (typeof part === 'string' ? part : this.#decoder.write(Buffer.from(part)));
    // A `\r` at the very end may be the first half of `\r\n`.
    const lines = text.split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#pieces(line);
    while (this.#rest.length > maxLineLength) {
      this.#take(this.#rest.slice(0, maxLineLength));
      this.#rest = this.#rest.slice(maxLineLength);
    }
  }

  /** Hands on what came last without a line end. */
  end(): void {
    const rest = (this.#rest + this.#decoder.end()).replace(/\r$/, '');
    this.#rest = '';
    if (rest !== '') this.#pieces(rest);
  }

  #pieces(line: string): void {
    for (let at = 0; at === 0 || at < line.length; at += maxLineLength) {
      this.#take(line.slice(at, at + maxLineLength));
    }
  }
}
