import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** A longer line is cut into pieces: output without line ends must not fill the memory. */
const maxLineLength = 65_536;
/** Of a line that is kept for a report. */
const maxKeptLength = 1_000;

/** Reads a stream line by line; `\r` alone ends a line too, as progress bars write it. @returns when it has ended */
export function readLines(stream: Readable, take: (line: string) => void): Promise<void> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let afterReturn = false;
  const cut = (text: string): void => {
    // The line end `\r\n` may lie across two chunks.
    const fresh = afterReturn && text.startsWith('\n') ? text.slice(1) : text;
    if (text !== '') afterReturn = text.endsWith('\r');
    const lines = (rest + fresh).split(/\r\n|\r|\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) takePieces(line, take);
    for (; rest.length > maxLineLength; rest = rest.slice(maxLineLength)) take(rest.slice(0, maxLineLength));
  };
  stream.on('data', (chunk: Buffer) => cut(decoder.write(chunk)));
  return new Promise((resolve) => {
    stream.once('close', () => {
      cut(decoder.end());
      if (rest !== '') take(rest);
      rest = '';
      resolve();
    });
    // A stream that fails also closes.
    stream.once('error', () => undefined);
  });
}

function takePieces(line: string, take: (line: string) => void): void {
  for (let at = 0; at === 0 || at < line.length; at += maxLineLength) {
    take(line.slice(at, at + maxLineLength));
  }
}

/** Keeps the last lines of an output, each cut to what a report can show. */
export interface LastLines {
  add(line: string): void;
  /** In order. */
  list(): readonly string[];
}

export function keepLastLines(count: number): LastLines {
  const kept: string[] = [];
  return {
    add(line) {
      kept.push(line.slice(0, maxKeptLength));
      if (kept.length > count) kept.shift();
    },
    list: () => [...kept],
  };
}
